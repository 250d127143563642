"""What one document's graph adds to the index: the names that it gives entities, and its claims in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from pyoxigraph import NamedNode

from graph.model import Claim, Document, DocumentClaims, Entity, EntityRef, Quantity
from graph.namespaces import ENTITY, OWL, RDF, RDFS, SCHEMA, SKOS, WIKIDATA, id_of, term
from graph.rdf.decode import ClaimReader, document_from, place_of
from graph.rdf.encode import is_item
from graph.rdf.terms import Properties
from graph.store.history import DEFAULT, WRITTEN, Version, version
from graph.store.index.stated import described, written
from graph.store.seam import Quads

LABEL, TYPE, ALIAS, SAME, IDENTIFIER, SPEAKER = range(6)
"""The kinds of a vote. Speakers, whom claims are attributed to, have votes by name, as if they were entities `s:…`."""

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
    """One claim as one document states it; `object` is an entity id or None. `certainty` as in `Claim`,
    `places`, `firm`, `begins` and `ends` as in `schema`.

    `said` is all of it (see `stated`).
    """

    name: str
    subject: str
    predicate: str
    object: str | None
    certainty: float
    places: int
    firm: int
    begins: int | None
    ends: int | None
    said: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the index keeps of a document: the write that brought it, the day of its publication (if unknown: since when
    it is there) as an ordinal, votes, claims by place, then id; and `said`, all of it but its text (see `stated`).
    """

    document: str
    write: int
    day: int
    votes: tuple[Vote, ...]
    claims: tuple[Stated, ...]
    said: str


def facts_of(quads: Quads, graph: NamedNode) -> Facts | None:
    """The facts of a document, None if it is not there."""
    if not any(quads.quads_for_pattern(graph, WRITTEN, None, DEFAULT)):
        return None
    return facts(version(quads, graph), quads.quads_for_pattern(None, None, None, graph))


def facts(state: Version, quads: Iterable[Any]) -> Facts:
    """The facts out of the quads of the graph of a document in that state."""
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
    claims = [reader.read(name, state.graph) for name, of in nodes.items() if _SUBJECT in of]
    document = document_from(id_of(state.graph), nodes[state.graph])
    return _facts(document, state.began, state.since, votes, claims)


def facts_in(batch: DocumentClaims, write: int, since: datetime) -> Facts:
    """The same out of a batch as its graph has it (see `document_graph`), brought by a write at an instant in UTC."""
    votes = dict.fromkeys(vote for entity in batch.entities for vote in _votes(entity))
    claims = [_in_order(claim) for claim in batch.claims]
    document, taken = batch.document, batch.document.ingested
    if taken is not None and taken.tzinfo:
        document = replace(document, ingested=taken.astimezone(UTC))
    return _facts(document, write, since, tuple(votes), claims)


def _facts(document: Document, write: int, since: datetime, votes: tuple[Vote, ...], claims: list[Claim]) -> Facts:
    day = document.published or since.date()
    claims.sort(key=lambda claim: (claim.evidence[0].start, claim.id))
    speakers = sorted({claim.attributed_to for claim in claims if claim.attributed_to})
    votes += tuple((f"s:{name}", SPEAKER, name) for name in speakers)
    return Facts(document.id, write, day.toordinal(), votes, tuple(map(_stated, claims)), described(document))


def _in_order(claim: Claim) -> Claim:
    """The claim with its evidence and qualifiers as they are read from the quads."""
    if len(claim.evidence) < 2 and len(claim.qualifiers) < 2:
        return claim
    places = tuple(sorted(dict.fromkeys(claim.evidence), key=place_of))
    return replace(claim, evidence=places, qualifiers=tuple(sorted(set(claim.qualifiers))))


def _votes(entity: Entity) -> Iterator[Vote]:
    yield entity.id, LABEL, entity.label
    yield entity.id, TYPE, term(entity.type)
    for alias in entity.aliases:
        yield entity.id, ALIAS, alias
    for name, value in entity.identifiers:
        if is_item(name, value):
            yield entity.id, SAME, WIKIDATA + value
        else:
            yield entity.id, IDENTIFIER, f"{name}={value}"


def _stated(claim: Claim) -> Stated:
    other = claim.object.id if isinstance(claim.object, EntityRef) else None
    firm = 2 if isinstance(claim.object, Quantity) else 1 if claim.modality == "asserted" else 3
    firm = firm if claim.affirmed else 0 if claim.polarity else -1
    begins, ends = (claim.period.start, claim.period.end) if claim.period else (None, None)
    days = (begins.toordinal() if begins else None, ends.toordinal() if ends else None)
    told = (float(claim.certainty), len(claim.evidence), firm)
    return Stated(claim.id, claim.subject.id, claim.predicate, other, *told, *days, written(claim))


def _unnamed(id: str) -> EntityRef:
    return EntityRef(id, "", "")
