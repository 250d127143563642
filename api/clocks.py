"""The two clocks of every reading: published by a day (`as_of`), known to the store at an instant (`known_at`)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from graph.errors import UnknownError
from graph.model import Entity
from graph.store.protocol import Store


def parse_instant(text: str) -> datetime:
    """An instant in UTC: a time without a zone is in UTC, a day means its end. Raises ValueError saying what is wanted.

    >>> parse_instant("2026-03-02").isoformat(), parse_instant("2026-03-02T10:30+01:00").isoformat()
    ('2026-03-02T23:59:59.999999+00:00', '2026-03-02T09:30:00+00:00')
    """
    try:
        if len(text) == len("2026-03-02"):
            return datetime.combine(date.fromisoformat(text), time.max, UTC)
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise ValueError(f"“{text}” is no instant: give a day (2026-03-02) or a time (2026-03-02T09:30:00Z)") from None


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
