"""Dates as mastheads and agency openings write them: “Posted Saturday, Sept. 6, 2025”, “OSLO, Jan 9 (Agency) -”."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<{0}month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = r"(?P<{0}day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)"
_YEAR = r"(?P<{0}year>(?:19|20)\d\d)"
_MONTH_FIRST = (_MONTH + r"\s+" + _DAY + r"(?:,?\s+" + _YEAR + r")?").format("m_")
_DAY_FIRST = (_DAY + r"\s+(?:of\s+)?" + _MONTH + r"(?:,?\s+" + _YEAR + r")?").format("d_")
_YEAR_FIRST = (
    _YEAR + r"(?:[-/.](?P<{0}month>\d{{1,2}})[-/.]|年\s?(?P<{0}month_cn>\d{{1,2}})月\s?)" + _DAY + "日?"
).format("y_")
_NUMERIC = (r"(?P<{0}one>\d{{1,2}})[/.](?P<{0}two>\d{{1,2}})[/.]" + _YEAR).format("n_")
_DATE = rf"(?<!\w)(?:{_MONTH_FIRST}|{_DAY_FIRST}|{_YEAR_FIRST}|{_NUMERIC})"
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:[a-z]{0,3}(?:day)?)\b\.?"
_TIME = r"(?:at\s+|T)?\d{1,2}[:.]\d\d(?::\d\d)?(?:\.\d+)?\s*(?:[ap]\.?m\.?)?"
_ZONE = (
    r"(?:Z|[+-]\d\d:?\d\d|[A-Z]{2,4}(?:[+-]\d{1,2})?"
    r"|(?:Eastern|Central|Mountain|Pacific)(?:\s+(?:Standard|Daylight))?\s+Time)"
)
_LABEL = (
    r"(?:(?:first\s+|last\s+)?(?:posted|published|updated?|modified|issued|dated?|released|filed|发布时间|日期)"
    r"(?:\s+by\s+\w[\w.'’-]*(?:\s+\w[\w.'’-]*)?)?(?:\s+on)?\s*[:：]?\s*)"
)
_PLACE = rf"(?:(?!{_WEEKDAY})[A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*){{0,2}}(?:,|\s[-–—])\s+)"
_BYLINE = r"(?:[Bb]y\s+[A-Z][\w.'’-]*(?:\s+(?:and\s+)?[A-Z][\w.'’-]*){0,5}[,;]?\s*(?:[-–—]\s+)?)"

_FIND = re.compile(_DATE, re.IGNORECASE)
_STAMP = re.compile(
    rf"\s*{_BYLINE}?(?i:{_LABEL})?{_PLACE}{{0,2}}(?i:(?P<weekday>{_WEEKDAY}),?\s+)?(?i:{_DATE})"
    rf"(?i:[,;]?\s*(?:[-–—]\s*)?{_TIME})?(?:\s*\(?{_ZONE}\)?)?[.,]?(?:\s+{_BYLINE})?\s*"
)
_OPENING = re.compile(
    rf"(?P<place>[A-Z][\w'’.-]*(?:\s+[A-Z][\w'’.-]*){{0,3}}(?:,\s+[A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*){{0,2}}){{0,2}}?)?"
    rf"(?:(?:,?\s*|\s+(?:--?|[–—])\s+)(?i:{_DATE}))?,?\s*"
    r"(?:\((?P<agency>[^()\n]{2,40})\)|/(?P<wire>[^/\n]{2,40})/)?\s*(?:--?|[–—])\s+(?=\S)"
)
_NAMED_WEEKDAY = re.compile(
    r"\b(?:on|late|early|since|after|before|yesterday,)\s+(" + "|".join(_WEEKDAYS) + r")\b(?!\w)", re.IGNORECASE
)
_NAMED_YEAR = re.compile(r"(?<![\w.,$€£¥-])(20[0-4]\d)(?![\w%]|[.,]\d)")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A day as a page states it; `year` is None where it is not said, `weekday` counts from Monday = 0."""

    month: int
    day: int
    year: int | None = None
    weekday: int | None = None

    @property
    def date(self) -> date | None:
        """The calendar day, None without a year or for a day that does not exist."""
        return _day(self.year, self.month, self.day) if self.year else None


