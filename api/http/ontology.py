"""`GET /ontology`, `/ontology/shapes` and `/ontology/context.jsonld`: the vocabulary for RDF tools and people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api.negotiation import choose
from api.problems import documented
from api.services import Using
from api.web.vocabulary import vocabulary_page
from graph.publish import SYNTAXES, context_document, ontology_as, shapes_as

router = APIRouter(tags=["ontology"])

_MEDIA = {media: syntax for syntax, media in SYNTAXES.items()} | {"application/json": "jsonld"}
_HTML = "text/html"


def _content(*media: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"description": "In the form that `Accept` asks for.", "content": {each: {} for each in media}}}


@router.get("/ontology", response_class=Response, responses=_content(*_MEDIA, _HTML) | documented(406))
async def ontology(using: Using, request: Request) -> Response:
    """The OWL ontology as Turtle, JSON-LD or RDF/XML; for people, the vocabulary as a page."""
    media = _chosen(request, [*_MEDIA, _HTML])
    if media == _HTML:
        return Response(vocabulary_page(using.store.counts()), media_type=_HTML, headers=_VARY)
    return await _written(ontology_as, media)


@router.get("/ontology/shapes", response_class=Response, responses=_content(*_MEDIA) | documented(406))
async def shapes(request: Request) -> Response:
    """The SHACL shapes that every document is held to."""
    return await _written(shapes_as, _chosen(request, list(_MEDIA)))


@router.get("/ontology/context.jsonld", response_class=Response, responses=_content("application/ld+json"))
def context() -> Response:
    """The JSON-LD context of exports."""
    return Response(context_document(), media_type="application/ld+json")


_VARY = {"vary": "Accept"}


def _chosen(request: Request, offered: list[str]) -> str:
    accept = ", ".join(request.headers.getlist("accept")) or None
    media = choose(accept, offered)
    if media is None:
        raise HTTPException(406, f"none of {accept} can be written; ask for {', '.join(offered)}")
    return media


async def _written(writer: Callable[[str], str], media: str) -> Response:
    text = await run_in_threadpool(writer, _MEDIA[media])
    shown = f"{media}; charset=utf-8" if media == "text/turtle" else media
    return Response(text, media_type=shown, headers=_VARY)
