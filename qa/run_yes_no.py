"""Executing questions for yes or no about relations, and for when they came about."""

from __future__ import annotations

from dataclasses import replace

from graph.agreement.matters import covers
from graph.model import Claim, EntityRef
from qa.answer import Day, Truth, Value
from qa.disagreement import DISAGREE, against
from qa.facts import View
from qa.made_there import made_there, of_the_goods
from qa.mention import mention, says
from qa.outcome import Outcome, unknown
from qa.query import Link, Node, Query
from qa.relate import borne_out, fits_type, implied, other_side, pattern_claims, resolve
from qa.run_fact import hedges
from qa.run_list import MISSING
from qa.sparql import Pattern
from qa.words import lemmas

_OWNING = {"subsidiaryOf", "investsIn", "acquires"}


def run_when(view: View, query: Query) -> Outcome:
    """The period of the relation between two entities."""
    claims = [c for c in _between(view, query) if c.affirmed]
    dated = [c for c in claims if c.period and (c.period.start or c.period.text)]
    dated = dated or (_dated_amounts(view, query) if claims else [])
    if not dated:
        return unknown(
            "the graph holds the relation but not when it began" if claims else "no claim says that it happened"
        )
    best = dated[0]
    period = best.period
    value = (Day(period.start, period.end, period.text),) if period else ()
    return Outcome("answered", value, (best,), caveats=hedges([best]))


def _dated_amounts(view: View, query: Query) -> list[Claim]:
    """Claims of what was paid between the two, which say when."""
    if query.owner is None or query.link is None or not {*query.link.relations} & _OWNING:
        return []
    ids = tuple(resolve(view, query.owner))
    paid = view.claims(Pattern(subjects=ids, predicates=("investment",))) if ids else []
    return [c for c in paid if c.affirmed and c.period and mention(view, c, query.link.given) >= 2.0]


def _between(view: View, query: Query) -> list[Claim]:
    if query.owner is None or query.link is None:
        return []
    subjects, objects = tuple(resolve(view, query.owner)), tuple(resolve(view, query.link.given))
    if not subjects or not objects:
        return []
    out = view.claims(Pattern(subjects=subjects, predicates=query.link.relations, objects=objects))
    if set(query.link.relations) & {"competesWith", "partnersWith"}:
        out = out + view.claims(Pattern(subjects=objects, predicates=query.link.relations, objects=subjects))
    return [c for c in dict.fromkeys(out) if borne_out(view, c, query) is not None]


def run_yes_no(view: View, query: Query) -> Outcome:
    """Yes if a claim affirms it, no if one denies it; a hedge is told, silence is no answer."""
    if query.owner is not None and query.link is not None and query.link.given.named:
        claims = _between(view, query) or _implied_between(view, query)
    elif query.owner is not None and query.link is not None and query.link.given.types:
        claims = _of_kind(view, query, query.link)
    elif query.link is not None and query.link.given.named:
        ids = query.link.given.ids
        claims = [c for c in pattern_claims(view, query.link, ids) if other_side(c, query.link, ids) is not None]
        scores = {c.id: borne_out(view, c, query) for c in claims}
        claims = [c for c in claims if (score := scores[c.id]) is not None and score >= MISSING]
        place = query.restriction.given if query.restriction is not None else None
        claims = [c for c in claims if place is None or made_there(view, c, place)]
        claims = [c for c in claims if of_the_goods(view, c, query.about)]
    elif query.link is not None:
        claims = _about_all(view, query)
    else:
        return unknown("no relation was understood")
    if query.speaker is not None:
        claims = [c for c in claims if says(view, c, query.speaker)] or claims
    if query.ended:
        return _ended(view, claims)
    missing = [
        w for w in query.words if not any(w in view.facts.quote_stems(c) | view.facts.field_stems(c) for c in claims)
    ]
    if claims and len(missing) > len(query.words) // 2:
        return unknown(f"no claim speaks of “{', '.join(missing)}”")
    claims = _nearest(view, claims, query)
    if query.negated:
        no = tuple(c for c in claims if not c.polarity)
        lead = "Yes, it is denied"
        return (
            Outcome("answered", (Truth(True),), no[:2], lead, hedges(no[:2])) if no else unknown("no claim denies it")
        )
    firm = [c for c in claims if c.affirmed]
    denied = [c for c in claims if not c.polarity and (not firm or any(covers(c, f) for f in firm))]
    over = [] if query.period is not None else [no for no in denied if _over(view, no, firm)]
    if over and len(over) == len(denied):
        caveats = ("an earlier state was otherwise", *hedges(firm[:3]))
        return Outcome("answered", (Truth(True),), (*firm[:3], *over[:1]), "Yes", caveats)
    if not query.latest and any(other in denied for c in firm for other in against(view, c)):
        return Outcome("partial", (), (*firm[:2], *denied[:2]), "Sources disagree", (DISAGREE,))
    if firm and not denied:
        return Outcome("answered", (Truth(True),), tuple(firm[:3]), "Yes", hedges(firm[:3]))
    if denied:
        caveats = (*(("an earlier state was otherwise",) if firm else ()), *hedges(denied[:2]))
        return Outcome("answered", (Truth(False),), (*denied[:2], *firm[:1]), "No", caveats)
    if claims:
        planned = query.wish is not None
        lead = "Yes, as a plan or possibility" if planned else "Not as a fact: the graph holds it only with a hedge"
        values: tuple[Value, ...] = (Truth(True),) if planned else ()
        return Outcome("partial", values, tuple(claims[:2]), lead, hedges(claims[:2]))
    return unknown("no claim says so, nor denies it")


