"""Executing questions about sources: who says so, whether sources agree, whether it is confirmed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from graph.agreement.amounts import can_both_hold
from graph.agreement.matters import matter
from graph.model import Claim, EntityRef, Quantity
from graph.vocabulary import vocabulary
from qa.answer import Amount, Speaker, Truth, Value
from qa.disagreement import DISAGREE
from qa.facts import View
from qa.mention import mention, says
from qa.outcome import Outcome, unknown
from qa.query import Node, Query
from qa.run_fact import fits, hedges
from qa.sparql import Pattern
from qa.words import lemmas


def run_speaker(view: View, query: Query) -> Outcome:
    """Whose words the best matching claim reports."""
    scored: list[tuple[float, Claim]] = []
    ids = tuple(i for n in query.options for i in n.ids)
    for claim in view.claims(Pattern(either=ids, attributed=True)):
        strengths = [mention(view, claim, n) for n in query.options]
        if not all(strengths):
            continue
        said = view.facts.quote_stems(claim) | view.facts.field_stems(claim)
        score = sum(strengths) + sum(1.0 if w in said else -0.7 for w in (*query.words, *query.soft))
        score += _on_the_matter(claim, query) - (1.0 if (claim.attributed_to or "").islower() else 0.0)
        scored.append((score, claim))
    if not scored:
        return unknown("no claim about that names who says so")
    best, claim = max(scored, key=lambda s: (s[0], s[1].id))
    if best < max(0.8 * len(query.options), 0.8):
        return unknown("no claim about that names who says so")
    value = _speaker(view, claim.attributed_to or "")
    return Outcome("answered", (value,), (claim,), lead=value.label, caveats=hedges([claim]))


def _on_the_matter(claim: Claim, query: Query) -> float:
    """Whether a claim is of the metric, the relation and the amount that the question names."""
    relations = query.link.relations if query.link is not None else ()
    asked = (*query.metrics, *relations)
    score = 1.5 if claim.predicate in asked else -0.5 if asked else 0.0
    if query.quantity is not None and isinstance(claim.object, Quantity):
        score += 2.0 if _meets(claim, query.quantity) else -0.5
    return score


def _speaker(view: View, name: str) -> EntityRef | Speaker:
    """The source as an entity if the graph has one of exactly that name."""
    bearers = view.facts.names.bearers(lemmas(name))
    return view.facts.names.entities[bearers[0]].ref if bearers else Speaker(name)


def run_agree(view: View, query: Query) -> Outcome:
    """Whether the claims on one amount, or two speakers on one matter, agree."""
    if query.options:
        return _two_speakers(view, query)
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
    names = [_stems(view, n) for n in query.options]
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


def _stems(view: View, node: Node) -> list[tuple[str, ...]]:
    return [s for i in node.ids for s in view.facts.names.runs(i) if s] or [tuple(lemmas(node.label))]


def run_confirmed(view: View, query: Query) -> Outcome:
    """Whether the named speaker (or, if none is named, any source without a hedge) says so."""
    claims = _statement(view, query)
    if not claims:
        return unknown("no claim says so, confirmed or not")
    if query.speaker is None:
        firm = [c for c in claims if c.affirmed and c.modality == "asserted"]
        lead = "Yes" if firm else "No: it is held only with a hedge"
        return Outcome("answered", (Truth(bool(firm)),), tuple((firm or claims)[:3]), lead, hedges(firm or claims))
    who = _stems(view, query.speaker)
    own = [
        c for c in claims if c.polarity and c.attributed_to and any(set(s) & set(lemmas(c.attributed_to)) for s in who)
    ]
    own += [
        c
        for c in claims
        if c.affirmed and c.modality == "asserted" and not c.attributed_to and _says_confirmed(view, c, who)
    ]
    if own:
        return Outcome("answered", (Truth(True),), tuple(own[:2]), "Yes", hedges(own[:2]))
    lead = f"No: the graph holds it, but not as said by {query.speaker.label}"
    return Outcome("answered", (Truth(False),), tuple(claims[:2]), lead, hedges(claims[:2]))


def _says_confirmed(view: View, claim: Claim, who: list[tuple[str, ...]]) -> bool:
    quote = view.facts.quote_stems(claim)
    return "confirm" in quote and "not" not in quote and any(set(s) <= quote for s in who)


def _statement(view: View, query: Query) -> list[Claim]:
    """Claims that state what is to be confirmed: all entities of the that-clause, its relation or metric, its
    amount.
    """
    nodes = query.options
    if query.metrics:
        found = fits(view, replace(query, kind="fact", owner=None, about=nodes, words=(), speaker=None))
        same = [f.claim for f in found if query.quantity is None or _meets(f.claim, query.quantity)]
        if same:
            return same
    predicates = tuple(p for p in (query.inner.noun.split() if query.inner else ()) if p in vocabulary().relations)
    everybody = (*nodes, *((query.speaker,) if query.speaker else ()))
    ids = tuple(i for n in nodes for i in n.ids)
    claims = view.claims(Pattern(either=ids, predicates=predicates)) if predicates else []
    return [c for c in claims if isinstance(c.object, EntityRef) and all(mention(view, c, n) > 0.5 for n in everybody)]


def _meets(claim: Claim, amount: Quantity) -> bool:
    held = claim.object
    return (
        isinstance(held, Quantity)
        and (held.unit == amount.unit or (amount.unit == "count" and "/" in held.unit))
        and bool({held.low, held.high} & {amount.low, amount.high} - {None})
    )
