"""`GET /v1/risk/customers`."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from api import models
from api.http.risk.common import About, Entity, Shown, described, resource
from api.losses import parse_losses
from qa.risk.customers import customers as measure

router = resource()

Loss = Annotated[
    list[str],
    Query(
        description="Probability of losing a customer (CUSTOMER=0.3), or every one not named (0.2); may be repeated."
    ),
]


@router.get("/customers", **described(models.RiskResult))
def customers(asked: About, shown: Shown, entity: Entity, loss: Loss = []) -> Response:  # noqa: B006 (never changed)
    """Whose orders a supplier lives on, and the signs that a customer may come to do without it."""
    return shown.response(measure(asked.store, asked.named(entity), losses=parse_losses(asked, loss), lens=asked.lens))
