"""Periods that count from the last one: “a year before”, “the quarter after”."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from qa.annotate import Annotated
from qa.query import Span

_QUARTER_DAYS = 91
_LATER = {"after", "later"}


def asked_period(question: Annotated, last: Span | None) -> Span | None:
    """The period that a turn names, or counts from the last one; None if it does neither."""
    return question.period or relative_period(question.relative, last)


def relative_period(words: str | None, last: Span | None) -> Span | None:
    """“a year before” as days, counted from the last period."""
    if words is None or last is None or last.start is None or last.end is None:
        return None
    unit, way = words.split()
    sign = 1 if way in _LATER else -1
    try:
        if unit == "year":
            start, end = _shift(last.start, sign), _shift(last.end, sign)
        else:
            days = timedelta(days=_QUARTER_DAYS * sign)
            start, end = last.start + days, last.end + days
    except (ValueError, OverflowError):
        return None
    text = str(start.year) if (end - start).days > 300 else f"{start} to {end}"
    return Span(start, end, text)


def _shift(day: date, years: int) -> date:
    return date(day.year + years, day.month, min(day.day, 28) if day.month == 2 else day.day)


def moved(other: Span | None, old: Span | None, new: Span) -> Span | None:
    """The period as many years from the new one as it was from the old one."""
    starts = [span.start if span is not None else None for span in (other, old, new)]
    if other is None or other.end is None or None in starts:
        return other
    years = new.start.year - old.start.year if new.start and old and old.start else 0
    try:
        start, end = (_shift(day, years) for day in (other.start or other.end, other.end))
    except ValueError:
        return other
    whole = (end - start).days > 300
    return replace(other, start=start, end=end, text=str(start.year) if whole else f"{start} to {end}")
