"""Conversations as a service: one turn at a time, kept, told step by step to whoever listens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from api.asker import EngineAsker
from api.chats import Chats, new_id
from graph.contract import Json
from qa.dialogue.conversation import Conditions, Exchange, goes_back, say
from qa.interpret import interpretation
from qa.query import Query

Told = Callable[[str, Json], None]


class Chatting:
    """Conversations with the engine of an asker. Safe to share between threads."""

    def __init__(self, asker: EngineAsker, chats: Chats, now: Callable[[], datetime]) -> None:
        self._asker = asker
        self._now = now
        self.chats = chats

    def known(self, session: str | None) -> str:
        """The session to speak in, a new one if none is given. UnknownError if there is none of that id."""
        return self.chats.session(session).id if session is not None else new_id()

    def say(self, session: str, text: str, conditions: Conditions, told: Told | None = None) -> Json:
        """The next turn of a session as JSON (see `shown`), kept. `told` hears of every step: its name and data."""
        listen = told or _nobody

        def tried(query: Query) -> None:
            listen("step", {"step": "trying", "interpretation": interpretation(query)})

        with self._asker.engine() as engine:
            before = self._before(session, text)
            exchange = say(engine, before, text, conditions, tried=tried)
            listen("understood", {"interpretation": exchange.answer["interpretation"], "edit": exchange.edit})
            self.chats.keep(session, exchange, self._now())
        out = shown(session, exchange)
        listen("answer", out)
        for item in out["evidence"]:
            listen("evidence", item)
        return out

    def _before(self, session: str, text: str) -> list[Exchange]:
        """As much of what was said before as a turn needs: all of it only on the way back."""
        if not goes_back(text):
            return self.chats.last(session)
        return [Exchange.from_json(told) for told, _ in self.chats.told(session)]

    def history(self, session: str) -> Json:
        """A session with its turns; each with the claims it quoted that the graph does not hold any more."""
        listed = self.chats.session(session).to_json()
        with self._asker.engine() as engine:
            turns = [
                shown(session, Exchange.from_json(told)) | {"at": at, "gone": engine.gone(told["answer"]["claims"])}
                for told, at in self.chats.told(session)
            ]
        return listed | {"items": turns}


def shown(session: str, exchange: Exchange) -> Json:
    """An exchange as the outside sees it: the answer with session, number of the turn and the edit it makes."""
    return {"session": session, "turn": exchange.number, "edit": exchange.edit} | exchange.answer


def _nobody(event: str, data: Json) -> None:
    del event, data
