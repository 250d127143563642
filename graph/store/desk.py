"""The corrections desk of a store: what judgements do to documents' graphs, and what is kept so as to undo it.

A document's graph always holds its corrected batch. Where that is more than the computed one with marks on its claims,
the default graph keeps the computed one packed, and names what the corrections hide:

document:1c04… tg:computed "eNq…"^^xsd:base64Binary ; tg:covers claim:9f0c… , entity:nvidia-corp .
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import cast

from pyoxigraph import Literal, NamedNode, Quad

from graph.judgements import Judgement, Rulings, apply, decode_judgements
from graph.judgements.apply import trace
from graph.judgements.edits import edited
from graph.judgements.model import OF_CLAIMS
from graph.judgements.rdf import GRAPH as JUDGED
from graph.judgements.rulings import is_source
from graph.model import Claim, DocumentClaims, EntityRef
from graph.namespaces import DCTERMS, RDFS, SCHEMA, id_of, iri
from graph.rdf import decode, encode
from graph.rdf.decode import document_from
from graph.rdf.encode import MARKS
from graph.rdf.terms import TYPE, node, properties, tg
from graph.store.history import BINARY, DEFAULT, packed, unpacked
from graph.store.seam import Quads

COMPUTED, COVERS = tg("computed"), tg("covers")
_LABEL, _CLAIM = node(RDFS + "label"), tg("Claim")
_SOURCE = (node(DCTERMS + "source"), node(SCHEMA + "publisher"))


@dataclass(frozen=True, slots=True)
class Corrected:
    """A document's graph as corrected, and its bookkeeping in the default graph."""

    graph: list[Quad]
    book: list[Quad]


def judgements(quads: Quads) -> list[Judgement]:
    """Every judgement on record, oldest first."""
    return decode_judgements(quads.quads_for_pattern(None, None, None, JUDGED))


def corrected(rulings: Rulings, computed: list[Quad]) -> Corrected:
    """What a document's graph holds, given what was computed from it."""
    batch = decode(computed)
    made = apply(rulings, batch)
    graph = computed if made is batch else encode(made)
    if set(unmarked(graph)) == set(computed):
        return Corrected(graph, [])
    name = NamedNode(iri(batch.document.id))
    book = [Quad(name, COMPUTED, Literal(packed(computed), datatype=BINARY), DEFAULT)]
    hidden = _passed(rulings, batch) - {*_claims(made), *(entity.id for entity in _entities(made))}
    book += [Quad(name, COVERS, NamedNode(iri(item)), DEFAULT) for item in sorted(hidden)]
    return Corrected(graph, book)


def marked(batch: DocumentClaims) -> bool:
    """Whether a batch carries marks of judgements already, as one out of an export does."""
    return any(claim.review or claim.unreliable for claim in batch.claims)


def unmarked(quads: Iterable[Quad]) -> list[Quad]:
    """A document's graph without the marks that judgements leave on claims."""
    return [quad for quad in quads if quad.predicate not in MARKS]


def computed_quads(quads: Quads, graph: NamedNode) -> list[Quad]:
    """What was computed from a document that is there."""
    for kept in quads.quads_for_pattern(graph, COMPUTED, None, DEFAULT):
        return list(unpacked(cast(Literal, kept.object).value))
    return unmarked(quads.quads_for_pattern(None, None, None, graph))


def revision(quads: Quads, graph: NamedNode, rulings: Rulings) -> tuple[set[Quad], set[Quad]]:
    """What has to go and what has to come for the document to be as the rulings have it."""
    held = set(quads.quads_for_pattern(None, None, None, graph))
    for predicate in (COMPUTED, COVERS):
        held.update(quads.quads_for_pattern(graph, predicate, None, DEFAULT))
    made = corrected(rulings, computed_quads(quads, graph))
    wanted = {*made.graph, *made.book}
    return held - wanted, wanted - held


