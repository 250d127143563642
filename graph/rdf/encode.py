"""A document with its entities and claims as the quads of its graph."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import quote

from pyoxigraph import NamedNode, Quad

from graph.errors import StoreError
from graph.model import Claim, Document, DocumentClaims, Entity, EntityRef, Quantity, TextValue
from graph.namespaces import (
    DCTERMS,
    EXTRACTOR,
    OWL,
    PROV,
    QUALIFIER,
    RDFS,
    SCHEMA,
    SKOS,
    WIKIDATA,
    checked_iri,
    iri,
)
from graph.rdf.merge import merge_claims
from graph.rdf.terms import TYPE, Triples, literal, node, tg
from graph.rdf.values import evidence, period, period_node, quantity, quantity_node

MARKS = frozenset(
    tg(name) for name in ("reviewed", "reviewedIn", "reviewedBy", "reviewedAt", "reviewedWhy", "unreliable")
)
_ITEM = re.compile(r"Q[1-9]\d*")


def encode(batch: DocumentClaims) -> list[Quad]:
    """The quads of the document's graph, each once.

    Claims that the batch holds twice are merged. Labels by which claims name an entity beside its own become aliases.
    Raises StoreError for a claim without evidence or with evidence from another document.
    """
    graph = NamedNode(checked_iri(batch.document.id, "d:"))
    claims = _merged(batch)
    extractor = _usual(claim.extractor for claim in claims)
    triples = dict.fromkeys(_document(batch, extractor))
    for entity in _entities(batch.entities, claims):
        triples.update(dict.fromkeys(_entity(entity)))
    for claim in claims:
        triples.update(dict.fromkeys(_claim(claim, extractor)))
    return [Quad(*triple, graph) for triple in triples]


def _merged(batch: DocumentClaims) -> list[Claim]:
    by_id: dict[str, list[Claim]] = {}
    for claim in batch.claims:
        if not claim.evidence or any(e.document != batch.document.id for e in claim.evidence):
            raise StoreError(
                f"{batch.document.source}: claim {claim.id} must cite its own document {batch.document.id}; "
                "mend the extractor that made it"
            )
        by_id.setdefault(claim.id, []).append(claim)
    return [merge_claims(same) for same in by_id.values()]


def _usual(extractors: Iterable[str]) -> str:
    counts = Counter(extractors)
    return min(counts, key=lambda name: (-counts[name], name), default="")


def _entities(named: Iterable[Entity], claims: Iterable[Claim]) -> Iterable[Entity]:
    known = {entity.id: entity for entity in named}
    for claim in claims:
        for ref in (claim.subject, claim.object):
            if isinstance(ref, EntityRef):
                entity = known.setdefault(ref.id, Entity(ref.id, ref.label, ref.type))
                if ref.label not in (entity.label, *entity.aliases):
                    known[ref.id] = replace(entity, aliases=(*entity.aliases, ref.label))
    return known.values()


def _document(batch: DocumentClaims, extractor: str) -> Triples:
    document: Document = batch.document
    subject = NamedNode(iri(document.id))
    yield subject, TYPE, node(SCHEMA + "Article")
    yield subject, node(SCHEMA + "name"), literal(document.title)
    yield subject, node(SCHEMA + "text"), literal(document.text)
    yield subject, node(DCTERMS + "source"), literal(document.source)
    yield subject, tg("sha256"), literal(document.sha256)
    yield subject, node(PROV + "wasAttributedTo"), _extractor(extractor)
    if document.published is not None:
        yield subject, node(SCHEMA + "datePublished"), literal(document.published)
    if document.ingested is not None:
        yield subject, node(PROV + "generatedAtTime"), literal(document.ingested)
    if document.outlet is not None:
        yield subject, node(SCHEMA + "publisher"), literal(document.outlet)
    if document.author is not None:
        yield subject, node(SCHEMA + "author"), literal(document.author)
    if batch.notes:
        yield subject, tg("notes"), literal(json.dumps(batch.notes, ensure_ascii=False))


def _entity(entity: Entity) -> Triples:
    subject = NamedNode(checked_iri(entity.id, "e:"))
    yield subject, TYPE, tg(entity.type)
    yield subject, node(RDFS + "label"), literal(entity.label)
    for alias in entity.aliases:
        yield subject, node(SKOS + "altLabel"), literal(alias)
    for name, value in entity.identifiers:
        if name == "wikidata" and _ITEM.fullmatch(value):
            yield subject, node(OWL + "sameAs"), NamedNode(WIKIDATA + value)
        else:
            yield subject, node(SCHEMA + "identifier"), literal(f"{name}={value}")


def _claim(claim: Claim, usual: str) -> Triples:
    subject = NamedNode(checked_iri(claim.id, "c:"))
    yield subject, TYPE, tg("Claim")
    yield subject, tg("subject"), NamedNode(iri(claim.subject.id))
    yield subject, tg("predicate"), tg(claim.predicate)
    match claim.object:
        case EntityRef(id=id):
            other = NamedNode(iri(id))
            yield subject, tg("object"), other
            if claim.affirmed:
                yield NamedNode(iri(claim.subject.id)), tg(claim.predicate), other
        case Quantity() as amount:
            yield subject, tg("object"), quantity_node(amount)
            yield from quantity(amount)
        case TextValue(text=text):
            yield subject, tg("objectText"), literal(text)
    for name, value in (
        ("basis", claim.basis),
        ("basisPeriod", claim.basis_period),
        ("of", claim.of),
        ("scope", claim.scope),
        ("modality", claim.modality),
        ("attributedTo", claim.attributed_to),
    ):
        if value is not None:
            yield subject, tg(name), literal(value)
    yield subject, tg("confidence"), literal(claim.confidence)
    if claim.period is not None:
        yield subject, tg("period"), period_node(claim.period)
        yield from period(claim.period)
    if not claim.polarity:
        yield subject, tg("polarity"), literal(False)
    if claim.derived:
        yield subject, tg("derived"), literal(True)
    if claim.origins:
        yield subject, tg("origins"), literal(json.dumps(claim.origins, ensure_ascii=False))
    for name, value in claim.qualifiers:
        yield subject, node(QUALIFIER + quote(name, safe="")), literal(value)
    if claim.extractor != usual:
        yield subject, node(PROV + "wasAttributedTo"), _extractor(claim.extractor)
    yield from _marks(subject, claim)
    written = claim.object.text if isinstance(claim.object, Quantity) else ""
    for place in claim.evidence:
        yield from evidence(subject, place, written)


def _marks(subject: NamedNode, claim: Claim) -> Triples:
    """What judgements add to a claim; `MARKS` are the predicates."""
    if claim.review is not None:
        review = claim.review
        yield subject, tg("reviewed"), literal(review.status)
        yield subject, tg("reviewedIn"), NamedNode(iri(review.judgement))
        yield subject, tg("reviewedBy"), literal(review.by)
        yield subject, tg("reviewedAt"), literal(review.at)
        yield subject, tg("reviewedWhy"), literal(review.why)
    if claim.unreliable:
        yield subject, tg("unreliable"), literal(True)


def _extractor(name: str) -> NamedNode:
    return node(EXTRACTOR + quote(name, safe=""))
