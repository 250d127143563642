"""What writes do to the graphs, worked out before anything is sent: one change of several documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

import pyoxigraph
from pyoxigraph import NamedNode, Quad

from graph.judgements import Judgement, Rulings
from graph.judgements.rdf import GRAPH as JUDGED
from graph.model import DocumentClaims
from graph.namespaces import DOCUMENT as DOCUMENTS
from graph.namespaces import STORE, iri
from graph.rdf.terms import literal
from graph.store.desk import computed_quads, corrected, marked
from graph.store.history import DEFAULT, SINCE, WRITTEN, Action, Past, instant, packed, past_quads, version
from graph.store.judging import ruled
from graph.store.remote.changes import Change
from graph.store.remote.control import BOOKS
from graph.store.remote.literals import out, pieces_of
from graph.store.remote.mirror import Mirror, Stamp
from graph.store.remote.quads import RemoteQuads
from graph.store.remote.tables import TEXT

Stamps = dict[NamedNode, Stamp | None]


@dataclass(frozen=True, slots=True)
class Books:
    """What a change does to the bookkeeping and the judgements, as the embedded store has them, and to the stamps."""

    gone: list[Quad]
    new: list[Quad]
    stamps: Stamps

    def apply(self, mirror: Mirror) -> None:
        """Do it to the mirror."""
        mirror.apply(self.gone, self.new, self.stamps)


class Draft:
    """Writes that go in together, numbered one after the other from `before` + 1; each document at most once."""

    def __init__(self, quads: RemoteQuads, rulings: Rulings, before: int) -> None:
        self._quads = quads
        self._rulings = rulings
        self._before = before
        self.version = before
        self._gone: dict[Quad, None] = {}
        self._new: dict[Quad, None] = {}
        self._marks: dict[NamedNode, int] = {}

    def __len__(self) -> int:
        return len(self._gone) + len(self._new)

    def holds(self, graph: str) -> bool:
        """Whether a document is part of this change already."""
        return NamedNode(graph) in self._marks

    def put(self, batch: DocumentClaims, quads: list[Quad], at: datetime) -> None:
        """Add a document, encoded as those quads, or replace it: only what differs is sent."""
        graph = NamedNode(iri(batch.document.id))
        if self._rulings.touch(batch) or marked(batch):
            made = corrected(self._rulings, quads)
            quads = [*made.graph, *made.book]
        quads += self._stamps(graph, at, batch.document.ingested)
        self._write(self._former(graph, "replaced", at), quads)
        self.version += 1

    def remove(self, graph: NamedNode, at: datetime) -> None:
        """Take a document out; the journal keeps what it was."""
        self._write(self._former(graph, "removed", at), ())
        self.version += 1

    def forget(self, graph: NamedNode, at: datetime) -> None:
        """Take out what there is of a document and of its past."""
        store = NamedNode(STORE)
        old = [*self._quads.mirror.journal_of(graph), *self._quads.mirror.books(store)]
        if graph.value in self._quads.mirror.documents:
            old += [*self._quads.whole([graph.value]), *self._quads.mirror.books(graph)]
        self._write(old, self._stamps(store, at, None))
        self.version += 1

    def rule(self, rulings: Rulings, changed: tuple[Judgement, ...], at: datetime) -> None:
        """Record judgements and correct the documents."""
        gone, new = ruled(self._quads, rulings, changed)
        for judgement in changed:
            new.update(self._stamps(NamedNode(iri(judgement.id)), at, None))
        self._write(gone, new)
        self.version += 1

    def finished(self) -> tuple[Change, Books]:
        """All of it, for the server and for the mirror."""
        gone = [quad for quad in self._gone if quad not in self._new]
        new = [quad for quad in self._new if quad not in self._gone]
        removed, added = ([_filed(quad) for quad in out(quads)] for quads in (gone, new))
        stamps = self._stamped(removed, added)
        for name, stamp in stamps.items():
            was = self._quads.mirror.stamp(name)
            removed += was.rows(name) if was else ()
            added += stamp.rows(name) if stamp else ()
        books = Books([q for q in gone if _in_books(q)], [q for q in new if _in_books(q)], stamps)
        return Change(self._before, self.version, tuple(removed), tuple(added)), books

    def _stamps(self, subject: NamedNode, at: datetime, taken: datetime | None) -> list[Quad]:
        """The number of the write at hand, and its instant where the document does not say it."""
        stamps = [Quad(subject, WRITTEN, literal(self.version + 1), DEFAULT)]
        if taken is None or instant(taken) != at:
            stamps.append(Quad(subject, SINCE, literal(at), DEFAULT))
        return stamps

    def _former(self, graph: NamedNode, action: Action, at: datetime) -> list[Quad]:
        """A document's graph and books, none if it is new; its state goes into the journal."""
        if graph.value not in self._quads.mirror.documents:
            return []
        known = pyoxigraph.Store()
        known.extend([*self._quads.whole([graph.value]), *self._quads.mirror.books(graph)])
        former = packed(computed_quads(known, graph))
        self._write((), past_quads(Past(version(known, graph), self.version + 1, action, at, former)))
        return list(known)

    def _write(self, gone: Iterable[Quad], new: Iterable[Quad]) -> None:
        """Part of the write at hand."""
        for quads, into in ((gone, self._gone), (new, self._new)):
            for quad in quads:
                into[quad] = None
                self._marks[_keeper(quad)] = self.version + 1

    def _stamped(self, removed: list[Quad], added: list[Quad]) -> Stamps:
        """The stamps of what is touched, given the quads as sent."""
        changes: Counter[NamedNode] = Counter()
        heavy: Counter[NamedNode] = Counter()
        for quads, by in ((removed, -1), (added, 1)):
            for quad in quads:
                changes[cast(NamedNode, quad.graph_name)] += by
                heavy[cast(NamedNode, quad.graph_name)] += by * _is_heavy(quad)
        stated = {_keeper(quad) for quad in self._new}
        found: Stamps = {}
        for name, mark in self._marks.items():
            if name.value.startswith(DOCUMENTS):
                was = self._quads.mirror.stamp(name) or Stamp(0)
                size = was.size + changes[name]
                found[name] = Stamp(mark, size, was.light + changes[name] - heavy[name]) if size else None
            else:
                found[name] = Stamp(mark) if name in stated else None
        return found


def _keeper(quad: Quad) -> NamedNode:
    """What a quad is part of: the document whose graph holds it; in the books and among the judgements its subject."""
    return cast(NamedNode, quad.subject if _in_books(quad) else quad.graph_name)


def _in_books(quad: Quad) -> bool:
    return quad.graph_name in (DEFAULT, JUDGED)


def _filed(quad: Quad) -> Quad:
    """A quad in the graph where the server has it."""
    return Quad(quad.subject, quad.predicate, quad.object, BOOKS) if quad.graph_name == DEFAULT else quad


def _is_heavy(quad: Quad) -> bool:
    return quad.predicate == TEXT or quad.predicate.value.startswith(pieces_of(TEXT))
