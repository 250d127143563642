"""Passages by their sense: sentence vectors kept in the index as half-precision rows, made when first wanted.

Of all vectors only the signs are in memory, a bit a number (48 bytes for the shipped model). Those that agree in most
signs with the query are compared in full; with fewer than `CLOSEST` vectors that is all of them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

CLOSEST = 1_000
_HALF = np.dtype("<f2")


class Sense:
    """The vectors of one edition of the index."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        rows = database.execute("SELECT passage, row FROM vector ORDER BY passage").fetchall()
        self.passages = np.array([passage for passage, _ in rows], dtype=np.int64)
        self._signs = _signs(_stacked([row for _, row in rows]))

    def by_sense(self, query: NDArray[np.float32], passages: int) -> NDArray[np.float32]:
        """The likeness (cosine) of each passage to a query's vector; 0 for those without, and for what is far off."""
        scores = np.zeros(passages, dtype=np.float32)
        if not len(self.passages):
            return scores
        apart = np.bitwise_count(self._signs ^ _signs(query[None])).sum(axis=1)
        near = np.argpartition(apart, CLOSEST)[:CLOSEST] if len(apart) > CLOSEST else np.arange(len(apart))
        chosen = self.passages[near]
        scores[chosen] = self._rows(chosen) @ query
        return np.maximum(scores, 0)

    def _rows(self, passages: NDArray[np.int64]) -> NDArray[np.float32]:
        run = self._database.execute
        found = [run("SELECT row FROM vector WHERE passage = ?", (int(p),)).fetchone()[0] for p in passages]
        return _stacked(found).astype(np.float32)


def missing(database: sqlite3.Connection, passages: Iterable[int]) -> list[int]:
    """The passages that have no vector yet."""
    run = database.execute
    return [p for p in passages if run("SELECT 1 FROM vector WHERE passage = ?", (p,)).fetchone() is None]


def keep(database: sqlite3.Connection, passages: Sequence[int], vectors: NDArray[np.float32]) -> None:
    """Keep the vectors of these passages."""
    rows = ((passage, row.astype(_HALF).tobytes()) for passage, row in zip(passages, vectors, strict=True))
    with database:
        database.execute("BEGIN IMMEDIATE")
        database.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?)", rows)
        database.execute("UPDATE state SET vectors = vectors + 1")


def use(database: sqlite3.Connection, model: str) -> None:
    """From now on vectors are those of this model: those of another one are dropped."""
    if database.execute("SELECT model FROM state").fetchone()[0] == model:
        return
    with database:
        database.execute("BEGIN IMMEDIATE")
        database.execute("DELETE FROM vector")
        database.execute("UPDATE state SET model = ?, vectors = vectors + 1", (model,))


def _stacked(rows: Sequence[bytes]) -> NDArray[np.float16]:
    """Kept rows as an array, however long the vectors of the model are."""
    length = len(rows[0]) // _HALF.itemsize if rows else 0
    return np.frombuffer(b"".join(rows), dtype=_HALF).reshape(len(rows), length)


def _signs(vectors: NDArray[np.floating]) -> NDArray[np.uint64]:
    packed = np.packbits(vectors > 0, axis=1)
    words = np.pad(packed, ((0, 0), (0, -packed.shape[1] % 8)))
    return np.ascontiguousarray(words).view(np.uint64)
