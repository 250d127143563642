"""Executing plans: an amount for each term, all of periods and units that go together, and what is computed of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from graph.model import Quantity
from graph.text.quantities import format_quantity
from graph.vocabulary import vocabulary
from qa import arithmetic
from qa.answer import Amount, Truth, Value
from qa.facts import View
from qa.operands import APART, Operand, of_part, operands_of, together
from qa.outcome import Outcome, unknown
from qa.query import Query
from qa.run_compute import amount_of
from qa.run_fact import fits, hedges, run_fact
from qa.verbalise import worded

_GAPS = {"year before": 365, "quarter before": 92}
_HUNDREDTH = Decimal("0.01")


def run_plan(view: View, query: Query) -> Outcome:
    """The result of the operation with its operands, or why there is none."""
    if query.names:
        return unknown(f"{', '.join(query.names)} is not in the graph")
    terms = [_bound(query, term) for term in query.terms]
    told = _stated(view, query, terms) or (_from_change(view, query, terms) if query.op == "growth" else None)
    if told is not None:
        return told
    held = [operands_of(view, query, term) for term in terms]
    lacking = next((term for term, found in zip(terms, held, strict=True) if not found), None)
    if lacking is not None:
        return _from_change(view, query, terms) or _missing(view, lacking)
    chosen = together(query, held)
    if chosen is None:
        return unknown("the graph holds the figures, but not of one period and unit, so that nothing can be computed")
    result = _result(query, [o.amount for o in chosen])
    if result is None:
        return unknown("the amounts are not stated so that this can be computed from them")
    return _outcome(query, chosen, result)


def _bound(query: Query, term: Query) -> Query:
    """A term with the owner and the period of the plan, where it has none."""
    return replace(term, owner=term.owner or query.owner, period=term.period or query.period)


def _stated(view: View, query: Query, terms: list[Query]) -> Outcome | None:
    """What a source states of itself: the one amount as a share of the other."""
    if query.quantity is not None or query.op != "percent":
        return None
    own = replace(terms[0], basis="share", unit="percent")
    labels = vocabulary().metrics[terms[1].metrics[0]].terms
    found = [f for f in fits(view, own) if f.claim.of and any(t in f.claim.of.lower() for t in labels)]
    found = [f for f in found if not of_part(view, f.claim, own)]
    if not found:
        return None
    claims = (found[0].claim,)
    return Outcome("answered", (Amount(amount_of(claims[0])),), claims, caveats=hedges(claims), trust=found[0].score)


def _from_change(view: View, query: Query, terms: list[Query]) -> Outcome | None:
    """The growth from one period to another as a source states it, where the graph lacks one of the two amounts."""
    spans = [term.period for term in query.terms]
    if query.quantity is not None or query.op not in ("growth", "ratio") or None in spans:
        return None
    gap = ((spans[0].start or date.max) - (spans[1].start or date.min)).days if spans[0] and spans[1] else 0
    since = next((told for told, days in _GAPS.items() if abs(gap - days) <= APART.days), None)
    found = [f for f in fits(view, replace(terms[0], basis="change", against=since)) if since is not None]
    found = [f for f in found if amount_of(f.claim).unit == "percent" and not of_part(view, f.claim, terms[0])]
    if len({(amount_of(f.claim).low, amount_of(f.claim).high) for f in found}) != 1:
        return None
    claims, change = (found[0].claim,), amount_of(found[0].claim)
    if query.op == "growth":
        return Outcome("answered", (Amount(change),), claims, caveats=hedges(claims))
    low, high = (1 + x / 100 if x is not None else None for x in (change.low, change.high))
    factor = Quantity(low, high, "times", change.approx)
    values = (Amount(factor, derived=True), Amount(change))
    lead = f"{_worded(query, factor)} (a change of {worded(change)})"
    return Outcome("answered", values, claims, lead, hedges(claims))


def _result(query: Query, amounts: list[Quantity]) -> Quantity | None:
    """What the operation makes of the amounts."""
    first, *rest = amounts
    match query.op:
        case "percent":
            return arithmetic.quotient(first, rest[0], "percent", scale=100)
        case "ratio":
            return arithmetic.quotient(first, rest[0], "times")
        case "per":
            return arithmetic.quotient(first, rest[0], first.unit)
        case "product":
            return arithmetic.product(first, rest[0], rest[0].unit, scale=_HUNDREDTH)
        case "growth":
            return arithmetic.growth(first, rest[0])
        case "mean":
            return arithmetic.mean(amounts)
        case "spread" if query.top:
            return arithmetic.spread(first, query.top)
    return None


def _outcome(query: Query, chosen: tuple[Operand, ...], result: Quantity) -> Outcome:
    """The result with its operands, in words and as values; yes or no where it is held against a bar."""
    claims = tuple(o.claim for o in chosen)
    notes = tuple(dict.fromkeys(o.note for o in chosen if o.note))
    caveats = (*hedges(claims), *notes)
    operands: tuple[Value, ...] = tuple(Amount(amount_of(c), c.subject) for c in claims)
    values: tuple[Value, ...] = (Amount(result, derived=True), *operands)
    parts = [worded(o.amount) for o in chosen]
    lead = f"{_worded(query, result)} ({_joined(query, parts)})"
    trust = sum(o.score for o in chosen) / len(chosen)
    if query.quantity is None:
        return Outcome("answered", values, claims, lead, caveats, trust=trust)
    truth = _beyond(result, query)
    if truth is None:
        return Outcome("partial", values, claims, f"The stated ranges leave that open: {lead}", caveats, trust=trust)
    lead = f"{'Yes' if truth else 'No'}: {lead}"
    return Outcome("answered", (Truth(truth), *values), claims, lead, caveats, trust=trust)


def _worded(query: Query, result: Quantity) -> str:
    told = format_quantity(result)
    if query.op == "ratio":
        told = told.replace("x", " times")
    if query.op == "per":
        among = vocabulary().metrics[query.terms[1].metrics[0]].label
        return f"{told} for each of the {among}"
    return f"On average {told}" if query.op in ("mean", "spread") else told


def _joined(query: Query, parts: list[str]) -> str:
    """The operands in words: “$2 billion of $9 billion”."""
    match query.op:
        case "percent" | "product":
            return " of ".join(parts)
        case "mean":
            return ", ".join(parts)
        case "spread":
            return f"{parts[0]} divided by {query.top}"
        case "growth":
            return f"{parts[0]} after {parts[1]}"
    return f"{parts[0]} against {parts[1]}"


def _beyond(result: Quantity, query: Query) -> bool | None:
    """Whether the result lies above the bar (or below it); None if its bounds lie on both sides."""
    bar = query.quantity.low if query.quantity is not None else None
    if bar is None:
        return None
    if query.lowest:
        if result.high is not None and result.high < bar:
            return True
        return False if result.low is not None and result.low >= bar else None
    if result.low is not None and result.low > bar:
        return True
    return False if result.high is not None and result.high <= bar else None


def _missing(view: View, term: Query) -> Outcome:
    """Why a term has no figure."""
    found = run_fact(view, term)
    if found.status == "unknown":
        return replace(found, options=())
    label = vocabulary().metrics[term.metrics[0]].label
    who = term.owner.label if term.owner is not None else "those named"
    return unknown(f"the graph holds the {label} of parts of {who} only, not of the whole")
