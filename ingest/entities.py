"""An entity as a document names it, with what the catalogue knows of it."""

from __future__ import annotations

from collections.abc import Iterable

from graph.catalogue import Catalogue
from graph.model import Entity, EntityRef


def catalogued(
    ref: EntityRef, names: Iterable[str], known: Catalogue, identifiers: tuple[tuple[str, str], ...] = ()
) -> Entity:
    """The entity with the names met and those of the catalogue as aliases, and its identifiers from both."""
    entry = known.by_id(ref.id)
    aliases, ids = set(names), dict.fromkeys(identifiers)
    if entry is not None:
        aliases.update(entry.aliases)
        if entry.wikidata:
            ids["wikidata", entry.wikidata] = None
        ids.update(dict.fromkeys(("ticker", ticker) for ticker in entry.tickers[:1]))
    aliases.discard(ref.label)
    return Entity(ref.id, ref.label, ref.type, tuple(sorted(aliases)), tuple(ids))
