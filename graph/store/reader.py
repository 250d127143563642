"""The reading half of a store, the same for a store as it is and for a look at its past."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime

import pyoxigraph
from pyoxigraph import Literal, NamedNode

from graph.errors import QueryError, UnknownError
from graph.judgements.model import Judgement
from graph.model import Claim, Document, Entity
from graph.namespaces import PREFIXES, checked_iri
from graph.store.index.finding import Given
from graph.store.names import alike
from graph.store.protocol import ClaimFilter, Counts, Days, Joined, Rows, Store, Term
from graph.store.reading import Reading
from graph.store.seam import Quads
from graph.store.touched import Touched


class Reader(ABC):
    """Answers from a `Reading`; what its methods do and raise is said in `Store`."""

    @abstractmethod
    def _now(self) -> AbstractContextManager[Reading]:
        """The reading of the present version; nobody writes while the block runs."""

    @abstractmethod
    def _queried(self) -> AbstractContextManager[Quads]:
        """The quads for a query, which may run beside writers."""

    @abstractmethod
    def at(self, *, as_of: date | None = None, known_at: datetime | None = None) -> Store:
        """See `Store`."""

    def documents(self, ids: Sequence[str] | None = None) -> list[Document]:
        """All documents in order of ingest, texts left out (`text` is ""); with `ids` those of them that are there."""
        with self._now() as reading:
            return reading.documents(ids)

    def document_ids(self) -> list[str]:
        """The ids of all documents in order of ingest."""
        with self._now() as reading:
            return reading.document_ids()

    def document(self, document_id: str) -> Document:
        """One document with its text; UnknownError if it is not there."""
        checked_iri(document_id, "d:")
        with self._now() as reading:
            if not reading.has_document(document_id):
                raise no_document(document_id)
            return reading.document(document_id)

    def claims(self, where: ClaimFilter | None = None) -> Iterator[Claim]:
        """Claims with all their evidence, by the order of ingest and their place in the text; see `Store`."""
        where = where or ClaimFilter()
        if where.as_of is not None or where.known_at is not None:
            then = self.at(as_of=where.as_of, known_at=where.known_at)
            return then.claims(replace(where, as_of=None, known_at=None))
        with self._now() as reading:
            return iter(reading.claims(where))

    def matching(
        self,
        *,
        subjects: Sequence[str] = (),
        predicates: Sequence[str] = (),
        objects: Sequence[str] = (),
        either: Sequence[str] = (),
        saying: Sequence[str] = (),
        mentioning: Sequence[str] = (),
        counted: Sequence[str] = (),
        days: Days | None = None,
        limit: int | None = None,
    ) -> list[Claim]:
        """The claims with one of each of these, by id; see `Store`."""
        given = Given(subjects, objects, either, predicates, saying, mentioning, counted, days)
        with self._now() as reading:
            return reading.matching(given, limit)

    def joined(
        self,
        *,
        subjects: Sequence[str] = (),
        predicates: Sequence[str] = (),
        objects: Sequence[str] = (),
        either: Sequence[str] = (),
        most: int = 2,
    ) -> list[Joined]:
        """Whom these relations join to one of the given; see `Store`."""
        with self._now() as reading:
            return reading.joined(Given(subjects, objects, either, predicates), most)

    def each_claim(self, ids: Sequence[str]) -> list[Claim]:
        """Those of the claims that are there, in the order of the ids."""
        with self._now() as reading:
            return reading.each_claim(ids)

    def attested(self, ids: Sequence[str], *, limit: int, offset: int = 0) -> list[Claim]:
        """A page of the firm claims about one of these, the best attested first; see `Store`."""
        with self._now() as reading:
            return reading.attested(ids, limit, offset)

    def neighbours(self, ids: Sequence[str]) -> frozenset[str]:
        """The entities (ids) that some claim joins to one of these, on either side and whatever it says."""
        with self._now() as reading:
            return reading.neighbours(ids)

    def touching(self, ids: Sequence[str], near: Sequence[str]) -> frozenset[str]:
        """Those of the entities (ids) that some claim joins to one of the others."""
        with self._now() as reading:
            return reading.touching(ids, near)

    def speakers(self) -> list[str]:
        """Everybody whom a claim is attributed to, by name."""
        with self._now() as reading:
            return reading.speakers()

    def last_day(self) -> date | None:
        """The latest day on which a document was published (not known: since when it is there), None without any."""
        with self._now() as reading:
            return reading.last_day()

    def count_claims(self, where: ClaimFilter | None = None) -> int:
        """How many claims the filter lets through, whatever its page."""
        where = where or ClaimFilter()
        if where.as_of is not None or where.known_at is not None:
            then = self.at(as_of=where.as_of, known_at=where.known_at)
            return then.count_claims(replace(where, as_of=None, known_at=None))
        with self._now() as reading:
            return reading.count(where)

    def claim(self, claim_id: str) -> Claim:
        """One claim by id; UnknownError if it is not there."""
        checked_iri(claim_id, "c:")
        with self._now() as reading:
            found = reading.claim(claim_id)
        if found is None:
            raise UnknownError(f"no claim {claim_id} in this graph: `tollgraph claims` lists them")
        return found

    def entities(self, query: str | None = None, *, type: str | None = None, limit: int | None = None) -> list[Entity]:
        """Entities, most claims first; `query` matches labels, aliases and identifiers (see graph.store.names)."""
        with self._now() as reading:
            return reading.found(query, type=type, limit=limit)

    def entity(self, entity_id: str) -> Entity:
        """One entity by id; UnknownError, with ids that come near, if it is not there."""
        checked_iri(entity_id, "e:")
        with self._now() as reading:
            found = reading.entity(entity_id)
        if found is None:
            words = entity_id[2:].replace("-", " ")
            near = tuple(entity.id for entity in alike(self.entities(), words, cutoff=60)[:3])
            hint = f"; did you mean {', '.join(near)}?" if near else ": `tollgraph entities` lists them"
            raise UnknownError(f"no entity {entity_id} in this graph{hint}", near)
        return found

    def each_entity(self, ids: Sequence[str]) -> list[Entity]:
        """Those of the entities that are there, in any order."""
        with self._now() as reading:
            return reading.each_entity(ids)

    def judgements(self, *, about: str | None = None) -> list[Judgement]:
        """Every judgement on record, oldest first; only those about the claim, entity, document or source if given."""
        with self._now() as reading:
            return [made for made in reading.judgements() if about is None or made.about(about)]

    def counts(self) -> Counts:
        """How many documents, entities and claims there are."""
        with self._now() as reading:
            return reading.counts()

    def touched(self, since: int) -> Touched | None:
        """What is otherwise than at that version; None if the store cannot tell."""
        with self._now() as reading:
            return reading.touched(since)

    def select(self, sparql: str) -> Rows:
        """Run a trusted SELECT over the union of all graphs, with the usual prefixes; QueryError if it is malformed."""
        with self._queried() as quads:
            found = solutions(quads, sparql)
            names = tuple(variable.value for variable in found.variables)
            return Rows(names, tuple(tuple(None if t is None else term_of(t) for t in row) for row in found))


def solutions(quads: Quads, sparql: str) -> pyoxigraph.QuerySolutions:
    """The rows of a SELECT over the union of all graphs, with the usual prefixes; QueryError for anything else."""
    try:
        found = quads.query(sparql, use_default_graph_as_union=True, prefixes=PREFIXES)
    except SyntaxError as problem:
        raise QueryError(f"malformed SPARQL: {str(problem).splitlines()[0]}") from None
    if not isinstance(found, pyoxigraph.QuerySolutions):
        raise QueryError("only SELECT queries give rows; run others with `tollgraph sparql`")
    return found


def no_document(document_id: str) -> UnknownError:
    """What is said of a document that is not there."""
    return UnknownError(f"no document {document_id} in this graph: `tollgraph documents` lists them")


def term_of(term: NamedNode | pyoxigraph.BlankNode | Literal | pyoxigraph.Triple) -> Term:
    """A term as a plain value; a quoted triple (RDF 1.2), which no document holds, as its text."""
    match term:
        case NamedNode(value=value):
            return Term("iri", value)
        case Literal():
            return Term("literal", term.value, None if term.language else term.datatype.value, term.language)
        case pyoxigraph.BlankNode(value=value):
            return Term("bnode", value)
        case _:
            return Term("literal", str(term))
