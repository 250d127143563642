"""Shares between parties as one sparse matrix B: B[i, j] is the share (0–1) of i's total that comes from j."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@dataclass(frozen=True, slots=True)
class ShareMatrix:
    """`matrix` is square; row and column i belong to `nodes[i]`."""

    nodes: tuple[str, ...]
    matrix: csr_array

    def index(self, node: str) -> int | None:
        """The row of a node, None if no share is known of it."""
        return self.nodes.index(node) if node in self.nodes else None


def share_matrix(shares: Iterable[tuple[str, str, float]]) -> ShareMatrix:
    """The matrix of (whose, from whom, share 0–1) triples; several shares of the same pair add up."""
    from scipy.sparse import csr_array

    rows = list(shares)
    nodes = tuple(sorted({node for source, target, _ in rows for node in (source, target)}))
    place = {node: i for i, node in enumerate(nodes)}
    at = [place[source] for source, _, _ in rows], [place[target] for _, target, _ in rows]
    matrix = csr_array(([share for _, _, share in rows], at), shape=(len(nodes), len(nodes)), dtype=float)
    return ShareMatrix(nodes, matrix)
