"""`GET /v1/risk/exposure` and `/v1/risk/dependents`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query

from api import models
from api.names import resolve
from api.problems import documented
from api.responses import ContractJson
from api.services import Using
from qa.risk.dependents import dependents as measure_dependents
from qa.risk.exposure import exposure as measure_exposure

router = APIRouter(prefix="/v1/risk", tags=["risk"])


@dataclass(frozen=True)
class Asked:
    """What both reports may be told."""

    entity: Annotated[str, Query(description="Entity id, label or alias.")]
    tiers: Annotated[int, Query(ge=1, le=10, description="How many steps to follow.")] = 4
    impute: Annotated[Literal["no", "size", "even"], Query(description="How to fill shares that nobody discloses.")] = (
        "size"
    )
    as_of: date | None = None
    min_confidence: Annotated[float | None, Query(ge=0, le=1)] = None


About = Annotated[Asked, Depends()]


@router.get("/exposure", response_model=models.RiskReport, responses=documented(400, 404, 409, 422))
def exposure(
    using: Using, asked: About, to: Annotated[str | None, Query(description="Only how far on this one.")] = None
) -> ContractJson:
    """On whom an entity depends, tier by tier, with the evidence of every step."""
    report = measure_exposure(
        using.store,
        resolve(using.store, asked.entity).id,
        to=resolve(using.store, to).id if to else None,
        tiers=asked.tiers,
        as_of=asked.as_of,
        min_confidence=asked.min_confidence,
        impute=asked.impute,
    )
    return ContractJson(report.to_json())


@router.get("/dependents", response_model=models.RiskReport, responses=documented(400, 404, 409, 422))
def dependents(using: Using, asked: About) -> ContractJson:
    """Who depends on an entity, as its customer or as its supplier."""
    report = measure_dependents(
        using.store,
        resolve(using.store, asked.entity).id,
        tiers=asked.tiers,
        as_of=asked.as_of,
        min_confidence=asked.min_confidence,
        impute=asked.impute,
    )
    return ContractJson(report.to_json())
