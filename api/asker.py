"""The question engine as a service: one question at a time, follow-ups by session."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from threading import Lock
from typing import Protocol

from graph.contract import Json
from graph.settings import Settings
from graph.store.protocol import Store
from qa.answer import Answer
from qa.engine import Engine
from qa.passages import Passages

SESSIONS = 1000


class Asker(Protocol):
    """Answers one question as the JSON of the contract."""

    def __call__(
        self,
        question: str,
        *,
        as_of: date | None = None,
        known_at: datetime | None = None,
        min_confidence: float | None = None,
        include_unreliable: bool = False,
        session: str | None = None,
    ) -> Json:
        """The answer; see `Engine.ask`. `session` is read after its last question."""


class EngineAsker:
    """The default engine. Safe to share between threads; remembers the last answer of `SESSIONS` sessions."""

    def __init__(self, store: Store, settings: Settings, passages: Passages | None = None) -> None:
        self._engine = Engine(store, settings=settings, passages=passages)
        self._lock = Lock()
        self._last: OrderedDict[str, Answer] = OrderedDict()

    @contextmanager
    def engine(self) -> Iterator[Engine]:
        """The engine, for one thread as long as the block runs."""
        with self._lock:
            yield self._engine

    def __call__(
        self,
        question: str,
        *,
        as_of: date | None = None,
        known_at: datetime | None = None,
        min_confidence: float | None = None,
        include_unreliable: bool = False,
        session: str | None = None,
    ) -> Json:
        """See Asker."""
        with self._lock:
            after = self._last.pop(session, None) if session else None
            answer = self._engine.ask(
                question,
                as_of=as_of,
                known_at=known_at,
                min_confidence=min_confidence,
                include_unreliable=include_unreliable,
                after=after,
            )
            if session:
                self._last[session] = answer
                while len(self._last) > SESSIONS:
                    self._last.popitem(last=False)
        return answer.to_json()
