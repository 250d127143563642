"""All entities of a graph in one pass over their names: for listings, counts and finding by name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from graph.model import Entity
from graph.namespaces import ENTITY, OWL, RDFS, SCHEMA, SKOS, WIKIDATA, id_of, name_of
from graph.rdf.merge import commonest
from graph.rdf.terms import TYPE, node, tg
from graph.store.seam import Quads

_LABEL, _ALIAS = node(RDFS + "label"), node(SKOS + "altLabel")
_SAME, _IDENTIFIER = node(OWL + "sameAs"), node(SCHEMA + "identifier")


def all_entities(quads: Quads) -> list[Entity]:
    """Every entity with what all documents together say of it, most claims first; equals by id."""
    labels, types, names, identifiers = _votes(quads, _LABEL), _votes(quads, TYPE), _sets(quads, _ALIAS), _sets(quads)
    claims = _claims(quads)
    found = []
    for name, said in labels.items():
        label = commonest(said.elements())
        aliases = (names.get(name, set()) | said.keys()) - {label}
        kind = commonest(types[name].elements()) if name in types else ""
        known = tuple(sorted(_identifier(value) for value in identifiers.get(name, ())))
        entity = Entity(id_of(name), label, name_of(kind), tuple(sorted(aliases)), known)
        found.append(replace(entity, claims=claims.get(name, 0)))
    return sorted(found, key=lambda entity: (-entity.claims, entity.id))


def count_entities(quads: Quads) -> int:
    """How many entities have a name."""
    return len({subject for subject, _ in _pairs(quads, _LABEL)})


def _votes(quads: Quads, predicate: Any) -> dict[str, Counter[str]]:
    """How many documents give an entity each value."""
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for subject, value in _pairs(quads, predicate):
        votes[subject][value] += 1
    return votes


def _sets(quads: Quads, *predicates: Any) -> dict[str, set[str]]:
    """The values that any document gives an entity; without predicates its identifiers."""
    values: defaultdict[str, set[str]] = defaultdict(set)
    for predicate in predicates or (_SAME, _IDENTIFIER):
        for subject, value in _pairs(quads, predicate):
            values[subject].add(value)
    return values


def _pairs(quads: Quads, predicate: Any) -> Iterator[tuple[str, str]]:
    found: Iterator[Any] = quads.quads_for_pattern(None, predicate, None, None)
    for quad in found:
        subject = quad.subject.value
        if subject.startswith(ENTITY):
            yield subject, quad.object.value


def _claims(quads: Quads) -> Counter[str]:
    """Entity → its claims, each once however many documents make it, and once if it is both sides."""
    seen: set[tuple[str, str]] = set()
    for role in (tg("subject"), tg("object")):
        found: Iterator[Any] = quads.quads_for_pattern(None, role, None, None)
        for quad in found:
            other = quad.object.value
            if other.startswith(ENTITY):
                seen.add((other, quad.subject.value))
    return Counter(entity for entity, _ in seen)


def _identifier(value: str) -> tuple[str, str]:
    if value.startswith(WIKIDATA):
        return "wikidata", value.removeprefix(WIKIDATA)
    name, _, rest = value.partition("=")
    return name, rest
