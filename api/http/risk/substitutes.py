"""`GET /v1/risk/substitutes`."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from api import models
from api.http.risk.common import About, By, Entity, Shown, described, resource
from qa.risk.substitutes import substitutes as measure

router = resource()

Item = Annotated[str | None, Query(description="Only for this of what it supplies.")]
Customer = Annotated[str | None, Query(description="Only for what it supplies to this one.")]


@router.get("/substitutes", **described(models.RiskResult))
def substitutes(
    asked: About, shown: Shown, supplier: Entity, item: Item = None, customer: Customer = None, by: By = "firm"
) -> Response:
    """Who could stand in for a supplier, with what headroom, and what that would save."""
    buyer = asked.named(customer) if customer else None
    found = measure(asked.store, asked.named(supplier), item=item, customer=buyer, by=by, lens=asked.lens)
    return shown.response(found)
