"""Instants as people type them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from api.clocks import parse_instant
from graph.errors import SettingsError
from graph.store.history import instant

_AGO = re.compile(r"(\d{1,5})\s*(h|d|w)(?:ours?|ays?|eeks?)?(?:\s+ago)?", re.IGNORECASE)
_HOURS = {"h": 1, "d": 24, "w": 168}


def moment(text: str, now: datetime, *, end: bool = False) -> datetime:
    """A day (its beginning in UTC, or its `end`), an instant (in UTC unless it says otherwise), or so long ago: `36h`.

    Raises SettingsError for anything else.

    >>> now = datetime(2026, 3, 8, 12, tzinfo=UTC)
    >>> moment("2026-03-01", now).isoformat(), moment("7d", now).isoformat()
    ('2026-03-01T00:00:00+00:00', '2026-03-01T12:00:00+00:00')
    """
    ago = _AGO.fullmatch(text.strip())
    try:
        if ago:
            return now.astimezone(UTC) - timedelta(hours=int(ago[1]) * _HOURS[ago[2].lower()])
        return parse_instant(text.strip()) if end else instant(text.strip())
    except (ValueError, OverflowError):
        raise SettingsError(
            f"“{text}” is no time: give 2026-03-01, 2026-03-01T12:00Z, or how long ago as 36h, 7d, 2w"
        ) from None
