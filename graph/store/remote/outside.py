"""Anyone's query, passed on to the server once it is known to be harmless; limits of time, rows and size hold here."""

from __future__ import annotations

import re
from typing import Any

import pyoxigraph
from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat, Triple

from graph.errors import QueryError
from graph.store.outside.worker import once, row_of, written_rows, written_triples
from graph.store.remote.client import ROWS, Client
from graph.store.remote.errors import ServerFaultError
from graph.store.remote.literals import received

_VENDOR = re.compile(r"\b(bif|sql)\s*:", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
_TRIPLES = "application/n-triples"


def answered(client: Client, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The head and body of the answer to a request as the worker process takes it; QueryError at its limits."""
    if _VENDOR.search(_ESCAPE.sub(lambda escape: chr(int(escape[1] or escape[2], 16)), request["query"])):
        raise QueryError("bif: and sql: are refused: they call functions of the server itself")
    try:
        kind = pyoxigraph.Store().query(request["query"], prefixes=request["prefixes"], use_default_graph_as_union=True)
    except SyntaxError as problem:
        raise QueryError(f"malformed SPARQL: {str(problem).splitlines()[0]}") from None
    declared = "".join(f"PREFIX {name}: <{space}>\n" for name, space in request["prefixes"].items())
    triples = isinstance(kind, QueryTriples)
    said = client.outside(
        declared + request["query"],
        _TRIPLES if triples else ROWS,
        seconds=request["seconds"],
        size=request["bytes"],
    )
    try:
        head, body = _triples(said.content, request) if triples else _rows(said.content, request)
    except SyntaxError:
        raise ServerFaultError(f"{client.endpoint.name} gave an answer that is no result of a query") from None
    return head | {"truncated": head["truncated"] or said.extensions["cut"]}, body


def _triples(content: bytes, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    found = pyoxigraph.parse(content, format=RdfFormat.N_TRIPLES)
    return written_triples(once(Triple(q.subject, q.predicate, received(q.object)) for q in found), request)


def _rows(content: bytes, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    found = pyoxigraph.parse_query_results(content, QueryResultsFormat.JSON)
    if isinstance(found, QueryBoolean):
        syntax = QueryResultsFormat.from_media_type(request["media_type"])
        return {"count": 1, "truncated": False}, found.serialize(format=syntax) or b""
    assert isinstance(found, QuerySolutions)
    names = [variable.value for variable in found.variables]
    rows = (row_of(names, [term and received(term) for term in row]) for row in found)
    return written_rows(names, rows, request)
