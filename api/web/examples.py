"""Example questions for the front page, made from what the graph holds and kept only if the engine answers them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from threading import Lock

from api.phrases import predicate_label
from graph.contract import Json
from graph.model import Claim, EntityRef, Quantity
from graph.store.protocol import ClaimFilter, Store
from graph.vocabulary import vocabulary

_SUBJECTS = 8
_CLAIMS_EACH = 200
_MADE = ("Chip", "Model", "Product")


class Examples:
    """The examples of a store, chosen anew once it has been written.

    Not a `per_version` view: those are built under one lock for all, and here the engine is asked, which has its own.
    """

    def __init__(self, store: Store, ask: Callable[[str], Json]) -> None:
        self._store = store
        self._ask = ask
        self._lock = Lock()
        self._version: int | None = None
        self._chosen: tuple[str, ...] = ()

    def __call__(self) -> tuple[str, ...]:
        """The examples as the store stands."""
        with self._lock:
            version = self._store.version()
            if version != self._version:
                self._chosen = examples(self._store, lambda q: bool(self._ask(q)["status"] == "answered"))
                self._version = version
            return self._chosen


def examples(store: Store, answers: Callable[[str], bool], *, limit: int = 4) -> tuple[str, ...]:
    """Up to `limit` questions of different kinds about the most written-about firms, each of which `answers`."""
    claims = [
        claim
        for entity in store.entities(type="Company", limit=_SUBJECTS)
        for claim in islice(store.claims(ClaimFilter(subject=entity.id)), _CLAIMS_EACH)
    ]
    chosen: list[str] = []
    for questions in (_amounts(claims), _suppliers(claims), _comparisons(claims), _developers(claims)):
        found = next((q for q in islice(questions, 6) if q not in chosen and answers(q)), None)
        if found:
            chosen.append(found)
    return tuple(chosen[:limit])


def _levels(claims: list[Claim]) -> Iterator[Claim]:
    return (
        c for c in claims if isinstance(c.object, Quantity) and c.basis == "level" and c.scope is None and c.polarity
    )


def _amounts(claims: list[Claim]) -> Iterator[str]:
    for claim in _levels(claims):
        year = claim.period.start.year if claim.period and claim.period.start else None
        yield f"What was {claim.subject.label}'s {predicate_label(claim.predicate)}{f' in {year}' if year else ''}?"


def _suppliers(claims: list[Claim]) -> Iterator[str]:
    for claim in claims:
        if claim.predicate == "supplies" and claim.affirmed and isinstance(claim.object, EntityRef):
            yield f"Who supplies {claim.object.label}?"


def _developers(claims: list[Claim]) -> Iterator[str]:
    for claim in claims:
        if (
            claim.predicate == "develops"
            and claim.affirmed
            and isinstance(claim.object, EntityRef)
            and claim.object.type in _MADE
        ):
            kind = vocabulary().types[claim.object.type].label.removeprefix("AI ")
            yield f"Which {kind}s does {claim.subject.label} develop?"


def _comparisons(claims: list[Claim]) -> Iterator[str]:
    seen: dict[tuple[str, str], str] = {}
    for claim in _levels(claims):
        assert isinstance(claim.object, Quantity)
        key = (claim.predicate, claim.object.unit)
        other = seen.setdefault(key, claim.subject.label)
        if other != claim.subject.label:
            yield f"Whose {predicate_label(claim.predicate)} is higher, {other}'s or {claim.subject.label}'s?"
