"""`GET /v1/risk/systemic`."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from api import models
from api.http.risk.common import About, Shown, resource
from api.http.risk.waiting import Background, answer, patient
from api.services import Using
from qa.risk.systemic import systemic as measure
from qa.risk.whatif.coupling import Mode

router = resource()


@router.get("/systemic", **patient(models.RiskResult))
def systemic(
    using: Using,
    asked: About,
    shown: Shown,
    background: Background,
    mode: Annotated[Mode, Query(description="Inputs essential by rule, all, or none.")] = "generalised",
    substitution: Annotated[bool, Query(description="Whether others of its market stand in for a supplier.")] = True,
    closed: Annotated[bool, Query(description="Whether the graph names every supplier and customer.")] = False,
    draws: Annotated[int, Query(ge=0, le=10_000, description="Networks drawn at random to compare the first.")] = 200,
    seed: Annotated[int, Query(ge=0, le=2**32 - 1, description="The same seed draws the same networks.")] = 1,
) -> Response:
    """Whom the network could least do without: all firms by what is lost if each of them stops."""
    return answer(
        using,
        shown,
        "systemic",
        lambda pace: measure(
            asked.store,
            lens=asked.lens,
            mode=mode,
            substitution=substitution,
            closed=closed,
            draws=draws,
            seed=seed,
            progress=pace.progress,
            stop=pace.stop,
        ),
        background=background,
        draws=draws,
    )