@dataclass(frozen=True, slots=True)
class Opening:
    """The dateline at the head of a paragraph; `end` is where the sentence proper begins."""

    end: int
    stamp: Stamp | None
    agency: str | None


def find_date(text: str) -> Stamp | None:
    """The first day named anywhere in the text."""
    found = _FIND.search(text)
    return _stamp(found) if found else None


def read_stamp(segment: str) -> Stamp | None:
    """The day of a segment that is nothing but a date with its label, place, weekday and time.

    >>> read_stamp("Posted Friday, Sept. 5, 2025, 6:40 a.m. ET"), read_stamp("the Sept. 5, 2025 filing")
    (Stamp(month=9, day=5, year=2025, weekday=4), None)
    """
    found = _STAMP.fullmatch(segment)
    return _stamp(found, found["weekday"]) if found else None


def read_opening(paragraph: str) -> Opening | None:
    """The agency dateline that a paragraph starts with: place, date and agency before a dash.

    A place alone counts only in capitals or with its country or state, and before a dash that opens no parenthesis
    (“NVIDIA — a chip designer — said”).
    """
    found = _OPENING.match(paragraph, 0, 160)
    if found is None:
        return None
    agency, stamp = found["agency"] or found["wire"], _stamp(found)
    place, dash = found["place"] or "", found[0].rstrip()[-1]
    if agency and not stamp and not place.isupper() and place and (agency.isupper() or not agency[0].isalpha()):
        return None  # a ticker: “Northfield (NFD) - the maker of …”
    if agency is None and stamp is None:
        sentence = paragraph[found.end() : found.end() + 200].split(". ")[0]
        capitals = place.split(",")[0].isupper() and len(place) >= 4
        if f" {dash} " in sentence or not (capitals or ("," in place and dash in "–—" and sentence[:1].isupper())):
            return None
    return Opening(found.end(), stamp, agency)


def resolve_year(stamp: Stamp, text: str, today: date) -> date | None:
    """The day of a dateline without a year, where text and calendar leave one possible year; else None.

    The year lies between the one before the first year that the text names and the last it names, and is not in the
    future; the weekday of the dateline, or one that the opening names for the day itself or the day before, must fit.
    """
    named = sorted({int(year) for year in _NAMED_YEAR.findall(text)})
    if not named:
        return None
    days = [_day(year, stamp.month, stamp.day) for year in range(named[0] - 1, min(named[-1], today.year) + 1)]
    possible = [day for day in days if day is not None and day <= today]
    if stamp.weekday is not None:
        possible = [day for day in possible if day.weekday() == stamp.weekday]
    elif weekday := _NAMED_WEEKDAY.search(text[:1500]):
        index = _WEEKDAYS.index(weekday[1].lower())
        possible = [day for day in possible if index in (day.weekday(), (day.weekday() - 1) % 7)]
    elif len(named) == 1:
        possible = [day for day in possible if day.year == named[0]]
    return possible[0] if len(possible) == 1 else None


def _day(year: int | None, month: int, day: int) -> date | None:
    try:
        return date(year or 0, month, day)
    except ValueError:
        return None


def _stamp(found: re.Match[str], weekday: str | None = None) -> Stamp | None:
    parts = {name[2:]: value for name, value in found.groupdict().items() if value is not None and name[1] == "_"}
    if "one" in parts:
        one, two = int(parts["one"]), int(parts["two"])
        if one <= 12 and two <= 12 and one != two:
            return None  # 5/6/2025 is May or June, depending on the country
        month, day = (two, one) if one > 12 else (one, two)
    elif "day" in parts:
        name = parts.get("month") or parts["month_cn"]
        month = int(name) if name.isdigit() else _MONTHS.index(name[:3].lower()) + 1
        day = int(parts["day"])
    else:
        return None
    year = int(parts["year"]) if "year" in parts else None
    if _day(year or 2000, month, day) is None:
        return None
    named = None if weekday is None else next(i for i, name in enumerate(_WEEKDAYS) if name[:3] == weekday[:3].lower())
    return Stamp(month, day, year, named)
