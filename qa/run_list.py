"""Executing questions about relations: lists, counts of them, posts, yes or no, when."""

from __future__ import annotations

from dataclasses import replace

from graph.agreement.matters import covers
from graph.catalogue import catalogue
from graph.model import Claim, EntityRef, Quantity
from qa.answer import Amount, Day, Truth, Value
from qa.disagreement import DISAGREE, against
from qa.facts import View
from qa.match import in_period, mention
from qa.outcome import Outcome, unknown
from qa.query import Link, Node, Option, Query
from qa.relate import borne_out, fits_type, implied, other_side, pattern_claims, resolve, view_label
from qa.run_fact import hedges, quantity
from qa.sparql import Pattern
from qa.words import begun, lemmas

_MISSING = -0.9
_CLOSE_BY = 500
Scored = list[tuple[float, EntityRef, Claim]]
Found = dict[str, tuple[EntityRef, list[Claim]]]


def run_list(view: View, query: Query) -> Outcome:
    """Everybody who stands in the asked relation to the given; failing that, in one that implies it."""
    if query.link is None:
        return unknown("no relation was understood")
    if query.link.given.open:
        return _anybody(view, query)
    given = resolve(view, query.link.given)
    if not given:
        return unknown(f"the graph does not say who or what “{query.link.given.label or 'that'}” is", trust=0.05)
    via = [c for _, claims in given.values() for c in claims]
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
        found = _of_amount(view, query, found)
        if not found:
            return unknown("no claim gives that amount of anybody found", trust=0.2)
    if query.ranked:
        return unknown(f"the graph does not rank {_names([ref for ref, _ in found.values()])}", trust=0.2)
    found = _of_kind(view, _topmost(found) if query.highest else found, query)
    found = _so_many(view, found, query)
    refs = [ref for ref, _ in found.values()]
    claims = [c for _, of in found.values() for c in of[:2]]
    claims += [c for c in via if c not in claims]
    caveats = (*hedges(claims), *note)
    told = frozenset[str]().union(*(_said(view, c) for _, of in found.values() for c in of))
    if query.kind == "count" and not {*query.words} <= told:
        return unknown(f"no claim speaks of “{', '.join(w for w in query.words if w not in told)}”", trust=0.2)
    if query.kind == "count" and any(r.label.islower() and r.label.endswith("s") for r in refs):
        return unknown(f"the graph does not say how many: it speaks of {_names(refs)} as a group", trust=0.2)
    if query.kind == "count":
        amount = quantity(len(refs), "count")
        return Outcome(
            "answered",
            (Amount(amount, derived=True),),
            tuple(claims),
            f"{len(refs)}: {_names(refs)}",
            caveats,
            named=tuple(refs),
        )
    trust = 1.0 + 0.1 * len(query.about)
    return Outcome("answered", tuple(refs), tuple(claims), _names(refs), caveats, trust=trust)


_LESSER = frozenset(
    lemmas(
        "finance financial cfo technology technical cto operating coo vice deputy research scientist product marketing"
    )
)


def _topmost(found: Found) -> Found:
    """Of those with a post, the ones who are not named for one part of the business, if there are any."""
    top = {i: v for i, v in found.items() if not all(_lesser(c) for c in v[1] if c.predicate == "leads")}
    return top or found


def _lesser(claim: Claim) -> bool:
    return bool(_LESSER & {*lemmas(dict(claim.qualifiers).get("role", ""))})


def _so_many(view: View, found: Found, query: Query) -> Found:
    """Of more than are asked for, those whose claims name the thing in question, if they are so many."""
    words = {*query.words, *query.soft}
    if query.top is None or len(found) <= query.top:
        return found
    near = {i: v for i, v in found.items() if any(words & view.facts.field_stems(c) for c in v[1])}
    return near if len(near) == query.top else found


def _of_amount(view: View, query: Query, found: Found) -> Found:
    """Those of whom a claim gives the amount that the question names."""
    asked = query.quantity
    out: Found = {}
    for key, (ref, claims) in found.items():
        for claim in view.aside(Pattern(either=(key,), predicates=_AMOUNTS)):
            held = claim.object
            if not isinstance(held, Quantity) or asked is None or held.unit != asked.unit:
                continue
            if {held.low, held.high} & {asked.low, asked.high} - {None}:
                out[key] = (ref, [claim, *claims])
                break
    return out


