"""Chinese dates: 2025年, 2025年7月27日, 第三季度, 上半年, 去年, 今年."""

from __future__ import annotations

import re
from datetime import date

from graph.text.periods import calendars
from graph.text.periods.fiscal import quarter
from graph.text.periods.model import Context, Reading
from graph.text.periods.picking import around, make_day, pick
from graph.text.periods.words import Rule

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"〇": 0}
_RELATIVE = {"前年": -2, "去年": -1, "上年": -1, "今年": 0, "本年": 0, "明年": 1}
_PARTS = {"上半年": 1, "下半年": 2}


def _number(written: str) -> int:
    if written.isdecimal():
        return int(written)
    if "十" in written:
        tens, _, ones = written.partition("十")
        return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
    return int("".join(str(_DIGITS[c]) for c in written))


def _year(m: re.Match[str], ctx: Context) -> tuple[int | None, bool]:
    if m["year"]:
        number = _number(m["year"])
        return (number if number > 99 else 2000 + number), True
    if m["rel"]:
        return (ctx.reference.year + _RELATIVE[m["rel"]] if ctx.reference else None), True
    return None, False


def _read(m: re.Match[str], ctx: Context) -> Reading | None:
    year, said = _year(m, ctx)
    if said and year is None:
        return Reading("relative", None)
    if m["quarter"]:
        return quarter(_number(m["quarter"]), year, fiscal=not said, marked=False, said=said, ctx=ctx)
    if m["half"]:
        number = _PARTS[m["half"]]
        found = calendars.half(year, number) if year else pick([calendars.half(y, number) for y in around(ctx)], ctx)
        return Reading("half", found, anchors=True)
    if m["month"]:
        return _month(_number(m["month"]), m["day"], year, ctx)
    return Reading("year", calendars.year(year)) if year else None


def _month(month: int, day: str | None, year: int | None, ctx: Context) -> Reading | None:
    if not 1 <= month <= 12:
        return None
    years = [year] if year else list(around(ctx))
    if day:
        days = [make_day(y, month, _number(day)) for y in years]
        return Reading("day", days[0] if year else pick(days, ctx))
    months = [calendars.month(y, month) for y in years]
    return Reading("month", months[0] if year else pick(list(months), ctx))


def _years(m: re.Match[str], _: Context) -> Reading | None:
    first, last = int(m["first"]), int(m["last"])
    return Reading("span", (date(first, 1, 1), date(last, 12, 31))) if first < last else None


_N = r"[一二三四五六七八九十]{1,3}|\d{1,2}"
_WHEN = rf"(?:(?P<year>(?:19|20)\d\d|[一二][零〇一二三四五六七八九]{{3}}|\d\d)年度?|(?P<rel>{'|'.join(_RELATIVE)}))"
_PART = (
    r"(?:的?(?:第(?P<quarter>[一二三四1-4])季度?|(?P<half>上半年|下半年)"
    rf"|(?P<month>{_N})月份?(?:(?P<day>{_N})[日号])?))"
)

RULES = (
    Rule(
        "chinese years",
        re.compile(r"(?P<first>(?:19|20)\d\d)年?[至到–—-](?P<last>(?:19|20)\d\d)年"),
        _years,
        needs=("年",),
    ),
    Rule("chinese date", re.compile(rf"(?<![\d.]){_WHEN}{_PART}?"), _read, needs=("年",)),
    Rule(
        "chinese part",
        re.compile(rf"(?<![\d.年])(?P<year>(?!))?(?P<rel>(?!))?{_PART}"),
        _read,
        needs=("季", "半年", "月"),
    ),
)
