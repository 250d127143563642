"""One document of a file, held to what a store takes: nothing foreign in its graph, every quote in its text."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from graph.conform import misquoted, require_shape
from graph.errors import ShapeError, TollgraphError
from graph.jsonld import compact
from graph.judgements import Judgement
from graph.load.judged import unpacked
from graph.model import DocumentClaims
from graph.namespaces import SCHEMA, iri
from graph.rdf import decode, encode
from graph.rdf.encode import MARKS
from graph.rdf.terms import TYPE, node

_ARTICLE = node(SCHEMA + "Article")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A document by its id, or what is wrong with it (`error`); or, last and without a batch, a file's judgements."""

    name: str
    batch: DocumentClaims | None = None
    error: str | None = None
    judgements: tuple[Judgement, ...] = ()


def from_quads(name: str, quads: Collection[Quad], computed: str | None) -> Loaded:
    """The document, as computed, whose graph these quads are; `name` is its id, `computed` its packed former graph."""
    try:
        batch = _batch(name, quads)
        if computed is not None:
            batch = _batch(name, unpacked(name, computed))
        elif any(claim.review or claim.unreliable for claim in batch.claims):
            batch = decode([quad for quad in quads if quad.predicate not in MARKS])
    except ShapeError as problem:
        return Loaded(name, error=str(problem))
    return Loaded(name, batch)


def from_packed(name: str, computed: str) -> DocumentClaims:
    """The document of a packed graph. Raises ShapeError."""
    return _batch(name, unpacked(name, computed))


def _batch(name: str, quads: Collection[Quad]) -> DocumentClaims:
    require_shape(quads, name)
    batch = _decoded(name, quads)
    _require_exactly(name, batch, quads)
    require_text(batch)
    return batch


def require_text(batch: DocumentClaims) -> None:
    """Raises ShapeError if the text is not the one that was exported: a quote or the checksum does not fit it."""
    document = batch.document
    if wrong := misquoted(batch):
        raise ShapeError(f"{document.id}: {wrong[0]}")
    found = hashlib.sha256(document.text.encode()).hexdigest()
    if found != document.sha256:
        raise ShapeError(f"{document.id}: the text is not the one whose SHA-256 it gives ({document.sha256[:12]}…)")


def _decoded(name: str, quads: Collection[Quad]) -> DocumentClaims:
    if not any(q.subject == NamedNode(iri(name)) and q.predicate == TYPE and q.object == _ARTICLE for q in quads):
        raise ShapeError(f"{name}: its graph does not describe it as a schema:Article; this is no graph of a document")
    try:
        return decode(quads)
    except (TollgraphError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError) as bad:
        raise ShapeError(f"{name} cannot be read as a document ({type(bad).__name__}: {bad})") from None


def _require_exactly(name: str, batch: DocumentClaims, quads: Collection[Quad]) -> None:
    """A document says what its claims make, no more and no less: what is written again must be the same."""
    try:
        again = set(encode(batch))
    except TollgraphError as problem:
        raise ShapeError(f"{name}: {problem}") from None
    for quad in quads:
        if quad not in again:
            raise ShapeError(f"{name} says what no document of this graph says: {_said(quad)}")
    missing = again.difference(quads)
    if missing:
        raise ShapeError(f"{name} leaves out what its claims imply: {_said(min(missing, key=str))}")


def _said(quad: Quad) -> str:
    parts = (quad.subject, quad.predicate, quad.object)
    words = (compact(part.value) if isinstance(part, NamedNode) else str(part) for part in parts)
    return " ".join(word if len(word) <= 80 else word[:80] + "…" for word in words)
