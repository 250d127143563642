"""Quarters and fiscal years; a firm's quarter comes out as the calendar quarter that shares most days with it."""

from __future__ import annotations

import re
from datetime import date

from graph.text.periods import calendars
from graph.text.periods.model import Context, Days, Kind, Reading
from graph.text.periods.picking import around, make_day, pick
from graph.text.periods.words import (
    COUNT,
    DAY,
    MONTH,
    ORDINAL,
    YEAR,
    Rule,
    count,
    long_year,
    month_number,
    of_year,
    ordinal,
    year_after,
)

# the end of a stretch: July 27 | 27 July 2025 | March | June 30, 2025 | March this year
_END = rf"(?:(?P<m1>{MONTH})(?:[ ](?P<d1>{DAY}))?|(?P<d2>{DAY})[ ](?P<m2>{MONTH})){of_year('e')}?"
_TO = (
    r"(?:,?[ ](?:(?i:which|that)[ ])?(?i:to|through|until|ended|ending|ends|ends[ ]in|ends[ ]on|ended[ ]in"
    r"|ending[ ]in|ended[ ]on|ending[ ]on|to[ ]the[ ]end[ ]of|through[ ]the[ ]end[ ]of)[ ]"
    r"(?:(?i:the[ ]end[ ]of|late|early|mid-)[ ]?)?)"
)


_JUST_OVER = 110  # days: by then the figures of the year are out
_OVER = re.compile(r"\bended\b", re.IGNORECASE)


def _quarter(m: re.Match[str], ctx: Context) -> Reading | None:
    groups = m.groupdict()
    written = groups.get("ordinal")
    number = ordinal(written) if written else int(groups.get("q") or groups.get("q2") or groups.get("q3") or 0)
    year: int | None
    if groups.get("short"):
        year, fiscal, said = long_year(m["short"][-2:]), False, True
    elif groups.get("lead"):
        year, fiscal, said = int(m["lead"]), False, True
    else:
        year, fiscal, said = year_after(m, "0", ctx)
    fiscal = fiscal or bool(groups.get("f") or groups.get("f2"))
    return quarter(number, year, fiscal=fiscal or not said, marked=fiscal, said=said, ctx=ctx)


def _fiscal_short(m: re.Match[str], ctx: Context) -> Reading | None:
    """“FQ3 25”."""
    return quarter(int(m["q"]), long_year(m["yy0"]), fiscal=True, marked=True, said=True, ctx=ctx)


def quarter(number: int, year: int | None, *, fiscal: bool, marked: bool, said: bool, ctx: Context) -> Reading:
    """Quarter `number` of a year, or of the year that fits the reference; `marked`: the text itself calls it fiscal."""
    kind: Kind = "fiscal_quarter" if marked else "quarter"
    if said and year is None:
        return Reading(kind, None)
    if fiscal and ctx.fiscal_end is None and marked and year is not None:
        return Reading(kind, None)
    end = (ctx.fiscal_end if fiscal else None) or 12

    def made(y: int) -> Days:
        return calendars.fiscal_quarter(y, number, end, ctx.named_by)

    if year is not None:
        return Reading(kind, calendars.nearest_quarter(made(year)), anchors=True)
    if ctx.reference is None:
        return Reading(kind, None)
    found = pick([made(y) for y in range(ctx.reference.year - 2, ctx.reference.year + 3)], ctx)
    return Reading(kind, calendars.nearest_quarter(found) if found else None, anchors=True)


def _elliptic(m: re.Match[str], ctx: Context) -> Reading | None:
    return quarter(ordinal(m["ordinal"]), None, fiscal=True, marked=False, said=False, ctx=ctx) if ctx.anchor else None


def _end_day(m: re.Match[str], ctx: Context) -> date | None:
    name = m["m1"] or m["m2"]
    month, written, groups = month_number(name), m["d1"] or m["d2"], m.groupdict()
    number = int(re.sub(r"\D", "", written)) if written else None

    def made(year: int) -> Days | None:
        if number is None:
            last = calendars.month(year, month)[1]
            return last, last
        return make_day(year, month, number)

    year, _, said = year_after(m, "e", ctx)
    if said:
        found = made(year) if year else None
    elif ctx.reference is None:
        found = None
    elif ctx.future:
        found = min((d for d in map(made, around(ctx)) if d and d[1] >= ctx.reference), default=None)
    elif groups.get("unit") and m["unit"].casefold() == "year" and not _OVER.search(m.group()):
        day = ctx.reference
        found = min((d for d in map(made, around(ctx)) if d), key=lambda d: abs(d[1] - day), default=None)
    else:
        found = max((d for d in map(made, around(ctx)) if d and d[1] <= ctx.reference), default=None)
    return found[1] if found else None


