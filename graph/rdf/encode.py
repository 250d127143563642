"""A document with its entities and claims as the quads of its graph."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from operator import attrgetter
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
from graph.rdf.terms import TYPE, Node, Triples, entity_node, literal, node, tg
from graph.rdf.values import Described, evidence, period, quantity, quantity_node

_SUBJECT, _PREDICATE, _OBJECT, _OBJECT_TEXT = tg("subject"), tg("predicate"), tg("object"), tg("objectText")
_CLAIM, _CONFIDENCE, _PERIOD, _POLARITY = tg("Claim"), tg("confidence"), tg("period"), tg("polarity")
_LABEL, _ALIAS, _SAME = node(RDFS + "label"), node(SKOS + "altLabel"), node(OWL + "sameAs")
_IDENTIFIER, _EXTRACTED = node(SCHEMA + "identifier"), node(PROV + "wasAttributedTo")
_WORDS = tuple(
    (tg(name), attrgetter(field))
    for name, field in (
        ("basis", "basis"),
        ("basisPeriod", "basis_period"),
        ("of", "of"),
        ("scope", "scope"),
        ("modality", "modality"),
        ("attributedTo", "attributed_to"),
    )
)
MARKS = frozenset(
    tg(name) for name in ("reviewed", "reviewedIn", "reviewedBy", "reviewedAt", "reviewedWhy", "unreliable")
)
_ITEM = re.compile(r"Q[1-9]\d*")


@dataclass(frozen=True, slots=True)
class DocumentGraph:
    """A document's graph on its way to a database: its name, what it says (each claim once, with every entity that
    claims name), and that as statements, each once.
    """

    name: NamedNode
    batch: DocumentClaims
    statements: Collection[tuple[NamedNode, NamedNode, Node]]

    def quads(self) -> Iterator[Quad]:
        """The quads, made one by one: they take several times the memory of the statements."""
        name = self.name
        return (Quad(subject, predicate, value, name) for subject, predicate, value in self.statements)


def encode(batch: DocumentClaims) -> list[Quad]:
    """The quads of the document's graph; see `document_graph`."""
    return list(document_graph(batch).quads())


def document_graph(batch: DocumentClaims) -> DocumentGraph:
    """The document's graph.

    Claims that the batch holds twice are merged. Labels by which claims name an entity beside its own become aliases.
    Raises StoreError for a claim without evidence or with evidence from another document.
    """
    graph = NamedNode(checked_iri(batch.document.id, "d:"))
    claims = _merged(batch)
    batch = replace(batch, claims=tuple(claims), entities=tuple(_entities(batch.entities, claims)))
    extractor = _usual(claim.extractor for claim in batch.claims)
    statements = dict.fromkeys(_document(batch, extractor))
    for entity in batch.entities:
        statements.update(dict.fromkeys(_entity(entity)))
    described: Described = set()
    for claim in batch.claims:
        statements.update(dict.fromkeys(_claim(claim, extractor, described)))
    return DocumentGraph(graph, batch, statements.keys())


def _merged(batch: DocumentClaims) -> list[Claim]:
    by_id: dict[str, list[Claim]] = {}
    for claim in batch.claims:
        if not claim.evidence or any(e.document != batch.document.id for e in claim.evidence):
            raise StoreError(
                f"{batch.document.source}: claim {claim.id} must cite its own document {batch.document.id}; "
                "mend the extractor that made it"
            )
        by_id.setdefault(claim.id, []).append(claim)
    return [same[0] if len(same) == 1 else merge_claims(same) for same in by_id.values()]


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
    subject = entity_node(entity.id)
    yield subject, TYPE, tg(entity.type)
    yield subject, _LABEL, literal(entity.label)
    for alias in entity.aliases:
        yield subject, _ALIAS, literal(alias)
    for name, value in entity.identifiers:
        if is_item(name, value):
            yield subject, _SAME, NamedNode(WIKIDATA + value)
        else:
            yield subject, _IDENTIFIER, literal(f"{name}={value}")


def is_item(name: str, value: str) -> bool:
    """Whether an identifier is an item of Wikidata, which has an IRI."""
    return name == "wikidata" and _ITEM.fullmatch(value) is not None


def _claim(claim: Claim, usual: str, described: Described) -> Triples:
    """A claim with the nodes that it points to, but for the passages that are `described` before."""
    subject = NamedNode(checked_iri(claim.id, "c:"))
    yield subject, TYPE, _CLAIM
    yield subject, _SUBJECT, (about := entity_node(claim.subject.id))
    yield subject, _PREDICATE, (predicate := tg(claim.predicate))
    written = ""
    match claim.object:
        case EntityRef(id=id):
            yield subject, _OBJECT, (other := entity_node(id))
            if claim.affirmed:
                yield about, predicate, other
        case Quantity(text=written) as amount:
            yield subject, _OBJECT, (measured := quantity_node(amount))
            yield from quantity(amount, measured)
        case TextValue(text=text):
            yield subject, _OBJECT_TEXT, literal(text)
    for word, of in _WORDS:
        if (value := of(claim)) is not None:
            yield subject, word, literal(value)
    yield subject, _CONFIDENCE, literal(claim.confidence)
    if claim.period is not None:
        said = period(claim.period)
        yield subject, _PERIOD, said[0][0]
        yield from said
    if not claim.polarity:
        yield subject, _POLARITY, literal(False)
    if claim.derived:
        yield subject, tg("derived"), literal(True)
    if claim.origins:
        yield subject, tg("origins"), literal(json.dumps(claim.origins, ensure_ascii=False))
    for name, value in claim.qualifiers:
        yield subject, node(QUALIFIER + quote(name, safe="")), literal(value)
    if claim.extractor != usual:
        yield subject, _EXTRACTED, _extractor(claim.extractor)
    yield from _marks(subject, claim)
    for place in claim.evidence:
        yield from evidence(subject, place, written, described)


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
