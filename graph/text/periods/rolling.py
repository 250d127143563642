"""Stretches counted from the day of publication: the past five years, the rest of the year, earlier this month."""

from __future__ import annotations

import re
from datetime import date, timedelta

from graph.text.periods import calendars
from graph.text.periods.model import Context, Days, Kind, Reading
from graph.text.periods.relative import unit_around
from graph.text.periods.words import COUNT, YEAR, Rule, count

_DAY = timedelta(days=1)
_BACK = ("past", "last", "previous", "prior", "preceding")
_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12, "decade": 120}


def _rolling(m: re.Match[str], ctx: Context) -> Reading | None:
    """The N units that end the day before publication, or begin the day after; quarters are left, for firms' differ."""
    unit = m["unit"].casefold().removesuffix("s")
    if not m["count"] and unit != "decade" and (unit in ("quarter", "day") or not _SINGLE.match(m.group())):
        return None  # “last year” is a calendar year
    many = count(m["count"]) if m["count"] else 1
    which = (m["which"] or "next").casefold()
    if (unit, bool(m["count"]), which) in (("decade", False, "next"), ("decade", False, "last")):
        return Reading("span", None)
    if ctx.reference is None or not many or unit == "quarter":
        return Reading("span", None)
    back = which in _BACK
    end = _moved(ctx.reference, -many if back else many, unit)
    if m.group().casefold().startswith("within"):
        days = (ctx.reference, end - _DAY)
    else:
        days = (end, ctx.reference - _DAY) if back else (ctx.reference + _DAY, end)
    return Reading("span", days if days[0] <= days[1] else None)


def _moved(day: date, many: int, unit: str) -> date:
    if unit in ("day", "week"):
        return day + many * (_DAY if unit == "day" else timedelta(weeks=1))
    return calendars.shift(day, many * _MONTHS_IN[unit])


def _whole(m: re.Match[str], ctx: Context) -> Days | None:
    """“the year”, “this month”, “2025”: the stretch of which a part is meant; None where the text is of another."""
    if m["year"]:
        return calendars.year(int(m["year"]))
    if ctx.reference is None:
        return None
    which = (m["which"] or "the").casefold()
    unit = (m["unit"] or m["bare"]).casefold()
    if which == "the" and ctx.anchor_year not in (None, ctx.reference.year):
        return None
    return unit_around(unit, ctx.reference, {"last": -1, "next": 1}.get(which, 0), ctx)


def _rest(m: re.Match[str], ctx: Context) -> Reading | None:
    """What is left on the day of publication."""
    whole = _whole(m, ctx)
    if whole is None or ctx.reference is None or whole[1] < ctx.reference:
        return Reading("span", None)
    return Reading("span", (max(whole[0], ctx.reference), whole[1]))


def _part(m: re.Match[str], ctx: Context) -> Reading | None:
    """“earlier this year” ends before the day of publication, “later in the year” begins there."""
    whole = _whole(m, ctx)
    if whole is None or ctx.reference is None or not whole[0] <= ctx.reference <= whole[1]:
        return Reading("span", whole)
    if m["part"].casefold() == "later":
        return Reading("span", (ctx.reference, whole[1]))
    return Reading("span", (whole[0], max(whole[0], ctx.reference - _DAY)))


def _the_unit(m: re.Match[str], ctx: Context) -> Reading | None:
    unit = m["unit"].casefold()
    kind: Kind = "year" if unit == "year" else "month" if unit == "month" else "span"
    return Reading(kind, _whole(m, ctx))


def _year_end(m: re.Match[str], ctx: Context) -> Reading | None:
    year = int(m["year"]) if m["year"] else None
    if year is None and ctx.reference is not None and ctx.anchor_year in (None, ctx.reference.year):
        year = ctx.reference.year
        if not ctx.future and ctx.reference < date(year, 12, 1):
            return Reading("month", None)
    return Reading("month", calendars.month(year, 12) if year else None)


