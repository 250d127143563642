"""Days and instants as people type them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time


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


def parse_day(text: str) -> date:
    """A day. Raises ValueError saying what is wanted."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"“{text}” is no day: give one as in 2026-03-02") from None
