"""The claims between entities as edges: all of them at once, or those that a write touched put into what stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from graph.errors import UnknownError
from graph.model import Claim, EntityRef
from graph.store.protocol import ClaimFilter, Store
from graph.store.touched import Touched

if TYPE_CHECKING:
    import networkx as nx

    Network: TypeAlias = "nx.MultiDiGraph[str]"

Pair = tuple[str, str]
"""Subject and object."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A network that nobody changes any more, and between which entities each of its claims (ids) stands."""

    graph: Network
    pairs: dict[str, Pair]


class Edges:
    """Draws the claims of a store; `predicates` None are all, `affirmed` leaves out denied and hedged ones."""

    def __init__(self, store: Store, *, affirmed: bool, predicates: frozenset[str] | None) -> None:
        self._store = store
        self._affirmed = affirmed
        self._predicates = predicates

    def build(self) -> Drawn:
        """All claims."""
        import networkx as nx

        graph: Network = nx.MultiDiGraph()
        pairs: dict[str, Pair] = {}
        published = {document.id: document.published for document in self._store.documents()}
        for claim in self._store.claims():
            if isinstance(claim.object, EntityRef) and self._wanted(claim):
                for entity in (claim.subject, claim.object):
                    graph.add_node(entity.id, label=entity.label, type=entity.type)
                pairs[claim.id] = claim.subject.id, claim.object.id
                graph.add_edge(claim.subject.id, claim.object.id, key=claim.id, **_data(claim, published))
        nx.freeze(graph)
        return Drawn(graph, pairs)

    def follow(self, before: Drawn, touched: Touched) -> Drawn:
        """The network before with what a write touched drawn anew; what is as it was is shared between the two."""
        import networkx as nx

        pairs = before.pairs.copy()
        for claim in touched.claims:
            pairs.pop(claim, None)
        again = {before.pairs[claim] for claim in touched.claims if claim in before.pairs}
        again.update(self._pairs(touched.claims))
        for entity in touched.renamed & before.graph.nodes:
            again.update((entity, other) for other in before.graph.succ[entity])
            again.update((other, entity) for other in before.graph.pred[entity])
        graph = _Copy(before.graph)
        for pair in sorted(again):
            claims = [claim for claim in self._between(pair) if self._wanted(claim)]
            days = self._published(claims)
            graph.draw(pair, {claim.id: _data(claim, days) for claim in claims})
            pairs.update(dict.fromkeys((claim.id for claim in claims), pair))
        graph.tidy({end for pair in again for end in pair})
        nx.freeze(graph.graph)
        return Drawn(graph.graph, pairs)

    def _wanted(self, claim: Claim) -> bool:
        return (claim.affirmed or not self._affirmed) and (
            self._predicates is None or claim.predicate in self._predicates
        )

    def _pairs(self, claims: Iterable[str]) -> Iterable[Pair]:
        """Between which entities claims stand now, those that are still there."""
        for name in claims:
            try:
                claim = self._store.claim(name)
            except UnknownError:
                continue
            if isinstance(claim.object, EntityRef):
                yield claim.subject.id, claim.object.id

    def _between(self, pair: Pair) -> list[Claim]:
        return list(self._store.claims(ClaimFilter(subject=pair[0], object=pair[1])))

    def _published(self, claims: Iterable[Claim]) -> dict[str, date | None]:
        cited = {item.document for claim in claims for item in claim.evidence}
        return {document.id: document.published for document in self._store.documents(sorted(cited))}


class _Copy:
    """A network to be changed that shares all that is left as it is with the one it was made of."""

    def __init__(self, of: Any) -> None:
        import networkx as nx

        self.graph: Network = nx.MultiDiGraph()
        inside: Any = self.graph  # the dictionaries below are what networkx documents for subclasses to replace
        inside._node, inside._adj, inside._pred = dict(of._node), dict(of._adj), dict(of._pred)
        self._nodes, self._ahead, self._back = inside._node, inside._adj, inside._pred
        self._own: set[tuple[int, str]] = set()

    def draw(self, pair: Pair, edges: dict[str, dict[str, Any]]) -> None:
        """These edges (by key) alone lead from one node to the other, in their order."""
        source, target = pair
        for side, (ways, node) in enumerate(((self._ahead, source), (self._back, target))):
            if (side, node) not in self._own:
                self._own.add((side, node))
                ways[node] = dict(ways.get(node, {}))
        self._ahead[source].pop(target, None)
        self._back[target].pop(source, None)
        if edges:
            self._ahead[source][target] = self._back[target][source] = edges
        for edge in edges.values():
            claim: Claim = edge["claim"]
            for entity in (claim.subject, claim.object):
                if isinstance(entity, EntityRef):
                    self._nodes[entity.id] = {"label": entity.label, "type": entity.type}
                    self._ahead.setdefault(entity.id, {})
                    self._back.setdefault(entity.id, {})

    def tidy(self, nodes: Iterable[str]) -> None:
        """Without those of the nodes that no edge touches any more."""
        for node in nodes:
            if not self._ahead.get(node) and not self._back.get(node):
                for held in (self._nodes, self._ahead, self._back):
                    held.pop(node, None)
            else:
                self._ahead.setdefault(node, {})
                self._back.setdefault(node, {})


def _data(claim: Claim, published: dict[str, date | None]) -> dict[str, Any]:
    days = [day for item in claim.evidence if (day := published.get(item.document))]
    return {
        "claim": claim,
        "predicate": claim.predicate,
        "modality": claim.modality,
        "polarity": claim.polarity,
        "confidence": claim.confidence,
        "attributed_to": claim.attributed_to,
        "period": claim.period,
        "published": min(days) if days else None,
    }