def _over(view: View, denied: Claim, firm: list[Claim]) -> bool:
    """Whether a denial is of a time that was over when an undated claim, which speaks of its own day, came out."""
    end = denied.period.end if denied.period is not None else None
    told = [
        document.published
        for claim in firm
        if claim.period is None
        for e in claim.evidence
        if (document := view.facts.documents.get(e.document)) is not None and document.published is not None
    ]
    return end is not None and any(end < day for day in told)


def _implied_between(view: View, query: Query) -> list[Claim]:
    """Claims of a relation from which the asked one follows: what was bought belongs to the buyer."""
    if query.owner is None or query.link is None:
        return []
    for link in implied(query.link) if {*query.link.relations} & _OWNING else ():
        same = link.asks == query.link.asks
        first, second = (query.owner, query.link.given) if same else (query.link.given, query.owner)
        found = _between(view, replace(query, owner=first, link=Link(link.relations, "object", second)))
        if found:
            return found
    return []


def _nearest(view: View, claims: list[Claim], query: Query) -> list[Claim]:
    """Of the claims, those that bear out most of the question's words."""
    words = {*query.words, *query.soft}
    said = {c.id: len(words & (view.facts.quote_stems(c) | view.facts.field_stems(c))) for c in claims}
    most = max(said.values(), default=0)
    return [c for c in claims if said[c.id] == most]


def _of_kind(view: View, query: Query, link: Link) -> list[Claim]:
    """Claims that the owner stands in the relation to things of the kind that is given."""
    ids = query.owner.ids if query.owner is not None else ()
    claims = view.claims(Pattern(subjects=ids, predicates=link.relations)) if ids else []
    kept = [c for c in claims if isinstance(c.object, EntityRef) and fits_type(c.object, link.given.types)]
    return [c for c in kept if not query.must or {*query.must} <= view.facts.field_stems(c)]


def _about_all(view: View, query: Query) -> list[Claim]:
    """Claims of the relation that speak of every entity named."""
    if not query.about or query.link is None:
        return []
    ids = tuple(i for n in query.about for i in n.ids)
    claims = view.claims(Pattern(either=ids, predicates=query.link.relations))
    if query.ended and (both := [c for c in claims if _joins(c, query.about)]):
        return both
    if query.ended:
        documents = [_documents(view, n) for n in query.about[1:]]
        first = query.about[0]
        near = [c for c in claims if mention(view, c, first) > 0.5]
        return [c for c in near if all({e.document for e in c.evidence} & of for of in documents)]
    return [c for c in claims if all(mention(view, c, n) > 0.5 for n in query.about)]


def _joins(claim: Claim, nodes: tuple[Node, ...]) -> bool:
    """Whether two of them are the two ends of the claim."""
    ends = {claim.subject.id} | ({claim.object.id} if isinstance(claim.object, EntityRef) else set())
    return sum(bool(ends & {*node.ids}) for node in nodes) > 1


def _documents(view: View, node: Node) -> set[str]:
    return {e.document for c in view.claims(Pattern(either=node.ids)) for e in c.evidence}


def _ended(view: View, claims: list[Claim]) -> Outcome:
    """Whether a deal was called off: only where a sentence speaks of that, or the relation is denied."""
    denied = [c for c in claims if not c.polarity and c.modality == "asserted"]
    standing = [c for c in claims if c.affirmed]
    ends = {s for w in ("cancel", "scrap", "withdrawn", "terminate", "abandon", "called") for s in lemmas(w)}
    spoken = [c for c in claims if ends & view.facts.quote_stems(c)]
    if denied and not standing:
        return Outcome("answered", (Truth(True),), tuple(denied[:2]), "Yes", hedges(denied[:2]))
    if standing and (spoken or denied):
        return Outcome("answered", (Truth(False),), tuple(standing[:3]), "No", hedges(standing[:3]))
    return unknown("no claim speaks of its end")
