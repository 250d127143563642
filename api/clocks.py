"""The two clocks of every reading: published by a day (`as_of`), known to the store at an instant (`known_at`)."""

from __future__ import annotations

from graph.clocks import parse_instant
from graph.errors import UnknownError
from graph.model import Entity
from graph.store.protocol import Store

__all__ = ["parse_instant", "resolve_then"]


def resolve_then(store: Store, then: Store, name: str) -> Entity:
    """The entity of that name at the moment that is looked at, or, if there was none yet, the one there is now.

    Raises UnknownError or AmbiguousError as `api.names.resolve` does.
    """
    from api.names import resolve

    if then is store:
        return resolve(store, name)
    try:
        return resolve(then, name)
    except UnknownError:
        return resolve(store, name)
