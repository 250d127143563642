"""Periods that count from the last one: “a year before”, “the quarter after”."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from qa.dialogue.cues import leans
from qa.query import Span
from qa.spans import Annotated

_DAY = timedelta(days=1)
_QUARTERS = ("first", "second", "third", "fourth")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_NEXT = re.compile(r"\bthe (following|subsequent|next|preceding|prior) (year|quarter)\b", re.I)
_LATER = {"after", "later"}


def asked_period(question: Annotated, last: Span | None) -> Span | None:
    """The period that a turn names, counts from the last one or says again; None if it does none of that."""
    counted = counted_from(question, last)
    if counted is not None:
        return counted
    if question.period is not None or question.relative:
        return question.period or relative_period(question.relative, last)
    return last if leans("same_time", question.text) else None


def counted_from(question: Annotated, last: Span | None) -> Span | None:
    """“the following year” as days, counted from the last period."""
    found = _NEXT.search(question.text)
    if found is None:
        return None
    way = "after" if found[1].lower() in ("following", "subsequent", "next") else "before"
    return relative_period(f"{found[2].lower()} {way}", last)


def relative_period(words: str | None, last: Span | None) -> Span | None:
    """“a year before” as days, counted from the last period."""
    if words is None or last is None or last.start is None or last.end is None:
        return None
    unit, way = words.split()
    sign = 1 if way in _LATER else -1
    months = sign * (12 if unit == "year" else 3)
    try:
        start, end = _shift(last.start, months), _shift(last.end + _DAY, months) - _DAY
    except (ValueError, OverflowError):
        return None
    return Span(start, end, _said(last, start, end, years=sign if unit == "year" else 0))


def _said(old: Span, start: date, end: date, *, years: int) -> str:
    """The new days in words: the old words with their year changed, where they have one."""
    if (end - start).days > 300:
        return str(start.year)
    found = _YEAR.findall(old.text)
    if years and len(found) == 1:
        return _YEAR.sub(str(int(found[0]) + years), old.text)
    whole = start.day == 1 and start.month % 3 == 1 and end + _DAY == _shift(start, 3)
    return f"{_QUARTERS[start.month // 3]} quarter of {start.year}" if whole else f"{start} to {end}"


def _shift(day: date, months: int) -> date:
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def moved(other: Span | None, old: Span | None, new: Span) -> Span | None:
    """The period as many years from the new one as it was from the old one."""
    starts = [span.start if span is not None else None for span in (other, old, new)]
    if other is None or other.end is None or None in starts:
        return other
    years = new.start.year - old.start.year if new.start and old and old.start else 0
    try:
        start, end = (_shift(day, 12 * years) for day in (other.start or other.end, other.end))
    except (ValueError, OverflowError):
        return other
    return replace(other, start=start, end=end, text=_said(other, start, end, years=years))
