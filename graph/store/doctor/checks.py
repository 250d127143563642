"""What must hold of the quads: every document decodes, its quotes are in its text, and all tables tell the same."""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias, cast

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from graph.errors import StoreError
from graph.namespaces import DOCUMENT, STORE, id_of
from graph.rdf import decode, encode
from graph.rdf.terms import tg
from graph.store.history import journal

BROKEN = (OSError, RuntimeError)
"""What the database raises for files that it cannot read."""

Pattern: TypeAlias = tuple[Any, Any, Any, Any]

_WRITTEN = tg("written")
_DEFAULT = DefaultGraph()
_MALFORMED = (StoreError, LookupError, ValueError, ArithmeticError, TypeError, AttributeError)


def stamped(quads: Store) -> dict[str, int]:
    """The IRI of each document by the write that brought it. Raises one of BROKEN."""
    return stamps_in(quads.quads_for_pattern(None, _WRITTEN, None, _DEFAULT))


def stamps_in(found: Iterable[Quad]) -> dict[str, int]:
    """The same of quads that were read already."""
    stamps = ((cast(NamedNode, q.subject).value, q.object) for q in found if q.predicate == _WRITTEN)
    return {name: int(cast(Literal, number).value) for name, number in stamps if name.startswith(DOCUMENT)}


def graphs(quads: Store) -> set[str]:
    """The IRIs of the documents that have a graph. Raises one of BROKEN."""
    names = (cast(NamedNode, graph).value for graph in quads.named_graphs())
    return {name for name in names if name.startswith(DOCUMENT)}


def document_problem(name: str, quads: list[Quad]) -> str | None:
    """What is wrong with the quads of a document's graph; None if it is whole."""
    try:
        batch = decode(quads)
        rest = len(set(quads) ^ set(encode(batch)))
    except _MALFORMED as problem:
        return f"its claims cannot be read ({type(problem).__name__}: {problem})"
    text = batch.document.text
    if batch.document.id != id_of(name):
        return "it says that it is another document"
    if hashlib.sha256(text.encode()).hexdigest() != batch.document.sha256:
        return "its text is not the one that was taken in"
    for claim in batch.claims:
        for place in claim.evidence:
            if text[place.start : place.end] != place.quote:
                return f"the quote of claim {claim.id} is not in its text at {place.start}"
    return f"{rest} statements are missing or left over" if rest else None


def documents(quads: Store, told: Callable[[int, int], None]) -> Iterator[tuple[str, str]]:
    """Each document that is not whole, by its IRI, and why. `told` is given how many are done, of how many."""
    stamps, held = stamped(quads), graphs(quads)
    for name in sorted(stamps.keys() ^ held):
        yield name, "its graph is missing" if name in stamps else "the write that brought it is not known"
    names = sorted(stamps.keys() & held)
    for done, name in enumerate(names, 1):
        try:
            problem = document_problem(name, list(quads.quads_for_pattern(None, None, None, NamedNode(name))))
        except BROKEN as broken:
            problem = f"it cannot be read ({first_line(broken)})"
        if problem:
            yield name, problem
        told(done, len(names))


def tables(quads: Store) -> Iterator[str]:
    """What differs between the tables, each of which holds all quads in another order (oxigraph has three and six)."""
    try:
        all_quads = list(quads.quads_for_pattern(None, None, None, None))
    except BROKEN as broken:
        yield f"the quads cannot be listed ({first_line(broken)})"
        return
    named = [quad for quad in all_quads if quad.graph_name != _DEFAULT]
    ways: tuple[tuple[str, set[Pattern], int], ...] = (
        ("subject", {(q.subject, None, None, None) for q in all_quads}, len(all_quads)),
        ("predicate", {(None, q.predicate, None, None) for q in all_quads}, len(all_quads)),
        ("object", {(None, None, q.object, None) for q in all_quads}, len(all_quads)),
        ("graph and predicate", {(None, q.predicate, None, q.graph_name) for q in named}, len(named)),
        ("graph and object", {(None, None, q.object, q.graph_name) for q in named}, len(named)),
    )
    for order, patterns, expected in ways:
        try:
            count = sum(_matching(quads, pattern) for pattern in patterns)
        except BROKEN as broken:
            yield f"the table by {order} cannot be read ({first_line(broken)})"
            continue
        if count != expected:
            yield f"the table by {order} has {count} quads of {expected}"


def _matching(quads: Store, pattern: Pattern) -> int:
    """How many quads the table of this pattern has for it. (Oxigraph 0.5.13 adds those of the integers up to the next
    such number if one whose last byte is 255 is looked up; they are not counted.)
    """
    *_, value, _ = pattern
    found = quads.quads_for_pattern(*pattern)
    return sum(1 for quad in found if quad.object == value) if value is not None else len(list(found))


def history(quads: Store) -> Iterator[tuple[str, str]]:
    """Each former state of a document that cannot be read back, by the document's IRI, and why."""
    try:
        for past in journal(quads):
            name = past.version.graph
            try:
                problem = document_problem(name, list(past.quads()))
            except (ValueError, SyntaxError, zlib.error) as broken:
                problem = first_line(broken)
            if problem:
                yield name, f"what it was until {past.ended:%Y-%m-%d}: {problem}"
    except (*BROKEN, *_MALFORMED) as broken:
        yield STORE, f"the journal of former states cannot be read ({first_line(broken)})"


def doubled(quads: Store) -> Iterator[str]:
    """Numbers of writes that two documents share, which would leave their order open."""
    shared = Counter(stamped(quads).values())
    yield from (f"write {number} brought {count} documents" for number, count in shared.items() if count > 1)


def first_line(problem: BaseException) -> str:
    """An error of the database in one line."""
    lines = str(problem).strip().splitlines()
    return lines[0].strip() if lines else type(problem).__name__
