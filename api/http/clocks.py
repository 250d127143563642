"""`as_of` and `known_at`, which every reading endpoint takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Depends, Query

from api.models import KNOWN_AT, Instant
from graph.store.protocol import Store


@dataclass(frozen=True)
class Clocks:
    """Which state of the graph to read."""

    as_of: Annotated[date | None, Query(description="Only what was published by that day.")] = None
    known_at: Annotated[Instant | None, Query(description=KNOWN_AT)] = None

    def look(self, store: Store) -> Store:
        """The store by both clocks."""
        return store.at(as_of=self.as_of, known_at=self.known_at)


When = Annotated[Clocks, Depends()]
