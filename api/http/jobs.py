"""`/v1/jobs/{id}`: how far a job is, its events (SSE), its result, and having it stop."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api import models
from api.http.risk.common import Shown, described
from api.jobs import Job, Jobs
from api.problems import documented
from api.responses import ContractJson
from api.services import Using

router = APIRouter(prefix="/v1", tags=["jobs"])

_LOOK_SECONDS = 0.1
_STOP_SECONDS = 2.0


def _queue(using: Using, job: str) -> Jobs:
    return using.queue_of(job)


def _job(using: Using, job: str) -> Job:
    found = using.queue_of(job).get(job)
    assert found is not None
    return found


Queue = Annotated[Jobs, Depends(_queue)]
Known = Annotated[Job, Depends(_job)]


@router.get("/jobs/{job}", response_model=models.Job, responses=documented(404))
def job(found: Known) -> ContractJson:
    """How far a job is."""
    return ContractJson(found.to_json())


@router.get("/jobs/{job}/events", response_class=EventSourceResponse, responses=documented(404))
async def events(jobs: Queue, found: Known) -> AsyncIterator[ServerSentEvent]:
    """The job each time its state changes or it gets on, at once and until it is over."""
    async for state in _states(jobs, found):
        yield ServerSentEvent(data=state.to_json(), event=state.status)


@router.get("/jobs/{job}/result", **described(models.RiskResult, 410))
def result(jobs: Queue, found: Known, shown: Shown) -> Response:
    """What a risk job found, in the format asked for."""
    if found.kind == "ingest":
        raise HTTPException(404, f"{found.id} takes a document in, which has no result; see GET /v1/documents")
    if found.status != "done":
        why = f": {found.error}" if found.error else "; wait until it is done" if not found.over else ""
        raise HTTPException(409, f"{found.id} is {found.status}{why}")
    kept = jobs.results.get(found.id)
    if kept is None:
        raise HTTPException(410, f"the result of {found.id} gave way to newer ones; ask again")
    return shown.response(kept)


@router.delete("/jobs/{job}", response_model=models.Job, responses=documented(403, 404, 409))
def cancel(jobs: Queue, found: Known) -> ContractJson:
    """Have a job stop: one that waits never begins, a simulation that runs stops within a second.

    The answer is the job as it stands then. An ingest that has begun goes on to its end.
    """
    if not jobs.cancel(found.id) and not found.over:
        raise HTTPException(409, f"{found.id} has begun to take a document in, which cannot be stopped half-way")
    return ContractJson(_settled(jobs, found).to_json())


def _settled(jobs: Jobs, state: Job) -> Job:
    """The job once it is over, or as it stands when that takes too long."""
    limit = time.monotonic() + _STOP_SECONDS
    while not state.over and time.monotonic() < limit:
        time.sleep(_LOOK_SECONDS / 4)
        state = jobs.get(state.id) or state
    return state


async def _states(jobs: Jobs, state: Job) -> AsyncIterator[Job]:
    yield state
    while not state.over:
        await asyncio.sleep(_LOOK_SECONDS)
        now = jobs.get(state.id)
        if now is None:
            return
        if now != state:
            yield now
        state = now
