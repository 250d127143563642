"""Questions that a risk report answers as a whole: read by patterns of the whole question (risk_questions.yaml)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from graph.errors import SettingsError
from graph.vocabulary import read_yaml
from qa.conditions import query
from qa.draft import Draft
from qa.query import Node, Query

_NAMED = re.compile(r"‹(\d+)›")
_END = re.compile(r"[\s?.!]+$")
_COMMON = frozenset(
    ("customer", "customers", "buyer", "buyers", "client", "clients", "supplier", "suppliers", "market", "markets")
)
"""Words that a graph may have as names but that stand for nobody in these questions."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What report a question asks for, by which patterns; `examples` have A and B for names."""

    asks: str
    patterns: tuple[re.Pattern[str], ...]
    examples: tuple[str, ...]


@cache
def asked() -> tuple[Asked, ...]:
    """All of risk_questions.yaml. Raises SettingsError for a pattern that is no regular expression."""
    table = read_yaml("qa", "risk_questions.yaml")
    words = {name: str(text) for name, text in table["words"].items()}
    return tuple(
        Asked(row["asks"], tuple(_pattern(text, words) for text in row["patterns"]), tuple(row["examples"]))
        for row in table["reports"]
    )


def report(draft: Draft) -> list[Query]:
    """The report that the whole question asks for, with whom it names."""
    masked, nodes = _masked(draft)
    for row in asked():
        for pattern in row.patterns:
            found = pattern.fullmatch(masked)
            if found is not None:
                return [_query(draft, row.asks, found.groupdict(), nodes)]
    return []


def match(text: str) -> tuple[str, Mapping[str, Any]] | None:
    """What a question asks for and its parts, names already written as ‹0›, ‹1›."""
    for row in asked():
        for pattern in row.patterns:
            found = pattern.fullmatch(_END.sub("", text))
            if found is not None:
                return row.asks, found.groupdict()
    return None


def _query(draft: Draft, asks: str, parts: Mapping[str, str | None], nodes: list[Node]) -> Query:
    def named(part: str) -> Node | None:
        texts = (text for name, text in parts.items() if name.partition("_")[0] == part and text)
        found = next((hit for text in texts if (hit := _NAMED.search(text))), None)
        return nodes[int(found[1])] if found else None

    thing = _NAMED.sub(lambda m: nodes[int(m[1])].label, parts.get("thing") or "")
    a, b = named("a") or named("thing"), named("b")
    return query(
        "report",
        draft,
        set(range(len(draft.items))),
        report=asks,
        part=parts.get("side") or thing,
        owner=a,
        options=(b,) if b else (),
        about=(),
        confirmed=draft.yes_no,
        wish=None,
    )


def _masked(draft: Draft) -> tuple[str, list[Node]]:
    """The question with its names as ‹0›, ‹1› …, and those names."""
    text, tokens = draft.question.text, draft.question.tokens
    nodes: list[Node] = []
    out, at = [], 0
    for item in draft.items:
        if item.name is None or item.text.lower() in _COMMON:
            continue
        start, end = tokens[item.start].start, tokens[item.end - 1].end
        out += [text[at:start], f"‹{len(nodes)}›"]
        nodes.append(Node(ids=item.name.ids, label=item.text))
        at = end
    whole = "".join((*out, text[at:])).replace("’", "'")
    whole = re.sub(r"(‹\d+›)'(?!s)", r"\1's", whole)
    return _END.sub("", " ".join(whole.split())), nodes


def _pattern(text: str, words: Mapping[str, str]) -> re.Pattern[str]:
    """A pattern with the shared words put in; of a name that stands in it several times, any counts (a, a_2 …)."""
    for name, meaning in words.items():
        text = text.replace("{" + name + "}", meaning)
    for name in ("a", "b"):
        first, *rest = text.split("{" + name + "}")
        for n, piece in enumerate(rest, 1):
            first += f"(?P<{name}{'' if n == 1 else f'_{n}'}>‹\\d+›){piece}"
        text = first
    try:
        return re.compile(text, re.IGNORECASE)
    except re.error as problem:
        raise SettingsError(f"qa/risk_questions.yaml: “{text}” is no regular expression ({problem})") from None


def unnamed(texts: Iterable[str]) -> list[str]:
    """Example questions with A and B as names."""
    return [re.sub(r"\bB\b", "‹1›", re.sub(r"\bA\b", "‹0›", text)) for text in texts]
