"""`GET /v1/risk/exposure`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from api import models
from api.http.risk.common import About, Entity, Shown, Tiers, described, resource
from qa.risk.exposure import exposure as measure

router = resource()


@router.get("/exposure", **described(models.RiskReport))
def exposure(
    asked: About,
    shown: Shown,
    entity: Entity,
    to: Annotated[str | None, Query(description="Only how far on this one.")] = None,
    tiers: Tiers = 4,
) -> Response:
    """On whom an entity depends, tier by tier, with the evidence of every step."""
    about, goal = asked.named(entity), asked.named(to) if to else None
    return shown.response(measure(asked.store, about, to=goal, tiers=tiers, **asdict(asked.lens)))
