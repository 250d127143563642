"""`GET /v1/risk/concentration`."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from api import models
from api.http.risk.common import About, By, Shown, described, resource
from qa.risk.concentrate import Side
from qa.risk.concentrate import concentration as measure

router = resource()

Of = Annotated[str, Query(description="A market or thing (“HBM”), or a firm by id, label or alias.")]
WhichSide = Annotated[
    Side | None, Query(description="What of it; without it the customers of a firm, the market of a thing.")
]
Percent = Annotated[Decimal, Query(gt=0, le=100, description="How many parties together reach this percentage.")]


@router.get("/concentration", **described(models.RiskResult))
def concentration(
    asked: About, shown: Shown, of: Of, by: By = "firm", side: WhichSide = None, percent: Percent = Decimal(75)
) -> Response:
    """How much of a market, or of a firm's sales or purchases, lies with few."""
    found = measure(asked.store, asked.subject(of), by=by, side=side, percent=percent, lens=asked.lens)
    return shown.response(found)
