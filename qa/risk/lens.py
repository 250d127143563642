"""Through which claims a report looks: the clocks, the confidence asked for, and whether unreliable sources count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from graph.contract import Json
from graph.errors import SettingsError, UnknownError
from graph.model import Claim, Document, EntityRef
from graph.store.protocol import ClaimFilter, Store
from graph.views.cache import per_version
from qa.risk.paths.network import Dependences, dependences
from qa.risk.paths.weights import Impute


@dataclass(frozen=True, slots=True)
class Seen:
    """The claims of a graph as a report sees them, denied ones and mere possibilities included; `documents` by id.

    `left_out` counts claims that only sources judged unreliable make.
    """

    claims: tuple[Claim, ...]
    documents: Mapping[str, Document]
    left_out: int = 0

    def affirmed(self, *predicates: str) -> tuple[Claim, ...]:
        """The affirmed claims of these predicates: asserted or reported, not denied."""
        return tuple(c for c in self.claims if c.predicate in predicates and c.affirmed)


@dataclass(frozen=True, slots=True)
class Lens:
    """The settings that every report takes. Raises SettingsError for a confidence outside 0–1."""

    as_of: date | None = None
    min_confidence: float | None = None
    impute: Impute = "size"
    known_at: datetime | None = None
    include_unreliable: bool = False

    def __post_init__(self) -> None:
        if self.min_confidence is not None and not 0 <= self.min_confidence <= 1:
            raise SettingsError(f"min_confidence is {self.min_confidence}: give a number from 0 to 1")

    @property
    def asked(self) -> Json:
        """The settings besides the clocks, as a report notes what it was asked."""
        return {
            "min_confidence": self.min_confidence,
            "impute": self.impute,
            "include_unreliable": self.include_unreliable,
        }

    def entity(self, store: Store, entity_id: str) -> EntityRef:
        """An entity as it was then, or as it is now if it was not there yet. Raises UnknownError if it never was."""
        try:
            return self.store(store).entity(entity_id).ref
        except UnknownError:
            return store.entity(entity_id).ref

    def store(self, store: Store) -> Store:
        """The store as it stood at the clocks asked for."""
        return store.at(as_of=self.as_of, known_at=self.known_at)

    def network(self, store: Store) -> Dependences:
        """The dependences in a store through this lens."""
        return dependences(
            self.store(store),
            min_confidence=self.min_confidence,
            impute=self.impute,
            include_unreliable=self.include_unreliable,
        )

    def seen(self, store: Store) -> Seen:
        """The claims and documents in a store through this lens; built once a version of the store."""
        then = self.store(store)
        return per_version(then, ("seen", self.min_confidence, self.include_unreliable), lambda: self._read(then))

    def _read(self, store: Store) -> Seen:
        held = list(store.claims(ClaimFilter(min_confidence=self.min_confidence)))
        claims = tuple(claim for claim in held if self.include_unreliable or not claim.unreliable)
        return Seen(claims, {document.id: document for document in store.documents()}, len(held) - len(claims))
