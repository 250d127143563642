"""Questions for those who do two things: “which firms supply X and compete with Y?”, “who supplies X but not Y?”.

The second is asked of those whom the first finds, as a turn of a dialogue would.
"""

from __future__ import annotations

from dataclasses import dataclass

from qa.focus import question_word
from qa.phrases import AUXILIARIES
from qa.spans import Annotated, Item
from qa.words import lemma

_JOINING = {"and", "but", "yet"}
_FILLING = {lemma(word) for word in ("also", "yet", "at", "the", "same", "time", "as", "well", "besides", "still")}
_NOT = {"not", "never"}
_ASKING = {"who", "which", "what"}


@dataclass(frozen=True, slots=True)
class Joined:
    """The question for the first thing, and the turn that asks who of them does the second."""

    first: str
    second: str


def joined(question: Annotated) -> Joined | None:
    """The two parts of a question whose verbs are joined; None for any other."""
    items, stems = question.items, question.stems
    if question_word(question) != 0 or stems[0] not in _ASKING or not question.text[:1].isalpha():
        return None
    for k in range(3, len(items) - 1):
        before = items[1:k]
        if stems[items[k].start] not in _JOINING or not any(i.name for i in before):
            continue
        verb = next((i for i in before if i.sense("verb") and not i.name), None)
        rest = _second(question, k, verb)
        if verb is not None and rest:
            first = question.text[: question.tokens[items[k].start].start].rstrip(" ,")
            return Joined(f"{first}?", f"which of them {rest}")
    return None


def _second(question: Annotated, joint: int, verb: Item | None) -> str:
    """What the second part asks of those whom the first finds; empty if it is no verb of its own."""
    items, stems = question.items, question.stems
    at = joint + 1
    passed: list[str] = [stems[items[joint].start]]
    while at < len(items) and (items[at].token and stems[items[at].start] in _FILLING | _NOT):
        passed.append(stems[items[at].start])
        at += 1
    if at >= len(items):
        return ""
    negated = bool(_NOT & {*passed})
    text = question.text[question.tokens[items[at].start].start :]
    own = items[at].sense("verb") is not None and not items[at].name
    if own or (stems[items[at].start] in AUXILIARIES and len(items) > at + 2):
        return f"do not {text}" if negated else text
    alone = items[at].name is not None and all(i.name or i.text in "?.!" for i in items[at:])
    if verb is None or not alone or not (negated or len(passed) > 1):
        return ""
    same = question.text[question.tokens[verb.start].start :].split(" ")[: max(1, verb.words)]
    return f"{'do not ' if negated else 'also '}{' '.join(same)} {text}"
