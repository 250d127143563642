"""`POST /v1/chat` (SSE), and the conversations that are kept."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.responses import Response

from api import models, problems
from api.problems import documented
from api.responses import ContractJson
from api.services import Services, Using
from graph.contract import Json, dumps
from graph.errors import TollgraphError
from qa.dialogue.conversation import Conditions

router = APIRouter(prefix="/v1/chat", tags=["asking"])

_log = logging.getLogger(__name__)
Event = tuple[str, Json]
Tell = Callable[[Event | None], None]


def _session(using: Using, body: models.Message) -> str:
    return using.chatting.known(body.session)


Known = Annotated[str, Depends(_session)]


@router.post("", response_class=EventSourceResponse, responses=documented(403, 404, 413, 422))
async def chat(using: Using, session: Known, body: models.Message) -> AsyncIterator[ServerSentEvent]:
    """The next turn of a conversation, a new one without `session`.

    Events: `step` (at once, with the session's id; then every reading that is tried), `understood`, `answer`,
    `evidence` (each item), and in the end `done` or `error`.
    """
    yield _event(("step", {"step": "reading", "session": session}))
    async for event in _turn(using, session, body):
        yield _event(event)


def _event(event: Event) -> ServerSentEvent:
    name, data = event
    return ServerSentEvent(raw_data=dumps(data, indent=None), event=name)


async def _turn(using: Services, session: str, body: models.Message) -> AsyncIterator[Event]:
    """The events of a turn as they come from the thread that answers."""
    loop, events = asyncio.get_running_loop(), asyncio.Queue[Event | None]()

    def tell(event: Event | None) -> None:
        with suppress(RuntimeError):  # the loop is closed: nobody listens any more
            loop.call_soon_threadsafe(events.put_nowait, event)

    def work() -> None:
        try:
            _answer(using, session, body, tell)
        finally:
            tell(None)

    async with using.turns:
        task = asyncio.create_task(asyncio.to_thread(work))
        while (event := await events.get()) is not None:
            yield event
        await task


def _answer(using: Services, session: str, body: models.Message, tell: Tell) -> None:
    """Answer, telling each event; whatever goes wrong is the last of them."""
    conditions = Conditions(body.as_of, body.known_at, body.min_confidence, body.include_unreliable)
    try:
        out = using.chatting.say(session, body.message, conditions, lambda name, data: tell((name, data)))
    except TollgraphError as problem:
        tell(("error", problems.told(problem)))
    except Exception as problem:  # noqa: BLE001 (the edge of the thread: the response has begun)
        _log.exception("chat turn failed")
        tell(("error", problems.bug(problem)))
    else:
        tell(("done", {"session": session, "turn": out["turn"], "took_ms": out["took_ms"]}))


@router.get("/sessions", response_model=models.ChatSessions, responses=documented(503))
def sessions(using: Using) -> ContractJson:
    """The conversations that are kept, the latest first."""
    return ContractJson({"items": [session.to_json() for session in using.chatting.chats.sessions()]})


@router.get("/sessions/{session}", response_model=models.ChatHistory, responses=documented(404, 503))
def history(using: Using, session: str) -> ContractJson:
    """A conversation with its turns; `gone` are quoted claims that the graph does not hold any more."""
    return ContractJson(using.chatting.history(session))


@router.delete("/sessions/{session}", status_code=204, response_class=Response, responses=documented(403, 404, 503))
def forget(using: Using, session: str) -> Response:
    """Forget a conversation."""
    using.chatting.chats.delete(session)
    return Response(status_code=204)
