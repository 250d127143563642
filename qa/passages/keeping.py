"""The index's file beside the graph: opened, brought up to the version of the store, or made anew.

It may be deleted at any time, and nothing about it makes a look-up fail: where the file is damaged it is made anew,
where it cannot be kept (a full or read-only disk) the index is in memory.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import chain, islice
from pathlib import Path

from graph.errors import UnknownError
from graph.rdf import decode
from graph.store.protocol import Store
from qa.passages.article import Article, article
from qa.passages.rows import is_table
from qa.passages.tables import Tables

FILE = "passages"
TOGETHER = 100
"""Documents of one transaction."""

WAIT = 2.0
DAMAGE = (sqlite3.Error, ValueError, IndexError)
"""What a file that is not as it was written makes of itself."""

Told = Callable[[int, int], None]
"""Is given how many are done, of how many."""


class Index:
    """The index of one store. Safe between threads: use it within `held`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._folder = store.path
        self._guard = threading.RLock()
        self._tables: Tables | None = None

    @contextmanager
    def held(self) -> Iterator[Tables]:
        """The tables, for this thread alone."""
        with self._guard:
            yield self._opened()

    def follow(self, *, seconds: float | None = None, told: Told = lambda *_: None) -> bool:
        """Take in what was written to the store since; whether that is done. `seconds`: stop after about so long.

        `told` counts documents.
        """
        end = None if seconds is None else time.monotonic() + seconds
        with self._guard:
            for _ in range(3):  # a damaged file is made anew, then in memory
                try:
                    return self._followed(self._opened(), end, told)
                except DAMAGE as problem:
                    if _busy(problem):
                        return False
                    self.renew(keep=False if isinstance(problem, sqlite3.OperationalError) else None)
            return False

    def renew(self, *, keep: bool | None = None) -> None:
        """Forget the index, to be made anew; in memory from now on with `keep` False."""
        with self._guard:
            self.close()
            if self._folder is not None:
                with suppress(OSError):
                    for name in (FILE, f"{FILE}-journal"):
                        (self._folder / name).unlink(missing_ok=True)
            if keep is False:
                self._folder = None

    def close(self) -> None:
        """Let go of the file."""
        with self._guard:
            if self._tables is not None:
                self._tables.database.close()
                self._tables = None

    def _opened(self) -> Tables:
        if self._tables is None and self._folder is not None:
            with suppress(sqlite3.Error):
                self._tables = _connected(self._folder / FILE)
        if self._tables is None:
            self._folder = None
            self._tables = _fresh(":memory:")
        return self._tables

    def _followed(self, tables: Tables, end: float | None, told: Told) -> bool:
        version, now = tables.version, self._store.version()
        if version == now:
            return True
        if version >= 0:
            names = self._store.changed(version)
            if names is None:
                self.renew()
                return self._followed(self._opened(), end, told)
            if len(names) <= TOGETHER:
                tables.apply(self._articles(names), version=now)
                return True
            tables.doubt(names)
        return self._built(tables, end, told)

    def _built(self, tables: Tables, end: float | None, told: Told) -> bool:
        """Compare all documents with what is held, and read those that are not held as they are."""
        began = tables.began
        if began is None:
            began = self._store.version()
            tables.begin(began)
        held, there = tables.documents(), dict.fromkeys(self._store.document_ids())
        new = [name for name in there if name not in held]
        todo = chain((name for name in held if name not in there), new, self._differing(held))
        done = len(there) - len(new)
        while some := list(islice(todo, TOGETHER)):
            tables.apply(self._articles(some))
            done += sum(name in there and name not in held for name in some)
            told(done, len(there))
            if end is not None and time.monotonic() > end:
                return False
        tables.finish(began)
        return self._followed(tables, end, told)

    def _differing(self, held: Mapping[str, str]) -> Iterator[str]:
        """The documents (ids) that are there with another text than the one held."""
        names = iter(held)
        while some := list(islice(names, TOGETHER)):
            yield from (found.id for found in self._store.documents(some) if found.sha256 != held[found.id])

    def _articles(self, names: Iterable[str]) -> Iterator[tuple[str, Article | None]]:
        for name in sorted(names):
            try:
                yield name, None if is_table(self._store, name) else article(decode(self._store.quads(name)))
            except UnknownError:
                yield name, None


def _busy(problem: Exception) -> bool:
    """Whether another process has the file: what is in it now must do."""
    return isinstance(problem, sqlite3.OperationalError) and "locked" in str(problem)


def _connected(file: Path) -> Tables:
    """The tables of a file, new ones if it holds none of this form. sqlite3.Error if it cannot be kept."""
    try:
        tables = Tables(_database(str(file)))
        if tables.sound:
            return tables
        tables.database.close()
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        pass
    file.unlink(missing_ok=True)
    return _fresh(str(file))


def _fresh(place: str) -> Tables:
    tables = Tables(_database(place))
    tables.create()
    return tables


def _database(place: str) -> sqlite3.Connection:
    database = sqlite3.connect(place, timeout=WAIT, isolation_level=None, check_same_thread=False)
    database.execute("PRAGMA synchronous = NORMAL")
    database.execute("PRAGMA secure_delete = ON")  # what is forgotten shall not stay in the file
    return database
