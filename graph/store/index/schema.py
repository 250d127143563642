"""The form of the index's tables, and what its parts share.

`document.day` and `claim.day` are days of publication as ordinals (see `Facts`); `claim` has a row for each document
that states a claim, of which the earliest is `first`; `places` is in how many passages it does so. `firm` is −1 for
what is denied, 0 for what is hedged, 2 for an amount, 3 for what is reported, 1 for anything else; `begins` and `ends`
are the days of its period. `counted` has the beginnings of words that stand right behind a number in what a document
states.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

SCHEMA = 7
PLACES = 20
"""Bits of `at` below the number of the write: the place of a claim among those of its document."""

TABLES = """
CREATE TABLE state (version INTEGER NOT NULL, claims INTEGER NOT NULL);
INSERT INTO state VALUES (0, 0);
CREATE TABLE document (
    written INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL, day INTEGER NOT NULL, votes BLOB NOT NULL,
    said TEXT NOT NULL, sum INTEGER NOT NULL
);
CREATE INDEX document_day ON document (day);
CREATE TABLE entity (
    id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL, label TEXT, type TEXT, claims INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX listed ON entity (claims DESC, name) WHERE label IS NOT NULL;
CREATE TABLE vote (
    id INTEGER PRIMARY KEY, entity INTEGER NOT NULL, kind INTEGER NOT NULL, value TEXT NOT NULL, count INTEGER NOT NULL,
    UNIQUE (entity, kind, value)
);
CREATE INDEX speaker ON vote (value) WHERE kind = 5;
CREATE TABLE tail (
    tail TEXT NOT NULL, vote INTEGER NOT NULL, whole INTEGER NOT NULL, entity INTEGER NOT NULL,
    PRIMARY KEY (tail, vote, whole)
) WITHOUT ROWID;
CREATE INDEX tail_whole ON tail (tail, entity) WHERE whole;
CREATE TABLE claim (
    at INTEGER PRIMARY KEY, name TEXT NOT NULL, subject INTEGER NOT NULL, predicate TEXT NOT NULL, object INTEGER,
    certainty REAL NOT NULL, first INTEGER NOT NULL, day INTEGER NOT NULL,
    places INTEGER NOT NULL, firm INTEGER NOT NULL, begins INTEGER, ends INTEGER
);
CREATE TABLE stated (at INTEGER PRIMARY KEY, said TEXT NOT NULL, sum INTEGER NOT NULL);
CREATE TABLE counted (word TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (word, at)) WITHOUT ROWID;
CREATE INDEX claim_name ON claim (name);
CREATE INDEX claim_subject ON claim (subject, first);
CREATE INDEX claim_subject_predicate ON claim (subject, predicate, first, firm, object, begins, ends, name);
CREATE INDEX claim_object ON claim (object, first) WHERE object IS NOT NULL;
CREATE INDEX claim_object_predicate ON claim (object, predicate, first, firm, subject, name) WHERE object IS NOT NULL;
CREATE INDEX claim_pair ON claim (subject, object) WHERE object IS NOT NULL;
CREATE INDEX claim_back ON claim (object, subject) WHERE object IS NOT NULL;
CREATE INDEX claim_predicate ON claim (predicate, first);
"""


_BATCH = 500
T = TypeVar("T")


def batches(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Many values, as many at a time as a statement takes."""
    return (values[begin : begin + _BATCH] for begin in range(0, len(values), _BATCH))


def marks(values: Sequence[object]) -> str:
    """Question marks for these values in a statement."""
    return ", ".join("?" * len(values))
