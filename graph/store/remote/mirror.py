"""The server's bookkeeping here in memory: which documents there are and how large, the journal, the judgements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad

from graph.judgements.rdf import GRAPH as JUDGED
from graph.namespaces import DOCUMENT as DOCUMENTS
from graph.namespaces import JUDGEMENT, STORE
from graph.rdf.terms import literal, tg
from graph.store.desk import COMPUTED
from graph.store.history import DEFAULT, DOCUMENT
from graph.store.remote.client import Client
from graph.store.remote.control import BOOKS, CONTROL, MARK, SIZE
from graph.store.remote.errors import ServerMovedError
from graph.store.remote.literals import back, pieces_of
from graph.store.remote.tables import each, paged

_FORMER = tg("former")
_NODES = STORE + "/write/"
_HEAVY = (COMPUTED, _FORMER)
_LARGE = " || ".join(f"?p = {p} || STRSTARTS(STR(?p), {Literal(pieces_of(p))})" for p in _HEAVY)
_COUNT = f"SELECT (COUNT(*) AS ?n) {{ GRAPH {BOOKS} {{ ?s {MARK} ?w }} }}"
_PACKED = f"SELECT ?s ?p ?o {{ VALUES ?s {{ %s }} GRAPH {BOOKS} {{ ?s ?p ?o }} FILTER({_LARGE}) }}"
_SAID = f"SELECT ?s ?p ?o {{ VALUES ?s {{ %s }} GRAPH {JUDGED} {{ ?s ?p ?o }} }}"
_FEW = 5
_SOME = 50


@dataclass(frozen=True, slots=True)
class Stamp:
    """The write that last changed something; of a document's graph the quads in all, and without long texts."""

    mark: int
    size: int = 0
    light: int = 0

    def rows(self, name: NamedNode) -> list[Quad]:
        """As the server has it."""
        rows = [Quad(name, MARK, literal(self.mark), BOOKS)]
        if self.size:
            rows.append(Quad(name, SIZE, literal(f"{self.size} {self.light}"), BOOKS))
        return rows


class Mirror:
    """The bookkeeping as of the last `catch_up`. `quads` has it as the embedded store does: in the default graph, the
    judgements in theirs; of packed graphs only those that were asked for.
    """

    def __init__(self, client: Client) -> None:
        self._client = client
        self._clear()

    @property
    def documents(self) -> dict[str, Stamp]:
        """The documents that are there, by the IRIs of their graphs."""
        return self._documents

    def stamp(self, name: NamedNode) -> Stamp | None:
        """When anything in the books, of whatever kind, was last changed."""
        return self._documents.get(name.value) or self._others.get(name.value)

    def catch_up(self) -> None:
        """Fetch what writes have changed since; all of it if that does not add up. ServerMovedError if writes go on."""
        self._fetch()
        if not self._complete():
            self._clear()
            self._fetch()
            if not self._complete():
                raise ServerMovedError(f"{self._client.endpoint.name} changed while it was read; try again")

    def apply(self, gone: Iterable[Quad], new: Iterable[Quad], stamps: dict[NamedNode, Stamp | None]) -> None:
        """Do what a write of our own has done to the books; None is the stamp of what is there no more."""
        for quad in gone:
            self.quads.remove(quad)
        self.quads.extend(quad for quad in new if quad.predicate not in _HEAVY)
        for name, stamp in stamps.items():
            if stamp is None:
                self._drop(name)
            else:
                self._note(name, stamp)

    def quads_for_pattern(self, subject: Any, predicate: Any, object: Any, graph: Any) -> Iterator[Quad]:
        """The quads of the books that fit, or of the judgements."""
        if graph == DEFAULT:
            if predicate == COMPUTED and subject is not None:
                return (quad for quad in self.books(subject) if quad.predicate == COMPUTED)
            if predicate in (None, _FORMER) and (subject is None or subject.value.startswith(_NODES)):
                self._recall()
        return self.quads.quads_for_pattern(subject, predicate, object, graph)

    def books(self, name: NamedNode) -> Iterator[Quad]:
        """All that the server's books say of something, as the embedded store's default graph says it."""
        rows = paged(self._client, "?p ?o", f"GRAPH {BOOKS} {{ {name} ?p ?o }}", "?p")
        return back(Quad(name, row["p"], row["o"], DEFAULT) for row in rows if row["p"] not in (MARK, SIZE))

    def journal_of(self, graph: NamedNode) -> list[Quad]:
        """A document's nodes in the journal."""
        nodes = self.quads.quads_for_pattern(None, DOCUMENT, graph, DEFAULT)
        return [quad for node in list(nodes) for quad in self.books(cast(NamedNode, node.subject))]

    def _clear(self) -> None:
        self._newest = 0
        self._documents: dict[str, Stamp] = {}
        self._others: dict[str, Stamp] = {}
        self._unread: set[NamedNode] = set()
        self.quads = pyoxigraph.Store()

    def _complete(self) -> bool:
        (row,) = self._client.select(_COUNT).rows
        return int(row["n"].value) == len(self._documents) + len(self._others)

    def _fetch(self) -> None:
        newer = f"?s {MARK} ?w FILTER(?w > {self._newest})"
        where = f"GRAPH {BOOKS} {{ {newer} . ?s ?p ?o }} FILTER(?s != {CONTROL} && !({_LARGE}))"
        news: defaultdict[NamedNode, list[Quad]] = defaultdict(list)
        for row in paged(self._client, "?s ?p ?o", where, "?s"):
            news[row["s"]].append(Quad(row["s"], row["p"], row["o"], DEFAULT))
        ended = {quad.object for rows in news.values() for quad in rows if quad.predicate == DOCUMENT}
        for name in ended - news.keys():
            self._drop(cast(NamedNode, name))
        for name, rows in news.items():
            self._drop(name)
            values = {
                quad.predicate: cast(Literal, quad.object).value for quad in rows if quad.predicate in (MARK, SIZE)
            }
            self._note(name, Stamp(int(values[MARK]), *map(int, values.get(SIZE, "").split())))
            self.quads.extend(back(quad for quad in rows if quad.predicate not in (MARK, SIZE)))
        judged = sorted(name.value for name in news if name.value.startswith(JUDGEMENT))
        said = each(self._client, _SAID, judged, _SOME)
        self.quads.extend(back(Quad(row["s"], row["p"], row["o"], JUDGED) for row in said))

    def _note(self, name: NamedNode, stamp: Stamp) -> None:
        self._newest = max(self._newest, stamp.mark)
        if name.value.startswith(DOCUMENTS):
            self._documents[name.value] = stamp
        else:
            self._others[name.value] = stamp
        if name.value.startswith(_NODES):
            self._unread.add(name)

    def _drop(self, name: NamedNode) -> None:
        self._documents.pop(name.value, None)
        self._others.pop(name.value, None)
        self._unread.discard(name)
        for graph in (DEFAULT, JUDGED):
            for quad in list(self.quads.quads_for_pattern(name, None, None, graph)):
                self.quads.remove(quad)

    def _recall(self) -> None:
        """Fetch the former graphs that the journal keeps."""
        names = sorted(name.value for name in self._unread)
        rows = each(self._client, _PACKED, names, _FEW)
        self.quads.extend(back(Quad(row["s"], row["p"], row["o"], DEFAULT) for row in rows))
        self._unread.clear()
