"""`GET /v1/risk/compare` at two dates, `POST /v1/risk/compare` of two results."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from api import models
from api.compared import REPORTS, at_two_dates
from api.http.risk.common import About, Entity, Shown, described, resource
from qa.risk.compare import compare as measure

router = resource()
Named = StrEnum("Named", {name: name for name in REPORTS})  # type: ignore[misc]


@router.get("/compare", **described(models.RiskResult))
def compare(
    asked: About,
    shown: Shown,
    report: Annotated[Named, Query(description="Which report.")],
    entity: Entity,
    later: Annotated[date, Query(alias="and", description="The second day; as_of is the first.")],
) -> Response:
    """What changed in a report between two days."""
    return shown.response(at_two_dates(asked, report.value, entity, later))


@router.post("/compare", **described(models.RiskResult))
def compare_results(shown: Shown, body: models.Compared) -> Response:
    """What differs between two results of one report, such as those of two scenarios."""
    return shown.response(measure(body.before, body.after))
