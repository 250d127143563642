"""`/v1/judgements`: the corrections desk."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api import models
from api.judging import judge_of, proposal, subject
from api.problems import documented
from api.responses import ContractJson
from api.services import Using
from graph.errors import UnknownError

router = APIRouter(prefix="/v1/judgements", tags=["judgements"])

About = Annotated[
    str | None,
    Query(
        description="Only those on this claim, document, judgement (id), entity (id, label, alias) or source (name)."
    ),
]


@router.get("", response_model=models.Judgements)
def judgements(using: Using, about: About = None) -> ContractJson:
    """Every judgement on record, oldest first, revoked ones too."""
    return ContractJson(
        {"items": [made.to_json() for made in using.store.judgements(about=subject(using.store, about))]}
    )


@router.post("", status_code=201, response_model=models.Judgement, responses=documented(400, 403, 404, 409, 422, 503))
def judge(using: Using, body: models.Proposal) -> ContractJson:
    """Record a judgement; the graph is corrected when the answer comes."""
    by = judge_of(using.settings, body.by)
    made = using.store.judge(proposal(using.store, body.kind, body.target, by=by, why=body.why, value=body.value))
    return ContractJson(made.to_json(), 201, headers={"location": f"/v1/judgements/{made.id}"})


@router.get("/{judgement}", response_model=models.Judgement, responses=documented(404))
def judgement(using: Using, judgement: str) -> ContractJson:
    """One judgement."""
    for made in using.store.judgements():
        if made.id == judgement:
            return ContractJson(made.to_json())
    raise UnknownError(f"no judgement {judgement} on record: GET /v1/judgements lists them")


@router.post("/{judgement}/revoke", response_model=models.Judgement, responses=documented(400, 403, 404, 422, 503))
def revoke(using: Using, judgement: str, body: models.Revoking) -> ContractJson:
    """Take a judgement back; it stays on record."""
    made = using.store.revoke(judgement, by=judge_of(using.settings, body.by), why=body.why)
    return ContractJson(made.to_json())
