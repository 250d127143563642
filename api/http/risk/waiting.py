"""Simulations over HTTP: the client waits for a short one; a long one is done in the background as a job."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from api import models
from api.http.risk.common import Shape, described
from api.jobs import Outcome
from api.responses import ContractJson
from api.services import Services
from qa.risk.cascade.pace import Pace
from qa.risk.envelope import Result

SECONDS = 10.0
AT_ONCE = 500_000
"""Draws times entities that a client waits for."""


def _wished(
    request: Request,
    background: Annotated[
        bool,
        Query(description="Do it as a job, as with `Prefer: respond-async`: the answer is 202 with the job."),
    ] = False,
) -> bool:
    preferences = ",".join(request.headers.getlist("prefer")).lower().split(",")
    return background or "respond-async" in (one.strip() for one in preferences)


Background = Annotated[bool, Depends(_wished)]


def patient(shape: type[BaseModel], *problems: int) -> dict[str, Any]:
    """The arguments of a route that answers with a report, or with the job that makes it."""
    found = described(shape, 503, *problems)
    job = {202: {"model": models.Job, "description": "The job that makes the report; `Location` names it."}}
    return found | {"responses": found["responses"] | job}


def answer(
    using: Services, shown: Shape, source: str, measure: Callable[[Pace], Result], *, background: bool, draws: int
) -> Response:
    """The report, or the job that makes it if that is wished or it is long. Raises StoreError if too many wait."""
    if background or draws * using.store.counts().entities > AT_ONCE:
        job = using.risk_jobs.submit(source, lambda pace: Outcome(result=measure(pace)))
        return ContractJson(job.to_json(), 202, headers={"location": f"/v1/jobs/{job.id}"})
    with using.risk_slots.taken(SECONDS):
        return shown.response(measure(Pace()))
