"""A store in memory for the tests of views and risk: reading only what they read, writing whole batches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from graph.errors import UnknownError
from graph.model import Claim, Document, DocumentClaims, Entity, EntityRef
from graph.store.protocol import ClaimFilter


class MemoryStore:
    def __init__(self, *batches: DocumentClaims) -> None:
        self._documents: dict[str, Document] = {}
        self._claims: dict[str, Claim] = {}
        self._entities: dict[str, Entity] = {}
        self._version = 0
        for batch in batches:
            self.put(batch)

    def put(self, batch: DocumentClaims) -> None:
        self._documents[batch.document.id] = batch.document
        self._entities |= {entity.id: entity for entity in batch.entities}
        for claim in batch.claims:
            known = self._claims.get(claim.id)
            evidence = (*known.evidence, *claim.evidence) if known else claim.evidence
            self._claims[claim.id] = replace(claim, evidence=evidence)
        self._version += 1

    def documents(self) -> list[Document]:
        return [replace(document, text="") for document in self._documents.values()]

    def claims(self, where: ClaimFilter | None = None) -> Iterator[Claim]:
        where = where or ClaimFilter()
        for claim in self._claims.values():
            ends = {claim.subject.id} | ({claim.object.id} if isinstance(claim.object, EntityRef) else set())
            days = [self._documents[e.document].published for e in claim.evidence]
            if where.about and where.about not in ends:
                continue
            if where.as_of and not any(day and day <= where.as_of for day in days):
                continue
            if where.min_confidence is None or claim.confidence >= where.min_confidence:
                yield claim

    def entities(self, query: str | None = None, **_: Any) -> list[Entity]:
        return list(self._entities.values())

    def entity(self, entity_id: str) -> Entity:
        if entity_id not in self._entities:
            raise UnknownError(f"no entity {entity_id} in the graph")
        return self._entities[entity_id]

    def version(self) -> int:
        return self._version
