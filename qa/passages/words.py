"""Passages by their words: BM25 over the postings of the index."""

from __future__ import annotations

import sqlite3

import numpy as np
from numpy.typing import NDArray

from qa.passages.tables import CHUNK, POSTING
from qa.passages.wording import Wording

K1, B = 1.2, 0.75
SYNONYM = 0.3
"""What another word for a metric counts, beside the words of the query."""

Scores = NDArray[np.float32]


def by_words(database: sqlite3.Connection, wording: Wording, lengths: Scores) -> Scores:
    """The BM25 score of every passage, 0 where no term stands. `lengths` in terms, 0 for no passage.

    Of the synonyms of one metric the best in a passage counts.
    """
    scores = np.zeros(len(lengths), dtype=np.float32)
    there = int(np.count_nonzero(lengths))
    if not there:
        return scores
    slowed = K1 * (1 - B + B * lengths / (lengths.sum() / there))

    def of(term: str) -> tuple[NDArray[np.int64], Scores]:
        at, times = _postings(database, term)
        rare = np.log1p((there - len(at) + 0.5) / (len(at) + 0.5))
        return at, np.asarray(rare * times * (K1 + 1) / (times + slowed[at]), dtype=np.float32)

    for term in wording.terms:
        at, score = of(term)
        scores[at] += score
    for synonyms in wording.synonyms:
        others = np.zeros(len(lengths), dtype=np.float32)
        for term in synonyms:
            at, score = of(term)
            others[at] = np.maximum(others[at], score)
        scores += SYNONYM * others
    return scores


def _postings(database: sqlite3.Connection, word: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The passages in which a term stands, and how often it does."""
    found = database.execute("SELECT chunk, rows FROM posting WHERE term = ?", (word,)).fetchall()
    rows = [(chunk, np.frombuffer(blob, dtype=POSTING)) for chunk, blob in found]
    if not rows:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
    at = np.concatenate([part["at"].astype(np.int64) + chunk * CHUNK for chunk, part in rows])
    return at, np.concatenate([part["times"] for _, part in rows]).astype(np.float32)
