"""Passages by what they link: personalised PageRank over entities, the passages that name them, and their documents."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from qa.passages.tables import LINK, SPAN

if TYPE_CHECKING:
    from scipy.sparse import csr_array

BACK = 0.5
"""The chance at each step to go back to where the walk began."""

STEPS = 12
"""After these, less than 1/4,000 of the walk is still on its way."""

BESIDE = 0.5
"""What the passages that a walk begins from weigh beside its entities, which weigh 1."""

Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]


class Links:
    """The walk of one edition of the index; `passages` is how many numbers its passages take up."""

    def __init__(self, database: sqlite3.Connection, passages: int) -> None:
        self._passages = passages
        named, within = _pairs(database)
        self._named = np.bincount(named[1]) if len(named[1]) else np.zeros(1, dtype=np.int64)
        self._matrix = _walk(
            np.concatenate([named[0], within[0]]),
            np.concatenate([named[1] + passages, within[1] + passages + len(self._named)]),
        )

    def by_links(self, entities: Mapping[int, float], beside: Sequence[int]) -> NDArray[np.float32]:
        """The rank of every passage for a walk that begins at entities, by weight, and at some passages; 0 for none.

        An entity that few passages name says more of where to look: its weight is shared among those that do.
        """
        start = np.zeros(max(self._matrix.shape[0], self._passages), dtype=np.float32)
        known = {e: w / self._named[e] for e, w in entities.items() if e < len(self._named) and self._named[e]}
        for entity, weight in known.items():
            start[self._passages + entity] = weight / sum(known.values())
        for passage in beside:
            start[passage] += BESIDE / len(beside)
        if not known or start.shape[0] != self._matrix.shape[0]:
            return np.zeros(self._passages, dtype=np.float32)
        start /= start.sum()
        rank = start
        for _ in range(STEPS):
            rank = BACK * start + (1 - BACK) * (self._matrix @ rank)
        found: NDArray[np.float32] = rank[: self._passages]
        return found


def _pairs(database: sqlite3.Connection) -> tuple[Pairs, Pairs]:
    """(passage, entity) and (passage, document) pairs; documents by their place in the index."""
    rows = database.execute("SELECT first, spans, links FROM document").fetchall()
    firsts = np.array([first for first, _, _ in rows], dtype=np.int64)
    sizes = np.array([len(spans) // SPAN.itemsize for _, spans, _ in rows], dtype=np.int64)
    counts = np.array([len(links) // LINK.itemsize for _, _, links in rows], dtype=np.int64)
    links = np.frombuffer(b"".join(links for _, _, links in rows), dtype=LINK)
    at = np.repeat(firsts, counts) + links["at"]
    own = np.repeat(firsts - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())
    return (at, links["entity"].astype(np.int64)), (own, np.repeat(np.arange(len(rows)), sizes))


def _walk(one: NDArray[np.int64], other: NDArray[np.int64]) -> csr_array:
    """The matrix whose column i says how a walk along these pairs goes on from node i."""
    from scipy.sparse import coo_array

    size = int(other.max(initial=-1)) + 1
    rows, columns = np.concatenate([one, other]), np.concatenate([other, one])
    leaving = np.maximum(np.bincount(columns, minlength=size), 1).astype(np.float32)
    matrix: Any = coo_array((1 / leaving[columns], (rows, columns)), shape=(size, size), dtype=np.float32)
    return matrix.tocsr()
