"""From text to periods: every rule's matches, the longest at each place, read in order so that later
ones lean on earlier.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from graph.model import Period
from graph.text.periods import (
    absolute,
    calendars,
    chinese,
    chinese_relative,
    days,
    fiscal,
    numeric,
    relative,
    rolling,
    spoken,
    weeks,
)
from graph.text.periods.model import Bound, Context, Days, NamedBy, PeriodSpan, Reading
from graph.text.periods.shares import Part, share
from graph.text.periods.words import MONTH, TAIL, Rule

RULES: tuple[Rule, ...] = (
    *fiscal.RULES, *rolling.RULES, *weeks.RULES, *relative.RULES, *days.RULES, *absolute.RULES,
    *numeric.RULES, *spoken.RULES, *chinese.RULES, *chinese_relative.RULES,
)  # fmt: skip

_AHEAD = re.compile(
    r"\b(?:will|would(?!-)|expects?|expected|forecasts?|guidance|guides?|guided|outlook"
    r"|plans?|planned|planning|aims?|intends?|targets?|targeting|projects?|projected|should"
    r"|due|scheduled|slated|set to|is to|are to|next|upcoming|may|might|could|anticipates?"
    r"|anticipated|promised|agreed to|(?:is|are) (?:now |still )?(?:estimated|forecast|put|reckoned|seen))\b"
    r"|预计|将|计划|明年"
)
_FORESEEN_THEN = re.compile(
    r"\bhad (?:\w+ly )?(?:been )?(?:expect|forecast|foreseen|guid|plann|project|predict)\w*\b[^;]*$"
)
_BEHIND = re.compile(
    r"(?<!\bbe )(?<!\bis )(?<!\bare )\b(?:was|were|had|did|gave|told|made|took|set|saw|went|rose|fell|came|said"
    r"|slid|grew|wrote|cut|won|lost|sold|bought|began|became|brought|built|chose|found|got|held|kept|left|led|met|paid|sent|spent"
    r"|(?!expected|planned|scheduled|guided|projected|slated|promised|agreed|anticipated"
    r"|targeted)[a-z]{3,}ed)\b(?! to\b)"
)
_SAID_THEN = re.compile(
    r"(?<!\bis )(?<!\bare )(?<!\bbe )(?<!\bbeing )\b(?:promised|agreed to|planned)\b"
)  # “in May it promised …”
_A_PERSON = re.compile(r"(?:Jan|Mar|Apr|May|Jun|Jul|Aug|June|April|August) [A-Z][a-z]+(?:-[a-z]+)?\b(?!\s*\d)")
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]?\s+(?=[\"“‘(]?[A-Z])|\n|(?<=[。！？])")
_LEAD = re.compile(
    r"(?:(?:\b(?P<by>[Bb]y|[Bb]efore|[Nn]o later than|[Nn]ot later than|[Aa]head of)|\b(?P<since>[Ss]ince)"
    r"|\b(?P<after>[Aa]fter)"
    r"|\b(?P<until>[Uu]ntil|[Tt]ill|[Uu]p to|[Tt]hrough|[Uu]p until))(?:[ ]the(?=[ ]?\Z))?)?"
    r"(?:(?:\A|(?<=\s)|[ ])(?:(?P<end>(?:the |year-)?(?:end|close)(?: of|-)|end|the end of the)"
    r"|(?P<late>late(?: in)?(?: the)?|(?:the )?(?:late|latter) part of)|(?P<early>early(?: in)?(?: the)?)"
    r"|(?P<mid>mid|(?:the )?middle of)"
    r"|(?P<start>(?:the )?(?:start|beginning) of)"
    r"|(?P<whole>the first days of|sometime in|the whole of|all of)))?[ -]?\Z"
)
_PARTS: tuple[Part, ...] = ("end", "late", "early", "mid", "start")
_AFTERWARDS = re.compile(rf"(?![’']s){TAIL}")
_ONWARD = re.compile(r"[ ](?:onwards?|on)\b(?![ ](?:the|a)\b)")
_FROM_THEN = re.compile(r"\b[Ff]rom(?: the)?[ ]\Z")
_SPAN_GAP = re.compile(r"[ ]?(?:–|—|-)[ ]?|[ ](?:to|through|until|and)[ ]|至|到")
_NAMED_MONTH = re.compile(MONTH)
_HAS_YEAR = re.compile(r"(?:19|20)\d\d|[’']\d\d")
_FROM = re.compile(r"\b(?P<from>[Ff]rom|[Bb]etween)[ ]\Z")
_BARE_MONTH = re.compile(
    r"\b(?:in|of|since|by|until|till|to|last|this|next|from|early|late|mid|through|during"
    r"|before|after|for|and|the|end|between|or|on|every|each|that)[ -]\Z|[(,–—/-][ ]?\Z",
    re.IGNORECASE,
)
_FAR = "…"  # between phrases too far apart to be one
_VERBS = re.compile(r"(?:May|March|MAY|MARCH|Mar)\Z")
_HEDGED_COUNT = re.compile(
    r"\b(?:about|around|some|over|more than|nearly|almost|up to|at least|fewer than|less than"
    r"|roughly|approximately|exactly|only|just)[ ]\Z",
    re.IGNORECASE,
)


_YEARS = range(1500, 3000)


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    rule: Rule
    match: re.Match[str]


def find_periods(
    text: str,
    *,
    reference: date | None,
    fiscal_year_end: str | None = None,
    fiscal_named_by: NamedBy | None = None,
    day_first: bool | None = None,
) -> list[PeriodSpan]:
    """Every phrase of time in `text`, in order; see PeriodSpan.

    `reference` is the day of publication (a year outside 1500–3000 is none). `fiscal_year_end` ("MM-DD") is that of the
    firm the text speaks of: its quarters come out as the calendar quarter that shares most days, its years as they are.
    `fiscal_named_by` says which calendar year a fiscal year is named after: by default the one it ends in, for years
    that end in March the one it starts in. `day_first` says whether 3/11/2025 is a day of November, where neither the
    number nor another date of `text` tells (see `numeric.day_first`). Raises ValueError for a `fiscal_year_end` that is
    no day.
    """
    end = calendars.fiscal_end_month(fiscal_year_end) if fiscal_year_end else None
    named: NamedBy = fiscal_named_by or ("start" if end == 3 else "end")
    if reference is not None and reference.year not in _YEARS:
        reference = None
    order = numeric.day_first(text)
    context = Context(reference, end, named, day_first=day_first if order is None else order)
    return _joined(text, list(_read(text, context)))


def _candidates(text: str) -> list[_Found]:
    """Every match of every rule, from left to right, the longest first at each place."""
    low = text.casefold()
    rules = [rule for rule in RULES if not rule.needs or any(cue in low for cue in rule.needs)]
    matches = (_Found(m.start(), m.end(), rule, m) for rule in rules for m in rule.pattern.finditer(text))
    return sorted((f for f in matches if f.end > f.start), key=lambda f: (f.start, -f.end))


def _read(text: str, context: Context) -> Iterator[PeriodSpan]:
    """The longest candidate at each place that is a period; what it covers is not read again."""
    breaks = [0, *(m.end() for m in _SENTENCE.finditer(text)), len(text)]
    at, done = 0, 0
    for found in _candidates(text):
        if found.start < done:
            continue
        while breaks[at + 1] <= found.start and at + 2 < len(breaks):
            at += 1
        before, after = text[breaks[at] : found.start][-200:], text[found.end : breaks[at + 1]][:60]
        if _is_word(text, found):
            continue
        future, past = _tense(before, after)
        reading = found.rule.read(found.match, replace(context, future=future, past=past))
        if reading is None:
            continue
        span = _span(text, found, reading, done)
        done = span.end
        yield span
        context = _lean(context, reading)


def _lean(context: Context, reading: Reading) -> Context:
    if reading.days is None:
        return context
    anchor = reading.days if reading.anchors else context.anchor
    return replace(context, anchor=anchor, anchor_year=reading.days[1].year)


def _tense(before: str, after: str) -> tuple[bool, bool]:
    """Whether the sentence looks ahead or back here: the nearest verb of either kind before it, else one after."""
    if _FORESEEN_THEN.search(before):
        return False, True
    ahead = max((m.start() for m in _AHEAD.finditer(before)), default=-1)
    behind = max((m.start() for m in _BEHIND.finditer(before)), default=-1)
    if ahead != behind:
        return ahead > behind, behind > ahead
    clause = re.split(r"[,;:]", after)[0]
    coming = _AHEAD.search(clause)
    gone = min(filter(None, (_BEHIND.search(clause), _SAID_THEN.search(clause))), key=lambda m: m.start(), default=None)
    past = gone is not None and (coming is None or gone.start() <= coming.start())
    return coming is not None and not past, past


def _is_word(text: str, found: _Found) -> bool:
    """“May” and “March” that are no months: alone and not after a word that a month follows."""
    if found.rule.name == "year":
        return (
            bool(_HEDGED_COUNT.search(text, max(0, found.start - 16), found.start))
            and text[found.end : found.end + 1] == " "
        )
    name = found.rule.name == "month" and _A_PERSON.match(text, found.start)
    if name and not _BARE_MONTH.search(text, max(0, found.start - 12), found.start):
        return True
    return (
        found.rule.name == "month"
        and bool(_VERBS.match(found.match.group()))
        and not _BARE_MONTH.search(text, max(0, found.start - 12), found.start)
    )


def _span(text: str, found: _Found, reading: Reading, done: int) -> PeriodSpan:
    lead = _LEAD.search(text, max(done, found.start - 32), found.start)
    start, end, bound, days = found.start, found.end, None, reading.days
    if lead and lead.group().strip(" -"):
        start = lead.start() + (len(lead.group()) - len(lead.group().lstrip()))
        bound = next((b for b in ("by", "since", "until", "after") if lead[b]), None)
        if bound == "after" and not _AFTERWARDS.match(text, end):  # “after last year's loss”
            start, bound = found.start, None
        part = next((part for part in _PARTS if lead[part]), None)
        if part and days and reading.kind != "day":
            days = share(days, part)
    onward = _ONWARD.match(text, end) if bound is None and days and days[0] != days[1] else None
    if onward and _FROM_THEN.search(text, max(0, start - 10), start):
        end, bound = onward.end(), "since"
    return _bounded(text, start, end, days, reading.kind, bound)  # type: ignore[arg-type]


def _bounded(
    text: str, start: int, end: int, days: Days | None, kind: str, bound: Bound | Literal["after"] | None
) -> PeriodSpan:
    first, last = days if days else (None, None)
    if bound == "by":
        kind = "deadline"
    elif bound == "since":
        kind, last = "since", None
    elif bound == "after":
        kind, bound = "since", "since"
        first, last = (last + timedelta(days=1) if last and last < date.max else None), None
    elif bound == "until":
        first = None
    return PeriodSpan(start, end, Period(first, last, text[start:end]), kind, bound)  # type: ignore[arg-type]


def _joined(text: str, spans: list[PeriodSpan]) -> list[PeriodSpan]:
    """“from 2024 to 2026”, “28 April – 27 July 2025” as one span."""
    out: list[PeriodSpan] = []
    for span in spans:
        made = _join(text, out[-1], span) if out else None
        if made:
            out[-1] = made
        else:
            out.append(span)
    return out


def _join(text: str, a: PeriodSpan, b: PeriodSpan) -> PeriodSpan | None:
    gap = text[a.end : b.start] if b.start - a.end <= 9 else _FAR
    until = b.bound == "until" and a.kind not in ("span", "half", "quarter") and not gap.strip()  # “2024 through 2027”
    if a.bound or (b.bound and not until) or a.period.start is None or b.period.end is None:
        return None
    if not until and not _SPAN_GAP.fullmatch(gap):
        return None
    lead = _FROM.search(text, max(0, a.start - 10), a.start)
    word = gap.strip()
    if word == "and" and not (lead and lead["from"].casefold() == "between"):
        return None
    if word == "to" and not lead and a.kind != b.kind:
        return None
    first, last = a.period.start, b.period.end
    named = a.kind in ("day", "month") and _NAMED_MONTH.search(a.period.text)
    if named and b.kind in ("day", "month") and not _HAS_YEAR.search(a.period.text):
        first, last = _same_year(first, last, known=bool(_HAS_YEAR.search(b.period.text)))
    if first > last:
        return None
    return PeriodSpan(a.start, b.end, Period(first, last, text[a.start : b.end]), "span")


def _same_year(first: date, last: date, *, known: bool) -> Days:
    """A first day without a year, in the year of the last day or the one before if that is `known`, else before it."""
    if not known and first <= last and (last - first).days < 366:
        return first, last
    if not known and first > last:
        return first, calendars.shift(last, 12)
    moved = calendars.shift(first, 12 * (last.year - first.year))
    return (moved if moved <= last else calendars.shift(moved, -12)), last