def _those_not(view: View, query: Query, found: Found) -> Outcome:
    """Those who stand in the relation to anybody, but by no claim to the given: silence, not denial."""
    if query.link is None:
        return unknown("no relation was understood")
    everybody: Found = {}
    for claim in view.claims(Pattern(predicates=query.link.relations)):
        side = claim.subject if query.link.asks == "subject" else claim.object
        if claim.affirmed and isinstance(side, EntityRef) and fits_type(side, query.wanted):
            everybody.setdefault(side.id, (side, []))[1].append(claim)
    given = set(query.link.given.ids)
    rest = {i: v for i, v in _proper(everybody).items() if i not in found and i not in given}
    if not rest:
        return unknown("everybody of whom the graph says so at all is said to", trust=0.2)
    refs = [ref for ref, _ in list(rest.values())[:_LISTED]]
    claims = tuple(v[1][0] for v in list(rest.values())[:_LISTED])
    note = "closed world: of these no claim says it, which is not to say that it is not so"
    return Outcome("partial", tuple(refs), claims, _names(refs), (note, *hedges(claims)))


def _of_kind(view: View, found: Found, query: Query) -> Found:
    """Those whom some claim of their own shows to be of the kind asked for (“laminate makers”); all, if none does."""
    words = {*query.kind_words}
    if not words or len(found) < 2:
        return found
    doings = {i: _doings(view, i) for i in found}
    shown = {
        i
        for i, v in found.items()
        if any(words & (view.facts.field_stems(c) - {*lemmas(c.subject.label)}) for c in doings[i])
        or words & {*lemmas(v[0].label)}
    }
    return {i: v for i, v in found.items() if i in shown or not doings[i]} if shown else found


def _doings(view: View, id: str) -> list[Claim]:
    """What an entity makes, offers and sells."""
    return [c for c in view.aside(Pattern(subjects=(id,), predicates=_DOES)) if c.affirmed]


_AMOUNTS = ("investment", "orders", "price", "marketCap")
_LISTED = 12
_OWNING = {"subsidiaryOf", "investsIn", "acquires"}
_DOES = ("supplies", "manufactures", "develops")


def _answers(
    view: View, query: Query, link: Link, given: tuple[str, ...]
) -> tuple[Found, tuple[str, ...], list[Claim]]:
    """The entities found, how they were inferred if not stated so, and the claims that were left out."""
    found, others = _found(view, query, link, given)
    if query.wide or not found:
        for other in implied(link):
            more, rest = _found(view, query, other, given)
            others += [c for c in rest if c not in others]
            if more and not query.wide:
                return _restricted(view, query, more), (f"inferred from “{view_label(other)}”",), others
            for key, (ref, claims) in more.items():
                found.setdefault(key, (ref, []))[1].extend(claims)
    return _restricted(view, query, found), (), others


def _restricted(view: View, query: Query, found: Found) -> Found:
    """Those who also stand in the second relation that the question names (“which competitor of X …”)."""
    if query.restriction is None or not found:
        return found
    also = resolve(view, Node(link=query.restriction))
    out: Found = {}
    for key, (ref, claims) in found.items():
        if key in also:
            out[key] = (ref, [*claims[:1], *also[key][1][:1], *claims[1:]])
        elif _is_from(ref, query.restriction):
            out[key] = (ref, claims)
    return out


def _is_from(ref: EntityRef, link: Link) -> bool:
    """Whether the catalogue has the entity in the country, where only a place is asked for."""
    entry = catalogue().by_id(ref.id) if link.relations == ("locatedIn",) else None
    meant = {e.label for e in catalogue().entries if e.type == "Place" and link.given.label in (e.label, *e.demonyms)}
    return entry is not None and entry.country is not None and entry.country in meant


def _names(refs: list[EntityRef]) -> str:
    labels = list(dict.fromkeys(r.label for r in refs))
    return labels[0] if len(labels) == 1 else ", ".join(labels[:-1]) + " and " + labels[-1]


