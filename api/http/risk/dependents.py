"""`GET /v1/risk/dependents`."""

from __future__ import annotations

from dataclasses import asdict

from starlette.responses import Response

from api import models
from api.http.risk.common import About, Entity, Shown, Tiers, described, resource
from qa.risk.dependents import dependents as measure

router = resource()


@router.get("/dependents", **described(models.RiskReport))
def dependents(asked: About, shown: Shown, entity: Entity, tiers: Tiers = 4) -> Response:
    """Who depends on an entity, as its customer or as its supplier."""
    return shown.response(measure(asked.store, asked.named(entity), tiers=tiers, **asdict(asked.lens)))
