"""The index's file beside the quads: opened if it is of their version, brought up to it, or made anew.

It may be deleted at any time, and nothing about it makes a write fail: where the file cannot be kept (a full or
read-only disk, a damaged file), the index is in memory.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import cast

from pyoxigraph import Literal, NamedNode

from graph.namespaces import DOCUMENT, STORE, id_of, iri
from graph.store.history import DEFAULT, WRITTEN
from graph.store.index.facts import Facts, facts_of
from graph.store.index.finding import Finding
from graph.store.index.tables import CACHE, Tables
from graph.store.seam import Quads
from graph.store.touched import Log, Touched

FILE = "index"
_TOGETHER = 1_000

Changes = Iterable[tuple[str, Facts | None]]


class Index:
    """The index of one store that is open; not for several threads at once. `folder` None keeps it in memory.

    `version` is that of the last write.
    """

    def __init__(self, quads: Quads, folder: Path | None, version: int, *, write: bool) -> None:
        self._quads = quads
        self._folder = folder
        self.version = version
        self._write = write
        self._pending: dict[str, Facts | None] = {}
        self._log = Log()
        self._tables: Tables | None = None
        if write and folder is not None:
            for left in folder.glob(f"{FILE}.*"):  # by a process that was killed
                left.unlink()
            if version == 0 or (folder / FILE).exists():
                self._open()  # at once: what is stale now could seem to be right after some more writes

    def wrote(self, version: int, documents: Iterable[str], facts: Iterable[Facts] = ()) -> None:
        """A write changed these documents (ids), or brought new ones of which the facts are known."""
        self.version = version
        for document in documents:
            self._pending[document] = None
        for known in facts:
            self._pending[known.document] = known
        if len(self._pending) >= _TOGETHER:
            self._follow()

    def finding(self) -> Finding:
        """The index as it is to be asked, at the version of the last write."""
        if self._tables is None:
            self._open()
        elif self._pending:
            self._follow()
        if self._tables is None:
            self._tables = self._in_memory()
        return Finding(self._tables.database)

    def touched(self, since: int) -> Touched:
        """What the writes after that version touched; ask after `finding`."""
        return self._log.since(since)

    def close(self) -> None:
        """Bring the file of a writer up to date and let go of it."""
        if self._write and self._folder is not None:
            if self._tables is None and self.version:
                self._open()
            self._follow()
        if self._tables is not None:
            self._tables.database.close()
            self._tables = None

    def _follow(self) -> None:
        """Take in what was written; give up the file if that fails."""
        if self._tables is None:
            self._open()
            return
        documents = sorted(self._pending.items(), key=lambda one: one[1].write if one[1] else self.version)
        changes = ((name, known or facts_of(self._quads, NamedNode(iri(name)))) for name, known in documents)
        try:
            touched = self._tables.apply(changes, self.version)
        except sqlite3.Error:
            self._give_up()
            touched = Touched(everything=True)
        self._pending.clear()
        self._log.add(self.version, touched)

    def _open(self) -> None:
        """Open the file, at the version; leaves none open where it cannot be kept."""
        self._pending.clear()
        self._log.add(self.version, Touched(everything=True))
        if self._folder is None:
            self._tables = self._in_memory()
            return
        try:
            self._tables = self._right(self._folder / FILE) or self._renewed(self._folder / FILE)
        except (sqlite3.Error, OSError):
            self._give_up()

    def _right(self, file: Path) -> Tables | None:
        """The file's tables, if they are of the version."""
        if not file.exists():
            return None
        return _fit(file, lambda tables: tables.version == self.version, write=self._write)

    def _renewed(self, file: Path) -> Tables | None:
        """The file's tables after they were brought up to the version in a copy that took its place."""
        new = file.with_name(f"{FILE}.{os.getpid()}.{id(self):x}")
        try:
            tables = self._copied(file, new)
            catch_up(tables, self._quads, self.version)
            tables.database.close()
            new.replace(file)
        finally:
            new.unlink(missing_ok=True)
            new.with_name(f"{new.name}-journal").unlink(missing_ok=True)
        return _connected(file, write=self._write)

    def _copied(self, file: Path, new: Path) -> Tables:
        """A copy of the file to go on with; empty tables if it is of no use, or ahead of the quads."""
        if file.exists() and not file.with_name(f"{FILE}-journal").exists():
            shutil.copyfile(file, new)
            if tables := _fit(new, lambda tables: can_follow(tables, self._quads, self.version), write=True):
                return tables
            new.unlink()
        tables = _connected(new, write=True)
        tables.create()
        return tables

    def _in_memory(self) -> Tables:
        tables = Tables(sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False))
        tables.create()
        catch_up(tables, self._quads, self.version)
        return tables

    def _give_up(self) -> None:
        """Do without the file from now on."""
        if self._tables is not None:
            self._tables.database.close()
            self._tables = None
        if self._write and self._folder is not None:
            with suppress(OSError):
                (self._folder / FILE).unlink(missing_ok=True)
                (self._folder / f"{FILE}-journal").unlink(missing_ok=True)
        self._folder = None


def can_follow(tables: Tables, quads: Quads, version: int) -> bool:
    """Whether only documents that say so themselves changed since; judgements change graphs that keep their number."""
    if not 0 <= tables.version <= version:
        return False
    later = (name for name, write in _stamps(quads) if write > tables.version)
    return all(name.startswith((DOCUMENT, STORE)) for name in later)


def catch_up(tables: Tables, quads: Quads, version: int) -> None:
    """Bring tables to the version of the quads, some documents at a time; reads the number of every document."""
    held = tables.documents()
    now = {id_of(name): write for name, write in _stamps(quads) if name.startswith(DOCUMENT)}
    wrong = [(write, name) for name, write in held.items() if name not in now]
    wrong += sorted((write, name) for name, write in now.items() if held.get(name) != write)
    changes = ((name, facts_of(quads, NamedNode(iri(name)))) for _, name in wrong)
    while some := list(islice(changes, _TOGETHER)):
        tables.apply(some, -1)
    tables.apply((), version)


def _stamps(quads: Quads) -> Iterator[tuple[str, int]]:
    for stamp in quads.quads_for_pattern(None, WRITTEN, None, DEFAULT):
        yield cast(NamedNode, stamp.subject).value, int(cast(Literal, stamp.object).value)


def _fit(file: Path, fit: Callable[[Tables], bool], *, write: bool) -> Tables | None:
    """The tables of a file, if it is sound and they are fit."""
    tables = _connected(file, write=write)
    with suppress(sqlite3.Error):
        if tables.sound and fit(tables):
            return tables
    tables.database.close()
    return None


def _connected(file: Path, *, write: bool) -> Tables:
    address = f"{file.absolute().as_uri()}?mode={'rwc' if write else 'ro'}"
    database = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    with suppress(sqlite3.Error):  # a file that is none: whoever looks whether it is sound notices
        database.execute(CACHE)
    return Tables(database)
