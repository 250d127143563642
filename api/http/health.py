"""`/healthz`, `/readyz`, `/metrics`: for whoever keeps the server running."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse

from api import models
from api.problems import documented
from api.responses import ContractJson
from api.services import Using

router = APIRouter(tags=["running"])


@router.get("/healthz", response_model=models.Health)
def healthz() -> ContractJson:
    """The process is alive."""
    return ContractJson({"status": "ok"})


@router.get("/readyz", response_model=models.Ready, responses=documented(503))
def readyz(using: Using) -> ContractJson:
    """The store answers; with what it holds."""
    counts = using.store.counts()
    held = {"documents": counts.documents, "entities": counts.entities, "claims": counts.claims}
    return ContractJson({"status": "ready"} | held)


@router.get("/metrics", response_class=PlainTextResponse)
def metrics(using: Using) -> PlainTextResponse:
    """Counters in the Prometheus text format."""
    text = using.counters.text(using.store.counts(), using.jobs.waiting() + using.risk_jobs.waiting())
    return PlainTextResponse(text, media_type="text/plain; version=0.0.4")
