"""The tables of the index in one SQLite database, and how they follow the documents that are written.

Passages are numbered through, those of a document one after the other. For every term there is a row for each `CHUNK`
of passages in which it stands: which ones and how often. So a document is put in or taken out by the rows of its own
terms, and a search reads the rows of the words it looks for and nothing else.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.passages.article import Article

SCHEMA = 2
CHUNK = 4096
_MOST = 65_535

TABLES = """
CREATE TABLE state (
    version INTEGER NOT NULL, began INTEGER, edition INTEGER NOT NULL, vectors INTEGER NOT NULL, model TEXT NOT NULL
);
INSERT INTO state VALUES (-1, NULL, 0, 0, '');
CREATE TABLE document (
    first INTEGER PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL, past INTEGER NOT NULL, title TEXT NOT NULL,
    spans BLOB NOT NULL, links BLOB NOT NULL, terms BLOB NOT NULL, UNIQUE (name, digest)
);
CREATE TABLE entity (id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL);
CREATE TABLE name (folded TEXT NOT NULL, entity INTEGER NOT NULL, PRIMARY KEY (folded, entity)) WITHOUT ROWID;
CREATE TABLE posting (term TEXT NOT NULL, chunk INTEGER NOT NULL, rows BLOB NOT NULL, UNIQUE (term, chunk));
CREATE TABLE length (chunk INTEGER PRIMARY KEY, rows BLOB NOT NULL);
CREATE TABLE vector (passage INTEGER PRIMARY KEY, row BLOB NOT NULL);
"""
POSTING = np.dtype([("at", "<u2"), ("times", "<u2")])
SPAN = np.dtype([("start", "<u4"), ("end", "<u4")])
LINK = np.dtype([("at", "<u2"), ("entity", "<u4")])
LENGTH = np.dtype("<u2")


class Tables:
    """The tables of one connection. `apply` is the only way to change documents."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database

    def create(self) -> None:
        """Make the tables in an empty database."""
        self.database.executescript(f"BEGIN; {TABLES} PRAGMA user_version = {SCHEMA}; COMMIT;")

    @property
    def sound(self) -> bool:
        """Whether they are tables of this form."""
        (found,) = self.database.execute("PRAGMA user_version").fetchone()
        return bool(found == SCHEMA)

    @property
    def version(self) -> int:
        """The version of the store that they follow; −1 while they are made."""
        return self._state(0) or 0

    @property
    def began(self) -> int | None:
        """The version of the store when they began to be made; None if they have not, or are done."""
        return self._state(1)

    @property
    def edition(self) -> int:
        """A number that grows with every change of documents."""
        return self._state(2) or 0

    @property
    def vectors(self) -> int:
        """A number that grows with every change of vectors that is not one of documents."""
        return self._state(3) or 0

    def begin(self, version: int) -> None:
        """They begin to be made, from a store of this version."""
        self.database.execute("UPDATE state SET version = -1, began = ?", (version,))

    def finish(self, version: int) -> None:
        """They hold what the store of this version does."""
        self.database.execute("UPDATE state SET version = ?, began = NULL", (version,))

    def doubt(self, documents: Iterable[str]) -> None:
        """These documents (ids) may have changed: they are to be read again."""
        self.database.executemany("UPDATE document SET digest = '' WHERE name = ?", ((name,) for name in documents))
        self.database.execute("UPDATE state SET version = -1, began = NULL")

    def documents(self, *, past: bool = False) -> dict[str, str]:
        """Document id → digest of the text; of those that are there now, or of the past states that were looked up."""
        return dict(self.database.execute("SELECT name, digest FROM document WHERE past = ?", (past,)))

    def _state(self, column: int) -> int | None:
        found: int | None = self.database.execute("SELECT * FROM state").fetchone()[column]
        return found

    def apply(
        self,
        changes: Iterable[tuple[str, Article | None]],
        *,
        version: int | None = None,
        past: bool = False,
    ) -> None:
        """Documents (ids) are now these, None being gone; in one transaction. `version`: of the store they then follow.

        `past`: they are states that are over, put beside those that are there.
        """
        self.database.execute("BEGIN IMMEDIATE")
        try:
            step = _Step(self.database)
            for document, article in changes:
                if not past:
                    step.drop(document)
                if article is not None:
                    step.add(article, past=past)
            step.settle()
            if version is not None:
                self.finish(version)
            self.database.execute("UPDATE state SET edition = edition + 1")
            self.database.execute("COMMIT")
        except BaseException:
            if self.database.in_transaction:
                self.database.execute("ROLLBACK")
            raise


