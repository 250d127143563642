"""The process that runs one outside query: a request as JSON on stdin, a head line of JSON and the result on stdout.

Started as a file, not as a module, so that it loads nothing but pyoxigraph.
"""

from __future__ import annotations

import ctypes
import json
import resource
import signal
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import pyoxigraph as ox

_GRACE = 2
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_STRING = "http://www.w3.org/2001/XMLSchema#string"


class _TooMuchError(Exception):
    """The result is larger than the limit."""


def main() -> None:
    """Answer the request on stdin."""
    request = json.load(sys.stdin)
    _leave_the_network()
    resource.setrlimit(resource.RLIMIT_DATA, (request["memory"], request["memory"]))
    signal.setitimer(signal.ITIMER_REAL, request["seconds"] + _GRACE)  # ends the process if nobody is left to kill it
    try:
        head, body = _run(request)
    except SyntaxError as problem:
        head, body = {"error": f"malformed SPARQL: {_first_line(problem)}"}, b""
    except _TooMuchError:
        head, body = {"error": f"the result is larger than {request['bytes'] >> 20} MB; add LIMIT or narrow it"}, b""
    except MemoryError:
        head, body = {"error": "the query needs more memory than it may have; narrow it"}, b""
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + body)
    sys.stdout.buffer.flush()


def _leave_the_network() -> None:
    """A network namespace of its own, where the system grants it: a second bar behind the check of the query."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "unshare") and libc.unshare(_NEW_NETWORK) != 0:
        libc.unshare(_NEW_USER | _NEW_NETWORK)


def _run(request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    store = ox.Store.read_only(request["path"])
    found = store.query(request["query"], prefixes=request["prefixes"], use_default_graph_as_union=True)
    media_type, most = request["media_type"], request["rows"]
    if isinstance(found, ox.QueryTriples):
        return written_triples(_within(once(found), most + 1, request["bytes"]), request)
    if isinstance(found, ox.QueryBoolean):
        syntax = ox.QueryResultsFormat.from_media_type(media_type)
        return {"count": 1, "truncated": False}, found.serialize(format=syntax) or b""
    names = [variable.value for variable in found.variables]
    return written_rows(names, _within((row_of(names, row) for row in found), most + 1, request["bytes"]), request)


def written_triples(found: Iterable[Any], request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The head and the body of a result of triples, of which those beyond the limit are cut."""
    triples, most = list(found), request["rows"]
    syntax = ox.RdfFormat.from_media_type(request["media_type"])
    body = ox.serialize(triples[:most], format=syntax, prefixes=request["prefixes"]) or b""
    return {"count": min(len(triples), most), "truncated": len(triples) > most}, body


def written_rows(names: list[str], found: Iterable[Any], request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The head and the body of a result of rows, as `row_of` makes them, of which those beyond the limit are cut."""
    rows, most = list(found), request["rows"]
    head = {"count": min(len(rows), most), "truncated": len(rows) > most}
    written = json.dumps({"head": {"vars": names}, "results": {"bindings": rows[:most]}}, ensure_ascii=False).encode()
    results = ox.QueryResultsFormat.from_media_type(request["media_type"])
    if results == ox.QueryResultsFormat.JSON:
        return head, written
    again = ox.parse_query_results(written, ox.QueryResultsFormat.JSON)
    return head, again.serialize(format=results) or b""


def once(triples: Iterable[Any]) -> Iterator[Any]:
    """Each triple once."""
    seen: set[Any] = set()
    for triple in triples:
        if triple not in seen:
            seen.add(triple)
            yield triple


def _within(items: Iterable[Any], most: int, size: int) -> Iterator[Any]:
    """At most so many items; _TooMuchError if their text is longer than `size` characters."""
    total = 0
    for item in islice(items, most):
        total += len(str(item))
        if total > size:
            raise _TooMuchError
        yield item


def row_of(names: list[str], row: Any) -> dict[str, Any]:
    """A row as SPARQL's JSON has it."""
    return {name: _term(term) for name, term in zip(names, row, strict=True) if term is not None}


def _term(term: Any) -> dict[str, Any]:
    """A term as SPARQL 1.1 query results JSON (and the working draft of 1.2 for triple terms)."""
    match term:
        case ox.NamedNode():
            return {"type": "uri", "value": term.value}
        case ox.BlankNode():
            return {"type": "bnode", "value": term.value}
        case ox.Triple():
            parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
            return {"type": "triple", "value": {name: _term(part) for name, part in parts.items()}}
        case _ if term.language:
            return {"type": "literal", "value": term.value, "xml:lang": term.language}
        case _ if term.datatype.value == _STRING:
            return {"type": "literal", "value": term.value}
        case _:
            return {"type": "literal", "value": term.value, "datatype": term.datatype.value}


def _first_line(problem: SyntaxError) -> str:
    line = str(problem).splitlines()[0]
    return line if len(line) < 100 else line[:100].rsplit(" ", 1)[0] + " …"


if __name__ == "__main__":
    main()
