"""`GET /v1/risk/loops`."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from api import models
from api.http.risk.common import About, Shown, described, resource
from qa.risk.loops import loops as measure

router = resource()


@router.get("/loops", **described(models.RiskResult))
def loops(
    asked: About,
    shown: Shown,
    entity: Annotated[str | None, Query(description="Only loops through this firm.")] = None,
    longest: Annotated[int, Query(ge=2, le=5, description="How many firms a loop may have.")] = 5,
) -> Response:
    """Circular financing: firms that invest in those who buy from them, directly or in a round."""
    about = asked.named(entity) if entity else None
    return shown.response(measure(asked.store, about, longest=longest, lens=asked.lens))
