"""Weeks, weekends and days named by their place in a week or month: the week of Nov. 17, the first Friday of May."""

from __future__ import annotations

import re
from datetime import date, timedelta

from graph.text.periods import calendars
from graph.text.periods.model import Context, Days, Reading
from graph.text.periods.picking import around, make_day, pick
from graph.text.periods.words import DAY, MONTH, WEEKDAYS, YEAR, Rule, month_number

_STEPS = {"last": -1, "previous": -1, "this": 0, "that": 0, "the": 0, "next": 1, "coming": 1, "following": 1}
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1, "final": -1}
_WEEK = timedelta(weeks=1)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_of(day: date) -> Days:
    """Monday to Sunday."""
    return _monday(day), _monday(day) + timedelta(days=6)


def _in_week(m: re.Match[str], ctx: Context) -> Reading | None:
    """“Friday next week”, “next week's Friday”, “this week on Friday”."""
    if ctx.reference is None:
        return Reading("day", None)
    found = (
        _monday(ctx.reference) + _STEPS[m["which"].casefold()] * _WEEK + timedelta(days=WEEKDAYS[m["day"].casefold()])
    )
    return Reading("day", (found, found))


def _month_named(m: re.Match[str], ctx: Context) -> Days | None:
    """The month, year or quarter after “of”."""
    if m["month"]:
        number = month_number(m["month"])
        if m["year"]:
            return calendars.month(int(m["year"]), number)
        return pick([calendars.month(y, number) for y in around(ctx)], ctx)
    if m["alone"]:
        return calendars.year(int(m["alone"]))
    if ctx.reference is None:
        return None
    step = _STEPS[m["which"].casefold()]
    if m["unit"].casefold() == "year":
        return calendars.year(ctx.reference.year + step)
    moved = calendars.shift(ctx.reference.replace(day=1), step)
    return calendars.days(moved, moved)


def _nth_weekday(m: re.Match[str], ctx: Context) -> Reading | None:
    whole = _month_named(m, ctx)
    if whole is None or (whole[1] - whole[0]).days > 31:
        return Reading("day", None)
    number = WEEKDAYS[m["day"].casefold()]
    days = [whole[0] + timedelta(days=n) for n in range((whole[1] - whole[0]).days + 1)]
    same = [day for day in days if day.weekday() == number]
    nth = _NTH[m["nth"].casefold()]
    if nth > len(same):
        return None
    found = same[nth - 1 if nth > 0 else -1]
    return Reading("day", (found, found))


def _nth_week(m: re.Match[str], ctx: Context) -> Reading | None:
    """Weeks belong to the month or year that has their Thursday."""
    whole = _month_named(m, ctx)
    if whole is None:
        return Reading("span", None)
    nth = _NTH[m["nth"].casefold()]
    monday = _monday(whole[0] + timedelta(days=3)) if nth > 0 else _monday(whole[1] - timedelta(days=3))
    if nth > 0:
        monday += timedelta(days=7 if monday + timedelta(days=3) < whole[0] else 0) + (nth - 1) * _WEEK
    return Reading("span", (monday, monday + timedelta(days=6)))


def _week_of(m: re.Match[str], ctx: Context) -> Reading | None:
    found = _date(m, ctx)
    if found is None:
        return Reading("span", None)
    how = m["how"].casefold()
    if how.startswith(("end", "to", "through")):
        return Reading("span", (found - timedelta(days=6), found))
    if how.startswith("of"):
        return Reading("span", week_of(found))
    return Reading("span", (found, found + timedelta(days=6)))


def _date(m: re.Match[str], ctx: Context) -> date | None:
    month, written = month_number(m["m1"] or m["m2"]), m["d1"] or m["d2"]
    digits = re.match(r"\d+", written)
    number = int(digits.group()) if digits else 0
    years = [int(m["year"])] if m["year"] else list(around(ctx))
    days = [make_day(y, month, number) for y in years]
    found = days[0] if m["year"] else pick(days, ctx)
    return found[0] if found else None


