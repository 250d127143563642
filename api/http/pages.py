"""The web page: `/`, `/entities`, `/entity/{id}`, `/documents`, `/document/{id}` and their static files."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from api.names import resolve
from api.services import Using
from api.web.front import front_page
from api.web.listings import documents_page, entities_page
from api.web.records import PAGE_ROWS, document_page, entity_page
from graph.store.protocol import ClaimFilter
from graph.views.timeline import Sources

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_LISTED = 500


@router.get("/")
def front(using: Using) -> HTMLResponse:
    """The ask box."""
    return HTMLResponse(front_page(using.examples(), using.store.counts()))


@router.get("/entities")
def entities(using: Using, q: str = "") -> HTMLResponse:
    """Entities, most claims first."""
    found = using.store.entities(q.strip() or None, limit=_LISTED)
    return HTMLResponse(entities_page(found, q.strip(), using.store.counts()))


@router.get("/entity/{name}")
def entity(using: Using, name: str, first: Annotated[int, Query(ge=0)] = 0) -> HTMLResponse:
    """One entity: drawing and claims."""
    store = using.store
    found = resolve(store, name)
    claims = list(store.claims(ClaimFilter(about=found.id, offset=first, limit=PAGE_ROWS)))
    sources = Sources(store)
    read = (sources[item.document] for claim in claims for item in claim.evidence)
    titles = {document.id: document.title or document.source for document in read}
    return HTMLResponse(entity_page(found, claims, titles, first=first, counts=store.counts()))


@router.get("/documents")
def documents(using: Using) -> HTMLResponse:
    """All documents."""
    return HTMLResponse(documents_page(using.store.documents(), using.store.counts()))


@router.get("/document/{document}")
def document(using: Using, document: str, start: int | None = None, end: int | None = None) -> HTMLResponse:
    """One document's text, a passage of it marked."""
    found = using.store.document(document)
    return HTMLResponse(document_page(found, start=start, end=end, counts=using.store.counts()))
