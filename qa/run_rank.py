"""Executing questions that rank: the biggest of all, the second, the one right behind another."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from graph.model import Claim
from qa.answer import Amount, Value
from qa.facts import View
from qa.kinds import in_trade, trade_asked
from qa.match import Fit, all_fits
from qa.mention import mention
from qa.outcome import Outcome, unknown
from qa.query import Node, Query
from qa.relate import fits_type, resolve
from qa.run_compute import amount_of, in_scope, middle, winner
from qa.run_fact import hedges
from qa.sparql import Pattern
from qa.words import begun, lemmas

_HALF = 50


def run_superlative(view: View, query: Query) -> Outcome:
    """The subject with the biggest amount, among the latest amount of each; or who comes right behind a named one."""
    found = _stakes(view, query) if query.owner is not None else _everybody(view, query)
    for metric in query.metrics:
        same = _ranked(view, query, [f for f in found if f.claim.predicate == metric])
        if len(same) > 1 and query.top:
            return _in_order(query, same)
        if len(same) > 1:
            return _behind(query, same) if query.options else winner(replace(query, owner=None), same)
        if (
            query.owner is not None
            and query.rank == 1
            and len(same) == 1
            and (amount_of(same[0]).low or 0) > _HALF
            and not query.lowest
        ):
            return Outcome("answered", (same[0].subject, Amount(amount_of(same[0]))), tuple(same), caveats=hedges(same))
    return unknown("the graph holds no such figures to compare")


def _in_order(query: Query, claims: list[Claim]) -> Outcome:
    """All that are asked for, the biggest (or smallest) first, each with its amount."""
    claims = sorted(claims, key=lambda c: middle(amount_of(c)), reverse=not query.lowest)[: query.top]
    values = tuple(v for c in claims for v in (c.subject, Amount(amount_of(c), c.subject)))
    lead = ", ".join(c.subject.label for c in claims)
    few = len(claims) < (query.top or 0) < 10
    caveats = (f"the graph holds such figures of {len(claims)} only",) if few else ()
    return Outcome("answered", values, tuple(claims), lead, (*hedges(claims), *caveats))


def _ranked(view: View, query: Query, found: list[Fit]) -> list[Claim]:
    """One claim a subject, all in the unit that most are in, of the narrowest scope that the question names."""
    best: dict[str, Fit] = {}
    if query.must:
        found = [f for f in found if {*query.must} & view.facts.field_stems(f.claim)]
    found = _of_one_scope(found, query)
    scope = max((in_scope(view, f.claim, query) for f in found), default=0)
    for item in (f for f in found if in_scope(view, f.claim, query) == scope):
        best.setdefault(item.claim.subject.id, item)
    out = {i for n in query.without for i in n.ids}
    within = resolve(view, Node(link=query.restriction)) if query.restriction is not None else None
    trade = trade_asked(query)
    units: defaultdict[str, list[Claim]] = defaultdict(list)
    for key, item in best.items():
        right = fits_type(item.claim.subject, query.wanted) and key not in out
        right = right and (trade is None or in_trade(item.claim.subject, trade) is not False)
        if right and (within is None or key in within):
            units[amount_of(item.claim).unit].append(item.claim)
    return max(units.values(), key=len, default=[])


def _of_one_scope(found: list[Fit], query: Query) -> list[Fit]:
    """The figures of the scope that most subjects share, where one is: a market is not that of its tools."""
    asked = {*query.words, *query.soft, *(s for n in query.about for s in lemmas(n.label))}
    groups: defaultdict[frozenset[str], list[Fit]] = defaultdict(list)
    for item in found:
        groups[frozenset(lemmas(item.claim.scope or "")) - asked].append(item)
    most = max(groups.values(), key=lambda g: len({f.claim.subject.id for f in g}), default=[])
    return most if len({f.claim.subject.id for f in most}) > 1 else found


def _everybody(view: View, query: Query) -> list[Fit]:
    """Figures of whomever, of one period where none is asked for: that of the latest figures."""
    claims = view.claims(Pattern(predicates=query.metrics, saying=begun(query.names)))
    near = [c for c in claims if all(mention(view, c, n) > 0.2 for n in query.about)]
    found = all_fits(view, near, replace(query, about=()), anchors=())
    return sorted(found, key=lambda f: (f.score, f.recency, f.claim.confidence, f.claim.id), reverse=True)


def _behind(query: Query, claims: list[Claim]) -> Outcome:
    """The one in the place right after the named one."""
    claims = sorted(claims, key=lambda c: middle(amount_of(c)), reverse=not query.lowest)
    at = next((n for n, c in enumerate(claims) if c.subject.id in query.options[0].ids), None)
    if at is None:
        return unknown(f"the graph holds no such figure of {query.options[0].label}")
    if at + query.rank >= len(claims):
        return unknown(f"the graph holds no figure below that of {query.options[0].label}")
    chosen = claims[at + query.rank]
    values: tuple[Value, ...] = (chosen.subject, *(Amount(amount_of(c), c.subject) for c in claims[at:]))
    return Outcome("answered", values, tuple(claims[at:]), chosen.subject.label, hedges(claims[at:]))


def _stakes(view: View, query: Query) -> list[Fit]:
    """Stakes that others hold in the named entity."""
    target = query.owner or Node()
    held = [c for c in view.claims(Pattern(predicates=query.metrics)) if c.subject.id not in target.ids]
    out = all_fits(view, held, replace(query, owner=None, without=()), anchors=())
    stems = {s for i in target.ids for seq in view.facts.names.runs(i) for s in seq}
    return [f for f in out if stems & (set(lemmas(f.claim.scope or "")) | set(lemmas(f.claim.of or "")))]
