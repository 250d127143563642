"""Chinese phrases that lean on the day of publication: 昨日, 上周五, 下个月, 过去三年; and decades: 20世纪90年代."""

from __future__ import annotations

import re
from datetime import date, timedelta

from graph.text.periods import calendars
from graph.text.periods.chinese import han_number
from graph.text.periods.model import Context, Days, Reading
from graph.text.periods.picking import make_day
from graph.text.periods.words import Rule

_DAYS = {
    "大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2, "後天": 2,
    "大后天": 3, "大後天": 3,
}  # fmt: skip
_STEPS = {"上上": -2, "上": -1, "本": 0, "这": 0, "這": 0, "下": 1, "下下": 2}
_WEEKDAYS = {c: n for n, c in enumerate("一二三四五六日")} | {"天": 6}
_DAY = timedelta(days=1)


def _near_day(m: re.Match[str], ctx: Context) -> Reading | None:
    if ctx.reference is None:
        return Reading("day", None)
    moved = ctx.reference + _DAYS[m["near"]] * _DAY
    return Reading("day", (moved, moved))


def _week(m: re.Match[str], ctx: Context) -> Reading | None:
    """A week, its weekend or one of its days; a bare 周五 is the latest, or the next where the sentence looks ahead."""
    if ctx.reference is None:
        return Reading("span", None)
    monday = ctx.reference - ctx.reference.weekday() * _DAY
    if not m["step"]:
        back = (ctx.reference.weekday() - _WEEKDAYS[m["day"]]) % 7
        moved = ctx.reference + (-back % 7 if ctx.future else -back) * _DAY
        return Reading("day", (moved, moved))
    monday += _STEPS[m["step"]] * 7 * _DAY
    if m["day"] == "末":
        return Reading("span", (monday + 5 * _DAY, monday + 6 * _DAY))
    if m["day"]:
        moved = monday + _WEEKDAYS[m["day"]] * _DAY
        return Reading("day", (moved, moved))
    return Reading("span", (monday, monday + 6 * _DAY))


def _month(m: re.Match[str], ctx: Context) -> Reading | None:
    if ctx.reference is None:
        return Reading("month", None)
    moved = calendars.shift(ctx.reference.replace(day=1), _STEPS[m["step"]])
    if m["day"]:
        return Reading("day", make_day(moved.year, moved.month, han_number(m["day"])))
    return Reading("month", calendars.days(moved, moved))


def _rolling(m: re.Match[str], ctx: Context) -> Reading | None:
    many = han_number(m["count"].replace("两", "二"))
    if ctx.reference is None or not 1 <= many <= 99:
        return Reading("span", None)
    ahead = m["way"] in ("未来", "未來", "今后", "今後")
    moved = _moved(ctx.reference, many if ahead else -many, m["unit"])
    return Reading("span", (ctx.reference + _DAY, moved) if ahead else (moved, ctx.reference - _DAY))


def _moved(day: date, many: int, unit: str) -> date:
    if unit in ("年", "月"):
        return calendars.shift(day, many * (12 if unit == "年" else 1))
    return day + many * (_DAY if unit in ("天", "日") else 7 * _DAY)


def _decade(m: re.Match[str], ctx: Context) -> Reading | None:
    tens = han_number(m["tens"])
    if m["century"]:
        first = (han_number(m["century"]) - 1) * 100 + tens
    elif ctx.reference is None:
        return Reading("span", None)
    elif m["which"]:
        first = ctx.reference.year // 100 * 100 + (-100 if m["which"] == "上" else 0) + tens
    else:
        first = max(y for y in (1900 + tens, 2000 + tens) if y <= ctx.reference.year or y < 2000)
    return Reading("span", _ten_years(first)) if tens % 10 == 0 and first > 0 else None


def _ten_years(first: int) -> Days:
    return date(first, 1, 1), date(first + 9, 12, 31)


_N = r"[一二三四五六七八九十]{1,3}|\d{1,2}"
_STEP = "|".join(sorted(_STEPS, key=len, reverse=True))
_WEEK = "周|週|星期|礼拜|禮拜"

RULES = (
    Rule(
        "chinese near day",
        rf"(?P<near>{'|'.join(sorted(_DAYS, key=len, reverse=True))})",
        _near_day,
        needs=("天", "日"),
    ),
    Rule(
        "chinese week",
        rf"(?P<step>{_STEP})[个個]?(?:{_WEEK})(?P<day>[一二三四五六日末]|天(?!气))?",
        _week,
        needs=("周", "週", "星期", "礼拜", "禮拜"),
    ),
    Rule(
        "chinese weekday",
        rf"(?<![一二三四五六七八九十两0-9上下本这這个個])(?:{_WEEK})(?P<day>[一二三四五六日])(?P<step>(?!))?(?![年月周])",
        _week,
        needs=("周", "週", "星期", "礼拜", "禮拜"),
    ),
    Rule(
        "chinese month of",
        rf"(?P<step>{_STEP})[个個]?月(?:份|(?P<day>{_N})[日号])?",
        _month,
        needs=("月",),
    ),
    Rule(
        "chinese rolling",
        r"(?P<way>最近|近|过去|過去|未来|未來|今后|今後)的?[ ]?(?P<count>[一二两三四五六七八九十]{1,3}|\d{1,2})[ ]?"
        r"[个個]?(?P<unit>年|月|周|星期|天|日)(?![代度月])",
        _rolling,
        needs=("近", "过去", "過去", "未来", "未來", "今后", "今後"),
    ),
    Rule(
        "chinese decade",
        rf"(?:(?:(?P<which>[上本])|(?P<century>{_N}))世纪)?(?<![\d一二三四五六七八九十])(?P<tens>[1-9]0|[二三四五六七八九]十)年代",
        _decade,
        needs=("年代",),
    ),
)
