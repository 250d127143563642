"""A conversation at the terminal: its session, and the graph, which is let go of while nobody says anything."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime
from threading import Lock, Timer
from types import TracebackType
from typing import Self

from api.asker import EngineAsker
from api.chats import Chats, new_id
from api.chatting import Chatting
from api.commands.common import Run
from api.commands.render import evidence_lines
from graph.contract import Json
from graph.errors import UnknownError
from graph.store.protocol import Store
from qa.dialogue.conversation import Conditions

_IDLE_SECONDS = 10.0  # after which others may write to the graph again
_AROUND = 300  # characters shown before and after a passage


class Talk:
    """One conversation; a new one unless `session` names one that is kept (else UnknownError)."""

    def __init__(self, run: Run, chats: Chats, conditions: Conditions, session: str | None) -> None:
        self._run = run
        self._chats = chats
        self._conditions = conditions
        self._lock = Lock()
        self._opened = ExitStack()
        self._open: tuple[Store, Chatting] | None = None
        self._timer: Timer | None = None
        self.session = chats.session(session).id if session is not None else new_id()

    def __enter__(self) -> Self:
        with self._lock:
            self._graph()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._let_go()

    @property
    def turns(self) -> int:
        """How many turns the conversation has."""
        last = self._chats.last(self.session)
        return last[-1].number if last else 0

    def say(self, text: str) -> Json:
        """The answer to what is said."""
        self._stay()
        with self._lock:
            return self._graph()[1].say(self.session, text, self._conditions)

    def renew(self) -> None:
        """Go on in a new conversation."""
        self.session = new_id()

    def sources(self) -> str:
        """The passages of the last answer."""
        lines = [line for item in self._evidence() for line in evidence_lines(item)]
        return "\n".join(lines) or "The last answer rests on no passage."

    def passage(self, number: str) -> str:
        """A passage of the last answer, with what stands around it in its document."""
        items = {str(item["n"]): item for item in self._evidence()}
        if number not in items:
            there = f"there are {', '.join(items)}" if items else "the last answer has none"
            return f"There is no passage {number or 'without a number'}; {there}."
        item = items[number]
        self._stay()
        with self._lock:
            store, _ = self._graph()
            try:
                document = store.at(known_at=self._conditions.known_at).document(item["document"])
            except UnknownError:
                return f"“{item['quote']}”\nThe document, {item['title']}, is not in the graph any more."
        start, end = item["start"], item["end"]
        before, after = document.text[max(0, start - _AROUND) : start], document.text[end : end + _AROUND]
        return f"{document.title} ({document.source})\n…{before}»{document.text[start:end]}«{after}…"

    def _evidence(self) -> list[Json]:
        last = self._chats.last(self.session)
        items: list[Json] = last[-1].answer["evidence"] if last else []
        return items

    def _graph(self) -> tuple[Store, Chatting]:
        """The open graph; opened again if it was let go of. The lock must be held."""
        if self._open is None:
            store = self._opened.enter_context(self._run.store())
            asker = EngineAsker(store, self._run.settings)
            self._open = store, Chatting(asker, self._chats, lambda: datetime.now(UTC))
        self._timer = Timer(_IDLE_SECONDS, self._let_go)
        self._timer.daemon = True
        self._timer.start()
        return self._open

    def _stay(self) -> None:
        """Hold the graph for the turn that comes."""
        if self._timer is not None:
            self._timer.cancel()

    def _let_go(self) -> None:
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            self._open = None
            self._opened.close()
