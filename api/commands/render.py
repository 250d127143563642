"""An answer of the contract as plain terminal text: prose first, then the sentences it rests on."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from api.commands.common import clean
from graph.contract import Json
from graph.locators import spoken

_WIDTH = 100
_UNDERSTOOD = "Understood: "
_HEADS = {
    "partial": "Only part of the question could be answered.",
    "ambiguous": "The question can be read in more than one way.",
}


def answer_lines(answer: Json) -> Iterator[str]:
    """The lines of one answer, control characters removed."""
    yield from _wrapped(answer["answer"], "")
    if answer["status"] in _HEADS:
        yield _HEADS[answer["status"]]
    if answer["suggestions"]:
        yield "Perhaps: " + clean("; ".join(answer["suggestions"]))
    if answer["caveats"]:
        yield "Note: " + clean(", ".join(answer["caveats"]))
    related = bool(answer["evidence"]) and all(e.get("support") == "related" for e in answer["evidence"])
    if related:
        yield "Related passages, not an answer:"
    for item in answer["evidence"]:
        yield from evidence_lines(item)


def turn_lines(answer: Json) -> Iterator[str]:
    """The lines of a turn of a conversation: the question as understood, the answer, what may be chosen by number."""
    if answer["interpretation"]:
        yield from _wrapped(answer["interpretation"], _UNDERSTOOD)
    if answer["status"] != "ambiguous":
        yield from answer_lines(answer)
        return
    yield "Which one do you mean?"
    for number, option in enumerate(answer["suggestions"], 1):
        yield from _wrapped(option, f"  {number}. ")


def evidence_lines(item: Json) -> Iterator[str]:
    """`[1] “the quote”` and where it stands."""
    yield from _wrapped(f"“{item['quote']}”", f"  [{item['n']}] ")
    told = (item.get("title"), spoken(item.get("locator") or ""), item.get("published"))
    yield " " * 6 + clean(", ".join(part for part in told if part))


def _wrapped(text: str, head: str) -> Iterator[str]:
    """Lines of at most `_WIDTH` columns, those after the first set in by the width of `head`."""
    for number, line in enumerate(clean(text).splitlines() or [""]):
        first = head if number == 0 else " " * len(head)
        yield from textwrap.wrap(line, _WIDTH, initial_indent=first, subsequent_indent=" " * len(head)) or [
            first.rstrip()
        ]
