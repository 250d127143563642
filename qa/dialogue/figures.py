"""Executing questions for figures that build on the last answer: of each, the largest, the total, the difference."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from graph.model import Claim, EntityRef, Quantity
from graph.text.quantities import format_quantity
from graph.vocabulary import vocabulary
from qa.answer import Amount, Truth, Value
from qa.arithmetic import spread
from qa.dialogue.members import MOST, members, names, nobody
from qa.facts import View
from qa.outcome import Outcome, unknown
from qa.query import Node, Option, Query
from qa.relate import fits_type
from qa.run_compute import in_scope, winner
from qa.run_fact import fits, hedges, run_fact
from qa.verbalise import worded

_BY = ("revenue", "marketCap", "netProfit", "headcount", "marketShare", "capacity", "shipments")
_NOT_ADDED = {"percent", "times"}


def fact_of(query: Query, ref: EntityRef) -> Query:
    """The question for one entity's amount."""
    owner = Node(ids=(ref.id,), label=ref.label)
    return replace(query, kind="fact", inner=None, owner=owner, lowest=False, rank=1, quantity=None)


def _figures(view: View, query: Query, refs: list[EntityRef]) -> dict[str, tuple[Claim, ...]]:
    """The claims for the amount of each entity that has one, best first."""
    found = {ref.id: run_fact(view, fact_of(query, ref)) for ref in refs}
    return {i: outcome.claims for i, outcome in found.items() if outcome.status == "answered"}


def _amount(claim: Claim) -> Quantity:
    assert isinstance(claim.object, Quantity)
    return claim.object


def run_each(view: View, query: Query, base: Outcome) -> Outcome:
    """The figure of each of those whom the last answer named."""
    refs = members(base)
    if not refs:
        return nobody(base)
    held = _figures(view, query, refs[:MOST])
    have = [ref for ref in refs if ref.id in held]
    lacking = [ref for ref in refs[:MOST] if ref.id not in held]
    label = vocabulary().metrics[query.metrics[0]].label if query.metrics else "figure"
    if not have:
        return unknown(f"the graph holds no such {label} of {names(refs[:MOST])}", trust=0.1)
    claims = tuple(dict.fromkeys(held[ref.id][0] for ref in have))
    caveats = hedges(claims)
    caveats += (f"no such {label} of {names(lacking)} in the graph",) if lacking else ()
    caveats += (f"only the first {MOST} were looked at",) if len(refs) > MOST else ()
    values = tuple(Amount(_amount(held[ref.id][0]), ref) for ref in have)
    return Outcome("partial" if lacking else "answered", values, claims, caveats=caveats)


def run_largest(view: View, query: Query, base: Outcome) -> Outcome:
    """Who of those comes first by a figure; by which, is asked back if the question does not say."""
    refs = members(base)[:MOST]
    if not refs:
        return nobody(base)
    if not query.metrics:
        return _by_what(view, query, base, refs)
    held = {i: claims[0] for i, claims in _figures(view, query, refs).items()}
    claims = list(held.values())
    units = {_amount(c).unit for c in claims}
    if len(claims) < 2 or len(units) > 1:
        return unknown(f"the graph does not hold comparable figures of {names(refs)}", trust=0.1)
    if len({c.id for c in claims}) < len(claims):
        return unknown(f"the graph does not tell the figures of {names(refs)} apart", trust=0.1)
    lacking = [ref for ref in refs if ref.id not in held]
    whose = {held[ref.id].id: ref for ref in refs if ref.id in held}
    outcome = _told_of(winner(replace(query, owner=None), claims), whose, query.rank)
    notes = (f"no such figure of {names(lacking)} in the graph",) if lacking and outcome.claims else ()
    return replace(outcome, caveats=(*outcome.caveats, *notes))


