"""A stretch of a question and what it may mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Sense = Literal["class", "property", "value", "node"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """One reading of a span. `ref` is the term (for a value: its property), `score` 0 to 1.

    `terms` are literals or nodes in N-Triples.
    """

    sense: Sense
    ref: str
    score: float
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """Tokens `start` to `end` (not included) and their readings, the best first."""

    start: int
    end: int
    meanings: tuple[Meaning, ...]
    quoted: bool = False

    @property
    def score(self) -> float:
        """How sure the best reading is."""
        return self.meanings[0].score if self.meanings else 0.0

    def of(self, *senses: Sense) -> tuple[Meaning, ...]:
        """The readings of some senses."""
        return tuple(m for m in self.meanings if m.sense in senses)
