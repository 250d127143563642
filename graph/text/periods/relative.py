"""Phrases that lean on the day of publication (“last year”, “on Wednesday”) or on the text (“a year earlier”)."""

from __future__ import annotations

import re
from datetime import date, timedelta

from graph.text.periods import calendars
from graph.text.periods.model import Context, Days, Reading
from graph.text.periods.words import COUNT, WEEKDAYS, Rule, count, of_year, year_after

_STEPS = {
    "last": -1,
    "past": -1,
    "previous": -1,
    "prior": -1,
    "preceding": -1,
    "next": 1,
    "coming": 1,
    "following": 1,
    "this": 0,
    "current": 0,
    "present": 0,
    "ongoing": 0,
}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}
_MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def unit_around(unit: str, day: date, step: int, ctx: Context) -> Days:
    """The calendar week, month, quarter, half or year of a day, moved by `step` of them."""
    if unit == "decade":
        began = (day.year // 10 + step) * 10
        return date(began, 1, 1), date(began + 9, 12, 31)
    if unit == "week":
        monday = day - timedelta(days=day.weekday()) + timedelta(weeks=step)
        return monday, monday + timedelta(days=6)
    moved = calendars.shift(day.replace(day=1), step * _MONTHS_IN[unit])
    if unit == "month":
        return calendars.days(moved, moved)
    if unit == "year":
        return calendars.year(moved.year)
    if unit == "half":
        return calendars.half(moved.year, (moved.month + 5) // 6)
    if ctx.fiscal_end and ctx.fiscal_end % 3:
        back = (moved.month - ctx.fiscal_end - 1) % 3
        first = calendars.shift(moved, -back)
        return calendars.nearest_quarter(calendars.days(first, calendars.shift(first, 2)))
    return calendars.quarter(moved.year, (moved.month + 2) // 3)


def _which(m: re.Match[str], ctx: Context) -> Reading | None:
    unit, which = m["unit"].casefold(), m["which"].casefold()
    step = _STEPS[which]
    if ctx.anchor and which in ("preceding", "following", "previous", "prior") and unit in ("quarter", "half", "year"):
        return Reading("relative", calendars.shift_days(ctx.anchor, step * _MONTHS_IN[unit]))
    if ctx.reference is None:
        return Reading("relative", None)
    found = unit_around(unit, ctx.reference, step, ctx)
    kind = "span" if unit == "week" else unit
    return Reading(kind, found, anchors=unit in ("quarter", "half") and step <= 0)  # type: ignore[arg-type]


def _state(m: re.Match[str], ctx: Context) -> Reading | None:
    """“the quarter now running”, “the quarter just ended”: the one of publication, or the one before."""
    unit = m["unit"].casefold()
    if ctx.reference is None:
        return Reading("relative", None)
    step = -1 if m["over"] else 0
    return Reading(unit, unit_around(unit, ctx.reference, step, ctx), anchors=unit != "year")  # type: ignore[arg-type]


def _same(m: re.Match[str], ctx: Context) -> Reading | None:
    """“the corresponding period of fiscal 2025”, “the same quarter last year”, “the year-ago quarter”."""
    if ctx.anchor is None:
        return Reading("relative", None)
    groups = m.groupdict()
    year = year_after(m, "0", ctx)[0] if "y0" in groups else None
    back = -1
    if year is not None and not groups.get("fy0"):
        back = year - ctx.anchor[1].year
    return Reading("relative", calendars.shift_days(ctx.anchor, 12 * back))


def _earlier(m: re.Match[str], ctx: Context) -> Reading | None:
    many, unit = count(m["count"]), m["unit"].casefold()
    if ctx.anchor is None or unit == "week" or many == 0:
        return Reading("relative", None)
    return Reading(
        "relative",
        calendars.shift_days(
            ctx.anchor, (1 if m["way"].casefold() in ("later", "on") else -1) * many * _MONTHS_IN[unit]
        ),
    )


def _ago(m: re.Match[str], ctx: Context) -> Reading | None:
    many, unit = count(m["count"]), m["unit"].casefold()
    if ctx.reference is None or many == 0:
        return Reading("relative", None)
    if unit == "day":
        moved = ctx.reference - timedelta(days=many)
        return Reading("relative", (moved, moved))
    if unit == "decade":
        return Reading("relative", calendars.year(ctx.reference.year - 10 * many))
    if unit == "year" and many == 1 and ctx.anchor:
        return Reading("relative", calendars.shift_days(ctx.anchor, -12))
    return Reading("relative", unit_around(unit, ctx.reference, -many, ctx))


def _today(m: re.Match[str], ctx: Context) -> Reading | None:
    if ctx.reference is None:
        return Reading("day", None)
    moved = ctx.reference + timedelta(days={"yesterday": -1, "tomorrow": 1}.get(m["word"].casefold(), 0))
    return Reading("day", (moved, moved))


def _weekday(m: re.Match[str], ctx: Context) -> Reading | None:
    if ctx.reference is None:
        return Reading("day", None)
    number = WEEKDAYS[m["day"].casefold()]
    which = (m["which"] or "").casefold()
    if which:  # of the week before, of this one, of the next one
        monday = ctx.reference - timedelta(days=ctx.reference.weekday()) + timedelta(weeks=_STEPS[which])
        moved = monday + timedelta(days=number)
    else:
        back = (ctx.reference.weekday() - number) % 7
        moved = ctx.reference + timedelta(days=-back % 7 if ctx.future else -back)
    return Reading("day", (moved, moved))


def _season(m: re.Match[str], ctx: Context) -> Reading | None:
    season = m["season"].casefold()
    first, last = _SEASONS[season]
    year, _, said = year_after(m, "0", ctx)
    if (not said and ctx.reference is None) or (said and year is None):
        return Reading("span", None)
    if year is None and ctx.reference is not None:
        began = date(ctx.reference.year, first, 1) <= ctx.reference
        year = ctx.reference.year if began else ctx.reference.year - 1
        if (m["which"] or "").casefold() == "last" and began and ctx.reference.month <= last:
            year -= 1
        if ctx.future or (m["which"] or "").casefold() == "next":
            year += 1
    return Reading("span", calendars.days(date(year, first, 1), date(year, last, 1))) if year else None


def _definite(_: re.Match[str], ctx: Context) -> Reading | None:
    return Reading("relative", ctx.anchor) if ctx.anchor else None


def _duration(_: re.Match[str], __: Context) -> Reading | None:
    return Reading("span", None)


_UNIT = r"(?P<unit>(?i:week|month|quarter|half|year))"
_SAME = r"(?i:same|corresponding|comparable|equivalent|like|similar)"
_STRETCH = (
    r"(?i:three[ -]month[ ]|six[ -]month[ ]|nine[ -]month[ ])?(?i:period|quarter|stretch"
    r"|time|half|months|three[ ]months|six[ ]months|nine[ ]months|weeks)"
)

RULES = (
    Rule(
        "which",
        rf"\b(?:(?i:the)[ ])?(?P<which>(?i:last|this|next|current"
        rf"|previous|prior|preceding|coming|following|present))[ ]{_UNIT}(?![ -](?:earlier|ago)"
        rf"|[A-Za-z]|-|[ ](?:of|in)[ ](?:(?:19|20)\d\d|the[ ]year|fiscal))",
        _which,
        needs=("week", "month", "quarter", "half", "year"),
    ),
    Rule(
        "state",
        r"\b(?:(?i:the)[ ])?(?P<unit>(?i:quarter|half|year))[ ]"
        r"(?:(?i:(?:now[ ]|currently[ ])?(?:running|under[ ]way|underway|in[ ]progress)"
        r"|(?:that[ ](?:has[ ])?)?just[ ]begun)|(?P<over>(?i:(?:that[ ](?:has[ ])?)?just[ ]"
        r"(?:ended|closed|past|gone|reported|finished))))\b(?![ ](?:on|in)[ ])",
        _state,
        needs=("running", "under way", "underway", "in progress", "just "),
    ),
    Rule(
        "same",
        rf"\b(?:(?i:the)[ ])?{_SAME}[ ]{_STRETCH}(?:{of_year('0')}|[ ](?:in[ ]|of[ ])?(?:a|the)[ ]"
        rf"(?:year[ ](?:earlier|before|ago)|previous[ ]year|prior[ ]year|year-ago)|[ ]one[ ]year[ ]"
        rf"(?:earlier|before))",
        _same,
        needs=("same", "corresponding", "comparable", "equivalent", "like", "similar"),
    ),
    Rule(
        "year ago",
        r"\b(?:(?i:the|its|an?)[ ])?(?i:year-(?:ago|earlier)|prior-year|previous-year)[ ](?:third[ ]"
        r"|first[ ]|second[ ]|fourth[ ])?(?i:period|quarter|half|figure|level|months|three[ ]months)",
        _same,
        needs=("year-", "-year"),
    ),
    Rule(
        "earlier",
        rf"\b(?P<count>{COUNT}|(?i:an?|several))[ ](?P<unit>(?i:week|month|quarter|year))s?[ ]"
        rf"(?P<way>(?i:earlier|before|later|prior|previously))(?![A-Za-z])",
        _earlier,
        needs=("earlier", "before", "later", "prior", "previously"),
    ),
    Rule(
        "ago",
        rf"\b(?P<count>{COUNT}|(?i:an?|several))[ ](?P<unit>(?i:day|week|month|quarter|year|decade))s?[ ](?i:ago)\b",
        _ago,
        needs=(" ago",),
    ),
    Rule(
        "today",
        r"\b(?P<word>(?i:today|yesterday|tomorrow))\b",
        _today,
        needs=("today", "yesterday", "tomorrow"),
    ),
    Rule(
        "weekday",
        r"\b(?:(?P<which>(?i:last|this|next|coming))[ ])?(?<!first[ ])(?<!second[ ])(?<!third[ ])"
        r"(?<!fourth[ ])(?<!fifth[ ])"
        r"(?P<day>(?i:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
        _weekday,
        needs=("day",),
    ),
    Rule(
        "season",
        rf"\b(?:(?P<which>(?i:last|this|next))|(?<=in )(?i:the)|(?<=by )(?i:the))[ ](?P<season>"
        rf"(?i:spring|summer|autumn|fall))\b{of_year('0')}?",
        _season,
        needs=("spring", "summer", "autumn", "fall"),
    ),
    Rule(
        "definite",
        r"\b(?i:the)[ ](?:quarter|period)\b(?![ ](?:to|through|until|ended|ending|that|which|of|from)\b)",
        _definite,
        needs=("the quarter", "the period"),
    ),
    Rule(
        "duration",
        rf"\b(?i:over|for|within|in)[ ](?:(?:roughly|about|around|some|nearly|almost|more[ ]than"
        rf"|up[ ]to|at[ ]least|the|the[ ]next|the[ ]past|the[ ]last|the[ ]coming)[ ]){{0,2}}"
        rf"(?:{COUNT}|several|a[ ]few|a)[ -](?:more[ ])?(?:quarters?|months?|years?|decades?)(?![A-Za-z-]|[ ]"
        rf"(?:ago|earlier|before|later|to|through|until|ended|ending|of[ ](?:19|20)\d\d))",
        _duration,
        needs=("quarter", "month", "year", "decade"),
    ),
)
