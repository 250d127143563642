"""Chinese dates: 2025年, 2025年7月27日, 第三季度, 上半年, 去年, 今年."""

from __future__ import annotations

import re
from datetime import date

from graph.text.periods import calendars
from graph.text.periods.fiscal import quarter
from graph.text.periods.model import Context, Days, Reading
from graph.text.periods.picking import around, make_day, pick
from graph.text.periods.shares import Part, share
from graph.text.periods.words import Rule

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"〇": 0}
_RELATIVE = {"前年": -2, "去年": -1, "上年": -1, "今年": 0, "本年": 0, "明年": 1}
_PARTS = {"上半年": 1, "下半年": 2}
_SHARES: dict[str, Part] = {"底": "end", "末": "end", "初": "start", "中": "mid"}


def han_number(written: str) -> int:
    """`27` → 27, `二十七` → 27, `二零二五` → 2025."""
    if written.isdecimal():
        return int(written)
    if "十" in written:
        tens, _, ones = written.partition("十")
        return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
    return int("".join(str(_DIGITS[c]) for c in written))


def _year(m: re.Match[str], ctx: Context) -> tuple[int | None, bool]:
    if m["year"]:
        number = han_number(m["year"])
        return (number if number > 99 else 2000 + number), True
    if m["rel"]:
        return (ctx.reference.year + _RELATIVE[m["rel"]] if ctx.reference else None), True
    return None, False


def _read(m: re.Match[str], ctx: Context) -> Reading | None:
    year, said = _year(m, ctx)
    if said and year is None:
        return Reading("relative", None)
    if m["quarter"]:
        return quarter(han_number(m["quarter"]), year, fiscal=not said, marked=False, said=said, ctx=ctx)
    if m["half"]:
        number = _PARTS[m["half"]]
        found = calendars.half(year, number) if year else pick([calendars.half(y, number) for y in around(ctx)], ctx)
        return Reading("half", found, anchors=True)
    if m["month"]:
        return _month(han_number(m["month"]), m["day"], year, ctx)
    if m.groupdict().get("quarters") and year:
        months = 3 * han_number(m["quarters"].replace("两", "二"))
        return Reading("span", (date(year, 1, 1), calendars.month(year, months)[1]), anchors=True)
    if year is None:
        return None
    part = _SHARES.get(m.groupdict().get("share") or "")
    return Reading("year", share(calendars.year(year), part) if part else calendars.year(year))


def _month(month: int, day: str | None, year: int | None, ctx: Context) -> Reading | None:
    if not 1 <= month <= 12:
        return None
    years = [year] if year else list(around(ctx))
    if day:
        days = [make_day(y, month, han_number(day)) for y in years]
        return Reading("day", days[0] if year else pick(days, ctx))
    months = [calendars.month(y, month) for y in years]
    return Reading("month", months[0] if year else pick(list(months), ctx))


def _days(m: re.Match[str], ctx: Context) -> Reading | None:
    """“从一月十日到十二日”, “2019年6月1日-6月30日”: in one year, the last that has begun where none is said."""
    year, said = _year(m, ctx)
    month, till = han_number(m["month"]), han_number(m["month2"] or m["month"])
    years = [year] if year else list(around(ctx)) if not said else []
    spans = [_span(make_day(y, month, han_number(m["day"])), make_day(y, till, han_number(m["day2"]))) for y in years]
    return Reading("span", (spans[0] if year else pick(spans, ctx)) if any(spans) else None)


def _span(first: Days | None, last: Days | None) -> Days | None:
    return (first[0], last[1]) if first and last and first[0] < last[1] else None


def _years(m: re.Match[str], _: Context) -> Reading | None:
    first, last = int(m["first"]), int(m["last"])
    return Reading("span", (date(first, 1, 1), date(last, 12, 31))) if first < last else None


_N = r"[一二三四五六七八九十]{1,3}|\d{1,2}"
_WHEN = (
    r"(?:(?P<year>(?:19|20)\d\d|[一二][零〇一二三四五六七八九]{3}|[零〇][零〇一二三四五六七八九]|\d\d)[ ]?年度?(?!代)"
    rf"|(?P<rel>{'|'.join(_RELATIVE)}))"
)
_PART = (
    r"(?:的?[ ]?(?:(?:第|(?<=年))(?P<quarter>[一二三四1-4])季度?|(?P<half>上半年|下半年)"
    rf"|(?P<month>{_N})月份?(?:(?P<day>{_N})[日号])?))"
)
_NOT_BEFORE = r"(?<![\d.零〇一二三四五六七八九十年元])"

RULES = (
    Rule(
        "chinese years",
        r"(?P<first>(?:19|20)\d\d)年?[至到与和–—-](?P<last>(?:19|20)\d\d)年(?:之?间)?",
        _years,
        needs=("年",),
    ),
    Rule(
        "chinese years",
        r"(?<=从)(?P<first>(?:19|20)\d\d)[至到–—-](?P<last>(?:19|20)\d\d)(?!\d)",
        _years,
        needs=("从",),
    ),
    Rule(
        "chinese date",
        rf"(?<![\d.一二三四五六七八九十]){_WHEN}(?:{_PART}|前(?P<quarters>[二两三])个?季度|(?P<share>[底末初]|中(?!国)))?",
        _read,
        needs=("年",),
    ),
    Rule(
        "chinese days",
        rf"(?<![\d.一二三四五六七八九十]){_WHEN}?(?P<month>{_N})月(?P<day>{_N})[日号][至到–—-](?:(?P<month2>{_N})月)?(?P<day2>{_N})[日号]",
        _days,
        needs=("月",),
    ),
    Rule(
        "chinese part",
        rf"{_NOT_BEFORE}(?P<year>(?!))?(?P<rel>(?!))?{_PART}",
        _read,
        needs=("季", "半年", "月"),
    ),
)
