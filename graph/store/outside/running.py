"""Running a checked query in a process that is killed at the time limit."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from graph.errors import QueryError, StoreError
from graph.namespaces import PREFIXES
from graph.store.outside.checking import check_query
from graph.store.protocol import Store

ROW_FORMATS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
"""Formats of SELECT and ASK results, with their media types."""

GRAPH_FORMATS = {
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
}
"""Formats of CONSTRUCT and DESCRIBE results, with their media types."""

_WORKER = Path(__file__).with_name("worker.py")
_MEMORY = 1 << 30
_BYTES = 64 << 20


@runtime_checkable
class Answering(Protocol):
    """A store that answers outside queries itself, for its quads are not here."""

    def answer_outside(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """What the worker process would answer to the same request (see `worker`); QueryError at the limits."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A result as written. `count` is its rows or triples; `truncated` says that there were more than the limit."""

    form: str
    format: str
    media_type: str
    body: bytes
    count: int
    truncated: bool


def run_outside(
    store: Store,
    query: str,
    *,
    rows_as: str = "json",
    graph_as: str = "turtle",
    seconds: float = 10.0,
    rows: int = 10_000,
) -> Outcome:
    """The result of anyone's query over the union of all documents, with the usual prefixes.

    `rows_as` (see ROW_FORMATS) holds for SELECT and ASK, `graph_as` (see GRAPH_FORMATS) for CONSTRUCT and DESCRIBE. At
    most `rows` rows or triples come back. A statement of several documents comes once for each: use DISTINCT.
    Raises QueryError if it is malformed, not allowed or beyond the limits of time, memory (1 GB) or size (64 MB).
    """
    checked = check_query(query)
    graph = checked.form in ("CONSTRUCT", "DESCRIBE")
    name, offered = (graph_as, GRAPH_FORMATS) if graph else (rows_as, ROW_FORMATS)
    if name not in offered:
        raise QueryError(f"{checked.form} results are written as {', '.join(offered)}, not as {name}")
    request = {
        "query": checked.text,
        "prefixes": PREFIXES,
        "media_type": offered[name],
        "rows": rows,
        "bytes": _BYTES,
        "memory": _MEMORY,
        "seconds": seconds,
    }
    if isinstance(store, Answering):
        head, body = store.answer_outside(request)
    else:
        with store.snapshot() as quads:
            head, body = _work(request | {"path": str(quads)}, seconds)
    return Outcome(checked.form, name, offered[name], body, head["count"], head["truncated"])


def _work(request: dict[str, Any], seconds: float) -> tuple[dict[str, Any], bytes]:
    command = [sys.executable, "-P", str(_WORKER)]
    try:
        done = subprocess.run(  # noqa: S603 (our own file; the query goes in as data)
            command, input=json.dumps(request).encode(), capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise QueryError(
            f"the query ran longer than {seconds:g} s and was stopped; narrow it, or raise TOLLGRAPH_QUERY_SECONDS"
        ) from None
    if done.returncode < 0:
        raise QueryError("the query needs more than 1 GB of memory, or nests too deeply, and was stopped; narrow it")
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().splitlines()
        raise StoreError(f"the query process failed ({reason[-1] if reason else 'no reason given'}); try again")
    head, _, body = done.stdout.partition(b"\n")
    found: dict[str, Any] = json.loads(head)
    if "error" in found:
        raise QueryError(found["error"])
    return found, body
