"""The periods that a question names, as it asks for them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Literal

from graph.text.periods import PeriodSpan, find_periods
from qa.query import Span

_DEICTIC = re.compile(
    r"\b(this|next|last|the current|the coming|the previous|previous|current) (?:fiscal |financial |calendar )?"
    r"(quarter|year|month|half|week)\b",
    re.I,
)
_FISCAL = re.compile(r"\b(?:fiscal|financial)\b", re.I)
RELATIVE = re.compile(
    r"\b(?:the |a |one )?(year|quarter|twelve months|12 months|three months|3 months) "
    r"(before|earlier|after|later|previous|ago|prior)\b"
    r"|\b(?:the )(following|preceding|prior|next) (year|quarter)\b",
    re.I,
)
_MONTHS = {"twelve months": "year", "12 months": "year", "three months": "quarter", "3 months": "quarter"}
_AFTER = {"following", "next"}
_COUNTED = re.compile(r"\b(a|one|two|three|four|five) years? (before|after|prior to)\s+$", re.I)
_BEFORE = re.compile(r"\b(before|prior to|until|after|since)\s+(?:the\s+)?$", re.I)


_AGAINST = {
    "year before": re.compile(
        r"\b(?:year[- ](?:on|over)[- ]year|y[/-]?o?[/-]?y|on the year|annual(?:ly)? (?=growth))\b", re.I
    ),
    "quarter before": re.compile(
        r"\b(?:quarter[- ](?:on|over)[- ]quarter|q[/-]?o?[/-]?q|on the quarter|sequential(?:ly)?)\b", re.I
    ),
}


def against(text: str) -> str | None:
    """What a change is measured against: “year on year” as “year before”, “on the quarter” as “quarter before”."""
    return next((counted for counted, said in _AGAINST.items() if said.search(text)), None)


def counted_from(relative: re.Match[str]) -> str:
    """“twelve months earlier”, “the following year” as unit and way: “year earlier”, “year after”."""
    if relative[3]:
        return f"{relative[4]} {'after' if relative[3].lower() in _AFTER else 'before'}".lower()
    unit = relative[1].lower()
    return f"{_MONTHS.get(unit, unit)} {relative[2].lower()}"


def asked_period(text: str, periods: list[PeriodSpan]) -> Span | None:
    """The period that the question is about: the one named at most length, or words that count from today."""
    found = [p for p in periods if p.period.start or p.period.end or p.kind in ("fiscal_quarter", "fiscal_year")]
    if not found:
        counted = _DEICTIC.search(text)
        return Span(None, None, counted[0], bool(_FISCAL.search(counted[0])), True) if counted else None
    return _span(text, max(found, key=lambda p: p.end - p.start))


def two_ends(text: str, whole: PeriodSpan, today: date) -> list[Span]:
    """The two ends of “from 2024 to the first half of 2025”; a run of months is one period."""
    wording = text[whole.start : whole.end]
    if whole.kind == "since":
        tail = wording.partition(" ")[2]
        since = find_periods(tail, reference=today)
        return [replace(_span(tail, p), relation="after") for p in since if len(since) == 1 and p.period.end]
    ends = re.split(r"\s+(?:to|and|through)\s+", wording, maxsplit=1)
    if len(ends) == 2:
        found = [find_periods(end, reference=today) for end in ends]
        spans = [_span(e, f[0]) for e, f in zip(ends, found, strict=True) if len(f) == 1]
        if len(spans) == 2 and (all(_long(s) for s in spans) or all(map(_POINT.match, ends)) or _same_month(*spans)):
            return spans
    return [_span(text, whole)]


def apart(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The periods without those that only say again which days are meant: “FQ3 26 (the quarter to November)”."""
    out: dict[tuple[object, ...], Span] = {}
    for span in spans:
        out.setdefault((span.start, span.end, span.relation), span)
    return tuple(out.values())


_POINT = re.compile(r"(?:the )?(?:end|beginning|start|middle|close) of\b", re.I)


def _long(span: Span) -> bool:
    """Whether it is a quarter at least: a run of months is one period."""
    return span.start is not None and span.end is not None and (span.end - span.start).days > 80


def _same_month(a: Span, b: Span) -> bool:
    """Whether two single months are the same one of different years."""
    days = (a.start, b.start)
    return bool(days[0] and days[1] and days[0].month == days[1].month and days[0].year != days[1].year)


def _span(text: str, best: PeriodSpan) -> Span:
    """A period of the question as asked for: with its wording and how the fact stands to it."""
    counted = _COUNTED.search(text[: best.start])
    if counted and best.period.start and best.kind == "year":
        return _years_from(best.period.start.year, counted, text[counted.start() : best.end])
    wording = text[best.start : best.end]
    before = _BEFORE.search(text[: best.start])
    relation: Literal["in", "before", "after"] = "in"
    if before:
        relation = "before" if before[1].lower() in ("before", "prior to", "until") else "after"
    deictic = bool(_DEICTIC.search(wording))
    return Span(best.period.start, best.period.end, wording, bool(_FISCAL.search(wording)), deictic, relation)


def _years_from(year: int, counted: re.Match[str], wording: str) -> Span:
    """“two years before 2026” as the year that it is."""
    count = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}[counted[1].lower()]
    meant = year + count * (1 if counted[2].lower() == "after" else -1)
    return Span(date(meant, 1, 1), date(meant, 12, 31), wording)
