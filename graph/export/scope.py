"""Which part of the graph an export writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pyoxigraph import Quad

from graph.model import Claim, DocumentClaims, EntityRef
from graph.rdf import decode, encode
from graph.store.protocol import ClaimFilter, Store


@dataclass(frozen=True, slots=True)
class Scope:
    """Everything; or the documents of one id; or, in formats that need no whole documents, the claims about one entity.

    `document` is an id (`d:…`), `about` is an entity's (`e:…`).
    """

    document: str | None = None
    about: str | None = None

    def documents(self, store: Store) -> list[str]:
        """The ids of the documents, in order of ingest."""
        return [self.document] if self.document else store.document_ids()

    def claims(self, store: Store) -> Iterator[Claim]:
        """The claims with the evidence of all documents."""
        return store.claims(ClaimFilter(document=self.document, about=self.about))

    def quads(self, store: Store, document: str) -> list[Quad]:
        """What one document's graph says within the scope, in an order that depends on nothing but what it says."""
        quads = list(store.quads(document))
        if self.about is not None:
            quads = _about(decode(quads), self.about)
        return sorted(quads, key=str)


EVERYTHING = Scope()


def _about(batch: DocumentClaims, entity: str) -> list[Quad]:
    """The quads of a document with only the claims that name the entity; none if it has no such claim."""
    claims = tuple(claim for claim in batch.claims if entity in _ids(claim))
    named = {name for claim in claims for name in _ids(claim)}
    entities = tuple(one for one in batch.entities if one.id in named)
    return encode(replace(batch, claims=claims, entities=entities)) if claims else []


def _ids(claim: Claim) -> tuple[str, ...]:
    return (claim.subject.id, claim.object.id) if isinstance(claim.object, EntityRef) else (claim.subject.id,)
