"""Days, months, quarters, halves and years by name; without a year they are read against the reference."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from graph.text.periods import calendars
from graph.text.periods.model import Context, Days, Reading
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
)  # fmt: skip

_NUMBER = re.compile(r"\d+")


def _day_number(written: str) -> int:
    found = _NUMBER.match(written)
    return int(found.group()) if found else 0


def make_day(year: int, month: int, day: int) -> Days | None:
    """One day as a stretch; None if the calendar has no such day."""
    try:
        made = date(year, month, day)
    except ValueError:
        return None
    return made, made


def pick(stretches: Sequence[Days | None], ctx: Context) -> Days | None:
    """Of the same stretch in neighbouring years, the one meant: the latest that has begun, or the next
    if looking ahead.
    """
    known = [s for s in stretches if s is not None]
    if ctx.reference is None or not known:
        return None
    if ctx.future:
        return min((s for s in known if s[1] >= ctx.reference), default=known[-1])
    return max((s for s in known if s[0] <= ctx.reference), default=known[0])


def around(ctx: Context) -> range:
    """The years in which an unnamed year may lie."""
    year = ctx.reference.year if ctx.reference else 2000
    return range(year - 1, year + 2)


def _day(m: re.Match[str], ctx: Context) -> Reading | None:
    month, number = month_number(m["month"]), _day_number(m["day"])
    if m["year"]:
        found = make_day(int(m["year"]), month, number)
        return Reading("day", found) if found else None
    return Reading("day", pick([make_day(y, month, number) for y in around(ctx)], ctx))


def _days(m: re.Match[str], ctx: Context) -> Reading | None:
    month = month_number(m["month"])
    ends = []
    for tag in ("day", "till"):
        number = _day_number(m[tag])
        ends.append(
            make_day(int(m["year"]), month, number)
            if m["year"]
            else pick([make_day(y, month, number) for y in around(ctx)], ctx)
        )
    if ends[0] is None or ends[1] is None or ends[0] > ends[1]:
        return None
    return Reading("span", (ends[0][0], ends[1][1]))


def _iso(m: re.Match[str], _: Context) -> Reading | None:
    year, month = int(m["year"]), int(m["month"])
    if not 1 <= month <= 12:
        return None
    if not m["day"]:
        return Reading("month", calendars.month(year, month)) if m["month"][0] == "0" or month <= year % 100 else None
    found = make_day(year, month, int(m["day"]))
    return Reading("day", found) if found else None


def _month(m: re.Match[str], ctx: Context) -> Reading | None:
    number = month_number(m["month"])
    year, _, said = year_after(m, "0", ctx)
    if said:
        return Reading("month", calendars.month(year, number) if year else None)
    which = (m["which"] or "").casefold()
    if which == "that" and ctx.anchor_year:
        return Reading("month", calendars.month(ctx.anchor_year, number))
    if ctx.reference is None:
        return Reading("month", None)
    if which == "next":
        ctx_year = ctx.reference.year + (number <= ctx.reference.month)
    elif which == "last":
        ctx_year = ctx.reference.year - (number >= ctx.reference.month)
    elif which == "this":
        ctx_year = ctx.reference.year
    else:
        return Reading("month", pick([calendars.month(y, number) for y in around(ctx)], ctx))
    return Reading("month", calendars.month(ctx_year, number))


def _half(m: re.Match[str], ctx: Context) -> Reading | None:
    number = ordinal(m["ordinal"]) if m["ordinal"] else int(m["h"] or m["h2"])
    if number > 2:
        return None
    year, fiscal, said = (long_year(m["short"][-2:]), False, True) if m["short"] else year_after(m, "0", ctx)
    if said and year is None:
        return Reading("half", None)
    end = ctx.fiscal_end if fiscal or not said else None
    if end and end != 12:
        years = [year] if year else list(around(ctx))
        found = [_fiscal_half(y, number, end, ctx) for y in years]
        return Reading("half", found[0] if year else pick(found, ctx), anchors=True)
    if year:
        return Reading("half", calendars.half(year, number), anchors=True)
    return Reading("half", pick([calendars.half(y, number) for y in around(ctx)], ctx), anchors=True)


def _fiscal_half(year: int, number: int, end: int, ctx: Context) -> Days:
    first = calendars.fiscal_quarter(year, 2 * number - 1, end, ctx.named_by)[0]
    return calendars.days(first, calendars.shift(first, 5))


def _year(m: re.Match[str], _: Context) -> Reading | None:
    return Reading("year", calendars.year(int(m["year"])))


def _years(m: re.Match[str], _: Context) -> Reading | None:
    first, last = int(m["year"]), m["till"]
    second = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    return Reading("span", (date(first, 1, 1), date(second, 12, 31))) if first < second < first + 60 else None


def _first_months(m: re.Match[str], ctx: Context) -> Reading | None:
    many = count(m["count"])
    if not 1 <= many <= 12:
        return None
    year, fiscal, said = year_after(m, "0", ctx)
    end = ctx.fiscal_end if fiscal or not said else None

    def made(number: int) -> Days:
        first, last = calendars.fiscal_year(number, end or 12, ctx.named_by)
        return (
            calendars.days(first, calendars.shift(first, many - 1))
            if m["which"].casefold() == "first"
            else calendars.days(calendars.shift(last.replace(day=1), 1 - many), last)
        )

    if said:
        return Reading("span", made(year) if year else None, anchors=True)
    return Reading("span", pick([made(y) for y in around(ctx)], ctx), anchors=True)


def _decade(m: re.Match[str], _: Context) -> Reading | None:
    first = int(m["year"])
    return Reading("span", (date(first, 1, 1), date(first + 9, 12, 31)))


_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?[ ])?"
_NOUNS = (
    r"(?![ ](?:stores|outlets|chips|units|people|employees|workers|servers|cards|companies"
    r"|vehicles|customers|wafers|GPUs|tonnes|tons|jobs|homes|dollars|yuan|yen|won|euros"
    r"|pounds|watts|nits|points|times|copies|cores|tokens)\b)"
)

RULES = (
    Rule("iso", re.compile(r"(?<![\w.-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)(?:-(?P<day>\d\d))?(?![\w-])"), _iso),
    Rule("iso", re.compile(r"(?<![\w./-])(?P<year>(?:19|20)\d\d)/(?P<month>\d\d?)/(?P<day>\d\d?)(?![\w/-])"), _iso),
    Rule(
        "days",
        re.compile(
            rf"\b(?P<month>{MONTH})[ ](?P<day>{DAY})[ ]?(?:-|–|—|to)[ ]?(?P<till>{DAY})(?:,?[ ](?P<year>{YEAR}))?"
        ),
        _days,
    ),
    Rule(
        "days",
        re.compile(
            rf"(?<![\w.,])(?P<day>{DAY})[ ]?(?:-|–|—|to)[ ]?(?P<till>{DAY})[ ](?P<month>{MONTH})"
            rf"(?:,?[ ](?P<year>{YEAR}))?"
        ),
        _days,
    ),
    Rule(
        "day",
        re.compile(
            rf"\b{_WEEKDAY}(?P<month>{MONTH})[ ](?:the[ ])?(?P<day>{DAY})(?:,?[ ](?:of[ ])?(?P<year>{YEAR}))?"
            rf"(?![ ](?:per|percent|million|billion)\b)"
        ),
        _day,
    ),
    Rule(
        "day",
        re.compile(rf"(?<![\w.,$-]){_WEEKDAY}(?P<day>{DAY})[ ](?:of[ ])?(?P<month>{MONTH})(?:,?[ ](?P<year>{YEAR}))?"),
        _day,
    ),
    Rule(
        "month",
        re.compile(
            rf"\b(?:(?P<which>(?i:last|this|next|that))[ ])?(?P<month>{MONTH}){of_year('0')}?(?![ ]?\d{{1,2}}"
            rf"(?![\d,.]))"
        ),
        _month,
    ),
    Rule(
        "half",
        re.compile(
            rf"\b(?:(?:(?i:the)[ ])?(?P<ordinal>{ORDINAL})[ -](?i:half|semester)(?![ ]of[ ](?:the"
            rf"|a|this|that|its)[ ](?!year))|H(?P<h>[12])|(?P<h2>[12])H(?P<short>\d\d(?:\d\d)?)?){of_year('0')}?"
            rf"(?![A-Za-z0-9])"
        ),
        _half,
    ),
    Rule(
        "first months",
        re.compile(rf"\b(?P<which>(?i:first|last|final))[ ](?P<count>{COUNT})[ -](?i:months?)\b{of_year('0')}?"),
        _first_months,
    ),
    Rule("decade", re.compile(r"\b(?P<year>(?:19|20)\d0)s\b"), _decade),
    Rule(
        "years",
        re.compile(
            r"(?<![\w.,$€£¥₩-])(?P<year>(?:19|20)\d\d)(?:[ ]?[–—][ ]?|-|/)(?P<till>(?:19|20)\d\d"
            r"|\d\d)(?![\w-]|[.,]\d|[ ]?%)"
        ),
        _years,
    ),
    Rule(
        "year",
        re.compile(
            rf"(?:(?<![\w.,$€£¥₩/+-])|(?<=\bmid-)|(?<=\bend-)|(?<=late-)|(?<=early-))(?<![$€£¥₩#][ ])"
            rf"(?:(?i:calendar(?:[ ]year)?|full[ -]year)[ ])?(?P<year>{YEAR})(?![\w])(?!-[a-z0-9])"
            rf"(?![ ]?(?i:%|percent|per cent|million|billion|trillion|bn|mn|nm|mm|GW|MW|kW|dollars)"
            rf"(?![A-Za-z])){_NOUNS}"
        ),
        _year,
    ),
)
