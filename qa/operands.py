"""The figures that the terms of a plan may stand with, and which of them go together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product as combinations

from graph.model import Claim, Period, Quantity
from graph.views.latest import Recency
from graph.vocabulary import vocabulary
from qa.convert import converted
from qa.facts import View
from qa.in_period import FLOWS
from qa.match import scoped
from qa.query import Node, Query
from qa.run_compute import amount_of
from qa.run_fact import fits
from qa.words import lemmas

_NEAR = 1.2
_TOGETHER = 0.9
_MOST = 8  # figures of each term that are tried
APART = timedelta(days=31)  # that the quarters of two firms may begin apart
_YEAR = 300  # days that the shortest takes
_YEARLY = {"marketCap", "headcount", "users"}


@dataclass(frozen=True, slots=True)
class Operand:
    """A figure that a term may stand with, and how well it fits; `amount` is in the unit that all are computed in."""

    claim: Claim
    amount: Quantity
    score: float
    recency: Recency
    note: str = ""


def operands_of(view: View, query: Query, term: Query) -> list[Operand]:
    """The figures that a term may stand with, best first: of the whole, unless the question names a part."""
    found = fits(view, term)
    note = ""
    if not found and term.period is not None and term.metrics[0] not in FLOWS and not query.terms[0].period:
        found, note = fits(view, replace(term, period=None)), "as last stated, whatever the period"
    found = [f for f in found if not of_part(view, f.claim, term)]
    found = [f for f in found if query.op != "product" or _of_whole(view, f.claim)]
    if query.op == "percent" and term.words and len({t.metrics for t in query.terms}) == 1:
        found = [f for f in found if f.claim.scope and {*term.words} & view.facts.field_stems(f.claim)]
    out: list[Operand] = []
    for item in (f for f in found if found[0].score - f.score <= _NEAR):
        amount = amount_of(item.claim)
        label = vocabulary().metrics[item.claim.predicate].label
        told = f"{label} {note}" if note else ""
        out.append(Operand(item.claim, amount, item.score, item.recency, told))
    return sorted(out, key=lambda o: (round(o.score, 1), o.recency), reverse=True)[: _MOST * 3]


def of_part(view: View, claim: Claim, term: Query) -> bool:
    """Whether a figure is that of a part of its subject which the question does not name."""
    return claim.predicate in FLOWS and scoped(view, claim, term, _anchors(term)) < 0


def _of_whole(view: View, claim: Claim) -> bool:
    """Whether a share is one of the subject's whole amount, as far as the claim says: not of “wafer revenue”."""
    own = {*lemmas(claim.subject.label)} | {s for seq in view.facts.names.runs(claim.subject.id) for s in seq}
    metric = {s for term in vocabulary().metrics[claim.predicate].terms for s in lemmas(term)}
    return claim.basis != "share" or not claim.of or {*lemmas(claim.of)} <= own | metric | {"'s", "the", "of", "total"}


def _anchors(term: Query) -> tuple[Node, ...]:
    return (term.owner,) if term.owner is not None else ()


def together(query: Query, held: list[list[Operand]]) -> tuple[Operand, ...] | None:
    """The figures that go together best; of those about as good, the ones of the latest period."""
    same_owner = query.owner is not None
    found: list[tuple[Operand, ...]] = []
    for chosen in combinations(*(_in_units(query, operands) for operands in held)):
        alike = not same_owner or len({o.claim.subject.id for o in chosen}) == 1
        if alike and _one_unit(query, chosen) and _one_time(query, chosen) and _distinct(chosen):
            found.append(chosen)
    if not found:
        return None
    best = max(sum(o.score for o in chosen) for chosen in found)
    near = [chosen for chosen in found if best - sum(o.score for o in chosen) <= _TOGETHER]
    return max(near, key=lambda c: (min(o.recency for o in c), round(sum(o.score for o in c), 2)))


def _in_units(query: Query, operands: list[Operand]) -> list[Operand]:
    """The figures, and those in another currency in the one that the question names."""
    unit = query.unit
    if unit is None or not unit.isupper() or len(unit) != 3:
        return operands[:_MOST]
    out: list[Operand] = []
    for one in operands:
        money = len(one.amount.unit) == 3 and one.amount.unit.isupper() and one.amount.unit != unit
        turned = converted(one.amount, unit) if money else None
        if turned is None:
            out.append(one)
        else:
            out.append(replace(one, amount=turned[0].quantity, score=one.score - 0.3, note=turned[1]))
    return sorted(out, key=lambda o: (round(o.score, 1), o.recency), reverse=True)[:_MOST]


def _one_unit(query: Query, chosen: tuple[Operand, ...]) -> bool:
    """Whether the units go together: equal ones, or for a product a share and a whole."""
    units = [o.amount.unit for o in chosen]
    if query.op == "product":
        return units[0] == "percent" and units[1] != "percent"
    if query.op == "per":
        return units[0] != "percent" and units[1] == "count"
    return len(set(units)) == 1 and units[0] not in ("percent", "times")


def _one_time(query: Query, chosen: tuple[Operand, ...]) -> bool:
    """Whether what flows does so in one period; what stands may stand at any time within it, or at none that is told.

    Terms with periods of their own have been asked for these.
    """
    if any(term.period is not None for term in query.terms):
        return True
    flows = [o.claim.period for o in chosen if o.claim.predicate in FLOWS]
    if query.period is None and any(o.claim.predicate in _YEARLY for o in chosen) and not all(map(_of_a_year, flows)):
        return False
    days = [(p.start, p.end) if p else (None, None) for p in flows]
    if any(not _near(a, days[0][0]) or not _near(b, days[0][1]) for a, b in days):
        return False
    start, end = days[0] if days else (None, None)
    for one in (o.claim for o in chosen if o.claim.predicate not in FLOWS):
        held = one.period
        if one.predicate == "marketCap" or held is None or None in (held.start, held.end, start, end):
            continue
        if (held.start or date.min) > (end or date.max) or (held.end or date.max) < (start or date.min):
            return False
    return True


def _of_a_year(period: Period | None) -> bool:
    """Whether a period has the length that multiples of what is earned or spent are taken of."""
    return period is not None and None not in (period.start, period.end) and _days(period) >= _YEAR


def _days(period: Period) -> int:
    return ((period.end or date.min) - (period.start or date.max)).days


def _near(a: date | None, b: date | None) -> bool:
    return a == b if a is None or b is None else abs(a - b) <= APART


def _distinct(chosen: tuple[Operand, ...]) -> bool:
    return len({o.claim.id for o in chosen}) == len(chosen)
