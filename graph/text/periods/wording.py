"""One phrase of time by itself, and periods in good English that find_periods reads back."""

from __future__ import annotations

import re
from datetime import date

from graph.model import Period
from graph.text.periods import calendars
from graph.text.periods.finder import find_periods
from graph.text.periods.model import Days, NamedBy

_AROUND = re.compile(
    r"\W*(?:in|for|during|on|at|as of|of|the|about|over|within|throughout|its|their|around)?\W*", re.IGNORECASE
)


def period_of(
    text: str, *, reference: date | None, fiscal_year_end: str | None = None, fiscal_named_by: NamedBy | None = None
) -> Period | None:
    """The period of one isolated phrase (“the third quarter of 2025”); None if the phrase is something else."""
    spans = find_periods(text, reference=reference, fiscal_year_end=fiscal_year_end, fiscal_named_by=fiscal_named_by)
    if not spans:
        return None
    best = max(spans, key=lambda s: s.end - s.start)
    around = _AROUND.fullmatch(text[: best.start].replace(" the", "")) and not text[best.end :].strip(" .,;:")
    return best.period if around else None


def describe_period(period: Period) -> str:
    """`2025`, `Q3 2025`, `H1 2026`, `July 2025`, `28 April – 27 July 2025`, `since August 2023`; else
    the words themselves.
    """
    first, last = period.start, period.end
    if first is not None and last is not None:
        return _stretch((first, last))
    if first is not None:
        return "since " + (
            str(first.year) if (first.month, first.day) == (1, 1) else _month(first) if first.day == 1 else _day(first)
        )
    if last is not None:
        whole_month = last == calendars.month(last.year, last.month)[1]
        return "until " + (
            str(last.year) if (last.month, last.day) == (12, 31) else _month(last) if whole_month else _day(last)
        )
    return period.text


def _stretch(days: Days) -> str:
    first, last = days
    if first == last:
        return _day(first)
    if first.day != 1 or last != calendars.month(last.year, last.month)[1]:
        return f"{_day(first) if first.year != last.year else _day(first).rpartition(' ')[0]} – {_day(last)}"
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months == 1:
        return _month(first)
    if months == 3 and first.month % 3 == 1:
        return f"Q{(first.month + 2) // 3} {first.year}"
    if months == 6 and first.month % 6 == 1:
        return f"H{(first.month + 5) // 6} {first.year}"
    if months % 12 == 0 and first.month == 1:
        return str(first.year) if months == 12 else f"{first.year}–{last.year}"
    return f"{_month(first) if first.year != last.year else f'{first:%B}'} – {_month(last)}"


def _month(day: date) -> str:
    return f"{day:%B} {day.year}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
