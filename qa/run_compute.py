"""Executing questions that compute with amounts: differences, comparisons, how an amount has moved."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from graph.model import Claim, Quantity
from graph.text.quantities import format_quantity
from graph.views.latest import recency
from qa.answer import Amount, Truth, Value
from qa.dialogue.periods import relative_period
from qa.facts import View
from qa.match import Fit, superseded
from qa.outcome import Outcome, unknown
from qa.query import Node, Query, Span
from qa.run_fact import fits, hedges, run_fact
from qa.run_revised import old_and_new
from qa.unmeasured import sign_told
from qa.verbalise import sentence, worded
from qa.words import lemmas

_APART = 2.5


def best(view: View, query: Query, node: Node) -> Claim | None:
    """The amount of one of the compared."""
    found = candidates(view, query, node)
    return _latest(found).claim if found else None


def candidates(view: View, query: Query, node: Node) -> list[Fit]:
    """The amounts that one of the compared may stand with, best first."""
    about = tuple(n for n in query.about if n not in query.options)
    return fits(view, replace(query, kind="fact", owner=node, about=about))


def _latest(found: list[Fit]) -> Fit:
    """Of those that fit about as well as the first, the one for the latest period."""
    near = [f for f in found if found[0].score - f.score <= 0.45]
    return max(near, key=lambda f: (f.recency, f.score))


def amount_of(claim: Claim) -> Quantity:
    """The quantity of a metric claim."""
    assert isinstance(claim.object, Quantity)
    return claim.object


def run_difference(view: View, query: Query) -> Outcome:
    """How much the first exceeds the second; exact bounds only."""
    claims = in_one_unit(view, query)
    if any(c is None for c in claims):
        return _lacking(query, claims)
    first, second = (c for c in claims if c is not None)
    a, b = amount_of(first), amount_of(second)
    if a.unit != b.unit or None in (a.low, a.high, b.low, b.high):
        told = f"{sentence(first)}, and {sentence(second)}"
        return unknown(f"one amount cannot be taken from the other as they are stated: {told}", trust=0.2)
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


def run_moved(view: View, query: Query) -> Outcome:
    """The first and the last amount of one thing: in time, or as one sentence has them (“from 90 % to 60 %”)."""
    found = fits(view, replace(query, kind="fact"))
    revised = old_and_new(view, found, query) if found else None
    if revised is not None:
        return _gone(revised[0][0].claim, revised[1][0].claim)
    units: defaultdict[str, list[Fit]] = defaultdict(list)
    for item in found:
        units[amount_of(item.claim).unit].append(item)
    near = [f for f in max(units.values(), key=len, default=[]) if found[0].score - f.score <= _APART]
    by_amount: dict[tuple[Decimal | None, Decimal | None], Claim] = {}
    for item in near:
        by_amount.setdefault((amount_of(item.claim).low, amount_of(item.claim).high), item.claim)
    claims = sorted(by_amount.values(), key=lambda c: (not superseded(c), recency(c, view.facts.documents)))
    if len(claims) < 2:
        return unknown("the graph holds only one such figure")
    return _gone(claims[0], claims[-1])


def _gone(old: Claim, new: Claim) -> Outcome:
    """From which amount to which it went."""
    lead = f"From {worded(amount_of(old))} to {worded(amount_of(new))}"
    return Outcome("answered", tuple(Amount(amount_of(c)) for c in (old, new)), (old, new), lead, hedges((old, new)))


def run_outdone(view: View, query: Query) -> Outcome:
    """Whether one amount is larger (or smaller) than the other: of one subject in two periods."""
    if query.inner is None and (query.basis == "change" or not query.against):
        return _signed(view, query)
    factor = query.quantity
    own = run_fact(view, replace(query, kind="fact", inner=None, against=None, quantity=None))
    inner = query.inner or _year_before(query, own)
    if inner is None:
        return unknown("the graph does not hold the figures of two periods")
    other = run_fact(view, replace(inner, quantity=None))
    for side in (own, other):
        if side.status != "answered":
            return side
    first, second = own.claims[0], other.claims[0]
    a, b = amount_of(first), amount_of(second)
    if a.unit != b.unit or first == second:
        return unknown("the two amounts cannot be compared")
    larger, smaller = _above(a, b), _above(b, a)
    truth = smaller if query.lowest else larger
    if factor is not None:
        truth = middle(b) > 0 and _times_over(middle(a) / middle(b), middle(factor))
    values: tuple[Value, ...] = (Truth(truth), Amount(a), Amount(b))
    if not (larger or smaller or (a.low, a.high) == (b.low, b.high)):
        return Outcome("partial", values[1:], (first, second), "The stated ranges overlap", hedges([first, second]))
    return _told(query, truth, values, (first, second))


def _told(query: Query, truth: bool, values: tuple[Value, ...], claims: tuple[Claim, ...]) -> Outcome:
    """Yes or no; or, where it is asked which way an amount went, that."""
    if query.noun == "way":
        level = len(values) > 2 and values[1] == values[2]
        lead = "As before" if level else "Up" if truth != query.lowest else "Down"
        return Outcome("answered", values[1:], claims, lead, hedges(claims))
    return Outcome("answered", values, claims, "Yes" if truth else "No", hedges(claims))


def _times_over(ratio: Decimal, factor: Decimal) -> bool:
    """Whether something has at least become so many times as much, or at most such a part of itself; about."""
    return ratio >= factor * _NEARLY if factor > 1 else ratio <= factor / _NEARLY


_NEARLY = Decimal("0.95")


def _year_before(query: Query, own: Outcome) -> Query | None:
    """The query for the same amount in the period that lies before the answer's."""
    period = own.claims[0].period if own.claims and own.status == "answered" else None
    span = Span(period.start, period.end, period.text) if period else None
    earlier = relative_period(query.against, span)
    return replace(query, kind="fact", period=earlier, against=None, quantity=None) if earlier is not None else None


