"""`GET /v1/conflicts`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api import models
from api.clocks import resolve_then
from api.http.clocks import When
from api.kinds import check_kinds
from api.names import check_predicate
from api.problems import documented
from api.responses import ContractJson
from api.services import Using
from graph import contract
from graph.agreement.view import agreement
from graph.store.protocol import ClaimFilter

router = APIRouter(prefix="/v1", tags=["reading"])


@router.get("/conflicts", response_model=models.Conflicts, responses=documented(404, 409, 422))
def conflicts(
    using: Using,
    when: When,
    about: Annotated[str | None, Query(description="Entity id, label or alias.")] = None,
    predicate: str | None = None,
    kind: Annotated[
        list[str] | None, Query(description="Only these kinds (repeatable); default: those that are disagreements.")
    ] = None,
    min_confidence: Annotated[float | None, Query(ge=0, le=1)] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> ContractJson:
    """A page of claims that cannot all hold, side by side, by subject, predicate and period."""
    then = when.look(using.store)
    where = ClaimFilter(
        about=resolve_then(using.store, then, about).id if about is not None else None,
        predicate=check_predicate(predicate) if predicate is not None else None,
        min_confidence=min_confidence,
    )
    found = agreement(then).conflicts(where, check_kinds(kind or ()))
    page = [contract.conflict(conflict) for conflict in found[offset : offset + limit]]
    return ContractJson({"total": len(found), "limit": limit, "offset": offset, "items": page})
