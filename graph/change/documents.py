"""Which documents changed between two instants, by the bookkeeping of the store and the judgements on record."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

from graph.errors import SettingsError, UnknownError
from graph.judgements.rulings import is_source
from graph.model import Claim
from graph.namespaces import DOCUMENT, id_of
from graph.store.history import instant
from graph.store.protocol import ClaimFilter, Store

_ALWAYS = datetime.min.replace(tzinfo=UTC)

_THERE = """SELECT DISTINCT ?document ?since ?taken {
  ?document tg:written ?number FILTER NOT EXISTS { ?document tg:document ?of }
  OPTIONAL { ?document tg:since ?since } OPTIONAL { ?document prov:generatedAtTime ?taken }
}"""
_OVER = "SELECT DISTINCT ?document ?ended { ?write tg:document ?document ; tg:ended ?ended }"


def changed_documents(store: Store, since: datetime, until: datetime | None = None) -> list[str]:
    """The ids, sorted, of documents taken in, replaced, removed or corrected after `since` up to `until` (None: now).

    Raises SettingsError if `until` lies before `since`.
    """
    first, last = instant(since), instant(until) if until else None
    if last is not None and last < first:
        raise SettingsError(
            f"until {last:%Y-%m-%d %H:%M} lies before since {first:%Y-%m-%d %H:%M} (UTC): turn them round"
        )
    found = _corrected(store, first, last)
    for query in (_THERE, _OVER):
        for name, *stamps in store.select(query).rows:
            given = next((stamp for stamp in stamps if stamp is not None), None)
            at = instant(given.value) if given else _ALWAYS
            if name is not None and _between(at, first, last) and name.value.startswith(DOCUMENT):
                found.add(id_of(name.value))
    return sorted(found)


def _between(at: datetime, first: datetime, last: datetime | None) -> bool:
    return at > first and (last is None or at <= last)


def _corrected(store: Store, first: datetime, last: datetime | None) -> set[str]:
    """The documents of claims, entities and sources that were judged, or whose judgement was revoked, in between."""
    views = store.at(known_at=first), store.at(known_at=last)
    judged: set[str] = set()
    for judgement in store.judgements():
        times = (judgement.at, *((judgement.revoked.at,) if judgement.revoked else ()))
        if any(_between(at, first, last) for at in times):
            judged |= {judgement.target, *judgement.behind}
    found = (claim for view in views for name in judged for claim in _claims_of(view, name))
    sources = [name for name in judged if name[1:2] != ":" or name.startswith("d:")]
    of_sources = {d.id for view in views if sources for d in view.documents() if any(is_source(d, s) for s in sources)}
    return of_sources | {place.document for claim in found for place in claim.evidence}


def _claims_of(view: Store, name: str) -> list[Claim]:
    if name.startswith("e:"):
        return list(view.claims(ClaimFilter(about=name)))
    if name.startswith("c:"):
        with suppress(UnknownError):
            return [view.claim(name)]
    return []