def affected(quads: Quads, judgement: Judgement) -> set[str]:
    """The documents (IRIs of their graphs) that a judgement may bear on."""
    if judgement.kind == "unreliable":
        return set(documents_of(quads, judgement.target))
    behind = [NamedNode(iri(item)) for item in judgement.behind]
    if judgement.kind in OF_CLAIMS:
        return {name for claim in behind for name in _holding(quads, claim, TYPE, _CLAIM)}
    entities = [*behind, NamedNode(iri(judgement.target))]
    found = {name for entity in entities for name in _holding(quads, entity, _LABEL, None)}
    if judgement.kind != "split":
        return found
    claims = [NamedNode(iri(claim)) for claim in judgement.value["claims"]]
    chosen = {iri(document) for document in judgement.value["documents"]}
    return found & (chosen | {name for claim in claims for name in _holding(quads, claim, TYPE, _CLAIM)})


def _holding(quads: Quads, name: NamedNode, predicate: NamedNode, value: NamedNode | None) -> Iterator[str]:
    """The documents that name a claim or entity, openly or covered by a correction."""
    for quad in quads.quads_for_pattern(name, predicate, value, None):
        yield cast(NamedNode, quad.graph_name).value
    for quad in quads.quads_for_pattern(None, COVERS, name, DEFAULT):
        yield cast(NamedNode, quad.subject).value


def documents_of(quads: Quads, source: str) -> Iterator[str]:
    """The documents (IRIs of their graphs) of a source: a document's id, an outlet or a domain."""
    if source.startswith("d:"):
        name = NamedNode(iri(source))
        if any(quads.quads_for_pattern(name, _SOURCE[0], None, name)):
            yield name.value
        return
    for quad in quads.quads_for_pattern(None, _SOURCE[0], None, None):
        name = cast(NamedNode, quad.graph_name)
        said = (q for predicate in _SOURCE for q in quads.quads_for_pattern(name, predicate, None, name))
        document = document_from(id_of(name.value), properties((q.predicate, q.object) for q in said))
        if is_source(document, source):
            yield name.value


def behind_claim(quads: Quads, claim: str, rulings: Rulings) -> tuple[str, ...]:
    """The ids, as computed, of the claims that are shown as this one; itself if a correction hides it; empty if there
    is no such claim.
    """
    name, found = NamedNode(iri(claim)), set[str]()
    for quad in quads.quads_for_pattern(name, TYPE, _CLAIM, None):
        batch = decode(computed_quads(quads, cast(NamedNode, quad.graph_name)))
        found |= {computed for computed, made in trace(rulings, batch) if made is not None and made.id == claim}
    if not found and any(quads.quads_for_pattern(None, COVERS, name, DEFAULT)):
        found = {claim}
    return tuple(sorted(found))


def hidden_claim(quads: Quads, claim: str) -> Claim:
    """A claim that corrections hide, as computed in the first document that has it."""
    (graph, *_) = sorted(_holding(quads, NamedNode(iri(claim)), TYPE, _CLAIM))
    computed = decode(computed_quads(quads, NamedNode(graph))).claims
    return next(made for made in computed if made.id == claim)


def behind_entity(quads: Quads, entity: str, rulings: Rulings) -> tuple[str, ...]:
    """The ids, as computed, of the entities that are shown as this one; empty if there is no such entity."""
    name = NamedNode(iri(entity))
    if not any(quads.quads_for_pattern(name, _LABEL, None, None)):
        return ()
    merged = [known for known, (into, _) in rulings.merged.items() if rulings.root(into).id == entity]
    return tuple(sorted({entity, *merged}))


def _passed(rulings: Rulings, batch: DocumentClaims) -> set[str]:
    """The claims and entities that were computed, and those that each passes on its way to what is shown."""
    edits = (edited(claim, rulings.claims[claim.id].fields) for claim in batch.claims if claim.id in rulings.claims)
    named = [*_entities(batch), *_entities(replace(batch, entities=(), claims=tuple(edits)))]
    named += [split.new for entity in named for split in rulings.splits.get(entity.id, ())]
    return {*_claims(batch), *(passed.id for entity in named for passed in rulings.chain(entity))}


def _claims(batch: DocumentClaims) -> set[str]:
    return {claim.id for claim in batch.claims}


def _entities(batch: DocumentClaims) -> list[EntityRef]:
    ends = [end for claim in batch.claims for end in (claim.subject, claim.object) if isinstance(end, EntityRef)]
    return [*ends, *(entity.ref for entity in batch.entities)]