class _Step:
    """One transaction: what it adds up before it is written."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._run = database.execute
        self._many = database.executemany
        self._new: defaultdict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
        self._gone: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
        self._lengths: dict[int, NDArray[Any]] = {}
        self._entities: dict[str, int] = {}
        (last,) = self._run("SELECT max(first) FROM document").fetchone()
        self._next = 0 if last is None else last + self._count(last)

    def drop(self, document: str) -> None:
        """Take out every state of a document."""
        rows = self._run("SELECT first, spans, terms FROM document WHERE name = ?", (document,)).fetchall()
        for first, spans, packed in rows:
            places = range(first, first + len(spans) // SPAN.itemsize)
            for term in zlib.decompress(packed).decode().split("\n"):
                for place in places:
                    self._gone[term, place // CHUNK].add(place % CHUNK)
            for place in places:
                self._length(place // CHUNK)[place % CHUNK] = 0
            self._run("DELETE FROM vector WHERE passage >= ? AND passage < ?", (places.start, places.stop))
            self._run("DELETE FROM document WHERE first = ?", (first,))

    def add(self, article: Article, *, past: bool) -> None:
        """Put in a state of a document that is not there."""
        if not article.spans:
            return
        first, document = self._next, article.document
        self._next += len(article.spans)
        for place, bag in enumerate(article.bags, first):
            chunk, at = divmod(place, CHUNK)
            self._length(chunk)[at] = min(max(bag.total(), 1), _MOST)
            for term, times in bag.items():
                self._new[term, chunk].append((at, min(times, _MOST)))
        spans = np.array(list(article.spans), dtype=SPAN)
        links = np.array(sorted((at, self._entity(name)) for at, name in article.links if at <= _MOST), dtype=LINK)
        terms = zlib.compress("\n".join(sorted(set().union(*article.bags))).encode(), 1)
        row = (first, document.id, document.sha256, past, document.title, spans.tobytes(), links.tobytes(), terms)
        self._run("INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        known = ((name, self._entity(entity)) for name, entity in article.names)
        self._many("INSERT OR IGNORE INTO name VALUES (?, ?)", known)

    def settle(self) -> None:
        """Write the postings and lengths that changed."""
        for key in self._gone.keys() | self._new.keys():
            found = self._run("SELECT rows FROM posting WHERE term = ? AND chunk = ?", key).fetchone()
            rows = np.frombuffer(found[0], dtype=POSTING) if found else np.empty(0, dtype=POSTING)
            if key in self._gone:
                rows = rows[~np.isin(rows["at"], list(self._gone[key]))]
            if key in self._new:
                rows = np.concatenate([rows, np.array(self._new[key], dtype=POSTING)])
            if not len(rows):
                self._run("DELETE FROM posting WHERE term = ? AND chunk = ?", key)
            elif found:
                self._run("UPDATE posting SET rows = ? WHERE term = ? AND chunk = ?", (rows.tobytes(), *key))
            else:
                self._run("INSERT INTO posting VALUES (?, ?, ?)", (*key, rows.tobytes()))
        self._many(
            "INSERT OR REPLACE INTO length VALUES (?, ?)",
            ((chunk, rows.tobytes()) for chunk, rows in self._lengths.items()),
        )

    def _count(self, first: int) -> int:
        (size,) = self._run("SELECT length(spans) FROM document WHERE first = ?", (first,)).fetchone()
        return int(size) // SPAN.itemsize

    def _length(self, chunk: int) -> NDArray[Any]:
        if chunk not in self._lengths:
            found = self._run("SELECT rows FROM length WHERE chunk = ?", (chunk,)).fetchone()
            held = np.frombuffer(found[0], dtype=LENGTH).copy() if found else np.zeros(CHUNK, dtype=LENGTH)
            self._lengths[chunk] = held
        return self._lengths[chunk]

    def _entity(self, name: str) -> int:
        if name not in self._entities:
            self._run("INSERT OR IGNORE INTO entity (name) VALUES (?)", (name,))
            (self._entities[name],) = self._run("SELECT id FROM entity WHERE name = ?", (name,)).fetchone()
        return self._entities[name]
