"""The claims between entities as a networkx graph, and the two readings the page and the answers need of it.

Parallel claims stay parallel edges (key = claim id) and direction is kept: subject → object. A claim whose object is an
amount or a text is no edge.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from graph.model import Claim, EntityRef
from graph.store.protocol import Store
from graph.views.cache import followed, per_version
from graph.views.edges import Edges
from graph.views.paths import shortest_paths

if TYPE_CHECKING:
    from graph.views.edges import Network


@dataclass(frozen=True, slots=True)
class Node:
    """An entity to draw: `hops` from the centre, and how many pieces of evidence its edges in the graph have."""

    entity: EntityRef
    hops: int
    evidence: int


@dataclass(frozen=True, slots=True)
class Edge:
    """All claims of one predicate between two entities in one direction; `evidence` counts quotes, not claims."""

    source: str
    target: str
    predicate: str
    claims: tuple[str, ...]
    evidence: int
    affirmed: bool


class Neighbourhood(NamedTuple):
    """What to draw around an entity: `nodes` nearest first, `edges` best evidenced first."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path. `forward` is False where the claims point from `target` to `source`."""

    source: EntityRef
    target: EntityRef
    forward: bool
    claims: tuple[Claim, ...]


Path: TypeAlias = tuple[Step, ...]


def network(
    store: Store,
    *,
    affirmed: bool = True,
    as_of: date | None = None,
    predicates: Iterable[str] | None = None,
) -> Network:
    """The claims between entities as a frozen `MultiDiGraph`; after a write only what it touched is read again.

    Nodes are entity ids with `label` and `type`; edges have `claim` (the whole `Claim`), `predicate`, `modality`,
    `polarity`, `confidence`, `attributed_to`, `period` and `published` (the earliest known day of its documents), and
    stand between two nodes in the order of ingest. `affirmed=False` takes in denied, possible and projected claims too.
    """
    wanted = frozenset(predicates) if predicates is not None else None
    then = store.at(as_of=as_of)
    edges = Edges(then, affirmed=affirmed, predicates=wanted)
    return followed(then, ("network", affirmed, wanted), edges.build, edges.follow).graph


def neighbourhood(
    store: Store,
    entity_id: str,
    *,
    depth: int = 1,
    limit: int = 200,
    affirmed: bool = True,
    as_of: date | None = None,
) -> Neighbourhood:
    """The entities within `depth` steps either way, at most `limit` of them, nearest and best evidenced first.

    Edges are all those between the chosen nodes, one for each predicate and direction. Raises UnknownError for an
    entity that the store does not hold; one without relations is a single node.
    """
    centre = store.entity(entity_id).ref
    graph = network(store, affirmed=affirmed, as_of=as_of)
    if entity_id not in graph:
        return Neighbourhood((Node(centre, 0, 0),), ())
    hops = _within(graph, entity_id, depth)
    known = per_version(store.at(as_of=as_of), ("bundles", affirmed), lambda: _Bundles(graph))
    if known.graph is not graph:  # there was a write just now
        known = _Bundles(graph)
    weight = {n: known.evidence(n) for n in hops}
    chosen = sorted(hops, key=lambda n: (hops[n], -weight[n], n))[: max(limit, 1)]
    nodes = tuple(Node(_ref(graph, n), hops[n], weight[n]) for n in chosen)
    pairs = ((source, target) for source in chosen for target in chosen if target in graph.succ[source])
    edges = [edge for pair in pairs for edge in known.edges(*pair)]
    return Neighbourhood(nodes, tuple(sorted(edges, key=lambda e: (-e.evidence, e.source, e.target, e.predicate))))


class _Bundles:
    """What has been added up of one network: the neighbours of a small entity are the largest ones, again and again."""

    def __init__(self, graph: Network) -> None:
        self.graph = graph
        self._evidence: dict[str, int] = {}
        self._edges: dict[tuple[str, str], tuple[Edge, ...]] = {}

    def evidence(self, node: str) -> int:
        """How many pieces of evidence the edges of a node have."""
        if node not in self._evidence:
            edges = chain(self.graph.out_edges(node, data=True), self.graph.in_edges(node, data=True))
            self._evidence[node] = sum(len(data["claim"].evidence) for _, _, data in edges)
        return self._evidence[node]

    def edges(self, source: str, target: str) -> tuple[Edge, ...]:
        """The claims from one node to another by predicate."""
        if (source, target) not in self._edges:
            bundles: defaultdict[tuple[str, bool], list[Claim]] = defaultdict(list)
            for claim in _between(self.graph, source, target):
                bundles[claim.predicate, claim.affirmed].append(claim)
            self._edges[source, target] = tuple(
                Edge(source, target, predicate, tuple(c.id for c in claims), sum(len(c.evidence) for c in claims), sure)
                for (predicate, sure), claims in bundles.items()
            )
        return self._edges[source, target]


def connection(
    store: Store,
    a: str,
    b: str,
    *,
    max_hops: int = 4,
    limit: int = 5,
    as_of: date | None = None,
) -> list[Path]:
    """The shortest paths between two entities, best evidenced first; direction is ignored to find and kept to tell.

    Empty if they are not connected within `max_hops`. Raises UnknownError for an entity that the store does not hold.
    """
    ends = store.entity(a).id, store.entity(b).id
    graph = network(store, as_of=as_of)
    if a == b or any(end not in graph for end in ends):
        return []
    known: dict[tuple[str, str], Step] = {}

    def step(source: str, target: str) -> Step:
        if (source, target) not in known:
            known[source, target] = _step(graph, source, target)
        return known[source, target]

    def weight(path: Path) -> int:
        return min(weights[step.source.id, step.target.id] for step in path)

    found = islice(shortest_paths(graph, a, b, max_hops), limit * 20)
    paths = [tuple(step(u, v) for u, v in pairwise(nodes)) for nodes in found]
    weights = {pair: sum(len(claim.evidence) for claim in of.claims) for pair, of in known.items()}
    return sorted(paths, key=lambda path: -weight(path))[:limit]


def _within(graph: Network, start: str, depth: int) -> dict[str, int]:
    """Entities reachable within `depth` steps ignoring direction, with their distance."""
    hops = {start: 0}
    edge = [start]
    for distance in range(1, depth + 1):
        near = {n for node in edge for way in (graph.succ, graph.pred) for n in way[node]}
        edge = sorted(near - hops.keys())
        hops.update(dict.fromkeys(edge, distance))
    return hops


def _step(graph: Network, source: str, target: str) -> Step:
    ahead, back = _between(graph, source, target), _between(graph, target, source)
    forward = sum(len(c.evidence) for c in ahead) >= sum(len(c.evidence) for c in back)
    return Step(_ref(graph, source), _ref(graph, target), forward, ahead if forward else back)


def _between(graph: Network, source: str, target: str) -> tuple[Claim, ...]:
    return tuple(data["claim"] for data in (graph.get_edge_data(source, target) or {}).values())


def _ref(graph: Network, node: str) -> EntityRef:
    return EntityRef(node, graph.nodes[node]["label"], graph.nodes[node]["type"])