def _told_of(outcome: Outcome, whose: dict[str, EntityRef], rank: int) -> Outcome:
    """The outcome with those whose amounts were looked for, where a claim has one as another's."""
    if outcome.status == "unknown":
        return outcome
    placed = any(isinstance(v, EntityRef) for v in outcome.values)
    first = (whose[outcome.claims[rank - 1].id],) if placed else ()
    amounts = tuple(Amount(_amount(c), whose[c.id]) for c in outcome.claims)
    return replace(outcome, values=(*first, *amounts), lead=first[0].label if first else outcome.lead)


def _by_what(view: View, query: Query, base: Outcome, refs: list[EntityRef]) -> Outcome:
    """The metrics by which at least two of them can be ranked, as options; by the one if there is no other."""
    options: list[Option] = []
    claims: list[Claim] = []
    for name in _BY:
        by = replace(query, metrics=(name,))
        held = _figures(view, by, refs)
        if len(held) > 1:
            options.append(Option(f"by {vocabulary().metrics[name].label} (of {len(held)} of them)", by))
            claims += [c[0] for c in held.values()]
    if not options:
        return unknown(f"the graph does not rank {names(refs)}", trust=0.2)
    if len(options) == 1 and options[0].query is not None:
        outcome = run_largest(view, options[0].query, base)
        note = f"{options[0].gloss}: the graph holds no other figures to rank by"
        return replace(outcome, caveats=(*outcome.caveats, note))
    return Outcome("ambiguous", claims=tuple(claims), lead="Several fit", options=tuple(options[:3]))


def run_total(view: View, query: Query, base: Outcome) -> Outcome:
    """The figures of all of them added up, as far as they are of one unit that can be added."""
    refs = members(base)[:MOST]
    held = _figures(view, query, refs)
    claims = tuple(claims[0] for claims in held.values())
    amounts = [_amount(c) for c in claims]
    if len(amounts) < 2:
        return unknown("there are not two figures to add up")
    units = {a.unit for a in amounts}
    if len(units) > 1 or units & _NOT_ADDED:
        return unknown("the figures cannot be added up: they are shares or of several units")
    low, high = (_added([getattr(a, side) for a in amounts]) for side in ("low", "high"))
    if low is None and high is None:
        return unknown("the figures are bounds that cannot be added up")
    total = Quantity(low, high, amounts[0].unit, any(a.approx for a in amounts))
    total = spread(total, len(amounts)) if query.mean else total
    lacking = [ref for ref in refs if ref.id not in held]
    notes = (f"without {names(lacking)}, of which the graph has no such figure",) if lacking else ()
    values = (Amount(total, derived=True), *(Amount(_amount(c), c.subject) for c in claims))
    lead = f"{'On average' if query.mean else 'Together'} {format_quantity(total)}"
    return Outcome("partial" if lacking else "answered", values, claims, lead, (*hedges(claims), *notes))


def _added(bounds: list[Decimal | None]) -> Decimal | None:
    known = [b for b in bounds if b is not None]
    return sum(known, Decimal(0)) if len(known) == len(bounds) else None


def run_contrast(view: View, query: Query, base: Outcome) -> Outcome:
    """One amount beside another (`base`), with the difference where both are exact and of one unit."""
    own = run_fact(view, replace(query, kind="fact", inner=None))
    for side in (own, base):
        if side.status != "answered" or not side.claims or not isinstance(side.claims[0].object, Quantity):
            return side if side.status != "answered" else unknown("there are no two amounts to compare")
    first, second = own.claims[0], base.claims[0]
    if first == second and query.inner is not None and query.inner.period != query.period:
        return unknown("the graph holds only one such figure")
    claims = tuple(dict.fromkeys((first, second)))
    a, b = _amount(first), _amount(second)
    values = (Amount(a, first.subject), Amount(b, second.subject))
    if first == second or a.unit != b.unit or None in (a.low, a.high, b.low, b.high):
        return Outcome("partial", values, claims, f"{worded(a)} against {worded(b)}", hedges(claims))
    gap = _minus(a, b)
    way = "more" if (a.low or 0) > (b.high or 0) else "less" if (a.high or 0) < (b.low or 0) else ""
    size = _minus(b, a) if way == "less" else gap
    told = format_quantity(size).replace("%", " percentage points")
    lead = f"{worded(a)} against {worded(b)}" + (f": {told} {way}" if way else "")
    return Outcome("answered", (Amount(size, derived=True), *values), claims, lead, hedges(claims))


