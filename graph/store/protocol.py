"""What every store does. The embedded Oxigraph store is the default; a SPARQL server may take its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from graph.judgements.model import Judgement, Proposal
from graph.model import Claim, Document, DocumentClaims, Entity, EntityRef
from graph.store.touched import Touched

if TYPE_CHECKING:
    from pathlib import Path

    import rdflib
    from pyoxigraph import Quad

    from graph.change.watch import Watch


@dataclass(frozen=True, slots=True)
class Term:
    """One RDF term of a result row. `kind` is "iri", "literal" or "bnode"."""

    kind: str
    value: str
    datatype: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """The result of a SELECT: variable names, and a row of terms (None where unbound) for each solution."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are."""

    documents: int
    entities: int
    claims: int


@dataclass(frozen=True, slots=True)
class Days:
    """Claims by their period: one that has a day between `first` and `last` or, if `beginning`, that begins there
    (where no days are given: of which no first day is known).

    `undated` is what a document must state of a claim whose period is not known; None leaves these out.
    """

    first: date | None
    last: date | None
    beginning: bool = False
    undated: str | None = None


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody at the other end of relations: the firm claims (ids, the first ones). If some are denied, `contested`
    are all denials and all that is only reported, which `claims` are without.
    """

    entity: EntityRef
    claims: tuple[str, ...]
    contested: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims to read; every field that is set narrows. `about` is an entity id (as subject or object).

    `as_of` and `known_at` read the claims off `Store.at`. Of what is left, in order, come those after the claim `after`
    (an id), then after leaving out `offset` of them at most `limit`: what a page costs does not grow with the rest.
    """

    about: str | None = None
    subject: str | None = None
    object: str | None = None
    predicate: str | None = None
    document: str | None = None
    as_of: date | None = None
    known_at: datetime | None = None
    min_confidence: float | None = None
    limit: int | None = None
    offset: int = 0
    after: str | None = None


