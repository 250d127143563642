"""The claims about an entity in the order of what they speak of, each with its three clocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from graph import contract
from graph.contract import Json
from graph.model import Claim, Document, Evidence, Period
from graph.store.history import instant
from graph.store.protocol import ClaimFilter, Store
from graph.views.latest import first_published, last_published

_TOGETHER = 64
_EXPECTED = 200_000


@dataclass(frozen=True, slots=True)
class Event:
    """One claim: `published` is the earliest and latest day of its documents, `ingested` when the first came in.

    `quote` is its first passage. An event without a period is `undated`.
    """

    claim: Claim
    period: Period | None
    published: tuple[date, date] | None
    ingested: datetime | None
    quote: Evidence

    @property
    def undated(self) -> bool:
        """Whether no day is known for which it holds."""
        return self.period is None or (self.period.start is None and self.period.end is None)

    def to_json(self) -> Json:
        """The event in the JSON of command line and HTTP."""
        claim = contract.claim(self.claim)
        kept = ("id", "subject", "predicate", "object", "scope", "period", "modality", "polarity", "attributed_to")
        marks = ("review", "unreliable")
        return {
            "claim": claim["id"],
            **{name: claim[name] for name in kept[1:]},
            **{name: claim[name] for name in marks if name in claim},
            "undated": self.undated,
            **_clocks(self.published, self.ingested),
            "evidence": contract.evidence(self.quote),
        }


def timeline(store: Store, entity: str, *, predicate: str | None = None) -> list[Event]:
    """The claims with the entity (an id) by the first day of their period, then by publication; undated ones last."""
    documents = Sources(store)
    found = store.claims(ClaimFilter(about=entity, predicate=predicate))
    return sorted((_event(claim, documents) for claim in found), key=_order)


class Sources(Mapping[str, Document]):
    """The documents of a store, without their texts, each read when it is first asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read: dict[str, Document] = {}
        self._expected: dict[str, tuple[list[str], int]] = {}

    def expect(self, documents: Iterable[str]) -> None:
        """Some of these (ids) may be asked for, about in this order: with one that is, those after it are read."""
        listed = [document for document in dict.fromkeys(documents) if document not in self._read]
        if len(self._expected) > _EXPECTED:
            self._expected.clear()
        self._expected.update((document, (listed, place)) for place, document in enumerate(listed))

    def forget(self, documents: Iterable[str]) -> None:
        """Read these anew when they are asked for."""
        for document in documents:
            self._read.pop(document, None)

    def __getitem__(self, document: str) -> Document:
        if document not in self._read:
            listed, place = self._expected.get(document, ([document], 0))
            wanted = [name for name in listed[place : place + _TOGETHER] if name not in self._read]
            self._read.update((found.id, found) for found in self._store.documents(wanted))
        return self._read[document]

    def __iter__(self) -> Iterator[str]:
        return iter(self._store.document_ids())

    def __len__(self) -> int:
        return self._store.counts().documents


def dated(claim: Claim, documents: Mapping[str, Document]) -> Json:
    """When a claim was published (first and last day) and first taken in, as JSON beside the claim's own fields."""
    return _clocks(_published(claim, documents), _ingested(claim, documents))


def _event(claim: Claim, documents: Mapping[str, Document]) -> Event:
    return Event(claim, claim.period, _published(claim, documents), _ingested(claim, documents), claim.evidence[0])


def _order(event: Event) -> tuple[bool, date, date, date, str]:
    period = event.period
    days = [day for day in (period.start, period.end) if day] if period else []
    published = event.published[0] if event.published else date.max
    return event.undated, min(days, default=date.max), max(days, default=date.max), published, event.claim.id


def _published(claim: Claim, documents: Mapping[str, Document]) -> tuple[date, date] | None:
    first, last = first_published(claim, documents), last_published(claim, documents)
    return (first, last) if first and last else None


def _ingested(claim: Claim, documents: Mapping[str, Document]) -> datetime | None:
    made = (documents.get(item.document) for item in claim.evidence)
    return min((instant(document.ingested) for document in made if document and document.ingested), default=None)


def _clocks(published: tuple[date, date] | None, ingested: datetime | None) -> Json:
    return {
        "published": {"first": published[0].isoformat(), "last": published[1].isoformat()} if published else None,
        "ingested": ingested.isoformat() if ingested else None,
    }
