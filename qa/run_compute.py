"""Executing questions that compute with amounts: differences, sums, comparisons, superlatives, the top few together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from graph.model import Claim, Quantity
from graph.text.quantities import format_quantity
from qa.answer import Amount, Truth, Value
from qa.facts import View
from qa.match import Fit, fit
from qa.outcome import Outcome, unknown
from qa.query import Node, Query
from qa.relate import fits_type
from qa.run_fact import fits, hedges
from qa.sparql import Pattern
from qa.words import lemmas


def _best(view: View, query: Query, node: Node) -> Claim | None:
    """The amount of one of the compared."""
    found = _candidates(view, query, node)
    return _latest(found).claim if found else None


def _candidates(view: View, query: Query, node: Node) -> list[Fit]:
    about = tuple(n for n in query.about if n not in query.options)
    return fits(view, replace(query, kind="fact", owner=node, about=about))


def _latest(found: list[Fit]) -> Fit:
    """Of those that fit about as well as the first, the one for the latest period."""
    near = [f for f in found if found[0].score - f.score <= 0.45]
    return max(near, key=lambda f: (f.recency, f.score))


def _amount(claim: Claim) -> Quantity:
    assert isinstance(claim.object, Quantity)
    return claim.object


def run_difference(view: View, query: Query) -> Outcome:
    """How much the first exceeds the second; exact bounds only."""
    claims = _in_one_unit(view, query)
    if any(c is None for c in claims):
        return _lacking(query, claims)
    first, second = (c for c in claims if c is not None)
    a, b = _amount(first), _amount(second)
    if a.unit != b.unit or None in (a.low, a.high, b.low, b.high):
        return unknown("the two amounts are not stated so that one can be taken from the other")
    low, high = (a.low or Decimal(0)) - (b.high or Decimal(0)), (a.high or Decimal(0)) - (b.low or Decimal(0))
    if high < 0:
        low, high = -high, -low
    out = Quantity(low, high, a.unit, a.approx or b.approx)
    return Outcome(
        "answered",
        (Amount(out, derived=True),),
        (first, second),
        f"The difference is {format_quantity(out)}".replace("%", " percentage points"),
        hedges([first, second]),
    )


def _lacking(query: Query, claims: list[Claim | None]) -> Outcome:
    lacking = [n.label for n, c in zip(query.options, claims, strict=True) if c is None]
    return unknown(f"the graph holds no such figure of {' and '.join(lacking)}")


def run_sum(view: View, query: Query) -> Outcome:
    """The parts that the question names, each by its scope, added up."""
    parts = [c for n in query.options if (c := _best(view, query, n))] or _parts(view, query)
    if len(parts) < 2 or (query.top and len(parts) != query.top):
        return unknown("the parts to add up were not all found")
    amounts = [_amount(c) for c in parts]
    low, high = _added([a.low for a in amounts]), _added([a.high for a in amounts])
    if len({a.unit for a in amounts}) != 1 or (low is None and high is None):
        return unknown("the parts are not amounts of one unit with a bound in common")
    total = Quantity(low, high, amounts[0].unit, any(a.approx for a in amounts))
    return Outcome(
        "answered",
        (Amount(total, derived=True), *(Amount(a) for a in amounts)),
        tuple(parts),
        f"Together {format_quantity(total)}",
        hedges(parts),
    )


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
        a = _amount(item.claim)
        if a.low == a.high:
            amounts.setdefault((a.low, a.unit, item.claim.period and item.claim.period.start), item)
    if query.top and len(amounts) >= query.top:
        unit = next(iter(amounts.values())).claim.object
        return [f.claim for f in amounts.values() if isinstance(unit, Quantity) and _amount(f.claim).unit == unit.unit][
            : query.top
        ]
    found: list[Claim] = []
    for node, words in terms:
        single = fits(view, replace(base, about=(node,) if node else (), words=words))
        if single and single[0].claim not in found:
            found.append(single[0].claim)
    return found


def run_compare(view: View, query: Query) -> Outcome:
    """Which of the named has the bigger (or smaller) amount; bounds are compared as bounds."""
    chosen = _in_one_unit(view, query)
    if any(c is None for c in chosen):
        return _lacking(query, chosen)
    return winner(query, [c for c in chosen if c is not None])


def _in_one_unit(view: View, query: Query) -> list[Claim | None]:
    """The best amount of each of the compared, in the unit in which most of them have one (then: in which they fit
    best).
    """
    by_unit: defaultdict[str, dict[int, Claim]] = defaultdict(dict)
    scores: defaultdict[str, float] = defaultdict(float)
    for n, node in enumerate(query.options):
        found = _candidates(view, query, node)
        for unit in dict.fromkeys(_amount(f.claim).unit for f in found):
            best = _latest([f for f in found if _amount(f.claim).unit == unit])
            by_unit[unit][n] = best.claim
            scores[unit] += best.score
    if not by_unit:
        return [None for _ in query.options]
    unit = max(by_unit, key=lambda u: (len(by_unit[u]), scores[u], u))
    return [by_unit[unit].get(n) for n in range(len(query.options))]


def run_superlative(view: View, query: Query) -> Outcome:
    """The subject with the biggest amount, among the latest amount of each."""
    best: dict[str, Fit] = {}
    found = fits(view, query) if not query.without else _stakes(view, query)
    scope = max((in_scope(view, f.claim, query) for f in found), default=0)
    for item in (f for f in found if in_scope(view, f.claim, query) == scope):
        best.setdefault(item.claim.subject.id, item)
    claims = [
        f.claim
        for i, f in best.items()
        if fits_type(f.claim.subject, query.wanted) and i not in {x for n in query.without for x in n.ids}
    ]
    units: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        units[_amount(claim).unit].append(claim)
    if not units:
        return unknown("the graph holds no such figures to compare")
    same = max(units.values(), key=len)
    if len(same) < 2:
        return unknown("the graph holds such a figure of one only")
    return winner(query, same)


def in_scope(view: View, claim: Claim, query: Query) -> int:
    """How many of the question's words the claim's own fields bear out: a foundry market is not the memory market."""
    return len({*query.words, *query.soft} & view.facts.field_stems(claim))


def _stakes(view: View, query: Query) -> list[Fit]:
    """Stakes that others hold in the named entity."""
    (target,) = query.without
    held = [c for c in view.claims(Pattern(predicates=query.metrics)) if c.subject.id not in target.ids]
    out = [f for c in held if (f := fit(view, c, replace(query, without=()), anchors=())) is not None]
    stems = {s for i in target.ids for seq in view.facts.names.labels.get(i, ()) for s in seq}
    return [f for f in out if stems & (set(lemmas(f.claim.scope or "")) | set(lemmas(f.claim.of or "")))]


def winner(query: Query, claims: list[Claim]) -> Outcome:
    """Whose of the amounts (two or more, of one unit) is the biggest, the smallest or in the place asked for."""
    claims = sorted(claims, key=lambda c: _middle(_amount(c)), reverse=not query.lowest)
    if query.rank > 1:
        return _placed(query, claims)
    first, second = claims[0], claims[1]
    a, b = _amount(first), _amount(second)
    if a.unit != b.unit:
        return unknown("the amounts are in different units, and no source converts them")
    caveats = hedges(claims)
    sure = _above(a, b) if not query.lowest else _above(b, a)
    bounds = [c.subject.label for c in claims if _amount(c).low is None or _amount(c).high is None]
    if bounds:
        caveats += (f"a bound, not an exact figure: {', '.join(dict.fromkeys(bounds))}",)
    if _middle(a) == _middle(b):
        return Outcome(
            "partial",
            tuple(Amount(_amount(c), c.subject) for c in claims),
            tuple(claims),
            "They are level as stated",
            caveats,
        )
    if not sure and not bounds:
        caveats += ("the stated ranges overlap",)
    amounts: tuple[Value, ...] = tuple(Amount(_amount(c), c.subject) for c in claims)
    if query.owner is not None:
        truth = first.subject.id in query.owner.ids
        return Outcome("answered", (Truth(truth),), tuple(claims), "Yes" if truth else "No", caveats)
    return Outcome("answered", (first.subject, *amounts), tuple(claims), first.subject.label, caveats)


def _placed(query: Query, claims: list[Claim]) -> Outcome:
    """The one in second, third … place."""
    if len(claims) < query.rank:
        return unknown(f"the graph holds such a figure of {len(claims)} only")
    chosen = claims[query.rank - 1]
    values: tuple[Value, ...] = (chosen.subject, *(Amount(_amount(c), c.subject) for c in claims))
    return Outcome("answered", values, tuple(claims), chosen.subject.label, hedges(claims))


def _middle(amount: Quantity) -> Decimal:
    """A number to rank by: the middle of a range, the bound of a bounded amount."""
    known = [x for x in (amount.low, amount.high) if x is not None]
    return sum(known, Decimal(0)) / len(known) if known else Decimal(0)


def _above(a: Quantity, b: Quantity) -> bool:
    """Whether every value of the first is above every value of the second."""
    return a.low is not None and b.high is not None and a.low > b.high


def run_top(view: View, query: Query) -> Outcome:
    """The share of the biggest customers together: as a source states it, else the biggest stated shares summed."""
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
            sum((_amount(c).low or Decimal(0) for c in parts), Decimal(0)),
            sum((_amount(c).high or Decimal(0) for c in parts), Decimal(0)),
            "percent",
            any(_amount(c).approx for c in parts),
        )
        values = (Amount(total, derived=True), *(Amount(_amount(c)) for c in parts))
        return Outcome("answered", values, tuple(parts), f"Together {format_quantity(total)}", hedges(parts))
    if exact:
        return Outcome("answered", (Amount(_amount(exact[0])),), (exact[0],), caveats=hedges(exact[:1]))
    return unknown("the graph does not hold the shares of the biggest customers")


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
    customers = {
        i for i, e in names.entities.items() if e.type in ("Company", "Organization") and i not in names.generic
    }
    by_stems = {seq: i for i in customers for seq in view.facts.names.labels[i]}
    for item in sorted(found, key=lambda f: f.recency, reverse=True):
        scope = tuple(lemmas(item.claim.scope or ""))
        who = by_stems.get(scope) if item.claim.subject.id in owner else item.claim.subject.id
        if who is None and _one_customer(item.claim):
            who = f"{item.claim.scope} {_amount(item.claim).low}"
        if who:
            single.setdefault(who, item)
    single = {who: f for who, f in single.items() if not _plural(f.claim)}
    latest = max((f.recency.valid for f in single.values()), default=None)
    now = [f.claim for f in single.values() if f.recency.valid == latest]
    return sorted(now, key=lambda c: _middle(_amount(c)), reverse=True)


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
