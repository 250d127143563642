"""`GET` and `POST /sparql`: SPARQL 1.1 protocol, read-only."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api.negotiation import choose
from api.problems import documented
from api.services import Services, Using
from graph.errors import QueryError
from graph.store.outside import GRAPH_FORMATS, ROW_FORMATS, check_query, run_outside

router = APIRouter(tags=["sparql"])

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
# What clients commonly ask for instead of the registered type.
_ROWS = {media: name for name, media in ROW_FORMATS.items()} | {"application/json": "json", "application/xml": "xml"}
_GRAPHS = {media: name for name, media in GRAPH_FORMATS.items()} | {"application/json": "jsonld"}

_PARAMETER = {"name": "query", "in": "query", "required": True, "schema": {"type": "string"}}
_BODY = {
    "required": True,
    "content": {
        _FORM: {"schema": {"type": "object", "required": ["query"], "properties": {"query": {"type": "string"}}}},
        _QUERY: {"schema": {"type": "string"}},
    },
}
_RESULT: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Rows or triples in the form that `Accept` asks for; `Tollgraph-Truncated` if there were more.",
        "content": {media: {} for media in (*ROW_FORMATS.values(), *GRAPH_FORMATS.values())},
    }
}


@router.get(
    "/sparql",
    response_class=Response,
    responses=_RESULT | documented(400, 406, 503),
    openapi_extra={"parameters": [_PARAMETER]},
)
async def get(using: Using, request: Request) -> Response:
    """Run a read-only query over the union of all documents."""
    return await run_in_threadpool(_answer, using, _only_query(request.query_params.multi_items()), _accept(request))


@router.post(
    "/sparql",
    response_class=Response,
    responses=_RESULT | documented(400, 403, 406, 413, 415, 503),
    openapi_extra={"requestBody": _BODY},
)
async def post(using: Using, request: Request) -> Response:
    """The same with the query in the body: as a form field or as itself."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in (_FORM, _QUERY):
        raise HTTPException(415, f"content-type “{kind}” is not a query; send {_QUERY} or {_FORM}")
    try:
        body = (await request.body()).decode()
    except UnicodeDecodeError:
        raise QueryError("the query is not UTF-8 text") from None
    pairs = request.query_params.multi_items()
    pairs += parse_qsl(body, keep_blank_values=True) if kind == _FORM else [("query", body)]
    return await run_in_threadpool(_answer, using, _only_query(pairs), _accept(request))


def _accept(request: Request) -> str | None:
    return ", ".join(request.headers.getlist("accept")) or None


def _only_query(pairs: list[tuple[str, str]]) -> str:
    """The one query among the protocol's parameters."""
    names = [name for name, _ in pairs]
    if "update" in names:
        raise QueryError("updates are refused: SPARQL here only reads; POST and DELETE /v1/documents change the graph")
    if "default-graph-uri" in names or "named-graph-uri" in names:
        raise QueryError("queries read the whole graph; name a document with GRAPH <…> { … } instead")
    found = [value for name, value in pairs if name == "query"]
    if len(found) != 1:
        raise QueryError("give one query, as /sparql?query=… or in the body")
    return found[0]


def _answer(using: Services, query: str, accept: str | None) -> Response:
    offered = _GRAPHS if check_query(query).form in ("CONSTRUCT", "DESCRIBE") else _ROWS
    media = choose(accept, list(offered))
    if media is None:
        raise HTTPException(406, f"none of {accept} can be written; ask for {', '.join(offered)}")
    settings = using.settings
    with using.query_slots.taken(settings.query_seconds):
        result = run_outside(
            using.store,
            query,
            rows_as=offered[media],
            graph_as=offered[media],
            seconds=settings.query_seconds,
            rows=settings.query_rows,
        )
    headers = {"tollgraph-truncated": "true"} if result.truncated else {}
    shown = media if media == result.media_type else f"{media}; charset=utf-8"
    return Response(result.body, media_type=shown, headers=headers)
