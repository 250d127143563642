"""What one document's graph adds to the index: the names that it gives entities, and its claims in their order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from pyoxigraph import Literal, NamedNode

from graph.model import Claim, EntityRef
from graph.namespaces import ENTITY, OWL, RDF, RDFS, SCHEMA, SKOS, id_of, term
from graph.rdf.decode import ClaimReader, document_from
from graph.rdf.terms import Properties
from graph.store.history import DEFAULT, WRITTEN
from graph.store.index.stated import described, written
from graph.store.seam import Quads

LABEL, TYPE, ALIAS, SAME, IDENTIFIER = range(5)
"""The kinds of a vote."""

_VOTES = {
    RDFS + "label": LABEL,
    RDF + "type": TYPE,
    SKOS + "altLabel": ALIAS,
    OWL + "sameAs": SAME,
    SCHEMA + "identifier": IDENTIFIER,
}
_SUBJECT = term("subject")

Vote = tuple[str, int, str]
"""Entity id, kind, value: one document says this of one entity."""


@dataclass(frozen=True, slots=True)
class Stated:
    """One claim as one document states it; `object` is an entity id or None. `certainty` as in `Claim`.

    `said` is all of it (see `stated`).
    """

    name: str
    subject: str
    predicate: str
    object: str | None
    certainty: float
    said: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the index keeps of a document: the write that brought it, votes, claims by place, then id; and `said`, all
    of it but its text (see `stated`).
    """

    document: str
    write: int
    votes: tuple[Vote, ...]
    claims: tuple[Stated, ...]
    said: str


def facts_of(quads: Quads, graph: NamedNode) -> Facts | None:
    """The facts of a document, None if it is not there."""
    for stamp in quads.quads_for_pattern(graph, WRITTEN, None, DEFAULT):
        write = int(cast(Literal, stamp.object).value)
        return facts(graph, write, quads.quads_for_pattern(None, None, None, graph))
    return None


def facts(graph: NamedNode, write: int, quads: Iterable[Any]) -> Facts:
    """The facts out of the quads of a document's graph."""
    nodes: dict[str, Properties] = {}
    for quad in quads:
        nodes.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, []).append(quad.object.value)
    votes = tuple(
        (id_of(name), kind, value)
        for name, of in nodes.items()
        if name.startswith(ENTITY)
        for predicate, kind in _VOTES.items()
        for value in of.get(predicate, ())
    )
    reader = ClaimReader(lambda name, _: nodes.get(name, {}), _unnamed)
    claims = [reader.read(name, graph.value) for name, of in nodes.items() if _SUBJECT in of]
    claims.sort(key=lambda claim: (claim.evidence[0].start, claim.id))
    document = document_from(id_of(graph.value), nodes.get(graph.value, {}))
    return Facts(document.id, write, votes, tuple(map(_stated, claims)), described(document))


def _stated(claim: Claim) -> Stated:
    other = claim.object.id if isinstance(claim.object, EntityRef) else None
    return Stated(claim.id, claim.subject.id, claim.predicate, other, float(claim.certainty), written(claim))


def _unnamed(id: str) -> EntityRef:
    return EntityRef(id, "", "")
