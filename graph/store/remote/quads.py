"""The quads of a server, as `Reading` asks for them: one at a time, but fetched many at a time and kept for a while."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import pyoxigraph
from pyoxigraph import NamedNode, Quad

from graph.judgements.rdf import GRAPH as JUDGED
from graph.namespaces import CLAIM, ENTITY, PREFIXES
from graph.rdf.terms import TYPE, tg
from graph.store.history import DEFAULT
from graph.store.remote.client import Client, Solutions
from graph.store.remote.control import BOOKS, MARK
from graph.store.remote.errors import ServerMovedError
from graph.store.remote.literals import back, sent
from graph.store.remote.mirror import Mirror, Stamp
from graph.store.remote.tables import claim_quads, each, graph_quads, paged, subject_quads

ROWS = 8_000
"""Quads of one request for documents' graphs; less than any server's limit that is known (Virtuoso: 10,000)."""

KEPT = 400_000
"""Quads kept in memory, some 150 MB."""

_CLAIM = tg("Claim")
_PLACES = f"SELECT ?s ?g {{ VALUES ?s {{ %s }} GRAPH ?g {{ ?s {TYPE} {_CLAIM} }} }}"
_MARKS = f"SELECT ?g ?w {{ VALUES ?g {{ %s }} GRAPH {BOOKS} {{ ?g {MARK} ?w }} }}"
_REMEMBERED = 200_000
_CLAIMS = 200
_WORTH = 40
"""A claim is some 15 quads, in two or three requests instead of one."""


@dataclass(slots=True)
class Held:
    """What is kept of a document's graph, as of a stamp: so many quads, of all nodes (None) or of some."""

    stamp: Stamp
    count: int
    nodes: set[str] | None