def _weekend(m: re.Match[str], ctx: Context) -> Reading | None:
    if ctx.reference is None:
        return Reading("span", None)
    which = m["which"].casefold()
    saturday = _monday(ctx.reference) + timedelta(days=5) + _STEPS[which] * _WEEK
    if which in ("the", "that") and not ctx.future and saturday > ctx.reference:
        saturday -= _WEEK
    return Reading("span", (saturday, saturday + timedelta(days=1)))


def _nth_day(m: re.Match[str], ctx: Context) -> Reading | None:
    """“Friday the 15th”, “the 20th of next month”."""
    digits = re.match(r"\d+", m["number"])
    number = int(digits.group()) if digits else 0
    if ctx.reference is None:
        return Reading("day", None)
    first = ctx.reference.replace(day=1)
    if m["which"]:
        moved = calendars.shift(first, _STEPS[m["which"].casefold()])
        return Reading("day", make_day(moved.year, moved.month, number))
    weekday = WEEKDAYS[m["day"].casefold()]
    months = [calendars.shift(first, n) for n in range(-12, 13)]
    days = [make_day(day.year, day.month, number) for day in months]
    fitting = [d for d in days if d and d[0].weekday() == weekday]
    today = ctx.reference
    return Reading("day", min(fitting, key=lambda d: abs(d[0] - today), default=None))


_DAY_NAME = r"(?P<day>(?i:mon|tues|wednes|thurs|fri|satur|sun)(?i:day))"
_WEEK_NAME = r"(?P<which>(?i:last|this|next|previous|coming|following))[ ](?i:week)"
_OF = (
    rf"(?:[ ](?i:of|in)[ ](?:the[ ])?|[ ](?=(?i:this|next|last)[ ]))"
    rf"(?:(?P<month>{MONTH})(?:,?[ ](?:of[ ])?(?P<year>{YEAR}))?|(?P<alone>{YEAR})"
    r"|(?P<which>(?i:this|next|last|previous|coming|following))[ ](?P<unit>(?i:month|year))\b)"
)
_NTH_WORD = rf"(?:(?i:the)[ ])?(?P<nth>(?i:{'|'.join(_NTH)}))"
_A_DATE = rf"(?:(?P<m1>{MONTH})[ ](?P<d1>{DAY})|(?P<d2>{DAY})[ ](?:of[ ])?(?P<m2>{MONTH}))(?:,?[ ](?P<year>{YEAR}))?"

RULES = (
    Rule("day of week", rf"\b{_DAY_NAME},?[ ](?:(?i:of|in)[ ])?{_WEEK_NAME}\b", _in_week, needs=("week",)),
    Rule(
        "day of week",
        rf"\b{_WEEK_NAME}(?:[’']s|,)?[ ](?:(?i:on)[ ])?{_DAY_NAME}\b",
        _in_week,
        needs=("week",),
    ),
    Rule(
        "nth weekday",
        rf"\b{_NTH_WORD}[ ]{_DAY_NAME}{_OF}",
        _nth_weekday,
        needs=("day of", "day in", "day "),
    ),
    Rule("nth week", rf"\b{_NTH_WORD}[ ](?i:week){_OF}", _nth_week, needs=("week",)),
    Rule(
        "week of",
        rf"\b(?:(?i:the)[ ])?(?i:week)[ ](?P<how>(?i:of|to|through|(?:end|start|beginn|commenc)(?:ed|ing)))[ ]"
        rf"(?:on[ ])?{_A_DATE}",
        _week_of,
        needs=("week",),
    ),
    Rule(
        "weekend",
        r"\b(?P<which>(?i:last|this|next|coming|that|the))[ ](?i:weekend)\b(?![ ](?:of|edition))",
        _weekend,
        needs=("weekend",),
    ),
    Rule(
        "nth day",
        rf"\b(?:(?i:the)[ ])?(?P<day>(?!))?(?P<number>{DAY})[ ](?:of[ ])?"
        r"(?P<which>(?i:this|next|last))[ ](?i:month)\b",
        _nth_day,
        needs=("month",),
    ),
    Rule(
        "nth day",
        rf"\b{_DAY_NAME},?[ ](?i:the)[ ](?P<number>{DAY})(?P<which>(?!))?(?![ ](?:of[ ])?{MONTH})(?![ ][a-z]+s\b)",
        _nth_day,
        needs=("day the", "day, the"),
    ),
)
