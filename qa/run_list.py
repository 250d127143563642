"""Executing questions about relations: lists, and counts of them."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter

from graph.model import Claim, EntityRef
from qa.answer import Amount, Value
from qa.choosing import countries, has_role, in_words, of_amount, of_kind, proper, restricted, so_many, surely, topmost
from qa.ends import chosen, contradicted
from qa.facts import View
from qa.in_period import in_period
from qa.kinds import trade_asked
from qa.outcome import Outcome, unknown
from qa.query import Link, Node, Option, Query
from qa.relate import Related, borne_out, fits_type, implied, other_side, pattern_claims, resolve, view_label
from qa.run_fact import hedges, quantity
from qa.run_goods import means_goods, of_goods
from qa.sparql import Pattern
from qa.words import begun

MISSING = -0.9
_CLOSE_BY = 500
_LISTED = 12
Scored = list[tuple[float, EntityRef, Claim]]


def run_list(view: View, query: Query) -> Outcome:
    """Everybody who stands in the asked relation to the given; failing that, in one that implies it."""
    if query.link is None:
        return unknown("no relation was understood")
    goods = means_goods(query.link)
    if query.link.given.open and not goods:
        return _anybody(view, query)
    given: Related = {} if goods else resolve(view, query.link.given)
    if not given and not goods:
        return unknown(f"the graph does not say who or what “{query.link.given.label or 'that'}” is", trust=0.05)
    via = [c for _, claims in given.values() for c in claims]
    if goods:
        found, note = of_goods(view, query)
        others: list[Claim] = []
    else:
        found, note, others = _answers(view, query, query.link, tuple(given))
    if query.strict_kind:
        words = {*query.kind_words}
        found = {i: v for i, v in found.items() if any(words & view.facts.field_stems(c) for c in v[1])}
        if not found:
            return unknown(f"“{' '.join(query.kind_words)}” is nothing that the graph says of anybody named", trust=0.3)
    if not found:
        held = f"; it holds {len(others)} other claims of that kind" if others else ""
        return unknown(f"no claim says so{held}", trust=0.1)
    if query.negated:
        return _those_not(view, query, found)
    if query.quantity is not None:
        found = of_amount(view, query, found)
        if not found:
            return unknown("no claim gives that amount of anybody found", trust=0.2)
    if query.ranked:
        return unknown(f"the graph does not rank {in_words([ref for ref, _ in found.values()])}", trust=0.2)
    found = of_kind(view, topmost(found) if query.highest else found, query)
    if not found:
        return unknown(f"none of those of whom claims say so is known as a {trade_asked(query)}", trust=0.2)
    found = so_many(view, countries(view, found) if query.noun == "country" else found, query)
    refs = [ref for ref, _ in found.values()]
    claims = [c for _, of in found.values() for c in of[:2]]
    there = {*claims}
    claims += [c for c in via if c not in there]
    caveats = (*hedges(claims), *note)
    told = frozenset[str]()
    if query.kind == "count" and query.words:
        told = told.union(*(_said(view, c) for _, of in found.values() for c in of))
    if query.kind == "count" and not {*query.words} <= told:
        return unknown(f"no claim speaks of “{', '.join(w for w in query.words if w not in told)}”", trust=0.2)
    if query.kind == "count" and not surely(view, found, query):
        return unknown(f"no claim shows who of them is “{' '.join(query.kind_words)}”", trust=0.2)
    if query.kind == "count" and any(r.label.islower() and r.label.endswith("s") for r in refs):
        return unknown(f"the graph does not say how many: it speaks of {in_words(refs)} as a group", trust=0.2)
    if query.kind == "count":
        amount = quantity(len(refs), "count")
        return Outcome(
            "answered",
            (Amount(amount, derived=True),),
            tuple(claims),
            f"{len(refs)}: {in_words(refs)}",
            caveats,
            named=tuple(refs),
        )
    trust = 1.0 + 0.1 * len(query.about)
    return Outcome("answered", tuple(refs), tuple(claims), in_words(refs), caveats, trust=trust)


def _those_not(view: View, query: Query, found: Related) -> Outcome:
    """Those who stand in the relation to anybody, but by no claim to the given: silence, not denial."""
    if query.link is None:
        return unknown("no relation was understood")
    everybody: Related = {}
    for claim in view.claims(Pattern(predicates=query.link.relations)):
        side = claim.subject if query.link.asks == "subject" else claim.object
        if claim.affirmed and isinstance(side, EntityRef) and fits_type(side, query.wanted):
            everybody.setdefault(side.id, (side, []))[1].append(claim)
    given = set(query.link.given.ids)
    rest = {i: v for i, v in proper(everybody).items() if i not in found and i not in given}
    if not rest:
        return unknown("everybody of whom the graph says so at all is said to", trust=0.2)
    refs = [ref for ref, _ in list(rest.values())[:_LISTED]]
    claims = tuple(v[1][0] for v in list(rest.values())[:_LISTED])
    note = "closed world: of these no claim says it, which is not to say that it is not so"
    return Outcome("partial", tuple(refs), claims, in_words(refs), (note, *hedges(claims)))


def _answers(
    view: View, query: Query, link: Link, given: tuple[str, ...]
) -> tuple[Related, tuple[str, ...], list[Claim]]:
    """The entities found, how they were inferred if not stated so, and the claims that were left out."""
    found, others = _found(view, query, link, given)
    if query.wide or not found:
        for other in implied(link):
            more, rest = _found(view, query, other, given)
            there = {*others}
            others += [c for c in rest if c not in there]
            if more and not query.wide:
                return restricted(view, query, more), (f"inferred from “{view_label(other)}”",), others
            for key, (ref, claims) in more.items():
                found.setdefault(key, (ref, []))[1].extend(claims)
    return restricted(view, query, found), (), others


def _found(view: View, query: Query, link: Link, given: tuple[str, ...]) -> tuple[Related, list[Claim]]:
    """Entities with their claims, best borne out; and the claims that were left out."""
    if (quick := chosen(view, query, link, given)) is not None:
        return quick, []
    held = pattern_claims(view, link, given)
    claims, denied = [c for c in held if c.polarity], [c for c in held if not c.polarity]
    without = _family(view, {i for n in query.without for i in n.ids}) | {i for n in query.about for i in n.ids}
    scored: list[tuple[float, EntityRef, Claim]] = []
    out_of_play: list[Claim] = []
    for claim in claims:
        other = other_side(claim, link, given)
        score = borne_out(view, claim, query)
        late = (
            query.period is not None
            and query.period.relation == "in"
            and claim.period is not None
            and in_period(view, claim, query.period) is None
        )
        unborne = bool(query.must) and not {*query.must} & _said(view, claim)
        if other is None or score is None or unborne or other.id in without or late or not has_role(claim, query):
            out_of_play.append(claim)
        elif fits_type(other, query.wanted):
            scored.append((score, other, claim))
    scored = [s for s in scored if not contradicted(s[2], denied)] or scored
    scored = _borne_in_fields(view, _by_modality(scored, query), query)
    best = max((s for s, _, _ in scored), default=0.0)
    if scored and query.words and best < MISSING * max(1, (len(query.words) + 1) // 2):
        return {}, claims
    floor = min(best, 0.0) - 0.01 if query.words else best - 99.0
    grouped: Related = {}
    for score, other, claim in sorted(scored, key=lambda s: (-s[0], s[1].label, s[2].id)):
        if score >= floor:
            grouped.setdefault(other.id, (other, []))[1].append(claim)
    return proper(grouped), out_of_play


def _family(view: View, ids: set[str]) -> set[str]:
    """The ids with their parents and subsidiaries: who is excluded is so with the house it belongs to."""
    if not ids:
        return ids
    kin = [c for c in view.claims(Pattern(either=tuple(sorted(ids)), predicates=("subsidiaryOf",))) if c.affirmed]
    return ids | {r.id for c in kin for r in (c.subject, c.object) if isinstance(r, EntityRef)}


def _borne_in_fields(view: View, scored: Scored, query: Query) -> Scored:
    """Where some claims name the thing asked for (“memory”), those that name another or share the sentence are out."""
    words = {*query.words, *query.soft}
    if query.narrow:
        near = _near(view, scored, query.options)
        if near:
            return near
        most = max((len(words & _said(view, c)) for _, _, c in scored), default=0)
        return [s for s in scored if len(words & _said(view, s[2])) == most]
    if not words:
        return scored
    named = [s for s in scored if words & view.facts.field_stems(s[2])]
    if not named:
        return scored
    places = {place for _, _, c in named for place in _places(c)}
    return [
        s
        for s in scored
        if s in named
        or not (dict(s[2].qualifiers).get("item") or _places(s[2]) & places or not words & view.facts.quote_stems(s[2]))
    ]


def _places(claim: Claim) -> set[tuple[str, int]]:
    return {(e.document, e.start) for e in claim.evidence}


def _near(view: View, scored: Scored, nodes: tuple[Node, ...]) -> Scored:
    """The claims that stand close to a sentence about one of the nodes (a site within the same paragraph)."""
    places = [(e.document, e.start) for n in nodes for c in view.claims(Pattern(either=n.ids)) for e in c.evidence]
    return [
        s
        for s in scored
        if any(e.document == d and abs(e.start - at) <= _CLOSE_BY for e in s[2].evidence for d, at in places)
    ]


def _said(view: View, claim: Claim) -> frozenset[str]:
    return view.facts.quote_stems(claim) | view.facts.field_stems(claim)


def _by_modality(scored: Scored, query: Query) -> Scored:
    """Affirmed claims; the projected with them if the future is asked about, or alone if nothing is affirmed."""
    firm = [s for s in scored if s[2].modality in ("asserted", "reported")]
    planned = [s for s in scored if s[2].modality == "projected"]
    if query.wish == "future" and planned:
        return planned + firm
    return firm or planned or ([s for s in scored if s[2].modality in ("possible", "opinion")] if query.wish else [])


def _anybody(view: View, query: Query) -> Outcome:
    """A relation without a given side (“Who is the president?”): the one reading there is, or which there are."""
    if query.link is None or not query.link.relations or query.link.given.link is not None:
        return unknown("nothing in the question names who or what it is about")
    claims = [c for c in _with_words(view, query, query.link.relations) if c.affirmed and has_role(c, query)]
    scores = {c.id: borne_out(view, c, query) for c in claims if isinstance(c.object, EntityRef)}
    claims = [c for c in claims if (score := scores.get(c.id)) is not None and score > MISSING]
    claims = [c for c in claims if not query.must or {*query.must} & _said(view, c)]
    pairs: dict[tuple[str, str], Claim] = {}
    for claim in claims:
        asked = claim.subject if query.link.asks == "subject" else claim.object
        if isinstance(asked, EntityRef) and fits_type(asked, query.wanted):
            pairs.setdefault((claim.subject.id, claim.object.id if isinstance(claim.object, EntityRef) else ""), claim)
    if not pairs:
        return unknown("no claim says so")
    if query.wide:
        return _everybody(view, query, list(pairs.values()))
    if len(pairs) == 1:
        claim = next(iter(pairs.values()))
        ref = claim.subject if query.link.asks == "subject" else claim.object
        values: tuple[Value, ...] = (ref,) if isinstance(ref, EntityRef) else ()
        return Outcome("answered", values, (claim,), "The graph knows only one", hedges([claim]))
    chosen = tuple(list(pairs.values())[:3])
    options = tuple(
        Option(f"{c.subject.label}, {c.object.label}", _given(query, query.link, c))
        for c in chosen
        if isinstance(c.object, EntityRef)
    )
    return Outcome("ambiguous", claims=chosen, lead="Several fit", options=options)


def _with_words(view: View, query: Query, relations: tuple[str, ...]) -> list[Claim]:
    """The claims of the relations that may bear out the question's conditions; without one of its words, none does."""
    every = Pattern(predicates=relations, saying=begun(query.names))
    if query.about or 0.8 * len(query.soft) - len(query.words) > MISSING:
        return view.claims(every)
    some = [replace(every, saying=begun((*query.names, word))) for word in query.words]
    return sorted({claim.id: claim for one in some for claim in view.claims(one)}.values(), key=attrgetter("id"))


def _given(query: Query, link: Link, claim: Claim) -> Query:
    """The question with the other side of the claim as what is given."""
    other = claim.object if link.asks == "subject" else claim.subject
    node = Node(ids=(other.id,), label=other.label) if isinstance(other, EntityRef) else Node()
    return replace(query, link=replace(link, given=node))


def _everybody(view: View, query: Query, claims: list[Claim]) -> Outcome:
    """All of the asked side, where the question names nobody."""
    found: Related = {}
    for claim in claims:
        ref = claim.subject if query.link and query.link.asks == "subject" else claim.object
        if isinstance(ref, EntityRef):
            found.setdefault(ref.id, (ref, []))[1].append(claim)
    found = restricted(view, query, proper(found))
    if not found:
        return unknown("no claim says so")
    refs = [ref for ref, _ in found.values()]
    said = tuple(c for _, of in found.values() for c in of[:1])
    return Outcome("answered", tuple(refs), said, in_words(refs), hedges(said))