class RemoteQuads:
    """`Quads` (see `seam`) of one server, as of the version that the mirror has.

    Patterns over all documents are asked for as such. From what they find this knows what will be read next: when a
    claim's places or a document's graph is read, a few hundred others that were found come along. Raises
    ServerMovedError if a document was changed since the mirror caught up.
    """

    def __init__(self, client: Client, mirror: Mirror) -> None:
        self._client = client
        self.mirror = mirror
        self._kept = pyoxigraph.Store()
        self._held: OrderedDict[str, Held] = OrderedDict()  # what is kept of which graph; oldest use first
        self._size = 0
        self._places: dict[str, list[Quad]] = {}
        self._wanted: dict[str, set[str]] = {}  # graph → claims found there, likely to be read next
        self._claims: dict[str, None] = {}
        self._named: dict[str, None] = {}

    def forget(self) -> None:
        """Forget what may have changed now that the mirror has caught up."""
        self._places.clear()
        self._wanted.clear()
        self._claims.clear()
        self._named.clear()
        for graph, held in list(self._held.items()):
            if held.stamp != self.mirror.documents.get(graph):
                self._drop(graph)

    def quads_for_pattern(self, subject: Any, predicate: Any, object: Any, graph_name: Any = None) -> Iterator[Quad]:
        """See `Quads`."""
        if graph_name in (DEFAULT, JUDGED):
            return self.mirror.quads_for_pattern(subject, predicate, object, graph_name)
        if graph_name is not None:
            return self._within(subject, predicate, object, graph_name)
        if subject is None and predicate is None and object is None:
            return self._all()
        if predicate == TYPE and object == _CLAIM and subject is not None:
            return iter(self._stating(subject.value))
        return iter(self._over_all(subject, predicate, object))

    def query(self, query: str, *, use_default_graph_as_union: bool = False, prefixes: Any = None) -> Any:
        """The rows of a SELECT over the union of all graphs, which is what a server's default graph has to be."""
        del use_default_graph_as_union
        return self.solutions(query, prefixes or {}).rows

    def solutions(self, query: str, prefixes: dict[str, str] = PREFIXES) -> Solutions:
        """The same with the names of its variables."""
        declared = "".join(f"PREFIX {name}: <{space}>\n" for name, space in prefixes.items() if f"{name}:" in query)
        return self._client.select(declared + query)

    def light(self, subject: NamedNode, graph: NamedNode) -> Iterator[Quad]:
        """What a document's graph says of a node, without long texts; others that are likely to be read come along."""
        name, node = graph.value, subject.value
        if name not in self.mirror.documents:
            return iter(())
        held = self._held.get(name)
        if held is not None and (held.nodes is None or node in held.nodes):
            self._held.move_to_end(name)
        elif node.startswith(CLAIM) and self._sparse(name):
            self._fetch_claims(node, name)
        else:
            self._fetch_graphs(name)
        return self._kept.quads_for_pattern(subject, None, None, graph)

    def taken_names(self, count: int) -> list[str]:
        """So many IRIs of entities seen lately, whose labels are likely to be asked for next; each comes once."""
        return _taken(self._named, count)

    def _within(self, subject: Any, predicate: Any, object: Any, graph: NamedNode) -> Iterator[Quad]:
        if graph.value not in self.mirror.documents:
            return iter(())
        if subject == graph and predicate is None:
            found = list(back(subject_quads(self._client, subject.value, graph.value)))
            self._unchanged([graph.value])
            return iter(found)
        if subject is None:
            return (quad for quad in self.whole([graph.value]) if _fits(quad, predicate, object))
        return (quad for quad in self.light(subject, graph) if _fits(quad, predicate, object))

    def _over_all(self, subject: Any, predicate: Any, object: Any) -> list[Quad]:
        """A pattern over all documents; whom it finds is likely to be read next."""
        terms = [sent(term) if term else name for term, name in ((subject, "?s"), (predicate, "?p"), (object, "?o"))]
        names = " ".join(term for term in terms if isinstance(term, str))
        where = f"GRAPH ?g {{ {' '.join(str(term) for term in terms)} }}"
        found = []
        for row in paged(self._client, f"?g {names}", where, "?g" if subject else "?s"):
            graph = row["g"]
            if graph.value in self.mirror.documents:
                s, p, o = (cast(Any, row[term[1:]] if isinstance(term, str) else term) for term in terms)
                found.append(Quad(s, p, o, graph))
        self._expect(found, complete=subject is None and predicate == TYPE and object == _CLAIM)
        return [*back(found), *self.mirror.quads.quads_for_pattern(subject, predicate, object, None)]

    def _expect(self, found: list[Quad], *, complete: bool) -> None:
        """Note what was found; `complete` if these are all places of all claims."""
        places: dict[str, list[Quad]] = {}
        for quad in found:
            claims = self._wanted.setdefault(cast(NamedNode, quad.graph_name).value, set())
            name = cast(NamedNode, quad.subject).value
            if name.startswith(CLAIM):
                claims.add(name)
                places.setdefault(name, []).append(quad)
        if complete and len(found) < _REMEMBERED:
            self._places |= places
        else:
            self._claims |= dict.fromkeys(name for name in places if name not in self._places)

    def _stating(self, claim: str) -> list[Quad]:
        """Where a claim is stated."""
        if claim not in self._places:
            if len(self._places) > _REMEMBERED:
                self._places.clear()
            batch = [claim, *(name for name in _taken(self._claims, 400) if name != claim)]
            fresh: dict[str, list[Quad]] = {name: [] for name in batch}
            for row in each(self._client, _PLACES, batch, len(batch)):
                if row["g"].value in self.mirror.documents:
                    fresh[row["s"].value].append(Quad(row["s"], TYPE, _CLAIM, row["g"]))
                    self._wanted.setdefault(row["g"].value, set()).add(row["s"].value)
            self._places |= fresh
        return self._places[claim]

    def _sparse(self, graph: str) -> bool:
        """Whether so few claims of a document are wanted that its whole graph is not worth it."""
        return len(self._wanted.get(graph, ())) * _WORTH < self.mirror.documents[graph].light

    def _fetch_graphs(self, graph: str) -> None:
        """Keep a document's graph, and others with it that are likely to be read next."""
        stamps, batch = self.mirror.documents, [graph]
        room = ROWS - stamps[graph].light
        for name in list(self._wanted):
            held = self._held.get(name)
            if name == graph or name not in stamps or (held is not None and held.nodes is None):
                self._wanted.pop(name)
            elif stamps[name].light <= room and not self._sparse(name):
                self._wanted.pop(name)
                room -= stamps[name].light
                batch.append(name)
        found = graph_quads(self._client, batch, light=True)
        counts = Counter(cast(NamedNode, quad.graph_name).value for quad in found)
        self._unchanged(batch)
        for name in batch:
            if counts[name] != stamps[name].light:
                raise self._moved(name)
            self._drop(name)
            self._held[name] = Held(stamps[name], counts[name], None)
        self._keep(found, len(batch))

    def _fetch_claims(self, claim: str, graph: str) -> None:
        """Keep a claim as a document states it, and others with it that are likely to be read next."""
        pairs = {(claim, graph)}
        for name in list(self._wanted):
            if len(pairs) >= _CLAIMS:
                break
            held = self._held.get(name)
            if name in self.mirror.documents and (held is None or held.nodes is not None) and self._sparse(name):
                pairs |= {(wanted, name) for wanted in self._wanted.pop(name)}
        graphs = sorted({name for _, name in pairs})
        found = claim_quads(self._client, sorted(pairs), graphs)
        self._unchanged(graphs)
        for name in graphs:
            held = self._held.setdefault(name, Held(self.mirror.documents[name], 0, {name}))
            if held.nodes is not None:
                held.nodes.update(wanted for wanted, place in pairs if place == name)
        for quad in found:
            held = self._held[cast(NamedNode, quad.graph_name).value]
            held.count += 1
            if held.nodes is not None:
                held.nodes.add(cast(NamedNode, quad.subject).value)
        self._keep(found, len(graphs))

    def _keep(self, found: list[Quad], latest: int) -> None:
        """Keep quads of graphs that are held, of which the `latest` stay when there are too many."""
        self._kept.extend(back(found))
        self._size += len(found)
        self._named |= dict.fromkeys(
            quad.object.value
            for quad in found
            if isinstance(quad.object, NamedNode) and quad.object.value.startswith(ENTITY)
        )
        while self._size > KEPT and len(self._held) > latest:
            self._drop(next(iter(self._held)))

    def _drop(self, graph: str) -> None:
        held = self._held.pop(graph, None)
        if held is not None:
            self._size -= held.count
            self._kept.remove_graph(NamedNode(graph))

    def _unchanged(self, graphs: list[str]) -> None:
        """ServerMovedError unless the server's stamps of these documents are those of the mirror."""
        there = {row["g"].value: int(row["w"].value) for row in each(self._client, _MARKS, graphs)}
        for graph in graphs:
            if there.get(graph) != self.mirror.documents[graph].mark:
                raise self._moved(graph)

    def batches(self) -> list[list[str]]:
        """All documents, a few thousand quads at a time."""
        found: list[list[str]] = [[]]
        room = ROWS
        for graph, stamp in self.mirror.documents.items():
            if found[-1] and stamp.size > room:
                found.append([])
                room = ROWS
            found[-1].append(graph)
            room -= stamp.size
        return found

    def whole(self, graphs: list[str]) -> Iterator[Quad]:
        """The quads of those documents that are there, texts and all; nothing is kept."""
        there = [graph for graph in graphs if graph in self.mirror.documents]
        found = graph_quads(self._client, there, light=False) if there else []
        self._unchanged(there)
        if len(found) != sum(self.mirror.documents[graph].size for graph in there):
            raise self._moved(there[0])
        return back(found)

    def _all(self) -> Iterator[Quad]:
        yield from self.mirror.quads
        for graphs in self.batches():
            yield from self.whole(graphs)

    def _moved(self, graph: str) -> ServerMovedError:
        return ServerMovedError(
            f"{self._client.endpoint.name}: <{graph}> is being changed, or a writer died over it; try again, and if "
            "that does not help run `tollgraph ingest` on it once more"
        )


def _fits(quad: Quad, predicate: Any, object: Any) -> bool:
    return predicate in (None, quad.predicate) and object in (None, quad.object)


def _taken(names: dict[str, None], count: int) -> list[str]:
    """The first so many names, taken out."""
    some = [name for name, _ in zip(names, range(count), strict=False)]
    for name in some:
        del names[name]
    return some