def _after_next(m: re.Match[str], ctx: Context) -> Reading | None:
    unit = m["unit"].casefold()
    if ctx.reference is None:
        return Reading("relative", None)
    if unit == "weekend":
        first, last = unit_around("week", ctx.reference, 2, ctx)
        return Reading("span", (first + 5 * _DAY, last))
    kind: Kind = "year" if unit == "year" else "month" if unit == "month" else "span"
    return Reading(kind, unit_around(unit, ctx.reference, 2, ctx))


def _near_day(m: re.Match[str], ctx: Context) -> Reading | None:
    if ctx.reference is None:
        return Reading("day", None)
    found = ctx.reference + (2 * _DAY if m["way"].casefold() == "after" else -2 * _DAY)
    return Reading("day", (found, found))


_SINGLE = re.compile(r"(?:(?:over|in|during|within|throughout)[ ]the[ ]|(?:\w+[ ])?(?:the[ ])?past\b)", re.IGNORECASE)
_IN = r"(?:(?i:over|in|for|within|during|across|throughout)[ ])?(?:(?i:the)[ ])?"
_UNITS = r"(?P<unit>(?i:days?|weeks?|months?|quarters?|years?|decades?))"
_PERIOD = (
    r"(?:(?P<which>(?i:this|the|next))[ ](?P<unit>(?i:week|month|quarter|half|year|decade))(?![ -]?[A-Za-z])"
    rf"|(?P<year>{YEAR}))"
)
_ENDS = r"(?![A-Za-z-]|[ ](?:of|to|ended|ending|ago|earlier|before|later|after|from)\b)"

RULES = (
    Rule(
        "rolling",
        rf"\b{_IN}(?P<which>(?i:past|last|previous|prior|preceding|next|coming|following|upcoming))[ ]"
        rf"(?:(?P<count>{COUNT})[ -]?)?{_UNITS}{_ENDS}",
        _rolling,
        needs=("past ", "last ", "previous ", "prior ", "preceding ", "next ", "coming ", "following "),
    ),
    Rule(
        "within",
        rf"\b(?i:within)[ ](?P<which>(?!))?(?P<count>{COUNT})[ -]{_UNITS}{_ENDS}",
        _rolling,
        needs=("within ",),
    ),
    Rule(
        "rest",
        rf"\b(?:(?i:the)[ ])?(?i:rest|remainder|balance)[ ]of[ ](?:{_PERIOD}|(?P<bare>(?i:week|month|year))\b)",
        _rest,
        needs=("rest of", "remainder of", "balance of"),
    ),
    Rule(
        "part",
        rf"\b(?P<part>(?i:earlier|later))[ ](?:(?i:in)[ ])?{_PERIOD}",
        _part,
        needs=("earlier ", "later "),
    ),
    Rule(
        "the unit",
        r"(?:(?<=\bend of )|(?<=\bclose of )|(?<=\bstart of )|(?<=\bbeginning of )|(?<=\bmiddle of ))"
        r"(?P<which>(?i:the))[ ](?P<unit>(?i:week|month|year|decade))(?P<year>(?!))?(?![ -]?[A-Za-z])",
        _the_unit,
        needs=("of the",),
    ),
    Rule(
        "this decade",
        r"\b(?P<which>(?i:this|the current))[ ](?P<unit>(?i:decade))(?P<year>(?!))?\b",
        _the_unit,
        needs=("decade",),
    ),
    Rule(
        "year-end",
        rf"\b(?i:year)[ -](?i:end)\b(?:,?[ ](?:of[ ])?(?P<year>{YEAR}))?",
        _year_end,
        needs=("year-end", "year end"),
    ),
    Rule(
        "after next",
        r"\b(?:(?i:the)[ ])?(?P<unit>(?i:week|weekend|month|quarter|year))[ ](?i:after)[ ]"
        r"(?:(?i:the)[ ])?(?i:next)\b",
        _after_next,
        needs=("after next", "after the next"),
    ),
    Rule(
        "near day",
        r"\b(?:(?i:the)[ ])?(?i:day)[ ](?P<way>(?i:before(?=[ ]yesterday)|after(?=[ ]tomorrow)))[ ]"
        r"(?i:yesterday|tomorrow)\b",
        _near_day,
        needs=("yesterday", "tomorrow"),
    ),
)
