"""Executing questions about agreement: whether all who give a figure, or two who are named, say the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, product

from graph.agreement.amounts import can_both_hold
from graph.agreement.matters import matter
from graph.model import Claim, Quantity
from graph.vocabulary import vocabulary
from qa.answer import Amount, Truth, Value
from qa.disagreement import DISAGREE
from qa.facts import View
from qa.mention import mention, says, stem_runs
from qa.outcome import Outcome, unknown
from qa.query import Query
from qa.run_compute import amount_of, middle
from qa.run_fact import fits, hedges
from qa.sparql import Pattern
from qa.verbalise import worded
from qa.voices import speaks_for
from qa.words import lemmas

_WRONG = set(lemmas("inaccurate wrong untrue false baseless unfounded incorrect nonsense deny reject dispute refute"))


def run_agree(view: View, query: Query) -> Outcome:
    """Whether the claims on one amount, or two speakers on one matter, agree."""
    if query.options and query.noun == "matter":
        return _two_speakers(view, query) if len(query.options) == 2 else _denies(view, query)
    if query.options:
        return _figures_of_two(view, query)
    found = fits(view, query)
    if not found:
        return unknown("the graph holds no such figures")
    top = [f.claim for f in found if found[0].score - f.score <= 1.5]
    subject, unit = top[0].subject.id, _unit(top[0])
    level = [
        c
        for c in top
        if c.subject.id == subject
        and _unit(c) == unit
        and (c.modality == "projected") == (top[0].modality == "projected")
        and c.basis == top[0].basis
    ]
    claims = _at_odds(level)
    if claims:
        amounts: tuple[Value, ...] = tuple(Amount(c.object) for c in claims if isinstance(c.object, Quantity))
        return Outcome(
            "answered",
            (Truth(query.lowest), *amounts),
            claims,
            "Yes, they differ" if query.lowest else "No, they differ",
            (DISAGREE, *hedges(claims)),
        )
    if len(view.facts.agreement.origins(level)) > 1:
        return Outcome(
            "answered",
            (Truth(not query.lowest),),
            tuple(level[:3]),
            "No, they agree" if query.lowest else "Yes, they agree",
            hedges(level),
        )
    alike = [f.claim for f in found if f.claim.subject.id == subject and _bounds(f.claim) == _bounds(top[0])]
    if len({e.document for c in alike for e in c.evidence}) > 1:
        level = alike
        lead = "No, they agree" if query.lowest else "Yes, they agree"
        caveats = ("all of them go back to one source", *hedges(level))
        return Outcome("answered", (Truth(not query.lowest),), tuple(level[:3]), lead, caveats)
    return unknown("the graph holds only one source for it")


def _figures_of_two(view: View, query: Query) -> Outcome:
    """Whether two who are named give figures for one thing that can both hold."""
    topic = _loosened(replace(query, kind="fact", options=()))
    words = {*query.soft}
    found = [f for f in fits(view, topic) if query.metrics or not words or words & _said(view, f.claim)]
    sides = [[(w, f) for f in found if (w := speaks_for(view, f.claim, party))] for party in query.options]
    pairs = [
        (v + w + a.score + b.score, a.claim, b.claim)
        for (v, a), (w, b) in product(*sides)
        if v + w > _BOTH_GUESSED and _comparable(a.claim, b.claim)
    ]
    if not pairs:
        lacking = [p.label for p, side in zip(query.options, sides, strict=True) if not side]
        return unknown(f"the graph does not hold what {' and '.join(lacking) or 'both'} say of it")
    _, first, second = max(pairs, key=lambda pair: (pair[0], pair[1].id, pair[2].id))
    return _agreed(query, (first, second))


def _loosened(query: Query) -> Query:
    """The query with the parts that it names as mere hints: what one calls AI chips, another calls by their name."""
    if query.owner is None or not query.owner.named:
        return query
    return replace(query, about=(), soft=(*query.soft, *(s for n in query.about for s in lemmas(n.label))))


_BOTH_GUESSED = 2.0  # one of the two at least must be named as the source, or speak for its own firm


def _said(view: View, claim: Claim) -> frozenset[str]:
    return view.facts.quote_stems(claim) | view.facts.field_stems(claim)


_ANY_SCOPE = set(lemmas("market share shipments revenue sales total global world"))


def _comparable(a: Claim, b: Claim) -> bool:
    """Whether two figures are for one thing: of one subject, metric, unit and kind, for periods that meet."""
    days = [(c.period.start, c.period.end) for c in (a, b) if c.period]
    same = len(days) < 2 or days[0] == days[1]
    scopes = [{*lemmas(c.scope)} - _ANY_SCOPE for c in (a, b) if c.scope]
    if (len(scopes) == 2 and not scopes[0] & scopes[1]) or (len(scopes) == 1 and a.predicate == "marketShare"):
        return False
    alike = (a.subject.id, a.predicate, a.basis or "level", _unit(a)) == (
        b.subject.id,
        b.predicate,
        b.basis or "level",
        _unit(b),
    )
    return a.id != b.id and same and alike


def _agreed(query: Query, claims: tuple[Claim, Claim]) -> Outcome:
    """Yes or no, with both figures where they differ."""
    a, b = (c.object for c in claims)
    assert isinstance(a, Quantity)
    assert isinstance(b, Quantity)
    if can_both_hold(a, b) is False:
        lead = "Yes, they differ" if query.lowest else "No, they differ"
        values: tuple[Value, ...] = (Truth(query.lowest), Amount(a), Amount(b))
        return Outcome("answered", values, claims, lead, (DISAGREE, *hedges(claims)))
    lead = "No, they agree" if query.lowest else "Yes, they agree"
    return Outcome("answered", (Truth(not query.lowest),), claims, lead, hedges(claims))


def _denies(view: View, query: Query) -> Outcome:
    """Whether the one named says that what others say is wrong: in a sentence with the names of the matter."""
    party = query.options[0]
    for claim in view.claims(Pattern(either=tuple(i for n in (*query.options, *query.about) for i in n.ids))):
        quote = view.facts.quote_stems(claim)
        own = speaks_for(view, claim, party) >= _OWN_WORD or not claim.polarity
        if own and _WRONG & quote and all(mention(view, claim, n) for n in (party, *query.about)):
            lead = f"{'Yes' if query.lowest else 'No'}: {party.label} rejects it"
            return Outcome("answered", (Truth(query.lowest),), (claim,), lead, hedges([claim]))
    return unknown(f"the graph does not hold what {party.label} says of it")


_OWN_WORD = 2.0


def run_figures(view: View, query: Query) -> Outcome:
    """Every figure that some source gives for one thing, if there is more than one."""
    found = fits(view, _loosened(replace(query, kind="fact")))
    near = [f for f in found if found[0].score - f.score <= _APART]
    groups: defaultdict[tuple[object, ...], dict[tuple[object, ...], Claim]] = defaultdict(dict)
    for claim in (f.claim for f in near):
        days = (claim.period.start, claim.period.end) if claim.period else None
        key = (claim.subject.id, claim.predicate, claim.basis or "level", _unit(claim), days)
        groups[key].setdefault(_bounds(claim), claim)
    claims = tuple(max(groups.values(), key=len, default={}).values())
    if len(claims) < 2:
        return unknown("the graph holds only one figure for it" if claims else "the graph holds no such figures")
    if query.highest or query.lowest:
        ranked = sorted(claims, key=lambda c: middle(amount_of(c)), reverse=query.highest)
        lead = worded(amount_of(ranked[0]))
        return Outcome("answered", (Amount(amount_of(ranked[0])),), tuple(ranked), lead, (DISAGREE, *hedges(ranked)))
    values: tuple[Value, ...] = tuple(Amount(c.object) for c in claims if isinstance(c.object, Quantity))
    lead = " and ".join(worded(v.quantity) for v in values if isinstance(v, Amount))
    return Outcome("answered", values, claims, lead, (DISAGREE, *hedges(claims)))


_APART = 2.0


def _bounds(claim: Claim) -> tuple[Decimal | None, Decimal | None, str]:
    amount = claim.object
    return (amount.low, amount.high, amount.unit) if isinstance(amount, Quantity) else (None, None, "")


def _at_odds(claims: list[Claim]) -> tuple[Claim, ...]:
    """One claim for each amount, if not all of them can hold; else none."""
    amounts: dict[tuple[Decimal | None, Decimal | None], Claim] = {}
    for claim in claims:
        if isinstance(claim.object, Quantity):
            amounts.setdefault((claim.object.low, claim.object.high), claim)
    pairs = combinations((c.object for c in amounts.values() if isinstance(c.object, Quantity)), 2)
    return tuple(amounts.values()) if any(can_both_hold(a, b) is False for a, b in pairs) else ()


def _unit(claim: Claim) -> str:
    return claim.object.unit if isinstance(claim.object, Quantity) else ""


def _two_speakers(view: View, query: Query) -> Outcome:
    """Two named sources disagree where one denies what the other says, in a claim or in a sentence that names both."""
    deny = {s for verb in vocabulary().hedges["denied"].verbs for s in lemmas(verb)[:1]}
    names = [stem_runs(view, n) for n in query.options]
    ids = tuple(i for n in (*query.about, *query.options) for i in n.ids)
    for claim in view.claims(Pattern(either=ids)):
        quote = view.facts.quote_stems(claim)
        both = all(any(set(s) <= quote | view.facts.title_stems(claim) for s in of) for of in names)
        if both and deny & quote and all(mention(view, claim, n) for n in query.about):
            return Outcome(
                "answered",
                (Truth(query.lowest),),
                (claim,),
                f"{'Yes' if query.lowest else 'No'}: one rejects what the other says",
                hedges([claim]),
            )
    opposed = _opposed(view, query, ids)
    if opposed:
        lead = f"{'Yes' if query.lowest else 'No'}: one denies what the other says"
        return Outcome("answered", (Truth(query.lowest),), opposed, lead, hedges(opposed))
    return unknown("no claim sets the two against each other")


def _opposed(view: View, query: Query, ids: tuple[str, ...]) -> tuple[Claim, ...]:
    """Two claims on one thing, of which one of the named affirms and the other denies it."""
    first, second = query.options
    claims = view.claims(Pattern(either=ids)) if ids else view.claims(Pattern(attributed=True))
    by_matter: defaultdict[Hashable, list[Claim]] = defaultdict(list)
    for claim in claims:
        key = matter(claim)
        if key is not None:
            by_matter[key].append(claim)
    for same in by_matter.values():
        for yes in (c for c in same if c.polarity):
            for no in (c for c in same if not c.polarity):
                if (says(view, yes, first) and says(view, no, second)) or (
                    says(view, yes, second) and says(view, no, first)
                ):
                    return (yes, no)
    return ()
