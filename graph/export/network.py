"""GraphML for network tools: entities, and an edge for each affirmed relation claim."""

from __future__ import annotations

import re
from typing import IO

from graph.export.scope import EVERYTHING, Scope
from graph.model import Claim
from graph.store.protocol import Store
from graph.views.network import network

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write_graphml(store: Store, stream: IO[bytes], scope: Scope) -> None:
    """Nodes have `label` and `type`; edges `predicate`, what qualifies the claim, its passages' number and one quote.

    Parallel claims stay parallel edges. Hedged and denied claims, amounts and texts are no edges. Characters that XML
    cannot hold are left out.
    """
    import networkx as nx

    found = network(store)
    within = None if scope == EVERYTHING else {claim.id for claim in scope.claims(store)}
    edges = [edge for edge in found.edges(data=True) if within is None or edge[2]["claim"].id in within]
    nodes = found.nodes if within is None else {end for source, target, *_ in edges for end in (source, target)}
    plain: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in sorted(nodes):
        plain.add_node(node, label=_clean(found.nodes[node]["label"]), type=_clean(found.nodes[node]["type"]))
    for source, target, data in sorted(edges, key=lambda edge: edge[:2]):
        claim: Claim = data["claim"]
        plain.add_edge(source, target, key=claim.id, **_edge(claim))
    nx.write_graphml(plain, stream, prettyprint=False)


def _edge(claim: Claim) -> dict[str, str | int | float]:
    period = claim.period
    told = {
        "attributed_to": claim.attributed_to,
        "scope": claim.scope,
        "start": str(period.start) if period and period.start else None,
        "end": str(period.end) if period and period.end else None,
        **{f"qualifier_{name}": value for name, value in claim.qualifiers},
    }
    return {
        "predicate": claim.predicate,
        "modality": claim.modality,
        "confidence": float(claim.confidence),
        "passages": len(claim.evidence),
        "document": claim.evidence[0].document,
        "quote": _clean(claim.evidence[0].quote),
        **{_clean(name): _clean(value) for name, value in told.items() if value is not None},
    }


def _clean(text: str) -> str:
    return _CONTROL.sub("", text)
