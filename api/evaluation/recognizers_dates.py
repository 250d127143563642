"""Dates and periods of the Recognizers-Text specifications: what they expect, as inclusive days, and what we read.

That project ends a stretch before its last day, and names the end of a worded span by its first day: “from 2014 to
2018” ends at 2018-01-01. A span that takes its last year or month in is right too. Dates that do not exist are expected
to have no days.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from api.evaluation.recognizers_items import Expected, Found
from api.evaluation.recognizers_items import expected as make_expected
from graph.contract import Json
from graph.text.periods import find_periods

Days = tuple[date | None, date | None]
_DATES = ("date", "daterange")
_TWO_ENDS = re.compile(r"\b(?:to|till|until|through|and)\b|[-–—]|至|到|与|和")
_MONTH_NAME = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_YEAR_LAST = re.compile(r"(?<![a-z] )(?:19|20)\d\d年?\Z|\b(?:and|to|until|through) (?:19|20)\d\d\Z", re.IGNORECASE)
_MONTH_LAST = re.compile(
    rf"(?<!\d )(?<!of ){_MONTH_NAME}(?: (?:19|20)\d\d)?\Z|(?:19|20)\d\d {_MONTH_NAME}\Z", re.IGNORECASE
)

# wordings that news do not use or do not mean to the day, by the words of the item alone
OUTSIDE = {
    "counted from the moment of speaking": re.compile(
        r"\bago\b|\b(?:from|after|before) (?:now|today|tomorrow|yesterday)\b|\b(?:hence|later)\Z|\bin the future\b"
        r"|\A(?:sometime )?in (?:\w+ )?(?:\d+|\w+) (?:business )?(?:day|week|month)s?\Z|\bnow\b"
        r"|\A(?:for )?(?:\d+|an?) (?:day|week)s?,? (?:starting|from)\b"
    ),
    "a day by its number alone": re.compile(
        r"\A(?:the )?(?:\d{1,2}(?:st|nd|rd|th)?|(?:twenty )?(?:first|second|third)|thirty)\Z|\A(?:the )?week of the \d+"
        r"|\A\d+[日号]\Z"
    ),
    "month and day in digits without a year": re.compile(
        r"(?<![\d./-])\d{1,2}[./-]\d{1,2}(?![\d./-])(?!,)(?! \w+ month)"
    ),
    "a month in digits beside a year": re.compile(r"\A(?:\d{4} ?[-/.] ?\d{1,2}|\d{1,2} ?[-/.] ?\d{4})\Z"),
    "a day or week without a name": re.compile(
        r"\A(?:the |this |my |the last |the next |last |next |past )?day\Z|\b(?:my|same) |\A(?:the )?week(?:end)?\Z"
        r"|tmrw|\bthat week"
    ),
    "numbered weeks": re.compile(r"\bweek \d"),
    "years before 1900": re.compile(
        r"(?<!\d)1[0-8]\d\d(?!\d)|\byear (?:\d{1,3}|two hundred)\b|one thousand|(?<!\d)\d{3}年"
    ),
    "lunar calendar and eras": re.compile(r"农历|正月|初|大年|神龙|康熙|雍正|民国|三六七"),
}


def outside(words: str) -> str | None:
    """Why an item is no wording of news; None if it is one.

    >>> outside("three days from now"), outside("the third quarter of 2016")
    ('counted from the moment of speaking', None)
    """
    low = words.casefold()
    return next((reason for reason, pattern in OUTSIDE.items() if pattern.search(low)), None)


def expected(row: Json) -> list[Expected]:
    """The days of each item, any of several readings; items without days, such as seasons, are left out."""
    said = ((result, tuple(_said(result))) for result in row["Results"])
    return [make_expected(result, days) for result, days in said if days]


def read_english(row: Json) -> list[Found]:
    """Every period; 3/11/2025 is a day of March, for the set is of the United States."""
    return _read(row, day_first=False)


def read_chinese(row: Json) -> list[Found]:
    """Every period, as the Chinese set writes its dates in digits: the day first."""
    return _read(row, day_first=True)


def reference_of(row: Json) -> date | None:
    """The day on which the row is said."""
    said = row.get("Context", {}).get("ReferenceDateTime")
    return date.fromisoformat(said[:10]) if said else None


def _read(row: Json, *, day_first: bool) -> list[Found]:
    spans = find_periods(row["Input"], reference=reference_of(row), day_first=day_first)
    return [Found(s.start, s.end, (s.period.start, s.period.end)) for s in spans]


def _said(result: Json) -> Iterator[Days]:
    value = result.get("Value")
    if value:
        for way in ("FutureResolution", "PastResolution"):
            yield from _days(value.get(way) or {}, result["Text"], value.get("Timex", ""))
    elif result.get("TypeName", "").removeprefix("datetimeV2.") in _DATES:
        for said in (result["Resolution"] or {}).get("values", ()):
            yield from _days(said, result["Text"], said.get("timex", ""))


def _days(said: Json, words: str, timex: str) -> Iterator[Days]:
    one = said.get("date") or (said.get("value") if said.get("type") == "date" else None)
    if one:
        found = _day(one)
        yield (found, found) if found and found.year > 1 else (None, None)
        return
    first, last = _day(said.get("startDate") or said.get("start")), _day(said.get("endDate") or said.get("end"))
    if first is None and last is None:
        return
    yield first, last - timedelta(days=1) if last else None
    if last and last.day != 1:  # “4 to 22 January” is written without its last day
        yield first, last
    if last and _TWO_ENDS.search(words):
        yield first, _end_of(last, words, timex)


def _end_of(day: date, words: str, timex: str) -> date:
    """The last day of the year or month that begins at `day` and ends the words."""
    if (day.month, day.day) == (1, 1) and (_YEAR_LAST.search(words) or timex.endswith("Y)")):
        return day.replace(month=12, day=31)
    if day.day == 1 and (_MONTH_LAST.search(words) or timex.endswith("M)")):
        return day.replace(day=monthrange(day.year, day.month)[1])
    return day


def _day(written: Any) -> date | None:
    try:
        return date.fromisoformat(str(written)[:10])
    except ValueError:
        return None
