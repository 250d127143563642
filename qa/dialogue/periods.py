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
_WHOLE_YEAR = re.compile(
    r"\b(?:the |that )?(?:whole|full|entire) year\b|\byear as a whole\b|\b(?:for|in|over) the year$"
)
_MONTHS = re.compile(r"\b(?:the |those |over )?(?:first )?(nine|six) months\b(?! (?:before|earlier|ago|later|after))")
_PLACED = re.compile(
    r"\b(?:in|for|of|during|about|and) the (first|second|third|fourth|last)(?: (quarter|half))?"
    r"(?: then| alone| only)?[?. ]*$"
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_IN_PLACE = re.compile(r"\b(?:in|for|during) the (?:first|second|third|fourth|last)[?. ]*$")
_LATER = {"after", "later"}


def asked_period(question: Annotated, last: Span | None) -> Span | None:
    """The period that a turn names, counts from the last one or says again; None if it does none of that."""
    counted = counted_from(question, last) or within(question, last)
    if counted is not None:
        return counted
    if question.period is not None or question.relative:
        return question.period or relative_period(question.relative, last)
    return last if leans("same_time", question.text) else None


def within(question: Annotated, last: Span | None) -> Span | None:
    """“the nine months”, “the whole year”, “in the third?” as days, of the year of the last period."""
    if (
        (question.period is not None and _YEAR.search(question.period.text))
        or last is None
        or last.end is None
        or last.start is None
    ):
        return None
    text = question.text.lower()
    year = last.end.year
    if _WHOLE_YEAR.search(text):
        return Span(date(year, 1, 1), date(year, 12, 31), str(year))
    if months := _MONTHS.search(text):
        end = {"nine": 9, "six": 6, "three": 3}[months[1]]
        return Span(date(year, 1, 1), _month_end(year, end), f"first {months[1]} months of {year}")
    found = _PLACED.search(text)
    unit = found[2] or ("quarter" if (last.end - last.start).days < 100 else "") if found else ""
    if not found or not unit:
        return None
    length = 3 if unit == "quarter" else 6
    at = 12 // length if found[1] == "last" else _ORDINALS[found[1]]
    if not 0 < at <= 12 // length:
        return None
    return Span(date(year, 1 + length * (at - 1), 1), _month_end(year, length * at), f"{found[1]} {unit} of {year}")


def counts_periods(question: Annotated) -> bool:
    """Whether “in the second?” asks for a period, whichever it may be, and not for a rank."""
    return bool(_IN_PLACE.search(question.text.lower()))


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


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


def same_part(asked: Span | None, old: Span | None) -> Span | None:
    """The quarter of the year asked for that the old period is of its own; None if the old one is no part of a year."""
    if asked is None or old is None or None in (asked.start, asked.end, old.start, old.end):
        return None
    whole = asked.start is not None and asked.end is not None and (asked.end - asked.start).days > 300
    part = old.start is not None and old.end is not None and (old.end - old.start).days < 200
    if not (whole and part) or asked.end is None:
        return None
    years = asked.end.year - (old.end.year if old.end else 0)
    return moved(old, old, replace(old, start=_shift(old.start, 12 * years))) if old.start else None
