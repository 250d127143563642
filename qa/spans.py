"""The shape of an annotated question: its stretches, and what is left over."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.model import Quantity
from qa.lexicon import Sense
from qa.names import NameHit
from qa.query import Span
from qa.revision import Revision
from qa.words import Token

_SAME_OF = re.compile(
    r"\b(?:same|corresponding|like|equivalent) (?:months|quarter|period|half|time|three months)[a-z ]{0,12}?"
    r"((?:19|20)\d\d)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Item:
    """One annotated stretch of tokens [start, end): a name, senses of a phrase, or a plain word."""

    start: int
    end: int
    text: str
    name: NameHit | None = None
    senses: tuple[Sense, ...] = ()
    token: Token | None = None
    words: int = 1

    def sense(self, kind: str) -> Sense | None:
        """The sense of one kind, if there is one."""
        return next((s for s in self.senses if s.kind == kind), None)

    def all(self, kind: str) -> tuple[Sense, ...]:
        """All senses of one kind."""
        return tuple(s for s in self.senses if s.kind == kind)


@dataclass(frozen=True, slots=True)
class Annotated:
    """A question with its spans. `items` cover the tokens in order; gaps of phrases stay items of their own.

    `kinds` are the types of those who are named, by id; `placed` those of them that are places.
    """

    text: str
    tokens: tuple[Token, ...]
    items: tuple[Item, ...]
    names: tuple[NameHit, ...]
    speakers: tuple[str, ...]
    quantities: tuple[Quantity, ...]
    period: Span | None
    relative: str | None
    unknown: tuple[str, ...]
    periods: tuple[Span, ...] = ()
    places: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    revision: Revision = field(default_factory=lambda: Revision(""))
    against: str | None = None

    @property
    def placed(self) -> frozenset[str]:
        """Those of the named (ids) that are places."""
        return frozenset(i for i, kind in self.kinds.items() if kind == "Place")

    @property
    def people(self) -> frozenset[str]:
        """The persons (ids) among the names."""
        return frozenset(i for i, kind in self.kinds.items() if kind == "Person")

    @property
    def unit(self) -> str | None:
        """The unit that the question names, such as a currency."""
        return next((s.name for item in self.items for s in item.all("unit")), None)

    @property
    def year_of_same(self) -> int | None:
        """The year of “the same months of 2024”."""
        found = _SAME_OF.search(self.text)
        return int(found[1]) if found else None

    @property
    def stems(self) -> tuple[str, ...]:
        """The stems of the tokens."""
        return tuple(t.lemma for t in self.tokens)

    def has(self, kind: str) -> bool:
        """Whether some span has a sense of the kind."""
        return any(i.sense(kind) for i in self.items)
