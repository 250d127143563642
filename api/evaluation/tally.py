"""Counts behind a precision, a recall and their F1."""

from __future__ import annotations

from dataclasses import dataclass

from graph.contract import Json


@dataclass(frozen=True, slots=True)
class Tally:
    """`found` of `gold` units were said; `right` of `predicted` statements are right by gold. A rate over 0 is None."""

    gold: int = 0
    found: int = 0
    predicted: int = 0
    right: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.gold + other.gold,
            self.found + other.found,
            self.predicted + other.predicted,
            self.right + other.right,
        )

    @property
    def precision(self) -> float | None:
        """Right of predicted."""
        return self.right / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """Found of gold."""
        return self.found / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean; 0 where both are 0."""
        p, r = self.precision, self.recall
        if p is None or r is None:
            return None
        return 2 * p * r / (p + r) if p and r else 0.0

    def to_json(self) -> Json:
        """Rates with the counts they come from."""
        return {
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
            "gold": self.gold,
            "found": self.found,
            "predicted": self.predicted,
            "right": self.right,
        }
