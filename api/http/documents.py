"""Documents: list, read, take in (`POST`, answered by a job), retract (`DELETE`)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from api import models
from api.http.clocks import When
from api.http.uploads import read_upload
from api.problems import documented
from api.responses import ContractJson
from api.services import Using
from graph import contract
from graph.namespaces import checked_iri
from ingest.retract import document_named
from ingest.retract import retract as take_out

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
                "properties": {
                    "file": {"type": "string", "format": "binary"},
                    "mapping": {"type": "string", "description": "Makes a table of the file; as in Upload."},
                },
            }
        },
    },
}


@router.get("/documents", response_model=models.Documents, responses=documented(422))
def documents(using: Using, when: When) -> ContractJson:
    """All documents in order of ingest, texts left out."""
    return ContractJson({"items": [contract.document(d) for d in when.look(using.store).documents()]})


@router.post(
    "/documents",
    status_code=202,
    response_model=models.Job,
    responses=documented(400, 403, 413, 415, 422, 503),
    openapi_extra={"requestBody": _BODY},
)
async def add(using: Using, request: Request) -> ContractJson:
    """Take a document in: plain text, HTML, JSON with `url` or `text`, or a file; a table with its `mapping`.

    `Location` names its job.
    """
    job = using.take_in(await read_upload(request))
    return ContractJson(job.to_json(), 202, headers={"location": f"/v1/jobs/{job.id}"})


@router.get("/documents/{document}", response_model=models.DocumentText, responses=documented(404, 409, 422))
def document(using: Using, when: When, document: str) -> ContractJson:
    """One document (id, file name or title) with its stored text; evidence offsets count its code points."""
    then = when.look(using.store)
    return ContractJson(contract.document(then.document(document_named(then, document)), text=True))


@router.delete("/documents/{document}", response_model=models.Retracted, responses=documented(403, 404, 422))
def retract(
    using: Using,
    document: str,
    forget: Annotated[bool, Query(description="Erase it from the history too, even if it is out already.")] = False,
) -> ContractJson:
    """Take a document out again with every claim that only it supports; its history stays unless `forget`."""
    checked_iri(document, "d:")
    gone = take_out(using.store, document, forget=forget)
    if forget:
        using.passages.drop()
    return ContractJson({"document": gone.document.id, "title": gone.document.title, "claims": gone.claims})
