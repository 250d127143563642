"""`GET /v1/risk/chokepoints`."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from api import models
from api.http.risk.common import About, By, Shown, Tiers, described, resource
from api.losses import parse_failing
from qa.risk.chokepoints import chokepoints as measure
from qa.risk.supply.supply_gates import Drawing

router = resource()

Target = Annotated[str, Query(description="A product or a firm: id, label or alias.")]
Order = Annotated[int, Query(ge=1, le=3, description="How many may have to fail together.")]
Unnamed = Annotated[
    bool, Query(description="Count each supply of which no claim says what it is as an input of its own.")
]
Negligible = Annotated[
    Decimal, Query(ge=0, lt=100, description="Providers with at most this percentage of a market are no alternative.")
]
Chance = Annotated[
    list[str],
    Query(description="Probability that a firm fails (ASML=0.1), or each not named (0.2); may be repeated."),
]


@router.get("/chokepoints", **described(models.RiskResult))
def chokepoints(
    asked: About,
    shown: Shown,
    target: Target,
    by: By = "firm",
    order: Order = 3,
    tiers: Tiers = 4,
    unnamed: Unnamed = False,
    negligible: Negligible = Decimal(2),
    failing: Chance = [],  # noqa: B006 (never changed)
) -> Response:
    """Who stops a product or a firm by failing, alone or together."""
    found = measure(
        asked.store,
        asked.subject(target),
        by=by,
        order=order,
        how=Drawing(tiers, unnamed, negligible),
        failing=parse_failing(asked, failing),
        lens=asked.lens,
    )
    return shown.response(found)
