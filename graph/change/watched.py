"""The claims that touch watch lists, the latest taken in first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time

from graph.change.watch import Watch
from graph.model import Claim, Document
from graph.store.history import instant
from graph.store.protocol import ClaimFilter, Store

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Touched:
    """A claim with the document it is quoted from. `first` and `last`: when documents that state it were taken in."""

    claim: Claim
    document: Document
    first: datetime
    last: datetime
    watches: tuple[str, ...]


def touched(store: Store, lists: Iterable[Watch], *, limit: int | None = None) -> list[Touched]:
    """The claims that touch any of the lists, those with the latest documents first (then by id)."""
    documents = {document.id: document for document in store.documents()}
    held: dict[str, tuple[Claim, list[str]]] = {}
    for watch in lists:
        predicate = watch.predicates[0] if len(watch.predicates) == 1 else None
        where = ClaimFilter(about=watch.about, subject=watch.subject, object=watch.object, predicate=predicate)
        for claim in store.claims(where):
            if watch.touches(claim):
                held.setdefault(claim.id, (claim, []))[1].append(watch.name)
    found = [_touched(claim, documents, tuple(names)) for claim, names in held.values()]
    return sorted(found, key=lambda one: (-one.last.timestamp(), one.claim.id))[:limit]


def _touched(claim: Claim, documents: dict[str, Document], names: tuple[str, ...]) -> Touched:
    taken = sorted((_taken(documents[e.document]), e.document) for e in claim.evidence)
    return Touched(claim, documents[taken[0][1]], taken[0][0], taken[-1][0], names)


def _taken(document: Document) -> datetime:
    """When a document was taken in; the day it was published if that is not known."""
    if document.ingested is not None:
        return instant(document.ingested)
    return datetime.combine(document.published, time(), UTC) if document.published else _NEVER
