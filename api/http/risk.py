"""`GET /v1/risk/exposure` and `/v1/risk/dependents`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query

from api import models
from api.clocks import resolve_then
from api.http.clocks import When
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
    min_confidence: Annotated[float | None, Query(ge=0, le=1)] = None
    include_unreliable: Annotated[
        bool, Query(description="Use claims that only sources judged unreliable make, too.")
    ] = False


About = Annotated[Asked, Depends()]


@router.get("/exposure", response_model=models.RiskReport, responses=documented(400, 404, 409, 422))
def exposure(
    using: Using,
    when: When,
    asked: About,
    to: Annotated[str | None, Query(description="Only how far on this one.")] = None,
) -> ContractJson:
    """On whom an entity depends, tier by tier, with the evidence of every step."""
    report = measure_exposure(
        using.store,
        resolve_then(using.store, when.look(using.store), asked.entity).id,
        to=resolve_then(using.store, when.look(using.store), to).id if to else None,
        tiers=asked.tiers,
        as_of=when.as_of,
        known_at=when.known_at,
        include_unreliable=asked.include_unreliable,
        min_confidence=asked.min_confidence,
        impute=asked.impute,
    )
    return ContractJson(report.to_json())


@router.get("/dependents", response_model=models.RiskReport, responses=documented(400, 404, 409, 422))
def dependents(using: Using, when: When, asked: About) -> ContractJson:
    """Who depends on an entity, as its customer or as its supplier."""
    report = measure_dependents(
        using.store,
        resolve_then(using.store, when.look(using.store), asked.entity).id,
        tiers=asked.tiers,
        as_of=when.as_of,
        known_at=when.known_at,
        include_unreliable=asked.include_unreliable,
        min_confidence=asked.min_confidence,
        impute=asked.impute,
    )
    return ContractJson(report.to_json())
