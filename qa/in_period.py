"""How well the period of a claim answers the one that is asked for."""

from __future__ import annotations

import re
from datetime import date, timedelta

from graph.model import Claim, Quantity
from graph.store.protocol import Days
from graph.text.quantities import find_quantities
from qa.facts import View
from qa.query import Span

FLOWS = {"revenue", "netProfit", "operatingProfit", "grossMargin", "operatingMargin", "capex", "rndSpend", "shipments"}
_EVENTS = {"orders", "investment", "price"}  # what happens on a day, told when it has happened
_SHORT, _LONG = 100, 300
_SAME = 0.6
_QUARTER = re.compile(r"\bquarter\b", re.I)  # not quarters, nor a half
_AS_LONG = 0.85  # nine months are no year


def in_period(view: View, claim: Claim, span: Span) -> float | None:
    """How well the claim's period answers the one asked for; None if it is another."""
    held = claim.period
    if span.relation != "in":
        return 0.0
    if span.fiscal and _fiscal_words(view, claim, span):
        return 2.0
    if (year := _FISCAL_YEAR.fullmatch(span.text)) and (told := fiscal_year_told(claim)) is not None:
        return 2.0 if told == year[1] else None
    if span.fiscal and not span.deictic and span.start is None:
        near = held is not None and held.start is not None and _years_named(span.text, held.start.year)
        return 0.0 if claim.modality == "projected" and near else None
    if span.deictic or span.start is None or span.end is None:
        published = view.facts.published(claim)
        if held and held.end and published and "next" in span.text.lower():
            return 1.5 if held.end > published else None
        if held and held.start and held.end and published and held.start <= published <= held.end + timedelta(days=31):
            return 1.5
        if span.start is None or span.end is None:
            return 0.0 if claim.modality == "projected" else None
    if held is None or held.start is None or held.end is None:
        return _undated(view, claim, span)
    days = (held.end - held.start).days + 1
    asked = (span.end - span.start).days + 1
    common = (min(held.end, span.end) - max(held.start, span.start)).days + 1
    if common <= 0:
        return None
    if claim.predicate in FLOWS and min(days, asked) > 45 and min(days, asked) < _AS_LONG * max(days, asked):
        return None
    if common / max(days, asked) >= _SAME:
        return 2.0 + common / max(days, asked)
    point = days <= 45 or asked <= 45
    if claim.predicate in FLOWS and not (asked <= 45 and not days <= 45 and _ends_with(held.end, span.end)):
        return None
    return 1.0 if point and common >= min(days, asked) * 0.9 else None


def days_of(span: Span, metrics: tuple[str, ...]) -> Days | None:
    """The days that a claim of these metrics must have for `in_period` to take it; None if that depends on more."""
    if span.relation != "in" or span.fiscal or span.deictic or span.start is None or span.end is None:
        return None
    asked = (span.end - span.start).days + 1
    told = asked <= _SHORT and (not metrics or bool({*metrics} & _EVENTS))
    told = told or str(span.end.year) not in span.text  # “the end of September”, which a sentence may say, too
    undated = "" if told else str(span.end.year) if asked > _LONG else None
    return Days(span.start, span.end, undated=undated)


def _in_these_words(claim: Claim, span: Span) -> bool:
    """Whether the sentence of a claim names a time without its year in the words of the question."""
    words = span.text.casefold().removeprefix("the ")
    return len(words.split()) > 1 and any(words in e.quote.casefold() for e in claim.evidence)


_FISCAL_YEAR = re.compile(r"(?:FY|(?:fiscal|financial)(?: year)?) ?['’]?(?:20)?(\d\d)", re.I)
_LABEL = re.compile(r"\b(?:FY|(?:[Ff]iscal|[Ff]inancial)(?: year)?) ?['’]?(?:20)?(\d\d)E?\b")
_LABEL_OF = re.compile(rf" (?:of|in|for) (?:[\w’']+ )?{_LABEL.pattern}")


def fiscal_year_told(claim: Claim) -> str | None:
    """The fiscal year (two digits) that a claim's sentence names for its amount: “of FY26”, “in FY26” behind it, else
    the last one named before it; None if it names none.
    """
    amount = claim.object
    for quote in (e.quote for e in claim.evidence):
        for found in find_quantities(quote) if isinstance(amount, Quantity) else ():
            told = found.quantity
            if isinstance(amount, Quantity) and (told.low, told.high) == (amount.low, amount.high):
                behind = _LABEL_OF.match(quote, found.end)
                before = [*_LABEL.finditer(quote, 0, found.start)]
                if behind or before:
                    return str((behind or before[-1])[1])
    return None


def _years_named(text: str, year: int) -> bool:
    """Whether a fiscal period's wording names the year or the next one (fiscal years may begin early), or none."""
    said = {int(y) for y in re.findall(r"\b(?:19|20)\d\d\b", text)}
    return not said or bool(said & {year, year + 1})


def _ends_with(a: date, b: date) -> bool:
    return abs((a - b).days) <= 45


def _fiscal_words(view: View, claim: Claim, span: Span) -> bool:
    """Whether the sentence speaks of the same ordinal quarter of a firm's year, or of the same fiscal year."""
    words = {"first", "second", "third", "fourth"} & set(span.text.lower().split())
    words = words if _QUARTER.search(span.text) else set()
    said = view.facts.quote_stems(claim) | view.facts.field_stems(claim)
    return bool(words) and words <= said and "fiscal" in said


def _undated(view: View, claim: Claim, span: Span) -> float | None:
    """A claim without days answers for a year or quarter that its sentence or its document's day names."""
    if claim.period is None and not span.deictic and _in_these_words(claim, span):
        return 1.0
    said = view.facts.quote_stems(claim)
    year = str(span.end.year) if span.end else ""
    asked = (span.end - span.start).days + 1 if span.start and span.end else 0
    if year in said and asked > _LONG:
        return 0.5
    told = view.facts.published(claim)
    if told and span.start and span.end and claim.predicate in _EVENTS and asked <= _SHORT:
        return 0.3 if span.start <= told <= span.end else None
    return None
