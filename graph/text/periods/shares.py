"""The part of a stretch that “early”, “mid-”, “late”, “start of” and “end of” mean, where use agrees on one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from graph.text.periods import calendars
from graph.text.periods.model import Days

Part = Literal["early", "start", "mid", "late", "end"]
_WEEK_PARTS: dict[Part, tuple[int, int]] = {
    "early": (0, 2),
    "start": (0, 2),
    "mid": (1, 4),
    "late": (3, 6),
    "end": (3, 6),
}
_MONTH_PARTS: dict[Part, tuple[int, int | None]] = {
    "early": (1, 15), "start": (1, 15), "mid": (11, 20), "late": (16, None), "end": (16, None),
}  # fmt: skip
_YEAR_PARTS: dict[Part, tuple[int, int]] = {
    "early": (1, 6),
    "start": (1, 4),
    "mid": (5, 8),
    "late": (7, 12),
    "end": (12, 12),
}


def share(days: Days, part: Part) -> Days:
    """That part of a week, month or year; of other stretches the last month for “end”, else the whole.

    >>> share((date(2026, 1, 1), date(2026, 12, 31)), "late")
    (datetime.date(2026, 7, 1), datetime.date(2026, 12, 31))
    """
    first, last = days
    length = (last - first).days + 1
    if length == 7:
        a, b = _WEEK_PARTS[part]
        return first + timedelta(days=a), first + timedelta(days=b)
    if days == calendars.month(first.year, first.month):
        a, b2 = _MONTH_PARTS[part]
        return first.replace(day=a), first.replace(day=b2) if b2 else last
    if days == calendars.year(first.year):
        a, b = _YEAR_PARTS[part]
        return calendars.days(date(first.year, a, 1), date(first.year, b, 1))
    return calendars.days(last, last) if part == "end" and length > 31 else days
