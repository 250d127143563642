"""Executing questions about the parts of one subject's amount: two beside one another, or the biggest of all."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import product

from graph.model import Claim, EntityRef, Quantity
from graph.text.quantities import format_quantity
from qa.answer import Amount, Speaker, Truth, Value
from qa.choosing import in_words
from qa.facts import View
from qa.match import Fit
from qa.outcome import Outcome, unknown
from qa.query import Link, Node, Query
from qa.run_compute import amount_of, middle
from qa.run_fact import fits, hedges, quantity
from qa.run_list import run_list
from qa.words import lemmas

_NEAR = 2.0
_HALF = 50  # percent, beyond which a part is the biggest whatever the others are
_PERCENT = {"share": "percent"}


def run_parts(view: View, query: Query) -> Outcome:
    """What becomes of the parts: which is the bigger, whether the first is, what lies between them, their sum."""
    if query.noun == "largest":
        return _largest(view, query)
    if query.noun == "count":
        return _counted(view, query)
    for metric, basis in product(query.metrics, dict.fromkeys((query.basis, "share"))):
        term = replace(
            query, kind="fact", options=(), noun="", metrics=(metric,), basis=basis, unit=_PERCENT.get(basis or "")
        )
        found = fits(view, term)
        claims = [_of_part(found, node) for node in query.options]
        pair = [c for c in claims if c is not None]
        if len(pair) == 2 and pair[0] != pair[1] and amount_of(pair[0]).unit == amount_of(pair[1]).unit:
            return _computed(query, pair)
    return unknown(f"the graph holds no such figures of {' and '.join(n.label for n in query.options)}")


def _of_part(found: list[Fit], part: Node) -> Claim | None:
    """The best claim for the part alone: its fields name it, and as little else as may be."""
    stems = {*lemmas(part.label)}
    held = [(len(stems & _scope(f.claim)), f) for f in found]
    most = max((n for n, _ in held), default=0)
    return next((f.claim for n, f in held if n == most and n), None)


def _scope(claim: Claim) -> frozenset[str]:
    return frozenset(lemmas(claim.scope or "")) | frozenset(lemmas(claim.subject.label))


def _computed(query: Query, claims: list[Claim]) -> Outcome:
    a, b = (amount_of(c) for c in claims)
    first, second = query.options
    if None in (a.low, a.high, b.low, b.high):
        return unknown("the two amounts are not stated exactly")
    amounts: tuple[Value, ...] = (Amount(a), Amount(b))
    if query.noun in ("difference", "sum"):
        total = _taken(a, b) if query.noun == "difference" else _added(a, b)
        lead = f"{'The difference is' if query.noun == 'difference' else 'Together'} {format_quantity(total)}"
        return Outcome("answered", (Amount(total, derived=True), *amounts), tuple(claims), lead, hedges(claims))
    if middle(a) == middle(b):
        return Outcome("partial", amounts, tuple(claims), "They are level as stated", hedges(claims))
    truth = (middle(a) < middle(b)) if query.lowest else (middle(a) > middle(b))
    if query.noun == "yesno":
        return Outcome("answered", (Truth(truth), *amounts), tuple(claims), "Yes" if truth else "No", hedges(claims))
    label = (first if truth else second).label
    return Outcome("answered", (Speaker(label), *amounts), tuple(claims), label, hedges(claims))


def _taken(a: Quantity, b: Quantity) -> Quantity:
    if middle(a) < middle(b):
        a, b = b, a
    low, high = (a.low or Decimal(0)) - (b.high or Decimal(0)), (a.high or Decimal(0)) - (b.low or Decimal(0))
    return Quantity(low, high, a.unit, a.approx or b.approx)


def _added(a: Quantity, b: Quantity) -> Quantity:
    low, high = (a.low or Decimal(0)) + (b.low or Decimal(0)), (a.high or Decimal(0)) + (b.high or Decimal(0))
    return Quantity(low, high, a.unit, a.approx or b.approx)


def _largest(view: View, query: Query) -> Outcome:
    """The part with the biggest (or smallest) amount among those of one period and unit."""
    for basis in ("share", query.basis):
        term = replace(query, kind="fact", noun="", basis=basis, unit=_PERCENT.get(basis or ""), soft=())
        found = [f for f in fits(view, term) if _is_part(view, f.claim, query)]
        parts = _alike(found)
        most = basis == "share" and len(parts) == 1 and not query.lowest and (amount_of(parts[0]).low or 0) > _HALF
        if len(parts) > 1 or most:
            claims = sorted(parts, key=lambda c: middle(amount_of(c)), reverse=not query.lowest)
            if not most and middle(amount_of(claims[0])) == middle(amount_of(claims[1])):
                continue
            name = _name(view, claims[0], query)
            lead = name.label
            values: tuple[Value, ...] = (name, Amount(amount_of(claims[0])))
            return Outcome("answered", values, (claims[0], *claims[1:4]), lead, hedges(claims[:1]))
    return unknown(_not_ranked(view, query), trust=0.25)


def _not_ranked(view: View, query: Query) -> str:
    """That no figures rank the parts; with the customers that are known, if one of them was asked for."""
    if query.wanted and query.owner is not None:
        link = Link(("supplies",), "object", query.owner)
        found = run_list(view, Query("list", wanted=query.wanted, noun="customers", link=link))
        known = [v for v in found.values if isinstance(v, EntityRef)]
        if known:
            label = query.owner.label
            return f"the graph holds no figures that rank the customers of {label}; it names {in_words(known)}"
    return "the graph holds no figures of such parts to compare"


def _counted(view: View, query: Query) -> Outcome:
    """How many parts of one period lie above (or below) the amount; each by its amount and name."""
    bar = query.quantity
    assert bar is not None
    term = replace(query, kind="fact", noun="", quantity=None, unit=_PERCENT.get(query.basis or ""), soft=())
    found = fits(view, term)
    if query.soft:
        found = [f for f in found if {*query.soft} & _scope(f.claim) and not _several(f.claim)]
    groups: dict[tuple[object, ...], dict[tuple[object, ...], Claim]] = {}
    for claim in (f.claim for f in found if f.claim.scope):
        a = amount_of(claim)
        beyond = (
            a.high is not None and a.high < middle(bar) if query.lowest else a.low is not None and a.low > middle(bar)
        )
        if beyond and a.unit == bar.unit:
            days = (claim.period.start, claim.period.end) if claim.period else None
            groups.setdefault((days,), {}).setdefault((a.low, a.high, frozenset(lemmas(claim.scope or ""))), claim)
    claims = tuple(max(groups.values(), key=len, default={}).values())
    if not claims:
        return unknown("the graph holds no such parts")
    return Outcome(
        "answered", (Amount(quantity(len(claims), "count"), derived=True),), claims, str(len(claims)), hedges(claims)
    )


def _several(claim: Claim) -> bool:
    """Whether the share is that of a group: “four customers”."""
    return (claim.scope or "").split(",")[0].strip().endswith("s")


def _is_part(view: View, claim: Claim, query: Query) -> bool:
    """Whether a claim is of one part: has a scope, and where customers are asked for, is one of a firm."""
    named = _name(view, claim, query)
    generic = isinstance(named, EntityRef) and named.id in view.facts.names.generic
    payer = isinstance(named, EntityRef) and named.type in ("Company", "Organization") and not generic
    return bool(claim.scope) and payer == bool(query.wanted)


def _alike(found: list[Fit]) -> list[Claim]:
    """One claim a part, all in the unit and for the period that the most parts have."""
    groups: dict[tuple[object, ...], dict[frozenset[str], Claim]] = {}
    for item in (f for f in found if found[0].score - f.score <= _NEAR):
        c = item.claim
        days = (c.period.start, c.period.end) if c.period else None
        groups.setdefault((amount_of(c).unit, days), {}).setdefault(frozenset(lemmas(c.scope or "")), c)
    best = max(groups.values(), key=len, default={})
    return list(best.values())


def _name(view: View, claim: Claim, query: Query) -> EntityRef | Speaker:
    """The part as an entity, if the graph has one of just that name; else in the words of the claim."""
    names = view.facts.names
    for label in (claim.scope or "").split(", "):
        held = names.bearers(lemmas(label))
        if held:
            return names.entities[held[0]].ref
    other = query.owner is not None and claim.subject.id not in query.owner.ids
    return claim.subject if other else Speaker(claim.scope or claim.subject.label)
