"""Executing questions that add amounts up: named parts, several subjects or periods, the biggest customers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from graph.model import Claim, Quantity
from graph.text.quantities import format_quantity
from qa.answer import Amount, Value
from qa.facts import View
from qa.match import Fit
from qa.names import Names
from qa.outcome import Outcome, unknown
from qa.query import Query
from qa.run_compute import amount_of, in_one_unit, middle
from qa.run_fact import fits, hedges, run_fact
from qa.words import lemmas


def run_sum(view: View, query: Query) -> Outcome:
    """The parts that the question names, each by its scope, added up."""
    wanted = max(len(query.options), len(query.spans))
    if query.spans:
        parts = _of_periods(view, query)
    else:
        each_of = in_one_unit(view, query)
        parts = [c for c in each_of if c is not None] if query.options else _parts(view, query)
    if len(parts) < max(2, wanted) or (query.top and len(parts) != query.top):
        return unknown("the parts to add up were not all found")
    amounts = [amount_of(c) for c in parts]
    low, high = _added([a.low for a in amounts]), _added([a.high for a in amounts])
    if len({c.predicate for c in parts}) > 1:
        return unknown("the parts are not amounts of one kind")
    if len({a.unit for a in amounts}) != 1 or (low is None and high is None):
        return unknown("the parts are not amounts of one unit with a bound in common")
    count = len(amounts) if query.mean else 1
    low, high = (x / count if x is not None else None for x in (low, high))
    total = Quantity(low, high, amounts[0].unit, any(a.approx for a in amounts))
    return Outcome(
        "answered",
        (Amount(total, derived=True), *(Amount(a) for a in amounts)),
        tuple(parts),
        f"{'On average' if query.mean else 'Together'} {format_quantity(total)}",
        hedges(parts),
    )


def _of_periods(view: View, query: Query) -> list[Claim]:
    """The amount of each period, all in one unit if there are such."""
    each = [run_fact(view, replace(query, kind="fact", period=s, spans=())) for s in query.spans]
    parts = [o.claims[0] for o in each if o.status == "answered"]
    for unit in dict.fromkeys(amount_of(c).unit for c in parts) if query.unit is None and len(parts) > 1 else ():
        held = [fits(view, replace(query, kind="fact", period=s, spans=())) for s in query.spans]
        same = [next((f.claim for f in found if amount_of(f.claim).unit == unit), None) for found in held]
        if all(same):
            return [c for c in same if c is not None]
    return parts


def run_series(view: View, query: Query) -> Outcome:
    """The amount of each period, in the order of the question; partial where some are lacking."""
    if query.options:
        return _of_each(view, query)
    parts = _of_periods(view, query)
    if len(dict.fromkeys(parts)) < 2:
        return unknown("the graph does not hold the figures of two of the periods")
    values = tuple(Amount(amount_of(c)) for c in parts)
    lead = ", ".join(format_quantity(amount_of(c)) for c in parts)
    return Outcome(
        "answered" if len(parts) == len(query.spans) else "partial", values, tuple(parts), lead, hedges(parts)
    )


def _of_each(view: View, query: Query) -> Outcome:
    """The amount of each of several, partial where some have none."""
    found = [run_fact(view, replace(query, kind="fact", options=(), owner=node)) for node in query.options]
    parts = tuple(o.claims[0] for o in found if o.status == "answered")
    if len(parts) < 2:
        return unknown("the graph does not hold the figures of two of them")
    lacking = [n.label for n, o in zip(query.options, found, strict=True) if o.status != "answered"]
    caveats = (*hedges(parts), *((f"no such figure of {' and '.join(lacking)} in the graph",) if lacking else ()))
    values = tuple(Amount(amount_of(c), c.subject) for c in parts)
    return Outcome("partial" if lacking else "answered", values, parts, caveats=caveats)


def _single_items(found: list[Fit]) -> list[Claim]:
    """One claim for each part that the scopes tell apart, all in one unit and for one period."""
    parts: dict[frozenset[str], Claim] = {}
    for item in found:
        held, first = item.claim, found[0].claim
        if held.scope and held.period == first.period and amount_of(held).unit == amount_of(first).unit:
            parts.setdefault(frozenset(lemmas(held.scope)), held)
    return list(parts.values())


def _added(bounds: list[Decimal | None]) -> Decimal | None:
    """The sum of bounds, if all are known."""
    known = [b for b in bounds if b is not None]
    return sum(known, Decimal(0)) if len(known) == len(bounds) else None


def _parts(view: View, query: Query) -> list[Claim]:
    """The best claim for each of the named parts (“DRAM and NAND”), or all distinct amounts between the named
    entities.
    """
    base = replace(query, kind="fact", basis=None)
    terms = [*[(n, ()) for n in query.about], *[(None, (w,)) for w in query.words]]
    whole = fits(view, base)
    amounts: dict[tuple[object, ...], Fit] = {}
    for item in whole:
        a = amount_of(item.claim)
        if a.low == a.high:
            place = min((e.document, e.start) for e in item.claim.evidence) if item.claim.period is None else None
            amounts.setdefault((a.low, a.unit, item.claim.period and item.claim.period.start, place), item)
    if not terms and query.top is None:
        return _single_items([f for f in whole if whole[0].score - f.score <= 1.0])
    if query.top and len(amounts) >= query.top:
        unit = next(iter(amounts.values())).claim.object
        return [
            f.claim for f in amounts.values() if isinstance(unit, Quantity) and amount_of(f.claim).unit == unit.unit
        ][: query.top]
    found: list[Claim] = []
    for node, words in terms:
        single = fits(view, replace(base, about=(node,) if node else (), words=words))
        if single and single[0].claim not in found:
            found.append(single[0].claim)
    return found


def run_top(view: View, query: Query) -> Outcome:
    """The share of the biggest customers together: as a source states it, else the biggest stated shares summed."""
    if query.noun == "one":
        return _placed(view, query)
    stated = [
        f.claim
        for f in fits(view, replace(query, kind="fact"))
        if "customer" in lemmas(f.claim.scope or "") or "buyer" in lemmas(f.claim.scope or "")
    ]
    words = {str(query.top), *(w for w, n in _NUMBERS.items() if n == query.top)}
    exact = [c for c in stated if words & set(lemmas(c.scope or ""))]
    shares = _customer_shares(view, query)
    if shares and query.top and len(shares) >= query.top:
        parts = shares[: query.top]
        total = Quantity(
            sum((amount_of(c).low or Decimal(0) for c in parts), Decimal(0)),
            sum((amount_of(c).high or Decimal(0) for c in parts), Decimal(0)),
            "percent",
            any(amount_of(c).approx for c in parts),
        )
        values = (Amount(total, derived=True), *(Amount(amount_of(c)) for c in parts))
        return Outcome("answered", values, tuple(parts), f"Together {format_quantity(total)}", hedges(parts))
    if exact:
        return Outcome("answered", (Amount(amount_of(exact[0])),), (exact[0],), caveats=hedges(exact[:1]))
    return unknown("the graph does not hold the shares of the biggest customers")


def _placed(view: View, query: Query) -> Outcome:
    """One of the single customers of the latest period, by its share: the smallest, the second …; of as many as the
    question says there are.
    """
    shares = _customer_shares(view, query)
    shares = shares[::-1] if query.lowest else shares
    if query.top not in (None, 1, len(shares)) or len(shares) < max(2, query.rank):
        held = f"of {len(shares)} customers" if shares else "of no customer"
        return unknown(f"the graph holds such a share {held} only")
    chosen = shares[query.rank - 1]
    if sum(middle(amount_of(c)) == middle(amount_of(chosen)) for c in shares) > 1:
        return unknown("two of them have the same share as stated")
    names = view.facts.names
    ids = (i for i in names.bearers(tuple(lemmas(chosen.scope or ""))) if _customer(names, i))
    own = {*(query.owner.ids if query.owner else ())}
    who = next((names.entities[i].ref for i in ids), None if chosen.subject.id in own else chosen.subject)
    if query.wanted and (who is None or who.label.islower()):
        return unknown("the sources do not name this customer")
    values: tuple[Value, ...] = (*((who,) if query.wanted and who is not None else ()), Amount(amount_of(chosen)))
    rest = tuple(c for c in shares if c is not chosen)
    return Outcome("answered", values, (chosen, *rest), who.label if who else "", hedges(shares))


_NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}


def _customer_shares(view: View, query: Query) -> list[Claim]:
    """Shares of single customers in the latest period that has any, biggest first, one a customer."""
    found = [
        f
        for f in fits(view, replace(query, kind="fact", soft=()))
        if f.claim.basis == "share" and f.claim.modality in ("asserted", "reported")
    ]
    owner = query.owner.ids if query.owner else ()
    single: dict[str, Fit] = {}
    names = view.facts.names
    for item in sorted(found, key=lambda f: f.recency, reverse=True):
        scope = tuple(lemmas(item.claim.scope or ""))
        named = (i for i in names.bearers(scope) if _customer(names, i))
        who = next(named, None) if item.claim.subject.id in owner else item.claim.subject.id
        if who is None and _one_customer(item.claim):
            who = f"{item.claim.scope} {amount_of(item.claim).low}"
        if who:
            single.setdefault(who, item)
    single = {who: f for who, f in single.items() if not _plural(f.claim)}
    latest = max((f.recency.valid for f in single.values()), default=None)
    now = [f.claim for f in single.values() if f.recency.valid == latest]
    return sorted(now, key=lambda c: middle(amount_of(c)), reverse=True)


def _customer(names: Names, id: str) -> bool:
    """Whether an entity is a firm by its own name."""
    return names.entities[id].type in ("Company", "Organization") and id not in names.generic


def _one_customer(claim: Claim) -> bool:
    """Whether the share is one unnamed customer's: “direct customer”, “a buyer”."""
    scope = claim.scope or ""
    return (
        bool({"customer", "buyer", "client"} & set(lemmas(scope)))
        and not scope.endswith("s")
        and not claim.subject.label.islower()
    )


def _plural(claim: Claim) -> bool:
    """Whether the share is a group's (“large cloud companies”) and not one customer's."""
    label = claim.scope or claim.subject.label
    return label.islower() and label.endswith("s")
