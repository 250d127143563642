"""Dates in digits: 23/11/2025, 2025.11.03, 3-Nov-2025, 11/2025. Where two orders fit, the day is known only if told."""

from __future__ import annotations

import re

from graph.text.periods import calendars
from graph.text.periods.model import Context, Reading
from graph.text.periods.picking import make_day
from graph.text.periods.words import DAY, MONTH, YEAR, Rule, long_year, month_number

# no part of a longer number or name, but perhaps one of two with a dash between, or amid Chinese
_BEGIN = r"(?:(?<![A-Za-z0-9_./,-])|(?<=(?:19|20)\d\d-))"
_END = r"(?![A-Za-z0-9_/]|[.,]\d|-(?!\d{1,4}[/.]\d))"
_DATE = re.compile(rf"{_BEGIN}(?P<a>\d{{1,2}})(?P<sep>[/.-])(?P<b>\d{{1,2}})(?P=sep)(?P<year>(?:19|20)\d\d|\d\d){_END}")


def day_first(text: str) -> bool | None:
    """Whether the dates in digits of a text name the day before the month, by those that fit one order only.

    >>> day_first("on 3/11/2025 and on 25/11/2025"), day_first("on 3/11/2025")
    (True, None)
    """
    votes = {_order(m) for m in _DATE.finditer(text) if m["sep"] != "."} - {None}
    return votes.pop() if len(votes) == 1 else None


def _order(m: re.Match[str]) -> bool | None:
    a, b = int(m["a"]), int(m["b"])
    return True if a > 12 >= b else False if b > 12 >= a else None


def _numeric(m: re.Match[str], ctx: Context) -> Reading | None:
    a, b, short = int(m["a"]), int(m["b"]), len(m["year"]) == 2
    order = True if m["sep"] == "." else _order(m)
    if (short and m["sep"] == ".") or (short and m["sep"] == "-" and order is None and ctx.day_first is None):
        return None
    if order is None:
        order = True if a == b else ctx.day_first
    if order is None:
        return Reading("day", None)
    day, month = (a, b) if order else (b, a)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Reading("day", make_day(long_year(m["year"]) if short else int(m["year"]), month, day))


def _year_first(m: re.Match[str], _: Context) -> Reading | None:
    found = make_day(int(m["year"]), int(m["month"]), int(m["day"]))
    return Reading("day", found) if found else None


def _named_month(m: re.Match[str], _: Context) -> Reading | None:
    found = make_day(int(m["year"]), month_number(m["month"]), int(m["day"]))
    return Reading("day", found) if found else None


def _month(m: re.Match[str], _: Context) -> Reading | None:
    year, number = int(m["year"]), int(m["month"])
    if number == (year + 1) % 100:  # 2011/12 may be a year that ends in 2012
        return None
    return Reading("month", calendars.month(year, number))


_M = r"(?P<month>0?[1-9]|1[0-2])"

RULES = (
    Rule("numeric", _DATE.pattern, _numeric),
    Rule(
        "numeric",
        rf"{_BEGIN}(?P<year>(?:19|20)\d\d)\.(?P<month>\d\d?)\.(?P<day>\d\d?){_END}",
        _year_first,
    ),
    Rule(
        "named month",
        rf"(?<![\w./-])(?P<day>{DAY})(?P<sep>[-/])(?P<month>{MONTH})(?P=sep)(?P<year>{YEAR})(?![\w/-])",
        _named_month,
        needs=("-", "/"),
    ),
    Rule(
        "named month",
        rf"(?<![\w./-])(?P<year>{YEAR})(?P<sep>[-/])(?P<month>{MONTH})(?P=sep)(?P<day>{DAY})(?![\w/-])",
        _named_month,
        needs=("-", "/"),
    ),
    Rule("numeric month", rf"(?<![\w./-]){_M}/(?P<year>{YEAR})(?![\w/-])", _month, needs=("/",)),
    Rule("numeric month", rf"(?<![\w./-])(?P<year>(?:19|20)\d\d)/{_M}(?![\w/-])", _month, needs=("/",)),
)
