"""What a risk report is asked through, from the command line and over HTTP alike: the store and the lens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from api.clocks import resolve_then
from graph.errors import UnknownError
from graph.store.protocol import Store
from qa.risk.lens import Lens
from qa.risk.supply.claimed import supply


@dataclass(frozen=True, slots=True)
class Asked:
    """The open store, and the settings that every report takes."""

    store: Store
    lens: Lens
    progress: Callable[[int, int], None] | None = None
    """What a long computation may tell how many of how many steps are done."""

    def named(self, name: str) -> str:
        """The id of the entity of that name (id, label or alias). Raises UnknownError or AmbiguousError."""
        return resolve_then(self.store, self.lens.store(self.store), name).id

    def subject(self, name: str) -> str:
        """The id of the thing or market of that name, else of the entity, else the name as it is, for the report to say
        what it knows instead. Raises AmbiguousError, and UnknownError for a name that is close to another.
        """
        thing = supply(self.store, self.lens).thing(name)
        if thing is not None:
            return thing.id
        try:
            return self.named(name)
        except UnknownError as problem:
            if problem.suggestions:
                raise
            return name
