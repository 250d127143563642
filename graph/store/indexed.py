"""The reading of a store as it is: by its index, and remembering through writes what they leave as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter

from graph.model import Claim, Document, Entity, EntityRef
from graph.namespaces import checked_iri, term
from graph.rdf.merge import merge_claims
from graph.store.bulk import uncollected
from graph.store.index.finding import Finding, Given
from graph.store.index.keeping import Index
from graph.store.index.stated import read, recalled
from graph.store.joining import joined
from graph.store.names import fold
from graph.store.protocol import ClaimFilter, Counts, Joined
from graph.store.reading import Reading
from graph.store.seam import Quads
from graph.store.touched import Touched

_CLAIMS = 150_000  # of a kilobyte, about
_REFS = 200_000


class Indexed(Reading):
    """`Reading` by an index: an answer costs what it gives back. The index says what each write touched."""

    def __init__(self, quads: Quads, index: Index) -> None:
        super().__init__(quads)
        self._index = index
        self._known: dict[str, Document] = {}
        self._brought: dict[int, str] = {}
        self._seen = -1

    def documents(self, ids: Sequence[str] | None = None) -> list[Document]:
        """These documents, or all in order of ingest, without their texts; those that are not there are left out."""
        finding = self._finding()
        names = finding.documents() if ids is None else ids
        for name, said in finding.described([name for name in names if name not in self._known]).items():
            self._known[name] = recalled(name, said)
        return [self._known[name] for name in names if name in self._known]

    def document_ids(self) -> list[str]:
        """The ids of all documents in order of ingest."""
        return self._finding().documents()

    def has_document(self, id: str) -> bool:
        """Whether a document is there."""
        return self._finding().has_document(id)

    def claims(self, where: ClaimFilter) -> list[Claim]:
        """A page of the claims that the filter lets through, by document and place."""
        return self._named(self._finding().claims(_checked(where)))

    def count(self, where: ClaimFilter) -> int:
        """How many claims the filter lets through, whatever its page."""
        return self._finding().count(_checked(where))

    def claim(self, id: str) -> Claim | None:
        """One claim, or None."""
        return next(iter(self._named([id])), None)

    def matching(self, given: Given, limit: int | None = None) -> list[Claim]:
        """The claims with one of each of these, by id, or the first so many of them."""
        return sorted(self._named(self._finding().matching(given, limit)), key=attrgetter("id"))

    def attested(self, ids: Sequence[str], limit: int, offset: int) -> list[Claim]:
        """A page of the firm claims about one of these, the best attested first; see `Store.attested`."""
        return self._named(self._finding().attested(ids, limit, offset))

    def neighbours(self, ids: Sequence[str]) -> frozenset[str]:
        """The entities that some claim joins to one of these."""
        return self._finding().neighbours(ids)

    def touching(self, ids: Sequence[str], near: Sequence[str]) -> frozenset[str]:
        """Those of the entities that some claim joins to one of the others."""
        return self._finding().touching(ids, near)

    def joined(self, given: Given, most: int) -> list[Joined]:
        """Whom relations join to one of the given; see `Store.joined`."""
        ties, ends = self._finding().joined(given)
        if len(self._refs) < _REFS:
            self._refs.update((ref.id, ref) for ref in ends.values())
        return joined(ties, ends, given, most)

    def each_claim(self, ids: Sequence[str]) -> list[Claim]:
        """Those of the claims that are there, in the order of the ids."""
        return self._named(ids)

    def speakers(self) -> list[str]:
        """Everybody whom a claim is attributed to, by name."""
        return self._finding().speakers()

    def last_day(self) -> date | None:
        """The latest day on which a document was published (not known: since when it is there)."""
        return self._finding().last_day()

    def entities(self) -> list[Entity]:
        """All entities, most claims first."""
        return self._finding().entities(type=None, limit=None)

    def found(self, query: str | None, *, type: str | None, limit: int | None) -> list[Entity]:
        """The entities of a type that a query names, best first (see graph.store.names); None for any."""
        finding, kind = self._finding(), None if type is None else term(type)
        if query is None or not fold(query):
            return finding.entities(type=kind, limit=limit)
        named = finding.named(query, type=kind, limit=limit)
        return named or finding.alike(query, type=kind, limit=limit)

    def entity(self, id: str) -> Entity | None:
        """One entity with its claim count, or None."""
        return self._finding().entity(id)

    def each_entity(self, ids: Sequence[str]) -> list[Entity]:
        """Those of the entities that are there, in any order."""
        return self._finding().each_entity(ids)

    def ref(self, id: str) -> EntityRef:
        """The entity by the label and type that most documents give it; by its id if none names it."""
        if id not in self._refs:
            if len(self._refs) >= _REFS:
                self._refs.clear()
            self._refs[id] = self._finding().ref(id) or EntityRef(id, id, "")
        return self._refs[id]

    def counts(self) -> Counts:
        """Distinct documents, entities and claims."""
        return self._finding().counts()

    def _finding(self) -> Finding:
        """The index at the version of the last write, after what that touched is forgotten."""
        finding = self._index.finding()
        if self._seen == self._index.version:
            return finding
        touched = self._index.touched(self._seen)
        self._seen = self._index.version
        if touched.everything:
            for memory in (self._known, self._brought, self._refs, self._merged):
                memory.clear()
        for document in touched.documents:
            self._known.pop(document, None)
        for claim in touched.claims:
            self._merged.pop(claim, None)
        if touched.renamed:
            self._forget(touched.renamed)
        return finding

    def touched(self, since: int) -> Touched | None:
        """What writes after that version changed, None if that is not known."""
        self._finding()
        found = self._index.touched(since)
        return None if found.everything else found

    def _forget(self, renamed: set[str]) -> None:
        """Forget the claims that show an entity which has another label or type now."""
        for entity in renamed:
            self._refs.pop(entity, None)
        shown = [
            name
            for name, claim in self._merged.items()
            if claim.subject.id in renamed or (isinstance(claim.object, EntityRef) and claim.object.id in renamed)
        ]
        for name in shown:
            del self._merged[name]

    def _named(self, names: Sequence[str]) -> list[Claim]:
        """The claims of these ids, in their order, without those that are not there."""
        finding = self._finding()
        with uncollected():
            stated = finding.stated([name for name in names if name not in self._merged])
            writes = {write for of in stated.values() for write, _ in of} - self._brought.keys()
            self._brought.update(finding.brought(sorted(writes)))
            found = [self._merged.get(name) or self._stated(name, stated.get(name, ())) for name in names]
        return [claim for claim in found if claim is not None]

    def _stated(self, id: str, said: Sequence[tuple[int, str]]) -> Claim | None:
        """The claim as these documents state it together."""
        if not said:
            return None
        stated = [read(id, self._brought[write], text, self.ref) for write, text in said]
        merged = stated[0] if len(stated) == 1 else merge_claims(stated)
        if len(self._merged) < _CLAIMS:
            self._merged[id] = merged
        return merged


def _checked(where: ClaimFilter) -> ClaimFilter:
    """The filter; UnknownError if one of its ids is of the wrong kind."""
    for entity in (where.about, where.subject, where.object):
        if entity is not None:
            checked_iri(entity, "e:")
    if where.document is not None:
        checked_iri(where.document, "d:")
    if where.after is not None:
        checked_iri(where.after, "c:")
    return replace(where, as_of=None, known_at=None)
