"""What one document's graph adds to the index: the names that it gives entities, and its claims in their order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from pyoxigraph import Literal, NamedNode

from graph.namespaces import ENTITY, OA, OWL, PROV, RDF, RDFS, SCHEMA, SKOS, id_of, name_of, term
from graph.store.history import DEFAULT, WRITTEN
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
_SUBJECT, _PREDICATE, _OBJECT = term("subject"), term("predicate"), term("object")
_CONFIDENCE, _REVIEWED = term("confidence"), term("reviewed")
_PLACE, _START = PROV + "wasDerivedFrom", OA + "start"
_OF_CLAIMS = frozenset((_SUBJECT, _PREDICATE, _OBJECT, _CONFIDENCE, _REVIEWED))

Vote = tuple[str, int, str]
"""Entity id, kind, value: one document says this of one entity."""


@dataclass(frozen=True, slots=True)
class Stated:
    """One claim as one document states it; `object` is an entity id or None. `certainty` as in `Claim`."""

    name: str
    subject: str
    predicate: str
    object: str | None
    certainty: float


@dataclass(frozen=True, slots=True)
class Facts:
    """What the index keeps of a document: the write that brought it, votes, and claims by place, then id."""

    document: str
    write: int
    votes: tuple[Vote, ...]
    claims: tuple[Stated, ...]


def facts_of(quads: Quads, graph: NamedNode) -> Facts | None:
    """The facts of a document, None if it is not there."""
    for stamp in quads.quads_for_pattern(graph, WRITTEN, None, DEFAULT):
        write = int(cast(Literal, stamp.object).value)
        return facts(graph, write, quads.quads_for_pattern(None, None, None, graph))
    return None


def facts(graph: NamedNode, write: int, quads: Iterable[Any]) -> Facts:
    """The facts out of the quads of a document's graph."""
    votes: list[Vote] = []
    said: dict[str, dict[str, str]] = {}
    places: list[tuple[str, str]] = []
    starts: dict[str, int] = {}
    for quad in quads:
        predicate = quad.predicate.value
        if predicate in _OF_CLAIMS:
            said.setdefault(quad.subject.value, {})[predicate] = quad.object.value
        elif predicate == _PLACE:
            places.append((quad.subject.value, quad.object.value))
        elif predicate == _START:
            starts[quad.subject.value] = int(quad.object.value)
        elif predicate in _VOTES and (name := quad.subject.value).startswith(ENTITY):
            votes.append((id_of(name), _VOTES[predicate], quad.object.value))
    first: dict[str, int] = {}
    for claim, place in places:
        first[claim] = min(starts[place], first.get(claim, starts[place]))
    claims = sorted((first[name], id_of(name), name) for name in said)
    return Facts(
        id_of(graph.value), write, tuple(votes), tuple(_stated(claim, said[name]) for _, claim, name in claims)
    )


def _stated(id: str, of: dict[str, str]) -> Stated:
    other = of.get(_OBJECT, "")
    return Stated(
        id,
        id_of(of[_SUBJECT]),
        name_of(of[_PREDICATE]),
        id_of(other) if other.startswith(ENTITY) else None,
        1.0 if _REVIEWED in of else float(of[_CONFIDENCE]),
    )
