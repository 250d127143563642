"""What a system reached on one set of questions, with its JSON."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from api.evaluation.foreign import score, sql
from api.evaluation.foreign.score import COVERAGES, Outcome
from graph.contract import Json

HELD_OUT = frozenset({"orchestra", "museum_visit", "tvshow"})
"""Graphs of which totals are shown and misses never: nobody tunes a parser on them."""


@dataclass(frozen=True, slots=True)
class GraphAnswers:
    """Answers of one system to one set. `note` says what was sampled or left out."""

    suite: str
    system: str
    outcomes: tuple[Outcome, ...]
    note: str = ""

    def count(self, verdict: str) -> int:
        """How many questions ended so."""
        return sum(o.verdict == verdict for o in self.outcomes)

    def share(self, verdict: str) -> float | None:
        """The same as a share of all questions; None without questions."""
        return self.count(verdict) / len(self.outcomes) if self.outcomes else None

    @property
    def precision(self) -> float | None:
        """Right of what was answered."""
        spoken = self.count("right") + self.count("wrong")
        return self.count("right") / spoken if spoken else None

    @property
    def strict(self) -> float | None:
        """Right with all columns and duplicates as in gold, of all."""
        return (
            sum(o.right and o.agreement.strict for o in self.outcomes) / len(self.outcomes) if self.outcomes else None
        )

    @property
    def in_order(self) -> tuple[int, int]:
        """Right answers in gold's order, and right answers to questions that gold sorts."""
        found = [o for o in self.outcomes if o.right and sql.ordered(o.asked.query)]
        return sum(o.agreement.ordered for o in found), len(found)

    @property
    def by_graph(self) -> dict[str, tuple[int, int]]:
        """Right and asked by graph."""
        return score.by(self.outcomes, lambda o: o.asked.graph)

    @property
    def by_kind(self) -> dict[str, tuple[int, int]]:
        """Right and asked by kind of question."""
        return score.by(self.outcomes, lambda o: o.asked.kind)

    @property
    def listed(self) -> tuple[Outcome, ...]:
        """The misses that may be shown."""
        return tuple(o for o in self.outcomes if not o.right and o.asked.graph not in HELD_OUT)

    @property
    def problems(self) -> tuple[str, ...]:
        """What may never be: that the engine raises."""
        return score.faults(self.suite, ((o.asked.id, o.said) for o in self.outcomes))

    def to_json(self) -> Json:
        """Counts and rates, by graph and by kind, and the ids behind them with their causes."""
        dialogues = score.dialogues_right(self.outcomes)
        return {
            "suite": self.suite,
            "system": self.system,
            "questions": len(self.outcomes),
            "accuracy": self.share("right"),
            "wrong_answer_rate": self.share("wrong"),
            "precision": self.precision,
            "verdicts": dict(sorted(Counter(o.verdict for o in self.outcomes).items())),
            "accuracy_strict": self.strict,
            "in_order": {"right": self.in_order[0], "of": self.in_order[1]},
            "precision_at": {f"{c:.2f}": score.precision_at(self.outcomes, c) for c in COVERAGES},
            "by_graph": _counts(self.by_graph),
            "by_kind": _counts(self.by_kind),
            **({"dialogues": {"right": dialogues[0], "of": dialogues[1]}} if dialogues[1] else {}),
            "misses": {o.asked.id: o.cause for o in self.listed},
            "note": self.note,
        }


def _counts(found: dict[str, tuple[int, int]]) -> Json:
    return {name: {"right": right, "of": of} for name, (right, of) in found.items()}
