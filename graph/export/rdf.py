"""RDF exports."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import IO

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from graph.jsonld import context, graph_object
from graph.namespaces import PREFIXES, iri
from graph.store.protocol import Store


def write_trig(store: Store, stream: IO[bytes]) -> None:
    """TriG: one named graph a document."""
    stream.write(_declared())
    for document in store.documents():
        stream.write(_abbreviated(store.quads(document.id), RdfFormat.TRIG))


def write_turtle(store: Store, stream: IO[bytes]) -> None:
    """Turtle: the union of all documents, every statement once."""
    stream.write(_declared())
    seen: set[Triple] = set()
    for document in store.documents():
        new = [quad.triple for quad in store.quads(document.id) if quad.triple not in seen]
        seen.update(new)
        stream.write(_abbreviated(new, RdfFormat.TURTLE))


def write_nquads(store: Store, stream: IO[bytes]) -> None:
    """N-Quads: a line a statement."""
    for document in store.documents():
        serialize(store.quads(document.id), stream, RdfFormat.N_QUADS)


def write_jsonld(store: Store, stream: IO[bytes]) -> None:
    """JSON-LD 1.1 with the context inside; see graph.jsonld."""
    stream.write(b'{"@context": ' + _json(context()) + b',\n"@graph": [')
    for number, document in enumerate(store.documents()):
        stream.write(b",\n" if number else b"\n")
        stream.write(_json(graph_object(iri(document.id), store.quads(document.id))))
    stream.write(b"\n]}\n")


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _declared() -> bytes:
    return "".join(f"@prefix {name}: <{space}> .\n" for name, space in PREFIXES.items()).encode()


def _abbreviated(statements: Iterable[Quad] | Iterable[Triple], syntax: RdfFormat) -> bytes:
    """The statements without the declarations that the serialiser puts first, in an order of its own."""
    lines = (serialize(statements, None, syntax, prefixes=PREFIXES) or b"").splitlines(keepends=True)
    start = next((place for place, line in enumerate(lines) if not line.startswith(b"@prefix ")), len(lines))
    return b"".join(lines[start:])
