"""Verdicts on what a system said, and the figures over them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from api.evaluation.foreign import sql
from api.evaluation.foreign.asked import Asked, Said
from api.evaluation.foreign.rows import NO, Agreement, agree

Verdict = Literal["right", "wrong", "no answer"]
COVERAGES = (0.25, 0.5, 0.75)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question, what was said, and how it agrees with gold."""

    asked: Asked
    said: Said
    agreement: Agreement

    @property
    def verdict(self) -> Verdict:
        """`wrong` is an answer that is not gold; a refusal or an offer of choices is `no answer`."""
        if self.said.status != "answered":
            return "no answer"
        return "right" if self.agreement.right else "wrong"

    @property
    def right(self) -> bool:
        """Whether it counts as right."""
        return self.verdict == "right"

    @property
    def cause(self) -> str:
        """What is amiss, in words that quote neither question nor data; empty if it is right."""
        if self.right:
            return ""
        if self.said.status != "answered":
            return "a question back" if self.said.status == "ambiguous" else self.said.fault or "no answer"
        gold, said = self.asked.gold, self.said.rows
        if not said or not gold:
            return f"{len(said)} rows for {len(gold)}"
        if len(said[0]) != len(gold[0]):
            return f"columns: {len(said[0])} for {len(gold[0])}"
        if len(said) != len(gold):
            return f"rows: {len(said)} for {len(gold)}"
        return "another value" if len(gold) == 1 else "other values"


def outcomes(asked: Sequence[Asked], said: Mapping[str, Said]) -> tuple[Outcome, ...]:
    """One outcome a question, in their order."""
    return tuple(Outcome(question, said[question.id], _agreement(question, said[question.id])) for question in asked)


def _agreement(asked: Asked, said: Said) -> Agreement:
    if said.status != "answered":
        return NO
    return agree(asked.gold, said.rows, distinct=sql.distinct(asked.query), everything=sql.everything(asked.query))


def faults(suite: str, said: Iterable[tuple[str, Said]]) -> tuple[str, ...]:
    """Where a system raised, each place once with the first question by id that led there."""
    found: dict[str, str] = {}
    for name, one in said:
        if one.fault:
            found.setdefault(one.fault, name)
    return tuple(f"{suite}: {fault}, such as on {name}" for fault, name in found.items())


def precision_at(found: Sequence[Outcome], coverage: float) -> float | None:
    """Right of the surest `coverage` of all questions; None if fewer were answered or no confidence was given.

    Answers of the same confidence count by their mean, so that no order among them is lucky.
    """
    spoken = [o for o in found if o.said.status == "answered"]
    wanted = round(coverage * len(found))
    if not wanted or len(spoken) < wanted or any(o.said.confidence is None for o in spoken):
        return None
    right, left = 0.0, wanted
    for confidence in sorted({o.said.confidence or 0.0 for o in spoken}, reverse=True):
        tied = [o for o in spoken if (o.said.confidence or 0.0) == confidence]
        taken = min(left, len(tied))
        right += taken * sum(o.right for o in tied) / len(tied)
        left -= taken
    return right / wanted


def by(found: Sequence[Outcome], key: Callable[[Outcome], str]) -> dict[str, tuple[int, int]]:
    """Right and asked by a property of the question, sorted by its name."""
    asked, right = Counter(map(key, found)), Counter(key(o) for o in found if o.right)
    return {name: (right[name], asked[name]) for name in sorted(asked)}


def dialogues_right(found: Sequence[Outcome]) -> tuple[int, int]:
    """Dialogues of which every turn is right, and all; (0, 0) where no question follows another."""
    if not any(o.asked.after for o in found):
        return 0, 0
    opened: dict[str, bool] = {}
    for outcome in found:
        name = outcome.asked.id.partition("/")[0]
        opened[name] = opened.get(name, True) and outcome.right
    return sum(opened.values()), len(opened)
