"""The quads as they stood at an instant, or as far as they were published by a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import cached_property
from typing import Any, cast

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from graph.judgements import Judgement, Rulings, encode_judgements
from graph.judgements import known_at as judged_by
from graph.namespaces import SCHEMA
from graph.rdf.terms import literal, node
from graph.store.desk import affected, computed_quads, corrected, judgements
from graph.store.history import DEFAULT, WRITTEN, Version, held_at, versions
from graph.store.seam import Quads

_PUBLISHED = node(SCHEMA + "datePublished")


class Moment:
    """Quads (see `seam`) of the documents known then: those still there by their graphs, those that are not from
    the journal.
    """

    def __init__(
        self,
        quads: Quads,
        *,
        as_of: date | None = None,
        known_at: datetime | None = None,
        there: frozenset[str] | None = None,
    ) -> None:
        """`there` are the graphs (IRIs) of the documents of the day `as_of` where they are known; it goes without
        `known_at`.
        """
        self._quads = quads
        self._former = pyoxigraph.Store()
        now = judgements(quads)
        then = now if known_at is None else judged_by(now, known_at)
        self._former.extend(encode_judgements(then))
        self._there = self._sought(as_of, known_at, now, then) if there is None else there

    def _sought(
        self, as_of: date | None, known_at: datetime | None, now: list[Judgement], then: list[Judgement]
    ) -> frozenset[str]:
        """The documents that are as they were; recalls those that are not."""
        quads, there = self._quads, versions(self._quads)
        if known_at is not None:
            rulings = Rulings(then)
            there = {name: version for name, version in there.items() if version.since <= known_at}
            for name in _differing(quads, now, then) & there.keys():
                self._recall(there.pop(name), rulings, computed_quads(quads, NamedNode(name)))
            for past in held_at(quads, known_at):
                self._recall(past.version, rulings, list(past.quads()))
        if as_of is not None:
            there = {name: there[name] for name in _by(as_of, there, quads)}
            held = versions(self._former)
            for name in held.keys() - _by(as_of, held, self._former):
                self._former.remove_graph(NamedNode(name))
                self._former.remove(_stamp(held[name]))
        return frozenset(there)

    def quads_for_pattern(self, subject: Any, predicate: Any, object: Any, graph_name: Any = None) -> Iterator[Quad]:
        """See `Quads`."""
        if isinstance(graph_name, NamedNode) and graph_name.value not in self._there:
            return self._former.quads_for_pattern(subject, predicate, object, graph_name)
        return self._both(subject, predicate, object, graph_name)

    def query(self, query: str, *, use_default_graph_as_union: bool = False, prefixes: Any = None) -> Any:
        """See `Quads`; the first query copies all quads."""
        return self.copy.query(query, use_default_graph_as_union=use_default_graph_as_union, prefixes=prefixes)

    @cached_property
    def copy(self) -> pyoxigraph.Store:
        """All the quads of that moment, in memory."""
        made = pyoxigraph.Store()
        made.bulk_extend(self.quads_for_pattern(None, None, None))
        return made

    def _both(self, subject: Any, predicate: Any, object: Any, graph_name: Any) -> Iterator[Quad]:
        for quad in self._quads.quads_for_pattern(subject, predicate, object, graph_name):
            place = quad.subject if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name
            if cast(NamedNode, place).value in self._there:
                yield quad
        yield from self._former.quads_for_pattern(subject, predicate, object, graph_name)

    def _recall(self, version: Version, rulings: Rulings, computed: list[Quad]) -> None:
        """Put in a document as it was at the time, by the judgements of the time."""
        self._former.extend([*corrected(rulings, computed).graph, _stamp(version)])


def _differing(quads: Quads, now: list[Judgement], then: list[Judgement]) -> set[str]:
    """The documents (IRIs of their graphs) that may have been judged otherwise then."""
    in_force = ({j.id: j for j in judged if j.revoked is None} for judged in (now, then))
    held, known = in_force
    return {name for one in held.keys() ^ known.keys() for name in affected(quads, held.get(one) or known[one])}


def _stamp(version: Version) -> Quad:
    return Quad(NamedNode(version.graph), WRITTEN, literal(version.began), DEFAULT)


def _by(as_of: date, there: dict[str, Version], quads: Quads) -> set[str]:
    """The graphs of documents published (if unknown: taken in) on or before a day."""
    dated = {
        cast(NamedNode, quad.subject).value: date.fromisoformat(cast(Literal, quad.object).value)
        for quad in quads.quads_for_pattern(None, _PUBLISHED, None, None)
    }
    return {name for name, version in there.items() if dated.get(name, version.since.date()) <= as_of}