def _found(view: View, query: Query, link: Link, given: tuple[str, ...]) -> tuple[Found, list[Claim]]:
    """Entities with their claims, best borne out; and the claims that were left out."""
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
        if other is None or score is None or unborne or other.id in without or late or not _role(claim, query):
            out_of_play.append(claim)
        elif fits_type(other, query.wanted):
            scored.append((score, other, claim))
    scored = [s for s in scored if not _contradicted(s[2], denied)] or scored
    scored = _borne_in_fields(view, _by_modality(scored, query), query)
    best = max((s for s, _, _ in scored), default=0.0)
    if scored and query.words and best < _MISSING * max(1, (len(query.words) + 1) // 2):
        return {}, claims
    floor = min(best, 0.0) - 0.01 if query.words else best - 99.0
    grouped: Found = {}
    for score, other, claim in sorted(scored, key=lambda s: (-s[0], s[1].label, s[2].id)):
        if score >= floor:
            grouped.setdefault(other.id, (other, []))[1].append(claim)
    return _proper(grouped), out_of_play


def _contradicted(claim: Claim, denied: list[Claim]) -> bool:
    """Whether what is only hearsay is denied by somebody."""
    return claim.modality != "asserted" and any(covers(no, claim) for no in denied)


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
    named = [s for s in scored if words & view.facts.field_stems(s[2])]
    if not named:
        return scored
    places = {place for _, _, c in named for place in _places(c)}
    return [s for s in scored if s in named or not (dict(s[2].qualifiers).get("item") or _places(s[2]) & places)]


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


def _proper(grouped: Found) -> Found:
    """Without generic descriptions (“customers”, “fourth customer”) where somebody is named; one entry a label."""
    named = {
        i: v
        for i, v in grouped.items()
        if any(c.isupper() or c.isdigit() for c in v[0].label) or not v[0].label.isascii()
    }
    chosen = named or grouped
    out: Found = {}
    labels: dict[str, str] = {}
    for key, (ref, claims) in chosen.items():
        first = labels.setdefault(ref.label.casefold(), key)
        out.setdefault(first, (ref, []))[1].extend(claims)
    return out


def _role(claim: Claim, query: Query) -> bool:
    if not query.role:
        return True
    held = next((value for name, value in claim.qualifiers if name == "role"), "")
    stems = " ".join(lemmas(held))
    return any(f" {r} " in f" {stems} " for r in query.role)


def _anybody(view: View, query: Query) -> Outcome:
    """A relation without a given side (“Who is the president?”): the one reading there is, or which there are."""
    if query.link is None or not query.link.relations or query.link.given.link is not None:
        return unknown("nothing in the question names who or what it is about")
    every = Pattern(predicates=query.link.relations, saying=begun(query.names))
    claims = [c for c in view.claims(every) if c.affirmed and _role(c, query)]
    scores = {c.id: borne_out(view, c, query) for c in claims if isinstance(c.object, EntityRef)}
    claims = [c for c in claims if (score := scores.get(c.id)) is not None and score > _MISSING]
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


def _given(query: Query, link: Link, claim: Claim) -> Query:
    """The question with the other side of the claim as what is given."""
    other = claim.object if link.asks == "subject" else claim.subject
    node = Node(ids=(other.id,), label=other.label) if isinstance(other, EntityRef) else Node()
    return replace(query, link=replace(link, given=node))


def _everybody(view: View, query: Query, claims: list[Claim]) -> Outcome:
    """All of the asked side, where the question names nobody."""
    found: Found = {}
    for claim in claims:
        ref = claim.subject if query.link and query.link.asks == "subject" else claim.object
        if isinstance(ref, EntityRef):
            found.setdefault(ref.id, (ref, []))[1].append(claim)
    found = _restricted(view, query, _proper(found))
    if not found:
        return unknown("no claim says so")
    refs = [ref for ref, _ in found.values()]
    said = tuple(c for _, of in found.values() for c in of[:1])
    return Outcome("answered", tuple(refs), said, _names(refs), hedges(said))


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
    elif query.link is not None and query.link.given.named:
        ids = query.link.given.ids
        claims = [c for c in pattern_claims(view, query.link, ids) if other_side(c, query.link, ids) is not None]
        claims = [c for c in claims if (borne_out(view, c, query) or 0.0) >= _MISSING]
    elif query.link is not None:
        claims = _about_all(view, query)
    else:
        return unknown("no relation was understood")
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


def _about_all(view: View, query: Query) -> list[Claim]:
    """Claims of the relation that speak of every entity named."""
    if not query.about or query.link is None:
        return []
    ids = tuple(i for n in query.about for i in n.ids)
    claims = view.claims(Pattern(either=ids, predicates=query.link.relations))
    if query.ended:
        documents = [_documents(view, n) for n in query.about[1:]]
        first = query.about[0]
        near = [c for c in claims if mention(view, c, first) > 0.5]
        return [c for c in near if all({e.document for e in c.evidence} & of for of in documents)]
    return [c for c in claims if all(mention(view, c, n) > 0.5 for n in query.about)]


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