def _signed(view: View, query: Query) -> Outcome:
    """Whether an amount (a profit, a change) lies above nothing, or below it."""
    found = run_fact(view, replace(query, kind="fact", quantity=None))
    if found.status != "answered":
        told = sign_told(view, query) if query.noun != "way" and query.basis is None else None
        return told or found
    amount = amount_of(found.claims[0])
    nothing = Quantity(Decimal(0), Decimal(0), amount.unit)
    above, below = _above(amount, nothing), _above(nothing, amount)
    if not (above or below):
        return unknown("the amount lies on both sides of nothing")
    truth = below if query.lowest else above
    if query.quantity is not None and query.basis == "change":
        grown = middle(amount) / 100 + 1 if amount.unit == "percent" else middle(amount)
        if amount.unit not in ("percent", "times"):
            return unknown("the change is not told as a multiple")
        truth = _times_over(grown, middle(query.quantity))
    return _told(query, truth, (Truth(truth), Amount(amount)), found.claims[:1])


def _lacking(query: Query, claims: list[Claim | None]) -> Outcome:
    lacking = [n.label for n, c in zip(query.options, claims, strict=True) if c is None]
    return unknown(f"the graph holds no such figure of {' and '.join(lacking)}")


def run_compare(view: View, query: Query) -> Outcome:
    """Which of the named has the bigger (or smaller) amount; bounds are compared as bounds."""
    chosen = in_one_unit(view, query)
    if any(c is None for c in chosen):
        return _lacking(query, chosen)
    outcome = winner(query, [c for c in chosen if c is not None])
    return _by_part(view, query, outcome, [c for c in chosen if c is not None])


def _by_part(view: View, query: Query, outcome: Outcome, chosen: list[Claim]) -> Outcome:
    """Of parts of one subject (“X's memory or storage sales”), and of those whose amount stands in another's books
    (“who owns more of X”), the part wins, not the subject of the claim.
    """
    if outcome.status != "answered" or query.owner is not None:
        return outcome
    if outcome.claims[0].subject.id in {i for n in query.options for i in n.ids}:
        return outcome
    entities = view.facts.names.entities
    part = next(
        (n for n, c in zip(query.options, chosen, strict=True) if c is outcome.claims[0] and {*n.ids} & {*entities}),
        None,
    )
    if part is None:
        return unknown("the graph does not tell these parts apart")
    ref = entities[part.ids[0]].ref
    return replace(outcome, values=(ref, *outcome.values[1:]), lead=ref.label)


