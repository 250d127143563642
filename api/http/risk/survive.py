"""`POST /v1/risk/survive`."""

from __future__ import annotations

from starlette.responses import Response

from api import models
from api.http.risk.common import About, Shown, described, resource
from qa.risk.survival.plan import build_plan
from qa.risk.survive import survive as measure

router = resource()


@router.post("/survive", **described(models.RiskResult))
def survive(asked: About, shown: Shown, body: models.Survival) -> Response:
    """How long a firm goes on without each of its suppliers, and what it costs until the supplier is back."""
    plan = build_plan(body.plan)
    return shown.response(measure(asked.store, asked.named(body.entity), plan, lost=body.lost, lens=asked.lens))