def _stretch_to(m: re.Match[str], ctx: Context) -> Reading | None:
    groups = m.groupdict()
    months = count(m["count"]) if groups.get("count") else {"quarter": 3, "half": 6, "year": 12}[m["unit"].casefold()]
    fiscal = bool(groups.get("f"))
    kind: Kind = "quarter" if months == 3 else "fiscal_year" if fiscal else "half" if months == 6 else "span"
    end = _end_day(m, ctx)
    if end is None:
        return Reading(kind, None)
    found = calendars.months_to(end, months)
    if months == 3:
        found = calendars.nearest_quarter(found)
    elif months == 12 and found[0].day != 1:
        found = _whole_year(end)
    return Reading(kind, found, anchors=True)


def _whole_year(end: date) -> Days:
    """Twelve months whose last day is near a month's end, as whole months."""
    last = date(end.year, end.month, 1) if end.day >= 15 else calendars.shift(end.replace(day=1), -1)
    return calendars.days(calendars.shift(last, -11), last)


def _month_quarter(m: re.Match[str], ctx: Context) -> Reading | None:
    month = month_number(m["month"])
    year, _, _ = year_after(m, "0", ctx)

    def made(y: int) -> Days:
        return calendars.months_to(calendars.month(y, month)[1], 3)

    if year is not None:
        found: Days | None = made(year)
    elif ctx.reference is None:
        found = None
    else:
        found = pick([made(y) for y in around(ctx)], ctx)
    return Reading("quarter", calendars.nearest_quarter(found) if found else None, anchors=True)


def _nine_months(_: re.Match[str], ctx: Context) -> Reading | None:
    """“nine-month profit”, “over nine months it earned …”: the last first three quarters of a year that are over."""
    if ctx.reference is None or ctx.future:
        return Reading("span", None)
    ends = [calendars.fiscal_quarter(y, 3, ctx.fiscal_end or 12, ctx.named_by)[1] for y in around(ctx)]
    over = max((end for end in ends if end < ctx.reference), default=None)
    return Reading("span", calendars.months_to(over, 9) if over else None, anchors=True)


def _fiscal_year(m: re.Match[str], ctx: Context) -> Reading | None:
    if ctx.fiscal_end is None:
        return Reading("fiscal_year", None)  # whose year it is nobody knows
    number = int(m["year"]) if m["year"] else long_year(m["short"])
    return Reading("fiscal_year", calendars.fiscal_year(number, ctx.fiscal_end, ctx.named_by))


def _year_to(m: re.Match[str], _: Context) -> Reading | None:
    """“FY3/26”: the year to March 2026, as Japanese firms write it."""
    month = int(m["month"])
    if not 1 <= month <= 12:
        return None
    last = date(long_year(m["short"][-2:]), month, 1)
    return Reading("fiscal_year", calendars.days(calendars.shift(last, -11), last), anchors=True)


def _relative_fiscal_year(m: re.Match[str], ctx: Context) -> Reading | None:
    if ctx.reference is None:
        return Reading("fiscal_year", None)
    step = {"last": -1, "previous": -1, "prior": -1, "next": 1, "coming": 1, "following": 1}.get(
        m["which"].casefold(), 0
    )
    end = ctx.fiscal_end or 12
    number = calendars.fiscal_year_of(ctx.reference, end, ctx.named_by) + step
    return Reading("fiscal_year", calendars.fiscal_year(number, end, ctx.named_by) if ctx.fiscal_end else None)


def _full_year(m: re.Match[str], ctx: Context) -> Reading | None:
    """“the full year”, “its full-year guidance”: the one just over where the text looks back, else the current one."""
    if ctx.reference is None or (ctx.fiscal_end is None and (m["fiscal"] or m["f2"])):
        return Reading("fiscal_year", None)
    end = ctx.fiscal_end or 12
    number = calendars.fiscal_year_of(ctx.reference, end, ctx.named_by)
    before = calendars.fiscal_year(number - 1, end, ctx.named_by)
    future = ctx.future or m["guided"] is not None
    if not future and (ctx.reference - before[1]).days <= _JUST_OVER:
        return Reading("fiscal_year", before)
    return Reading("fiscal_year", None if ctx.past and not future else calendars.fiscal_year(number, end, ctx.named_by))


