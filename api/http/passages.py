"""`GET /v1/passages`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api import models
from api.http.clocks import When
from api.problems import documented
from api.responses import ContractJson
from api.services import Using

router = APIRouter(prefix="/v1", tags=["reading"])

_INDEXING = 2.0


@router.get("/passages", response_model=models.Passages, responses=documented(422))
def passages(
    using: Using,
    when: When,
    q: Annotated[str, Query(min_length=1, max_length=10_000, description="Words, names, or a question.")],
    limit: Annotated[int, Query(ge=1, le=100)] = 8,
    include_unreliable: Annotated[bool, Query(description="Also from sources judged unreliable.")] = False,
) -> ContractJson:
    """Stretches of the stored texts that are nearest to the words, best first, with their places; copies together."""
    complete = using.passages.follow(seconds=_INDEXING)
    found = using.passages.search(
        q,
        k=limit,
        as_of=when.as_of,
        known_at=when.known_at,
        include_unreliable=include_unreliable,
        seconds=0,
    )
    return ContractJson({"query": q, "complete": complete, "items": [passage.to_json() for passage in found]})
