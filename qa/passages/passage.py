"""A passage as it is found: a stretch of a stored document with what speaks for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.contract import Json

_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Leg:
    """What one way of searching says of a passage: its rank, from 1, and its score there.

    `words`: BM25; `links`: the chance that a walk from the entities named ends there; `sense`: cosine of the vectors.
    """

    name: str
    rank: int
    score: float


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a stored document."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a stored document: `text == document.text[start:end]`. `copies` say almost the same elsewhere."""

    document: str
    title: str
    source: str
    published: date | None
    start: int
    end: int
    text: str
    score: float = 0.0
    legs: tuple[Leg, ...] = ()
    copies: tuple[Place, ...] = ()

    def to_json(self) -> Json:
        """The passage for the command line and HTTP."""
        return {
            "document": self.document,
            "title": self.title,
            "source": self.source,
            "published": self.published.isoformat() if self.published else None,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "score": round(self.score, _DIGITS),
            "legs": {leg.name: {"rank": leg.rank, "score": round(leg.score, _DIGITS)} for leg in self.legs},
            "copies": [{"document": c.document, "start": c.start, "end": c.end} for c in self.copies],
        }
