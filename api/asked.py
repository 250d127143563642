"""What a risk report is asked through, from the command line and over HTTP alike: the store and the lens."""

from __future__ import annotations

from dataclasses import dataclass

from api.clocks import resolve_then
from graph.store.protocol import Store
from qa.risk.lens import Lens


@dataclass(frozen=True, slots=True)
class Asked:
    """The open store, and the settings that every report takes."""

    store: Store
    lens: Lens

    def named(self, name: str) -> str:
        """The id of the entity of that name (id, label or alias). Raises UnknownError or AmbiguousError."""
        return resolve_then(self.store, self.lens.store(self.store), name).id
