"""Documents, claims and entities out of the quads, merged over the documents that state them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import cast

from pyoxigraph import Literal, NamedNode, Quad

from graph.errors import UnknownError
from graph.judgements.model import Judgement
from graph.model import Claim, Document, Entity, EntityRef, Quantity
from graph.namespaces import DCTERMS, DOCUMENT, PROV, RDFS, SCHEMA, checked_iri, id_of, iri, name_of
from graph.rdf.decode import ClaimReader, document_from, entity_from
from graph.rdf.merge import merge_claims, merge_entities
from graph.rdf.terms import TYPE, Node, Properties, node, properties, tg
from graph.store.census import all_entities, count_entities
from graph.store.desk import judgements
from graph.store.history import DEFAULT, WRITTEN, versions
from graph.store.index.finding import Given
from graph.store.joining import joined
from graph.store.names import matching
from graph.store.protocol import ClaimFilter, Counts, Joined
from graph.store.seam import Quads
from graph.store.touched import Touched

Votes = dict[str, list[tuple[int, str]]]
"""Predicate IRI → (minus the number of documents that say so, value)."""

_REMEMBERED = 50_000
_MANY = 20_000
_CLAIM = tg("Claim")
_LABEL = node(RDFS + "label")
_EXTRACTED = node(PROV + "wasAttributedTo")
METADATA = (
    *(node(SCHEMA + name) for name in ("name", "datePublished", "publisher", "author")),
    *(node(name) for name in (DCTERMS + "source", PROV + "generatedAtTime")),
    tg("sha256"),
)


class Reading:
    """Reads one version of the quads by going through them; remembers names, documents and claims."""

    def __init__(self, quads: Quads) -> None:
        self._quads = quads
        self._refs: dict[str, EntityRef] = {}
        self._merged: dict[str, Claim] = {}

    def documents(self, ids: Sequence[str] | None = None) -> list[Document]:
        """These documents, or all in order of ingest, without their texts; those that are not there are left out."""
        held = self._documents
        return [held[name] for name in (held if ids is None else ids) if name in held]

    def document_ids(self) -> list[str]:
        """The ids of all documents in order of ingest."""
        return list(self._documents)

    def touched(self, since: int) -> Touched | None:
        """What writes after that version changed, None if that is not known."""
        del since
        return None

    def document(self, id: str) -> Document:
        """One document, which must be there, with its text."""
        return document_from(id, self._properties(iri(id), iri(id)))

    def claims(self, where: ClaimFilter) -> list[Claim]:
        """A page of the claims that the filter lets through, by document and place."""
        found = self._all(where)
        if where.after is not None:
            last = self.claim(where.after)
            if last is None:
                raise UnknownError(f"no claim {where.after} in this graph to go on after: begin again without it")
            found = [claim for claim in found if self._place(claim) > self._place(last)]
        return found[where.offset :][: where.limit]

    def count(self, where: ClaimFilter) -> int:
        """How many claims the filter lets through, whatever its page."""
        return len(self._all(where))

    def _all(self, where: ClaimFilter) -> list[Claim]:
        reader = self._reader()
        found = (self._claim(claim, reader) for claim in self._candidates(where))
        least = Decimal(str(where.min_confidence or 0))
        return sorted((claim for claim in found if claim and claim.certainty >= least), key=self._place)

    def matching(self, given: Given, limit: int | None = None) -> list[Claim]:
        """The claims with one of each of these, by id, or the first so many of them."""
        found: list[set[str]] = []
        for side, names in given.sides.items():
            sides = ("subject", "object") if side == "either" else (side,)
            found.append({c for of in sides for name in names for c in self._having(of, NamedNode(iri(name)))})
        predicates = given.predicate
        if found:
            claims = set.intersection(*found)
            if predicates:
                claims = {c for name in predicates for c in self._of_predicate(claims, tg(name))}
        else:
            having = [("predicate", tg(name)) for name in predicates] or [("type", _CLAIM)]
            claims = {c for one in having for c in self._having(*one)}
        reader = self._reader()
        return [claim for name in sorted(claims)[:limit] if (claim := self._claim(name, reader))]

    def attested(self, ids: Sequence[str], limit: int, offset: int) -> list[Claim]:
        """A page of the firm claims about one of these, the best attested first; see `Store.attested`."""

        def order(claim: Claim) -> tuple[bool, bool, int, str]:
            return claim.subject.id not in ids, isinstance(claim.object, Quantity), -len(claim.evidence), claim.id

        firm = (claim for claim in (self.matching(Given(either=ids)) if ids else ()) if claim.affirmed)
        return sorted(firm, key=order)[offset : offset + limit]

    def neighbours(self, ids: Sequence[str]) -> frozenset[str]:
        """The entities that some claim joins to one of these."""
        asked = frozenset(ids)
        joined = [
            (c.subject.id, c.object.id) for c in self.matching(Given(either=ids)) if isinstance(c.object, EntityRef)
        ]
        return frozenset(b for pair in joined for a, b in (pair, pair[::-1]) if a in asked)

    def touching(self, ids: Sequence[str], near: Sequence[str]) -> frozenset[str]:
        """Those of the entities that some claim joins to one of the others."""
        return frozenset(ids) & self.neighbours(near)

    def joined(self, given: Given, most: int) -> list[Joined]:
        """Whom relations join to one of the given; see `Store.joined`."""
        claims = self.matching(given)
        ends = {ref.id: ref for c in claims for ref in (c.subject, c.object) if isinstance(ref, EntityRef)}
        ties = [
            (c.subject.id, c.object.id, c.id, (1 if c.modality == "asserted" else 3) if c.affirmed else -1)
            for c in claims
            if isinstance(c.object, EntityRef) and (c.affirmed or not c.polarity)
        ]
        return joined(ties, ends, given, most)

    def each_claim(self, ids: Sequence[str]) -> list[Claim]:
        """Those of the claims that are there, in the order of the ids."""
        return [claim for name in ids if (claim := self.claim(name)) is not None]

    def speakers(self) -> list[str]:
        """Everybody whom a claim is attributed to, by name."""
        said = self._quads.quads_for_pattern(None, tg("attributedTo"), None, None)
        return sorted({cast(Literal, quad.object).value for quad in said})

    def last_day(self) -> date | None:
        """The latest day on which a document was published (not known: since when it is there)."""
        there = versions(self._quads)
        days = (document.published or there[iri(name)].since.date() for name, document in self._documents.items())
        return max(days, default=None)

    def claim(self, id: str) -> Claim | None:
        """One claim, or None."""
        return self._claim(iri(id), self._reader())

    def entities(self) -> list[Entity]:
        """All entities, most claims first."""
        return list(self._entities)

    def found(self, query: str | None, *, type: str | None, limit: int | None) -> list[Entity]:
        """The entities of a type that a query names, best first (see graph.store.names); None for any."""
        held = [entity for entity in self.entities() if type is None or entity.type == type]
        return (held if query is None else matching(held, query))[:limit]

    def entity(self, id: str) -> Entity | None:
        """One entity with its claim count, or None."""
        found = self._entity(id)
        return found and replace(found, claims=len(self._about(NamedNode(iri(id)))))

    def each_entity(self, ids: Sequence[str]) -> list[Entity]:
        """Those of the entities that are there, in any order."""
        return [entity for name in ids if (entity := self.entity(name))]

    def ref(self, id: str) -> EntityRef:
        """The entity by the label and type that most documents give it; by its id if none names it."""
        if id not in self._refs:
            votes = self._votes(iri(id))
            label, kind = (min(votes[p.value])[1] if votes[p.value] else "" for p in (_LABEL, TYPE))
            self._refs[id] = EntityRef(id, label or id, name_of(kind))
        return self._refs[id]

    def has_document(self, id: str) -> bool:
        """Whether a document is there."""
        return id in self._order

    def judgements(self) -> list[Judgement]:
        """Every judgement on record, oldest first."""
        return judgements(self._quads)

    def _votes(self, entity: str) -> Votes:
        """Counted here: over a damaged table Oxigraph's GROUP BY would gather the same error until memory is gone."""
        votes: Votes = {}
        for predicate in (_LABEL, TYPE):
            said = self._quads.quads_for_pattern(NamedNode(entity), predicate, None, None)
            counts = Counter(cast(NamedNode, quad.object).value for quad in said)
            votes[predicate.value] = [(-count, value) for value, count in counts.items()]
        return votes

    def counts(self) -> Counts:
        """Distinct documents, entities and claims."""
        return self._counts

    @cached_property
    def _counts(self) -> Counts:
        return Counts(len(self._order), count_entities(self._quads), len(self._having("type", _CLAIM)))

    @cached_property
    def _order(self) -> dict[str, int]:
        """Document id → the write that brought it."""
        stamps = self._quads.quads_for_pattern(None, WRITTEN, None, DEFAULT)
        of_documents = (quad for quad in stamps if _subject(quad).startswith(DOCUMENT))
        return {id_of(_subject(quad)): int(cast(Literal, quad.object).value) for quad in of_documents}

    @cached_property
    def _documents(self) -> dict[str, Document]:
        ids = sorted(self._order, key=self._order.__getitem__)
        return {document: document_from(document, self._without_text(iri(document))) for document in ids}

    @cached_property
    def _entities(self) -> list[Entity]:
        return all_entities(self._quads)

    def _entity(self, id: str) -> Entity | None:
        said: defaultdict[str, list[tuple[NamedNode, Node]]] = defaultdict(list)
        for quad in self._quads.quads_for_pattern(NamedNode(iri(id)), None, None, None):
            said[_graph(quad)].append((quad.predicate, quad.object))
        return merge_entities([entity_from(id, properties(pairs)) for pairs in said.values()]) if said else None

    def _candidates(self, where: ClaimFilter) -> set[str]:
        narrowing: list[set[str]] = []
        if where.about is not None:
            narrowing.append(self._about(NamedNode(checked_iri(where.about, "e:"))))
        if where.subject is not None:
            narrowing.append(self._having("subject", NamedNode(checked_iri(where.subject, "e:"))))
        if where.object is not None:
            narrowing.append(self._having("object", NamedNode(checked_iri(where.object, "e:"))))
        if where.document is not None:
            narrowing.append(self._having("type", _CLAIM, NamedNode(checked_iri(where.document, "d:"))))
        if not narrowing:
            value = _CLAIM if where.predicate is None else tg(where.predicate)
            return self._having("type" if where.predicate is None else "predicate", value)
        found = set.intersection(*narrowing)
        return found if where.predicate is None else self._of_predicate(found, tg(where.predicate))

    def _of_predicate(self, claims: set[str], predicate: NamedNode) -> set[str]:
        """Those of the claims that have the predicate, looked up one by one unless they are very many."""
        if len(claims) > _MANY:
            return claims & self._having("predicate", predicate)
        role = tg("predicate")
        return {c for c in claims if any(self._quads.quads_for_pattern(NamedNode(c), role, predicate, None))}

    def _about(self, entity: NamedNode) -> set[str]:
        return self._having("subject", entity) | self._having("object", entity)

    def _having(self, name: str, value: NamedNode, graph: NamedNode | None = None) -> set[str]:
        predicate = TYPE if name == "type" else tg(name)
        return {_subject(quad) for quad in self._quads.quads_for_pattern(None, predicate, value, graph)}

    def _claim(self, claim: str, reader: ClaimReader) -> Claim | None:
        """The claim as all documents state it together."""
        if claim in self._merged:
            return self._merged[claim]
        stated = self._quads.quads_for_pattern(NamedNode(claim), TYPE, _CLAIM, None)
        places = sorted((_graph(quad) for quad in stated), key=lambda graph: self._order[id_of(graph)])
        if not places:
            return None
        merged = merge_claims([reader.read(claim, graph) for graph in places])
        if len(self._merged) < _REMEMBERED:
            self._merged[claim] = merged
        return merged

    def _place(self, claim: Claim) -> tuple[int, int, str]:
        first = claim.evidence[0]
        return self._order[first.document], first.start, claim.id

    def _reader(self) -> ClaimReader:
        return ClaimReader(self._behind, self.ref)

    def _behind(self, subject: str, graph: str) -> Properties:
        """What a claim may ask of a node; of the document itself only its extractor, which spares its text."""
        if subject != graph:
            return self._properties(subject, graph)
        found = self._quads.quads_for_pattern(NamedNode(subject), _EXTRACTED, None, NamedNode(graph))
        return properties((quad.predicate, quad.object) for quad in found)

    def _properties(self, subject: str, graph: str) -> Properties:
        found = self._quads.quads_for_pattern(NamedNode(subject), None, None, NamedNode(graph))
        return properties((quad.predicate, quad.object) for quad in found)

    def _without_text(self, document: str) -> Properties:
        name = NamedNode(document)
        found = (self._quads.quads_for_pattern(name, predicate, None, name) for predicate in METADATA)
        return properties((quad.predicate, quad.object) for quads in found for quad in quads)


def _subject(quad: Quad) -> str:
    return cast(NamedNode, quad.subject).value


def _graph(quad: Quad) -> str:
    return cast(NamedNode, quad.graph_name).value
