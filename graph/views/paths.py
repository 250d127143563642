"""The shortest paths between two entities of the network, sought from both ends at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import networkx as nx

    Network: TypeAlias = "nx.MultiDiGraph[str]"

Hops = dict[str, int]


def shortest_paths(graph: Network, a: str, b: str, most: int) -> Iterator[list[str]]:
    """All shortest paths of at most `most` steps between two nodes, whichever way the edges point, one at a time.

    Always in the same order for the same graph. The end with fewer nodes at its edge is gone on from, so that what
    lies around a frequent entity is not gone through unless the other end lies there too.
    """
    hops: tuple[Hops, Hops] = ({a: 0}, {b: 0})
    edges, depths = [{a}, {b}], [0, 0]
    for _ in range(most):
        side = 0 if len(edges[0]) <= len(edges[1]) else 1
        near = {node for at in edges[side] for node in _near(graph, at)} - hops[side].keys()
        depths[side] += 1
        hops[side].update(dict.fromkeys(near, depths[side]))
        edges[side] = near
        if meeting := near & edges[1 - side]:
            for node in sorted(meeting):
                for back in _back(graph, hops[0], node):
                    for on in _back(graph, hops[1], node):
                        yield [*reversed(back), *on[1:]]
            return
        if not near:
            return


def _near(graph: Network, node: str) -> set[str]:
    return {*graph.succ[node], *graph.pred[node]}


def _back(graph: Network, hops: Hops, node: str) -> Iterator[list[str]]:
    """The ways from a node to the end that the hops are counted from."""
    if hops[node] == 0:
        yield [node]
        return
    for before in sorted(n for n in _near(graph, node) if hops.get(n) == hops[node] - 1):
        for rest in _back(graph, hops, before):
            yield [node, *rest]