RULES = (
    Rule(
        "quarter",
        rf"\b(?:(?P<f>(?i:fiscal|financial)(?:[ ](?i:year))?[ -]))?"
        rf"(?P<ordinal>{ORDINAL}|(?i:last)(?=[ ]quarter[ ](?:of|in)[ ]))[ -]"
        rf"(?P<f2>(?i:fiscal|financial)[ -])?(?i:quarter)(?![A-Za-z]|[ ](?:in a row|straight"
        rf"|running)){of_year('0')}?",
        _quarter,
        needs=("quarter",),
    ),
    Rule(
        "quarter",
        rf"\b(?:(?P<f>F|(?i:fiscal)[ ])?Q(?P<q>[1-4])|(?P<q2>[1-4])Q(?P<short>\d\d(?:\d\d)?)?){of_year('0')}?"
        rf"(?![A-Za-z0-9])",
        _quarter,
        needs=("q",),
    ),
    Rule(
        "quarter",
        r"\b(?P<f>F)Q(?P<q>[1-4])[ ](?P<yy0>\d\d)(?![\w%.,]\w|\w|[ ]?%)",
        _fiscal_short,
        needs=("fq",),
    ),
    Rule("quarter", rf"\b(?P<lead>{YEAR})[ -]?Q(?P<q>[1-4])(?![A-Za-z0-9])", _quarter, needs=("q",)),
    Rule(
        "elliptic quarter",
        r"(?<=\bin the )(?P<ordinal>(?i:first|second|third|fourth))(?=[.,;:)]|[ ](?:according"
        r"|from|and|to|but|while)\b|\Z)",
        _elliptic,
        needs=("in the ",),
    ),
    Rule(
        "months to",
        rf"\b(?:(?i:the|its|their)[ ])?(?P<count>{COUNT})[ -](?i:months?)(?:[ ](?i:period))?{_TO}{_END}",
        _stretch_to,
        needs=("month",),
    ),
    Rule(
        "stretch to",
        rf"\b(?:(?P<f>(?i:fiscal|financial)(?:[ ](?i:full))?)[ -])?(?P<unit>(?i:quarter|half|year)){_TO}{_END}",
        _stretch_to,
        needs=("quarter", "half", "year"),
    ),
    Rule(
        "nine months",
        r"\b(?:(?i:over|for|in)[ ](?:(?i:the)[ ])?(?i:nine[ ]months)"
        r"(?=[ ](?:its?|the|revenue|sales|net|profits?|turnover)\b)"
        r"|(?i:nine-month)(?=[ ](?:net[ ]|operating[ ]|gross[ ])?"
        r"(?i:revenues?|sales|profits?|loss(?:es)?|turnover|results?|figures|income|earnings)\b))",
        _nine_months,
        needs=("nine month", "nine-month"),
    ),
    Rule(
        "month quarter",
        rf"\b(?P<month>{MONTH})[ -](?i:quarter)\b{of_year('0')}?",
        _month_quarter,
        needs=("quarter",),
    ),
    Rule(
        "fiscal year",
        rf"(?<![A-Za-z])(?:(?i:fiscal|financial)(?:[ -](?i:year))?[ ]|FY[ ]?)(?P<year>{YEAR})"
        rf"(?:[/-]\d\d(?:\d\d)?)?(?![\d,]\d)|\b(?:FY[ ]?[’']?|(?i:fiscal[ ][’']))(?P<short>\d\d)"
        rf"(?:[/-]\d\d)?(?!\d)",
        _fiscal_year,
        needs=("fiscal", "financial", "fy"),
    ),
    Rule(
        "year to",
        r"\bFY[ ]?(?:to[ ])?(?P<month>\d{1,2})/(?P<short>(?:20)?\d\d)(?![\d/])",
        _year_to,
        needs=("fy",),
    ),
    Rule(
        "relative fiscal year",
        r"\b(?i:the[ ])?(?P<which>(?i:last|this|next|current|previous|prior|coming|following))[ ]"
        r"(?i:fiscal|financial)[ ](?i:year)\b",
        _relative_fiscal_year,
        needs=("fiscal", "financial"),
    ),
    Rule(
        "full year",
        r"\b(?:(?i:(?<=\bfor )the[ ]year)\b"
        r"|(?i:the[ ]year)(?=[’']s[ ](?i:figures|results|sales|revenues?|turnover|profits?|earnings|total)\b)"
        r"|(?i:the|its|their|our)[ ](?i:full|whole|entire)[ ](?:(?P<fiscal>(?i:fiscal|financial))[ ])?(?i:year)\b"
        r"|(?i:the|its|their|our)[ ](?P<f2>(?i:fiscal|financial))[ ](?i:year)\b|(?i:full[ -]year)\b)"
        r"(?P<guided>(?=(?:[ ][\w-]+){0,2}[ ](?i:guidance|forecasts?|outlook|targets?|estimates?|goals?)\b))?"
        r"(?![ ’'-]?\d|[’']s(?![ ](?i:figures|results|sales|revenues?|turnover|profits?|earnings|total)\b)"
        r"|[ ](?:to|through|ended|ending|ends?|of|before|after|earlier|ago|later|in|that|which)\b)",
        _full_year,
        needs=("year",),
    ),
)
