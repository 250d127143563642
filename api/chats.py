"""Conversations on disk: a SQLite file beside the graph, so that they outlive the process and are no part of the graph.

They may be read and deleted at any time, by several processes at once. The oldest go when there are too many.
"""

from __future__ import annotations

import os
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from json import loads
from pathlib import Path
from threading import Lock
from typing import Any

from graph.contract import Json, dumps
from graph.errors import StoreError, UnknownError
from qa.dialogue.conversation import Exchange

TURNS = 200  # of one session; the oldest go
_TITLE = 80
_BUSY_SECONDS = 5.0
_FORM = 1
_TABLES = """
CREATE TABLE IF NOT EXISTS session (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, started TEXT NOT NULL, last TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS session_last ON session (last);
CREATE TABLE IF NOT EXISTS turn (
    session TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE, number INTEGER NOT NULL, at TEXT NOT NULL,
    exchange TEXT NOT NULL, PRIMARY KEY (session, number)) WITHOUT ROWID;
"""
_SESSIONS = (
    "SELECT s.id, s.title, s.started, s.last, (SELECT count(*) FROM turn t WHERE t.session = s.id) FROM session s"
)
_FORGET = "DELETE FROM session WHERE id IN (SELECT id FROM session ORDER BY last DESC, id LIMIT -1 OFFSET ?)"


@dataclass(frozen=True, slots=True)
class Session:
    """A conversation: its first question as `title`, when it began, when something was last said, how many turns."""

    id: str
    title: str
    started: datetime
    last: datetime
    turns: int

    def to_json(self) -> Json:
        """The session in the shape of `api.models.ChatSession`."""
        return {
            "id": self.id,
            "title": self.title,
            "started": self.started.isoformat(),
            "last": self.last.isoformat(),
            "turns": self.turns,
        }


def new_id() -> str:
    """The id of a new session; the session is kept from its first turn on."""
    return uuid.uuid4().hex[:16]


class Chats:
    """The sessions of one file (in memory without one). At most `kept` are kept, each `days` after its last turn.

    Raises StoreError when the file cannot be used. Safe to share between threads.
    """

    def __init__(self, file: Path | None, *, kept: int, days: int) -> None:
        self._file = file
        self._kept = kept
        self._age = timedelta(days=days)
        self._lock = Lock()
        self._open: sqlite3.Connection | None = None

    def sessions(self) -> list[Session]:
        """All sessions, the latest first."""
        if self._none:
            return []
        with self._at_work() as database:
            rows = database.execute(f"{_SESSIONS} ORDER BY s.last DESC, s.id").fetchall()
        return [_session(row) for row in rows]

    def session(self, id: str) -> Session:
        """One session. UnknownError if there is none of that id."""
        row = None
        if not self._none:
            with self._at_work() as database:
                row = database.execute(f"{_SESSIONS} WHERE s.id = ?", (id,)).fetchone()
        if row is None:
            raise UnknownError(f"there is no conversation {id}; it may be deleted or too old: `tollgraph chat --list`")
        return _session(row)

    def told(self, id: str) -> list[tuple[Json, str]]:
        """The exchanges of a session in order, each with when it took place; none in a new session."""
        with self._at_work() as database:
            rows = database.execute("SELECT exchange, at FROM turn WHERE session = ? ORDER BY number", (id,)).fetchall()
        return [(loads(text), at) for text, at in rows]

    def last(self, id: str) -> list[Exchange]:
        """The last exchange of a session, if there is one."""
        query = "SELECT exchange FROM turn WHERE session = ? ORDER BY number DESC LIMIT 1"
        with self._at_work() as database:
            return [Exchange.from_json(loads(text)) for (text,) in database.execute(query, (id,))]

    def keep(self, id: str, exchange: Exchange, now: datetime) -> None:
        """Keep the next exchange of a session, and let go of what is too much or too old.

        StoreError if another turn of the session took place meanwhile.
        """
        at = now.astimezone(UTC).isoformat()
        title = " ".join(exchange.said.split())[:_TITLE]
        told = dumps(exchange.to_json(), indent=None)
        with self._at_work() as database:
            database.execute(
                "INSERT INTO session VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET last = excluded.last",
                (id, title, at, at),
            )
            try:
                database.execute("INSERT INTO turn VALUES (?, ?, ?, ?)", (id, exchange.number, at, told))
            except sqlite3.IntegrityError:
                raise StoreError(f"conversation {id} was continued elsewhere meanwhile; say it again") from None
            database.execute("DELETE FROM turn WHERE session = ? AND number <= ?", (id, exchange.number - TURNS))
            self._prune(database, now)

    def delete(self, id: str) -> None:
        """Forget a session. UnknownError if there is none of that id."""
        self.session(id)
        with self._at_work() as database:
            database.execute("DELETE FROM session WHERE id = ?", (id,))

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._open is not None:
                self._open.close()
                self._open = None

    @property
    def _none(self) -> bool:
        """Whether there is no file yet, which only a turn makes."""
        return self._open is None and self._file is not None and not self._file.exists()

    def _prune(self, database: sqlite3.Connection, now: datetime) -> None:
        database.execute("DELETE FROM session WHERE last < ?", ((now.astimezone(UTC) - self._age).isoformat(),))
        database.execute(_FORGET, (self._kept,))

    @contextmanager
    def _at_work(self) -> Iterator[sqlite3.Connection]:
        """The database in a transaction of one thread."""
        with self._lock:
            try:
                if self._open is None:
                    self._open = self._connected()
                with self._open as database:
                    yield database
            except (sqlite3.Error, OSError) as problem:
                where = self._file or "in memory"
                raise StoreError(f"conversations cannot be kept ({problem}): {where}; set TOLLGRAPH_CHATS") from None

    def _connected(self) -> sqlite3.Connection:
        if self._file is None:
            database = sqlite3.connect(":memory:", check_same_thread=False)
        else:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self._file, os.O_CREAT | os.O_RDWR, 0o600))  # nobody else's business
            database = sqlite3.connect(self._file, timeout=_BUSY_SECONDS, check_same_thread=False)
        database.execute("PRAGMA foreign_keys = ON")
        database.execute("PRAGMA secure_delete = ON")  # what is forgotten is not to be found in the file
        (form,) = database.execute("PRAGMA user_version").fetchone()
        if form > _FORM:
            database.close()
            raise StoreError(f"{self._file}: conversations of a newer Tollgraph; take that one, or set TOLLGRAPH_CHATS")
        database.executescript(f"{_TABLES} PRAGMA user_version = {_FORM};")
        return database


def _session(row: tuple[Any, ...]) -> Session:
    key, title, started, last, turns = row
    return Session(key, title, datetime.fromisoformat(started), datetime.fromisoformat(last), turns)
