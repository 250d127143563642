"""`GET /v1/risk/reliance`."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from api import models
from api.http.risk.common import About, Entity, Shown, Tiers, resource
from api.http.risk.waiting import Background, answer, patient
from api.services import Using
from qa.risk.reliance import Side
from qa.risk.reliance import reliance as measure

router = resource()


@router.get("/reliance", **patient(models.RiskResult))
def reliance(
    using: Using,
    asked: About,
    shown: Shown,
    background: Background,
    entity: Entity,
    to: Annotated[str | None, Query(description="Only how far on this one.")] = None,
    side: Annotated[Side, Query(description="Shares of its purchases, or of its revenue.")] = "suppliers",
    tiers: Tiers = 4,
    closed: Annotated[bool, Query(description="Whether the graph names every supplier and customer.")] = False,
    draws: Annotated[int, Query(ge=0, le=10_000, description="Networks drawn at random.")] = 1000,
    seed: Annotated[int, Query(ge=0, le=2**32 - 1, description="The same seed draws the same networks.")] = 1,
) -> Response:
    """How much of an entity hangs on each other one over the tiers: gaps filled, and how sure the order is."""
    about, goal = asked.named(entity), asked.named(to) if to else None
    return answer(
        using,
        shown,
        f"reliance of {entity}",
        lambda pace: measure(
            asked.store,
            about,
            to=goal,
            side=side,
            tiers=tiers,
            lens=asked.lens,
            closed=closed,
            draws=draws,
            seed=seed,
            progress=pace.progress,
            stop=pace.stop,
        ),
        background=background,
        draws=draws,
    )