def _minus(a: Quantity, b: Quantity) -> Quantity:
    low, high = (a.low or Decimal(0)) - (b.high or Decimal(0)), (a.high or Decimal(0)) - (b.low or Decimal(0))
    return Quantity(low, high, a.unit, a.approx or b.approx)


def run_above(view: View, query: Query, base: Outcome | None) -> Outcome:
    """Whether somebody's amount, or whose of all or of those before, lies above (or below) an amount."""
    bar = query.quantity
    if bar is None:
        return unknown("there is no amount to compare with")
    if query.owner is not None and not query.owner.open:
        return _one_above(run_fact(view, replace(query, kind="fact", inner=None, quantity=None)), query, bar)
    held: dict[str, Claim] = {}
    if base is not None:
        refs = members(base)[:MOST]
        held = {i: claims[0] for i, claims in _figures(view, query, refs).items()}
    elif query.options:
        refs = [view.facts.names.entities[i].ref for n in query.options for i in n.ids[:1]]
        held = {i: claims[0] for i, claims in _figures(view, replace(query, options=()), refs).items()}
        lacking = [r for r in refs if r.id not in held]
        if lacking:
            return unknown(f"the graph holds no such figure of {names(lacking)}")
    else:
        found = fits(view, replace(query, kind="fact", owner=None, inner=None, quantity=None))
        scope = max((in_scope(view, f.claim, query) for f in found), default=0)
        for claim in (f.claim for f in found if in_scope(view, f.claim, query) == scope):
            if fits_type(claim.subject, query.wanted or ("Company",)):
                held.setdefault(claim.subject.id, claim)
    claims = [c for c in held.values() if _beyond(_amount(c), bar, below=query.lowest)]
    if not claims:
        return unknown(f"the graph holds no such figure {'below' if query.lowest else 'above'} {worded(bar)}")
    refs = [c.subject for c in claims]
    values: tuple[Value, ...] = (*refs, *(Amount(_amount(c), c.subject) for c in claims))
    return Outcome("answered", values, tuple(claims), names(refs), hedges(claims))


def _one_above(found: Outcome, query: Query, bar: Quantity) -> Outcome:
    """Yes, no, or that the two ranges overlap."""
    if found.status != "answered" or not isinstance(found.claims[0].object, Quantity):
        return found
    amount, claims = found.claims[0].object, found.claims[:1]
    if amount.unit != bar.unit:
        return unknown("the two amounts are in different units, and no source converts them")
    if _beyond(amount, bar, below=query.lowest):
        return Outcome("answered", (Truth(True), Amount(amount)), claims, "Yes", hedges(claims))
    if _at_most(amount, bar, below=query.lowest):
        return Outcome("answered", (Truth(False), Amount(amount)), claims, "No", hedges(claims))
    return Outcome("partial", (Amount(amount),), claims, "The stated ranges overlap", hedges(claims))


def _beyond(a: Quantity, bar: Quantity, *, below: bool) -> bool:
    if a.unit != bar.unit:
        return False
    if below:
        return a.high is not None and bar.low is not None and a.high < bar.low
    return a.low is not None and bar.high is not None and a.low > bar.high


def _at_most(a: Quantity, bar: Quantity, *, below: bool) -> bool:
    if below:
        return a.low is not None and bar.high is not None and a.low >= bar.high
    return a.high is not None and bar.low is not None and a.high <= bar.low
