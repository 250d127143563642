"""Calendar arithmetic: months, quarters, halves, fiscal years, and the calendar quarter that a stretch
mostly covers.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta

from graph.text.periods.model import Days, NamedBy


def days(first: date, last: date) -> Days:
    """From the first day of `first`'s month to the last day of `last`'s month."""
    return first.replace(day=1), last.replace(day=monthrange(last.year, last.month)[1])


def month(year: int, number: int) -> Days:
    """All of one month."""
    return days(date(year, number, 1), date(year, number, 1))


def year(number: int) -> Days:
    """All of one calendar year."""
    return date(number, 1, 1), date(number, 12, 31)


def quarter(of_year: int, number: int) -> Days:
    """Calendar quarter 1–4."""
    return days(date(of_year, 3 * number - 2, 1), date(of_year, 3 * number, 1))


def half(of_year: int, number: int) -> Days:
    """Calendar half 1–2."""
    return days(date(of_year, 6 * number - 5, 1), date(of_year, 6 * number, 1))


def shift(day: date, months: int) -> date:
    """The same day `months` later (earlier if negative), cut to the length of that month and to the years there are."""
    years, number = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not MINYEAR <= years <= MAXYEAR:
        return day
    return date(years, number + 1, min(day.day, monthrange(years, number + 1)[1]))


def shift_days(stretch: Days, months: int) -> Days:
    """A stretch moved by months; month ends stay month ends."""
    first, last = stretch
    moved = shift(first, months), shift(last, months)
    return days(*moved) if _whole_months(stretch) else moved


def _whole_months(stretch: Days) -> bool:
    first, last = stretch
    return first.day == 1 and last.day == monthrange(last.year, last.month)[1]


def months_to(end: date, count: int) -> Days:
    """The `count` months that end with `end` (if that is not a month's last day: the day after,
    `count` months before).
    """
    if end.day == monthrange(end.year, end.month)[1]:
        return days(shift(end.replace(day=1), 1 - count), end)
    return shift(end, -count) + timedelta(days=1), end


def nearest_quarter(stretch: Days) -> Days:
    """The calendar quarter that shares most days with about three months: 28 April – 27 July → April – June."""
    first, last = stretch
    candidates = [quarter(d.year, (d.month + 2) // 3) for d in (first, first + (last - first) / 2, last)]
    return max(candidates, key=lambda q: min(q[1], last) - max(q[0], first))


def fiscal_end_month(month_day: str) -> int:
    """The month of a "MM-DD" that a fiscal year ends with, to the nearest month end: "11-02" → 10, "07-27" → 7.

    Raises ValueError for anything that is not such a day.
    """
    number, day = (int(part) for part in month_day.split("-"))
    when = date(2024, number, day)
    return (when - timedelta(days=15)).month if day < 15 else when.month


def fiscal_year(number: int, end_month: int, named_by: NamedBy) -> Days:
    """The fiscal year called `number`."""
    if end_month == 12:
        return year(number)
    last = number if named_by == "end" else number + 1
    return days(date(last - 1, end_month + 1, 1), date(last, end_month, 1))


def fiscal_quarter(of_year: int, number: int, end_month: int, named_by: NamedBy) -> Days:
    """Quarter 1–4 of a fiscal year, as it is (not as the calendar quarter nearest to it)."""
    first = shift(fiscal_year(of_year, end_month, named_by)[0], 3 * (number - 1))
    return days(first, shift(first, 2))


def fiscal_year_of(day: date, end_month: int, named_by: NamedBy) -> int:
    """The number of the fiscal year in which a day lies."""
    last = day.year if day.month <= end_month else day.year + 1
    return last if named_by == "end" or end_month == 12 else last - 1
