"""The reading of a store so far as published by a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property

from graph.model import Entity, EntityRef
from graph.namespaces import iri
from graph.store.index.finding import Finding, Given
from graph.store.index.keeping import Index
from graph.store.index.roll import Roll
from graph.store.indexed import Indexed
from graph.store.joining import joined
from graph.store.moment import Moment
from graph.store.protocol import Counts, Joined
from graph.store.reading import Reading
from graph.store.seam import Quads


class Dated(Indexed):
    """As `Indexed`, of the documents of the day alone. Good until the next write.

    All entities are made when one is first asked for, unless all documents there are agree on it.
    """

    def __init__(self, quads: Quads, index: Index, day: date) -> None:
        super().__init__(quads, index)
        self._day = day

    @cached_property
    def moment(self) -> Moment:
        """The quads of the documents of the day."""
        there = frozenset(iri(document) for document in self._finding().documents())
        return Moment(self._quads, as_of=self._day, there=there)

    def entities(self) -> list[Entity]:
        """All entities, most claims first."""
        return list(self._roll.entities.values())

    def found(self, query: str | None, *, type: str | None, limit: int | None) -> list[Entity]:
        """The entities of a type that a query names, best first; goes through all."""
        return Reading.found(self, query, type=type, limit=limit)

    def entity(self, id: str) -> Entity | None:
        """One entity with its claim count, or None."""
        return self._roll.entities.get(id)

    def each_entity(self, ids: Sequence[str]) -> list[Entity]:
        """Those of the entities that are there, in any order."""
        held = self._roll.entities
        return [held[name] for name in ids if name in held]

    def speakers(self) -> list[str]:
        """Everybody whom a claim is attributed to, by name."""
        return Reading(self.moment).speakers()

    def counts(self) -> Counts:
        """Distinct documents, entities and claims."""
        return self._roll.counts

    def ref(self, id: str) -> EntityRef:
        """An entity that a document of the day names, as most of them call it."""
        if id not in self._refs:
            self._refs[id] = self._finding().undisputed(id) or self._roll.entities[id].ref
        return self._refs[id]

    def joined(self, given: Given, most: int) -> list[Joined]:
        """Whom relations join to one of the given, as most documents of the day call them; see `Store.joined`."""
        ties, ends = self._finding().joined(given)
        return joined(ties, {number: self.ref(ref.id) for number, ref in ends.items()}, given, most)

    @cached_property
    def _roll(self) -> Roll:
        return Roll(self._finding().database, self._day)

    def _finding(self) -> Finding:
        return self._index.finding().by(self._day)