def in_one_unit(view: View, query: Query) -> list[Claim | None]:
    """The best amount of each of the compared, in the unit in which most of them have one (then: in which they fit
    best).
    """
    by_unit: defaultdict[str, dict[int, Claim]] = defaultdict(dict)
    scores: defaultdict[str, float] = defaultdict(float)
    each = [candidates(view, query, node) for node in query.options]
    for n, found in enumerate(_of_one_market(each) if query.metrics == ("marketShare",) else each):
        for unit in dict.fromkeys(amount_of(f.claim).unit for f in found):
            best = _latest([f for f in found if amount_of(f.claim).unit == unit])
            by_unit[unit][n] = best.claim
            scores[unit] += best.score
    if not by_unit:
        return [None for _ in query.options]
    unit = max(by_unit, key=lambda u: (len(by_unit[u]), scores[u], u))
    return [by_unit[unit].get(n) for n in range(len(query.options))]


def _of_one_market(each: list[list[Fit]]) -> list[list[Fit]]:
    """The shares of the compared in a market that all have one of, as far as claims say of which they are."""
    scopes = [{s for f in found for s in lemmas(f.claim.scope or "")} for found in each]
    if not scopes or not all(scopes):
        return each
    common = set.intersection(*scopes) - _ANY_MARKET
    return [[f for f in found if common & {*lemmas(f.claim.scope or "")}] for found in each]


_ANY_MARKET = frozenset(lemmas("market share shipments revenue sales the of in and global world largest"))


def in_scope(view: View, claim: Claim, query: Query) -> int:
    """How many of the question's words the claim's own fields bear out: a foundry market is not the memory market."""
    return len({*query.words, *query.soft} & view.facts.field_stems(claim))


def winner(query: Query, claims: list[Claim]) -> Outcome:
    """Whose of the amounts (two or more, of one unit) is the biggest, the smallest or in the place asked for."""
    claims = sorted(claims, key=lambda c: middle(amount_of(c)), reverse=not query.lowest)
    if query.rank > 1:
        return _placed(query, claims)
    first, second = claims[0], claims[1]
    a, b = amount_of(first), amount_of(second)
    if a.unit != b.unit:
        return unknown("the amounts are in different units, and no source converts them")
    caveats = hedges(claims)
    sure = _above(a, b) if not query.lowest else _above(b, a)
    bounds = [c.subject.label for c in claims if amount_of(c).low is None or amount_of(c).high is None]
    if bounds:
        caveats += (f"a bound, not an exact figure: {', '.join(dict.fromkeys(bounds))}",)
    if middle(a) == middle(b):
        return Outcome(
            "partial",
            tuple(Amount(amount_of(c), c.subject) for c in claims),
            tuple(claims),
            "They are level as stated",
            caveats,
        )
    if not sure and not bounds:
        caveats += ("the stated ranges overlap",)
    amounts: tuple[Value, ...] = tuple(Amount(amount_of(c), c.subject) for c in claims)
    if query.owner is not None:
        truth = first.subject.id in query.owner.ids
        return Outcome("answered", (Truth(truth),), tuple(claims), "Yes" if truth else "No", caveats)
    return Outcome("answered", (first.subject, *amounts), tuple(claims), first.subject.label, caveats)


def _placed(query: Query, claims: list[Claim]) -> Outcome:
    """The one in second, third … place."""
    if len(claims) < query.rank:
        return unknown(f"the graph holds such a figure of {len(claims)} only")
    chosen = claims[query.rank - 1]
    values: tuple[Value, ...] = (chosen.subject, *(Amount(amount_of(c), c.subject) for c in claims))
    return Outcome("answered", values, tuple(claims), chosen.subject.label, hedges(claims))


def middle(amount: Quantity) -> Decimal:
    """A number to rank by: the middle of a range, the bound of a bounded amount."""
    known = [x for x in (amount.low, amount.high) if x is not None]
    return sum(known, Decimal(0)) / len(known) if known else Decimal(0)


def _above(a: Quantity, b: Quantity) -> bool:
    """Whether every value of the first is above every value of the second."""
    return a.low is not None and b.high is not None and a.low > b.high
