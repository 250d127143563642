"""Simulations over HTTP: the client waits for one, or has it done in the background as a job."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Query
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

Background = Annotated[
    bool,
    Query(description="Do it as a job: the answer is 202 with the job, its result lies at /v1/jobs/{id}/result."),
]


def patient(shape: type[BaseModel]) -> dict[str, Any]:
    """The arguments of a route that answers with a report, or with the job that makes it."""
    found = described(shape, 503)
    job = {202: {"model": models.Job, "description": "The job that makes the report."}}
    return found | {"responses": found["responses"] | job}


def answer(
    using: Services, shown: Shape, source: str, measure: Callable[[Pace], Result], *, background: bool
) -> Response:
    """The report, or the job that makes it. Raises StoreError when too many are under way."""
    if background:
        job = using.risk_jobs.submit(source, lambda pace: Outcome(result=measure(pace)))
        return ContractJson(job.to_json(), 202, headers={"location": f"/v1/jobs/{job.id}"})
    with using.risk_slots.taken(SECONDS):
        return shown.response(measure(Pace()))
