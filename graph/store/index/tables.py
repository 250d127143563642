"""The tables of the index in one connection, and how they follow the documents that are written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from graph.store.index.facts import Facts
from graph.store.index.schema import SCHEMA, TABLES
from graph.store.index.step import Step
from graph.store.touched import Touched

CACHE = "PRAGMA cache_size = -64000"  # kilobytes: enough to read and write at random places
_ERASING = "PRAGMA secure_delete = ON"  # rows hold quotes: what is forgotten shall not stay in the file


class Tables:
    """The tables of one connection. `apply` is the only way to change them; `version` is what they stand for."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database
        self._entities: dict[str, int] = {}

    def create(self) -> None:
        """Make the tables in an empty database."""
        self.database.executescript(f"BEGIN; {TABLES} PRAGMA user_version = {SCHEMA}; COMMIT;")

    @property
    def sound(self) -> bool:
        """Whether they are tables of this form."""
        (found,) = self.database.execute("PRAGMA user_version").fetchone()
        return bool(found == SCHEMA)

    def documents(self) -> dict[str, int]:
        """Document id → the write that brought it."""
        return dict(self.database.execute("SELECT name, written FROM document"))

    @property
    def version(self) -> int:
        """The version of the quads that the tables follow; −1 if they are not done."""
        (found,) = self.database.execute("SELECT version FROM state").fetchone()
        return int(found)

    def apply(self, changes: Iterable[tuple[str, Facts | None]], version: int) -> Touched:
        """Documents (ids) are now what these facts say, None being gone; in one transaction."""
        self.database.execute(_ERASING)
        step = Step(self.database, self._entities)
        self.database.execute("BEGIN")
        try:
            step.take(list(changes))
            self.database.execute("UPDATE state SET version = ?, claims = claims + ?", (version, step.claims))
            self.database.execute("COMMIT")
        except BaseException:
            self._entities.clear()
            if self.database.in_transaction:
                self.database.execute("ROLLBACK")
            raise
        return step.touched
