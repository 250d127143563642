"""Executing the search among claims: what every named party is in, and most of the question's words bear out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from graph.model import Claim, EntityRef, Quantity
from graph.vocabulary import vocabulary
from qa.answer import Amount, Truth
from qa.choosing import restricted
from qa.disagreement import against
from qa.facts import View
from qa.in_period import in_period
from qa.match import fit
from qa.mention import mention, only_near, says
from qa.outcome import Outcome, unknown
from qa.query import Query
from qa.relate import fits_type
from qa.run_fact import hedges
from qa.sparql import Pattern

_NAMED, _UNNAMED = 0.5, 0.7  # how many of the words must be borne out: where the metric is named, and where it is not
_MOST = 400


@dataclass(frozen=True, slots=True)
class _Hit:
    claim: Claim
    score: float


def run_seek(view: View, query: Query) -> Outcome:
    """The amount, those asked for, or yes or no, from the claims that fit best."""
    match query.noun:
        case "amount":
            return _amount(view, query)
        case "yesno":
            return _truth(view, query)
    return _who(view, query)


def _near(view: View, query: Query, predicates: tuple[str, ...]) -> list[Claim]:
    """Claims (of these predicates, if any are named) on everybody named, one of them as subject or object."""
    claims: dict[str, Claim] = {}
    for node in query.options:
        for claim in view.first(Pattern(either=node.ids, predicates=predicates), _MOST):
            claims.setdefault(claim.id, claim)
    return [c for c in claims.values() if all(mention(view, c, n) >= 0.8 for n in query.options)]


def _covered(view: View, claim: Claim, query: Query) -> float:
    """The part of the question's words that the claim bears out, those of its own fields fully."""
    words = {*query.words, *query.soft}
    fields, quote = view.facts.field_stems(claim), view.facts.quote_stems(claim)
    told = sum(1.0 if w in fields else 0.8 if w in quote else 0.0 for w in words)
    return told / len(words) if words else 1.0


def _amount(view: View, query: Query) -> Outcome:
    loose = replace(query, words=(), soft=(), about=(), metrics=query.metrics)
    hits: list[_Hit] = []
    for claim in _near(view, query, query.metrics):
        named = claim.predicate in query.metrics
        if (query.metrics and not named) or not isinstance(claim.object, Quantity):
            continue
        covered = _covered(view, claim, query)
        if covered < (_NAMED if named else _UNNAMED) or (not named and len({*query.words, *query.soft}) < 2):
            continue
        owner = next((n for n in query.options if claim.subject.id in n.ids), None)
        found = fit(view, claim, loose, anchors=(owner,) if owner else ())
        rest = [n for n in query.options if n is not owner]
        if any(only_near(view, claim, n, mention(view, claim, n)) for n in rest):
            continue
        if found is not None and owner is not None:
            hits.append(_Hit(claim, found.score + 3.0 * covered))
    if not hits:
        return unknown("no claim about those who are named bears the question out")
    best = max(hits, key=lambda h: h.score)
    near = [h for h in hits if best.score - h.score < 0.3]
    if len({(h.claim.object.low, h.claim.object.high) for h in near if isinstance(h.claim.object, Quantity)}) > 1:
        return unknown("several figures fit, and the question does not say which")
    rivals = against(view, best.claim)
    chosen = (best.claim, *(h.claim for h in hits if h.claim in rivals))
    values = tuple(Amount(c.object) for c in chosen if isinstance(c.object, Quantity))
    return Outcome("answered", values, chosen, caveats=hedges(chosen))


def _related(view: View, query: Query) -> list[_Hit]:
    """Relation claims of the kinds that the question names, as far as its words bear them out."""
    relations = query.link.relations if query.link is not None else ()
    out = []
    for claim in _near(view, query, relations) if relations else ():
        if not isinstance(claim.object, EntityRef):
            continue
        if query.speaker is not None and not says(view, claim, query.speaker):
            continue
        late = query.period is not None and claim.period is not None and in_period(view, claim, query.period) is None
        covered = _covered(view, claim, query)
        if not late and covered >= _NAMED:
            out.append(_Hit(claim, covered))
    return out


def _who(view: View, query: Query) -> Outcome:
    named = {i for n in (*query.options, *query.without) for i in n.ids}
    symmetric = {r for r in vocabulary().relations if vocabulary().relations[r].symmetric}
    found: dict[str, tuple[EntityRef, list[Claim]]] = {}
    hits = [h for h in _related(view, query) if h.claim.affirmed or query.wish]
    best = max((h.score for h in hits), default=0.0)
    for hit in (h for h in hits if best - h.score < 0.2 and h.claim.polarity):
        side = hit.claim.subject if query.link and query.link.asks == "subject" else hit.claim.object
        if hit.claim.predicate in symmetric and isinstance(side, EntityRef) and side.id in named:
            side = hit.claim.object if side is hit.claim.subject else hit.claim.subject
        if isinstance(side, EntityRef) and side.id not in named and fits_type(side, query.wanted):
            found.setdefault(side.id, (side, []))[1].append(hit.claim)
    found = restricted(view, query, found)
    if not found:
        return unknown("no claim about those who are named bears the question out")
    claims = tuple(c for _, of in found.values() for c in of[:2])
    refs = tuple(ref for ref, _ in found.values())
    return Outcome("answered", refs, claims, ", ".join(r.label for r in refs), hedges(claims))


def _truth(view: View, query: Query) -> Outcome:
    if len(query.options) < 2:
        return unknown("no claim says so, nor denies it")
    hits = _related(view, query)
    ends = [h for h in hits if _joins(h.claim, query)]
    firm = tuple(h.claim for h in ends if h.claim.affirmed)
    denied = tuple(h.claim for h in ends if not h.claim.polarity)
    if firm and not denied:
        return Outcome("answered", (Truth(True),), firm[:3], "Yes", hedges(firm[:3]))
    if denied and not firm:
        return Outcome("answered", (Truth(False),), denied[:3], "No", hedges(denied[:3]))
    return unknown("no claim says so, nor denies it")


def _joins(claim: Claim, query: Query) -> bool:
    """Whether two of those named are its two ends, in the order of the question."""
    ids = [set(n.ids) for n in query.options]
    first, second = (0, 1) if query.link is None or query.link.asks == "object" else (1, 0)
    symmetric = vocabulary().relations[claim.predicate].symmetric
    assert isinstance(claim.object, EntityRef)
    right = claim.subject.id in ids[first] and claim.object.id in ids[second]
    back = claim.subject.id in ids[second] and claim.object.id in ids[first]
    return right or (symmetric and back)