class Store(Protocol):
    """Documents, claims and judgements as RDF. Writes are whole documents, atomic; reads see whole documents only.

    Reading methods raise `UnknownError` for ids that are not there, `StoreError` when the store itself fails.
    """

    @property
    def path(self) -> Path | None:
        """The folder of the store; None in memory, on a server, and for a look at the past."""

    def put(self, batch: DocumentClaims) -> None:
        """Add a document with its claims, or replace the one of the same id, in one transaction.

        Raises ShapeError for one that breaks the shapes of the vocabulary or misquotes its text; nothing changes then.
        """

    def put_many(self, batches: Iterable[DocumentClaims], *, told: Callable[[int], None] = lambda _: None) -> int:
        """Add documents in groups, each one transaction; how many. `told` is given how many are safely in.

        Several times as fast as `put`. Raises what `put` raises; the groups before are in then.
        """

    def remove(self, document_id: str, *, forget: bool = False) -> None:
        """Take a document out again with every claim that only it supports.

        What it was stays in the journal for `at`, unless `forget`, which erases all its former states too.
        """

    def at(self, *, as_of: date | None = None, known_at: datetime | None = None) -> Store:
        """A read-only look at the documents published (if unknown: ingested) by the end of the day `as_of`, as the
        store knew them at the instant `known_at`; the store itself if neither is given.
        """

    def judge(self, proposal: Proposal) -> Judgement:
        """Record a judgement and correct the documents that it bears on, in one transaction.

        UnknownError for a target that is not there, SettingsError or QueryError for what cannot be judged so.
        """

    def record(self, judgements: Iterable[Judgement]) -> None:
        """Take judgements over as they stand (from another store), in one transaction; those on record stay."""

    def revoke(self, judgement_id: str, *, by: str, why: str) -> Judgement:
        """Take a judgement back; it stays on record. UnknownError if there is none, QueryError if it is revoked."""

    def judgements(self, *, about: str | None = None) -> list[Judgement]:
        """Every judgement on record, oldest first; `about` an id (claim, entity, document, judgement) or a source."""

    def watch(self, watch: Watch) -> None:
        """Keep a watch list (in the place of one of the same name); SettingsError for one that makes no sense."""

    def unwatch(self, name: str) -> None:
        """Forget a watch list; UnknownError if there is none of that name."""

    def documents(self, ids: Sequence[str] | None = None) -> list[Document]:
        """All documents in order of ingest, texts left out (`text` is ""); with `ids` those of them that are there."""

    def document_ids(self) -> list[str]:
        """The ids of all documents in order of ingest: what `documents` gives, where the rest is not needed."""

    def document(self, document_id: str) -> Document:
        """One document with its text."""

    def claims(self, where: ClaimFilter | None = None) -> Iterator[Claim]:
        """Claims with all their evidence, by the write that brought their first document, their place in it, their id.

        UnknownError for an `after` that is not there.
        """

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
        """The claims with one of each of these, by id; what is empty may be anything, `either` is on either side. With
        `limit` the first so many.

        `saying`: only those of which one document's statement, or the names of those that it is about, may have words
        that begin so; `mentioning`: or its title. `counted`: only those that may have such words right behind a number.
        `days`: only those of such a period. A store that cannot tell leaves none out.
        """

    def joined(
        self,
        *,
        subjects: Sequence[str] = (),
        predicates: Sequence[str] = (),
        objects: Sequence[str] = (),
        either: Sequence[str] = (),
        most: int = 2,
    ) -> list[Joined]:
        """Whom these relations join to one of the given, who are all on one side: one other end each, by its id, with
        the first so many firm claims.
        """

    def each_claim(self, ids: Sequence[str]) -> list[Claim]:
        """Those of the claims that are there, in the order of the ids."""

    def attested(self, ids: Sequence[str], *, limit: int, offset: int = 0) -> list[Claim]:
        """A page of the firm claims (neither denied nor hedged) about one of these: those with it as the subject first,
        relations before amounts, then those that stand in most passages, by id.
        """

    def neighbours(self, ids: Sequence[str]) -> frozenset[str]:
        """The entities (ids) that some claim joins to one of these, on either side and whatever it says."""

    def touching(self, ids: Sequence[str], near: Sequence[str]) -> frozenset[str]:
        """Those of the entities (ids) that some claim joins to one of the others."""

    def speakers(self) -> list[str]:
        """Everybody whom a claim is attributed to, by name."""

    def last_day(self) -> date | None:
        """The latest day on which a document was published (not known: since when it is there), None without any."""

    def count_claims(self, where: ClaimFilter | None = None) -> int:
        """How many claims the filter lets through, whatever its page."""

    def claim(self, claim_id: str) -> Claim:
        """One claim by id."""

    def entities(self, query: str | None = None, *, type: str | None = None, limit: int | None = None) -> list[Entity]:
        """Entities, most claims first; `query` matches labels and aliases (exact, prefix, part, then fuzzy)."""

    def entity(self, entity_id: str) -> Entity:
        """One entity by id."""

    def each_entity(self, ids: Sequence[str]) -> list[Entity]:
        """Those of the entities that are there, in any order."""

    def counts(self) -> Counts:
        """How many documents, entities and claims there are."""

    def version(self) -> int:
        """A number that grows with every write: derived indexes remember the one they were built from."""

    def touched(self, since: int) -> Touched | None:
        """What is otherwise than at that version, perhaps more than that; None if the store cannot tell."""

    def changed(self, since: int) -> frozenset[str] | None:
        """The documents (ids) that the writes after the version `since` brought, replaced, took out or corrected.

        None if that cannot be told; a derived index is made anew then.
        """

    def select(self, sparql: str) -> Rows:
        """Run a trusted SELECT of our own making over the union of all graphs (use DISTINCT)."""

    def quads(self, document_id: str | None = None) -> Iterator[Quad]:
        """The quads of one document's graph, or of all documents and then of the judgements."""

    def computed(self, document_id: str) -> list[Quad]:
        """The quads of one document's graph as computed, before any judgement corrected it."""

    def snapshot(self) -> AbstractContextManager[Path]:
        """The folder of the quads as they stand, for another process to open read-only while the block runs."""

    def as_rdflib(self) -> rdflib.Dataset:
        """The store as an rdflib Dataset, for users and serialisation."""

    def close(self) -> None:
        """Release the files and the lock."""
