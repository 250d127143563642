"""Executing questions about amounts that were given one after another."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from graph.model import Claim, Quantity
from graph.text.quantities import format_quantity
from qa.answer import Amount, Value
from qa.facts import View
from qa.outcome import Outcome, unknown
from qa.query import Query
from qa.run_compute import amount_of, middle, winner
from qa.run_fact import fits, hedges, run_fact
from qa.verbalise import worded

_NOT_ADDED = {"times"}
_APART = 1.0  # how much worse a claim may fit that gives the amount in the unit of the others


def run_row(view: View, query: Query) -> Outcome:
    """Their sum, the difference of two, whose is the largest, or whose they are."""
    claims: list[Claim] = []
    for term in query.terms:
        found = run_fact(view, term)
        if found.status not in ("answered", "partial") or not found.claims:
            return found if found.status == "unknown" else unknown("one of the amounts is not clear")
        claims.append(found.claims[0])
    if query.noun == "owners":
        refs = tuple({c.subject.id: c.subject for c in claims}.values())
        return Outcome("answered", refs, tuple(claims))
    claims = _in_one_unit(view, query, claims)
    if len({amount_of(c).unit for c in claims}) > 1:
        return unknown("the amounts are in different units, and no source converts them")
    if len(dict.fromkeys(claims)) < len(claims):
        return unknown("it is one and the same amount")
    if query.noun == "largest":
        return winner(replace(query, owner=None), claims)
    return _added(claims) if query.noun == "sum" else _between(claims)


def _in_one_unit(view: View, query: Query, claims: list[Claim]) -> list[Claim]:
    """The amounts in the unit of the last, or of the first, where the graph has all of them in it."""
    for unit in (amount_of(claims[-1]).unit, amount_of(claims[0]).unit):
        out = [
            c if amount_of(c).unit == unit else _in_unit(view, t, unit)
            for t, c in zip(query.terms, claims, strict=True)
        ]
        known = [c for c in out if c is not None]
        if len(known) == len(claims):
            return known
    return claims


def _in_unit(view: View, term: Query, unit: str) -> Claim | None:
    found = fits(view, term)
    near = [f.claim for f in found if found[0].score - f.score <= _APART]
    return next((c for c in near if amount_of(c).unit == unit), None)


def _added(claims: list[Claim]) -> Outcome:
    amounts = [amount_of(c) for c in claims]
    if amounts[0].unit in _NOT_ADDED:
        return unknown("the figures cannot be added up")
    low, high = (_sum([getattr(a, side) for a in amounts]) for side in ("low", "high"))
    if low is None and high is None:
        return unknown("the figures are bounds that cannot be added up")
    total = Quantity(low, high, amounts[0].unit, any(a.approx for a in amounts))
    values = (Amount(total, derived=True), *(Amount(amount_of(c), c.subject) for c in claims))
    return Outcome("answered", values, tuple(claims), f"Together {format_quantity(total)}", hedges(claims))


def _sum(bounds: list[Decimal | None]) -> Decimal | None:
    known = [b for b in bounds if b is not None]
    return sum(known, Decimal(0)) if len(known) == len(bounds) else None


def _between(claims: list[Claim]) -> Outcome:
    first, second = (amount_of(c) for c in claims)
    large, small = (first, second) if middle(first) >= middle(second) else (second, first)
    values: tuple[Value, ...] = tuple(Amount(amount_of(c), c.subject) for c in claims)
    if None in (large.low, large.high, small.low, small.high):
        return unknown("the two amounts are not stated exactly")
    low, high = (
        (large.low or Decimal(0)) - (small.high or Decimal(0)),
        (large.high or Decimal(0)) - (small.low or Decimal(0)),
    )
    gap = Quantity(low, high, large.unit, large.approx or small.approx)
    told = format_quantity(gap).replace("%", " percentage points")
    lead = f"The difference is {told}: {worded(first)} and {worded(second)}"
    return Outcome("answered", (Amount(gap, derived=True), *values), tuple(claims), lead, hedges(claims))
