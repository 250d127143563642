"""`POST /v1/ask`."""

from __future__ import annotations

from fastapi import APIRouter

from api import models
from api.problems import documented
from api.responses import ContractJson
from api.services import Using

router = APIRouter(prefix="/v1", tags=["asking"])


@router.post("/ask", response_model=models.Answer, responses=documented(403, 413, 422))
def ask(using: Using, body: models.Question) -> ContractJson:
    """One answer with evidence; `status` says whether the graph holds it. Follow-ups share a `session`."""
    answer = using.ask(
        body.question,
        as_of=body.as_of,
        known_at=body.known_at,
        min_confidence=body.min_confidence,
        include_unreliable=body.include_unreliable,
        session=body.session,
    )
    return ContractJson(answer)
