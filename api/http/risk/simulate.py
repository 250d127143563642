"""`POST /v1/risk/simulate`."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Body
from starlette.responses import Response

from api import models
from api.http.risk.common import About, Shown, resource
from api.http.risk.waiting import Background, answer, patient
from api.services import Using
from qa.risk.scenario_file import parse_scenario
from qa.risk.simulate import simulate as measure

router = resource()

EXAMPLE = {"shocks": [{"firm": "ByteDance", "stops": "buying"}], "draws": 1000, "seed": 1}
Scenario = Annotated[
    dict[str, Any],
    Body(description="A scenario with the keys of a scenario file (docs/scenarios.md).", examples=[EXAMPLE]),
]


@router.post("/simulate", **patient(models.RiskResult))
def simulate(using: Using, asked: About, shown: Shown, body: Scenario, background: Background = False) -> Response:
    """What if firms, countries, owners, inputs or single supplies fail: who loses how much, by which way."""
    scenario = parse_scenario(body)
    return answer(
        using,
        shown,
        f"what if: {scenario.said}",
        lambda pace: measure(asked.store, scenario, lens=asked.lens, progress=pace.progress, stop=pace.stop),
        background=background,
    )
