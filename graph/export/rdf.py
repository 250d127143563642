"""RDF exports."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import IO

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from graph.export.judged import judgement_quads
from graph.export.rdf12 import reified
from graph.export.scope import Scope
from graph.jsonld import context, graph_object
from graph.namespaces import JUDGEMENTS, PREFIXES, iri
from graph.store.protocol import Store


def write_trig(store: Store, stream: IO[bytes], scope: Scope) -> None:
    """TriG: one named graph a document."""
    stream.write(_declared())
    for quads in _graphs(store, scope):
        if quads:
            stream.write(_abbreviated(quads, RdfFormat.TRIG))


def write_nquads(store: Store, stream: IO[bytes], scope: Scope) -> None:
    """N-Quads: a line a statement."""
    for quads in _graphs(store, scope):
        serialize(quads, stream, RdfFormat.N_QUADS)


def write_nquads12(store: Store, stream: IO[bytes], scope: Scope) -> None:
    """N-Quads of RDF 1.2: the same, and what each claim states as a triple term (see graph.export.rdf12)."""
    for quads in _graphs(store, scope):
        serialize([*quads, *reified(quads)], stream, RdfFormat.N_QUADS)


def write_turtle(store: Store, stream: IO[bytes], scope: Scope) -> None:
    """Turtle: the union of all documents, every statement once."""
    _write_union(_graphs(store, scope), stream)


def write_turtle12(store: Store, stream: IO[bytes], scope: Scope) -> None:
    """Turtle of RDF 1.2: the same, and what each claim states as a triple term (see graph.export.rdf12)."""
    _write_union(([*quads, *reified(quads)] for quads in _graphs(store, scope)), stream)


def write_jsonld(store: Store, stream: IO[bytes], scope: Scope) -> None:
    """JSON-LD 1.1 with the context inside; see graph.jsonld."""
    stream.write(b'{"@context": ' + _json(context()) + b',\n"@graph": [')
    for number, document in enumerate(scope.documents(store)):
        stream.write(b",\n" if number else b"\n")
        stream.write(_json(graph_object(iri(document), scope.quads(store, document))))
    if judged := judgement_quads(store, scope):
        stream.write(b",\n" + _json(graph_object(JUDGEMENTS, judged)))
    stream.write(b"\n]}\n")


def _graphs(store: Store, scope: Scope) -> Iterator[list[Quad]]:
    for document in scope.documents(store):
        yield scope.quads(store, document)
    yield judgement_quads(store, scope)


def _write_union(graphs: Iterable[list[Quad]], stream: IO[bytes]) -> None:
    stream.write(_declared())
    seen: set[Triple] = set()
    for quads in graphs:
        new = [quad.triple for quad in quads if quad.triple not in seen]
        seen.update(new)
        stream.write(_abbreviated(new, RdfFormat.TURTLE))


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _declared() -> bytes:
    return "".join(f"@prefix {name}: <{space}> .\n" for name, space in PREFIXES.items()).encode()


def _abbreviated(statements: Iterable[Quad] | Iterable[Triple], syntax: RdfFormat) -> bytes:
    """The statements without the declarations that the serialiser puts first, in an order of its own."""
    lines = (serialize(statements, None, syntax, prefixes=PREFIXES) or b"").splitlines(keepends=True)
    start = next((place for place, line in enumerate(lines) if not line.startswith(b"@prefix ")), len(lines))
    return b"".join(lines[start:])
