"""Documents: list, read, take in (`POST`, answered by a job), retract (`DELETE`)."""

from __future__ import annotations

from fastapi import APIRouter, Request

from api import models
from api.http.uploads import read_upload
from api.problems import documented
from api.responses import ContractJson
from api.services import Using
from graph import contract

router = APIRouter(prefix="/v1", tags=["documents"])

_BODY = {
    "required": True,
    "content": {
        "text/plain": {"schema": {"type": "string"}},
        "text/html": {"schema": {"type": "string"}},
        "application/json": {"schema": {"$ref": "#/components/schemas/Upload"}},
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "properties": {"file": {"type": "string", "format": "binary"}},
            }
        },
    },
}


@router.get("/documents", response_model=models.Documents)
def documents(using: Using) -> ContractJson:
    """All documents in order of ingest, texts left out."""
    return ContractJson({"items": [contract.document(d) for d in using.store.documents()]})


@router.post(
    "/documents",
    status_code=202,
    response_model=models.Job,
    responses=documented(400, 403, 413, 415, 422, 503),
    openapi_extra={"requestBody": _BODY},
)
async def add(using: Using, request: Request) -> ContractJson:
    """Take a document in: plain text, HTML, JSON with `url` or `text`, or a file. `Location` names its job."""
    job = using.take_in(await read_upload(request))
    return ContractJson(job.to_json(), 202, headers={"location": f"/v1/jobs/{job.id}"})


@router.get("/documents/{document}", response_model=models.DocumentText, responses=documented(404))
def document(using: Using, document: str) -> ContractJson:
    """One document with its stored text; evidence offsets count its code points."""
    return ContractJson(contract.document(using.store.document(document), text=True))


@router.delete("/documents/{document}", response_model=models.Retracted, responses=documented(403, 404))
def retract(using: Using, document: str) -> ContractJson:
    """Take a document out again with every claim that only it supports."""
    gone = using.store.document(document)
    before = using.store.counts().claims
    using.store.remove(gone.id)
    removed = before - using.store.counts().claims
    return ContractJson({"document": gone.id, "title": gone.title, "claims": removed})
