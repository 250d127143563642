"""Months, halves, first months and years by name; without a year they are read against the reference."""

from __future__ import annotations

import re
from datetime import date

from graph.text.periods import calendars
from graph.text.periods.model import Context, Days, Reading
from graph.text.periods.picking import around, pick
from graph.text.periods.words import (
    COUNT,
    MONTH,
    MONTH_CUES,
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
    short = m["short"] or m["lead"]
    year, fiscal, said = (long_year(short[-2:]), False, True) if short else year_after(m, "0", ctx)
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
    many = count(m["count"]) * (3 if m["unit"].casefold().startswith("quarter") else 1)
    if not 1 <= many <= 12 or (many < 3 and m["unit"].casefold().startswith("quarter")):
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


def _short_year(m: re.Match[str], _: Context) -> Reading | None:
    return Reading("year", calendars.year(2000 + int(m["short"])), anchors=True)


_NOUNS = (
    r"(?![ ](?:stores|outlets|chips|units|people|employees|workers|servers|cards|companies"
    r"|vehicles|customers|wafers|GPUs|tonnes|tons|jobs|homes|dollars|yuan|yen|won|euros"
    r"|pounds|watts|nits|points|times|copies|cores|tokens)\b)"
)

RULES = (
    Rule(
        "month",
        rf"\b(?:(?P<which>(?i:last|this|next|that))[ ])?(?P<month>{MONTH}){of_year('0')}?(?![ ]?\d{{1,2}}"
        rf"(?![\d,.]))",
        _month,
        needs=MONTH_CUES,
    ),
    Rule(
        "half",
        rf"\b(?:(?:(?i:the)[ ])?(?P<ordinal>{ORDINAL})[ -](?i:half|semester)(?![ ]of[ ](?:the"
        rf"|a|this|that|its)[ ](?!year))|(?P<lead>{YEAR})?[ ]?H(?P<h>[12])"
        rf"|(?P<h2>[12])H(?P<short>\d\d(?:\d\d)?)?){of_year('0')}?"
        rf"(?![A-Za-z0-9])",
        _half,
        needs=("half", "semester", "h1", "h2", "1h", "2h"),
    ),
    Rule(
        "first months",
        rf"\b(?P<which>(?i:first|last|final))[ ](?P<count>{COUNT})[ -](?P<unit>(?i:months?|quarters?))\b"
        rf"(?:[ ]of[ ]the[ ]year\b|{of_year('0')})?",
        _first_months,
        needs=("month", "quarters"),
    ),
    Rule("short year", r"\bCY[ ]?[’']?(?P<short>\d\d)(?=E?\b)", _short_year, needs=("cy",)),
    Rule("decade", r"\b(?P<year>(?:19|20)\d0)[’']?s\b", _decade, needs=("0s", "0's", "0’s")),
    Rule(
        "years",
        r"(?<![\w.,$€£¥₩-])(?P<year>(?:19|20)\d\d)(?:[ ]?[–—][ ]?|-|/)(?P<till>(?:19|20)\d\d"
        r"|\d\d)(?![\w-]|[.,]\d|[ ]?%)",
        _years,
    ),
    Rule(
        "year",
        rf"(?:(?<![\w.,$€£¥₩/+-])|(?<=\bmid-)|(?<=\bend-)|(?<=late-)|(?<=early-))(?<![$€£¥₩#][ ])"
        rf"(?:(?i:calendar(?:[ ]year)?|full[ -]year|year)[ ]|CY[ ]?)?(?P<year>{YEAR})(?![\w])(?!-[a-z0-9])"
        rf"(?![ ]?(?i:%|percent|per cent|million|billion|trillion|bn|mn|nm|mm|GW|MW|kW|dollars)"
        rf"(?![A-Za-z])){_NOUNS}",
        _year,
    ),
)
