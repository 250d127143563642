"""Days and stretches of days by name or in ISO form; without a year they are read against the reference."""

from __future__ import annotations

import re

from graph.text.periods import calendars
from graph.text.periods.model import Context, Reading
from graph.text.periods.picking import around, make_day, pick
from graph.text.periods.words import DAY, MONTH, MONTH_CUES, YEAR, Rule, month_number

_NUMBER = re.compile(r"\d+")


def _day_number(written: str) -> int:
    found = _NUMBER.match(written)
    return int(found.group()) if found else 0


def _day(m: re.Match[str], ctx: Context) -> Reading | None:
    month, number = month_number(m["month"]), _day_number(m["day"])
    if m["year"]:
        found = make_day(int(m["year"]), month, number)
        return Reading("day", found) if found else None
    return Reading("day", pick([make_day(y, month, number) for y in around(ctx)], ctx))


def _days(m: re.Match[str], ctx: Context) -> Reading | None:
    groups = m.groupdict()
    first, last = (_day_number(m[tag]) for tag in ("day", "till"))
    if groups.get("which"):
        if ctx.reference is None:
            return Reading("span", None)
        moved = calendars.shift(ctx.reference.replace(day=1), {"last": -1, "next": 1}.get(m["which"].casefold(), 0))
        return _span_of_days(moved.year, moved.month, first, last)
    month = month_number(m["month"])
    if m["year"]:
        return _span_of_days(int(m["year"]), month, first, last)
    spans = [_span_of_days(y, month, first, last) for y in around(ctx)]
    if not any(spans):
        return None
    return Reading("span", pick([span.days for span in spans if span], ctx))


def _span_of_days(year: int, month: int, first: int, last: int) -> Reading | None:
    a, b = make_day(year, month, first), make_day(year, month, last)
    return Reading("span", (a[0], b[1])) if a and b and a < b else None


def _year_month(m: re.Match[str], _: Context) -> Reading | None:
    return Reading("month", calendars.month(int(m["year"]), month_number(m["month"])))


def _iso(m: re.Match[str], _: Context) -> Reading | None:
    year, month = int(m["year"]), int(m["month"])
    if not 1 <= month <= 12:
        return None
    if not m["day"]:
        return Reading("month", calendars.month(year, month)) if m["month"][0] == "0" or month <= year % 100 else None
    found = make_day(year, month, int(m["day"]))
    return Reading("day", found) if found else None


_WEEKDAY = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?[ ]|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)(?:\.,?|,)[ ])?"
)
_TILL = r"(?:[ ]?(?:-|–|—)[ ]?|[ ](?:to|until|till|through|and)[ ])"
RULES = (
    Rule(
        "iso",
        r"(?<![A-Za-z0-9_.-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)(?:-(?P<day>\d\d))?(?![A-Za-z0-9_-])",
        _iso,
    ),
    Rule(
        "iso",
        r"(?:(?<![A-Za-z0-9_./-])|(?<=\d-))(?P<year>(?:19|20)\d\d)/(?P<month>\d\d?)/(?P<day>\d\d?)(?![A-Za-z0-9_/]|-(?!\d{4}/))",
        _iso,
    ),
    Rule(
        "days",
        rf"\b(?P<month>{MONTH})[ ](?:between[ ])?(?P<day>{DAY}){_TILL}(?P<till>{DAY})(?:,?[ ](?P<year>{YEAR}))?",
        _days,
        needs=MONTH_CUES,
    ),
    Rule(
        "days",
        rf"(?<![\w.,])(?:(?i:from|between)[ ])?(?P<day>{DAY}){_TILL}(?P<till>{DAY})[ ](?:of[ ])?(?P<month>{MONTH})"
        rf"(?:,?[ ](?P<year>{YEAR}))?",
        _days,
        needs=MONTH_CUES,
    ),
    Rule(
        "days",
        rf"(?<![\w.,])(?:(?i:from|between)[ ])?(?P<day>{DAY}){_TILL}(?P<till>{DAY})[ ](?:(?:of|in)[ ])?"
        r"(?P<which>(?i:this|next|last))[ ](?i:month)\b",
        _days,
        needs=("month",),
    ),
    Rule(
        "year month",
        rf"(?<![\w.,$-])(?P<year>(?:19|20)\d\d)(?:[ ]?,[ ]|[ ])(?P<month>{MONTH})(?![ ]?\d)",
        _year_month,
        needs=MONTH_CUES,
    ),
    Rule(
        "day",
        rf"\b{_WEEKDAY}(?P<month>{MONTH})(?:\.?[ ](?:the[ ])?|[-/])(?P<day>{DAY})(?!-)"
        rf"(?:,?[ ](?:of[ ])?(?P<year>{YEAR}))?"
        rf"(?![ ](?:per|percent|million|billion)\b)",
        _day,
        needs=MONTH_CUES,
    ),
    Rule(
        "day",
        rf"(?<![\w.,$-]){_WEEKDAY}(?P<day>{DAY})(?:[ ](?:of[ ])?|\.[ ](?={MONTH},?[ ]{YEAR}))"
        rf"(?P<month>{MONTH})(?:,?[ ](?P<year>{YEAR}))?",
        _day,
        needs=MONTH_CUES,
    ),
)
