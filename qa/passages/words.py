"""Passages by their words: BM25 over the postings of the index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from qa.passages.tables import CHUNK, POSTING

K1, B = 1.2, 0.75


def by_words(database: sqlite3.Connection, words: Iterable[str], lengths: NDArray[np.float32]) -> NDArray[np.float32]:
    """The BM25 score of every passage for these terms, 0 where none stands. `lengths` in terms, 0 for no passage."""
    scores = np.zeros(len(lengths), dtype=np.float32)
    there = int(np.count_nonzero(lengths))
    if not there:
        return scores
    slowed = K1 * (1 - B + B * lengths / (lengths.sum() / there))
    for word in dict.fromkeys(words):
        at, times = _postings(database, word)
        if len(at):
            rare = np.log1p((there - len(at) + 0.5) / (len(at) + 0.5))
            scores[at] += rare * times * (K1 + 1) / (times + slowed[at])
    return scores


def _postings(database: sqlite3.Connection, word: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The passages in which a term stands, and how often it does."""
    found = database.execute("SELECT chunk, rows FROM posting WHERE term = ?", (word,)).fetchall()
    rows = [(chunk, np.frombuffer(blob, dtype=POSTING)) for chunk, blob in found]
    if not rows:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
    at = np.concatenate([part["at"].astype(np.int64) + chunk * CHUNK for chunk, part in rows])
    return at, np.concatenate([part["times"] for _, part in rows]).astype(np.float32)
