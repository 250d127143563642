"""`GET /v1/jobs/{id}` and its events (SSE)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.sse import EventSourceResponse, ServerSentEvent

from api import models
from api.jobs import Job, Jobs
from api.problems import documented
from api.responses import ContractJson
from api.services import Using
from graph.errors import UnknownError

router = APIRouter(prefix="/v1", tags=["documents"])

_LOOK_SECONDS = 0.1


def _job(using: Using, job: str) -> Job:
    found = using.jobs.get(job)
    if found is None:
        raise UnknownError(f"there is no job {job}; it may have been forgotten after a restart: GET /v1/documents")
    return found


Known = Annotated[Job, Depends(_job)]


@router.get("/jobs/{job}", response_model=models.Job, responses=documented(404))
def job(found: Known) -> ContractJson:
    """How far an ingest is."""
    return ContractJson(found.to_json())


@router.get("/jobs/{job}/events", response_class=EventSourceResponse, responses=documented(404))
async def events(using: Using, found: Known) -> AsyncIterator[ServerSentEvent]:
    """The job each time its state changes, at once and until it is over."""
    async for state in _states(using.jobs, found):
        yield ServerSentEvent(data=state.to_json(), event=state.status)


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
