"""Executing questions about those whom the last answer named: which of them, how many, how much each or in total."""

from __future__ import annotations

from dataclasses import replace

from graph.catalogue import catalogue
from graph.model import Claim, EntityRef
from qa.answer import Amount, Truth
from qa.facts import View
from qa.outcome import Outcome, unknown
from qa.query import Link, Node, Query
from qa.relate import fits_type, other_side, pattern_claims, resolve
from qa.run_fact import hedges, quantity
from qa.sparql import Pattern

MOST = 25  # entities of a list that are looked at one by one
_EACH = 2  # claims shown for each of those of a narrowed list


def members(base: Outcome) -> list[EntityRef]:
    """The entities of an answer, in its order."""
    found = {ref.id: ref for ref in base.named}
    for value in base.values:
        ref = value.entity if isinstance(value, Amount) else value
        if isinstance(ref, EntityRef):
            found.setdefault(ref.id, ref)
    return list(found.values())


def about(claims: tuple[Claim, ...], ref: EntityRef) -> list[Claim]:
    """The claims of an answer in which an entity stands."""
    return [c for c in claims if ref.id == c.subject.id or (isinstance(c.object, EntityRef) and c.object.id == ref.id)]


def names(refs: list[EntityRef]) -> str:
    """“A, B and C”."""
    labels = list(dict.fromkeys(r.label for r in refs))
    return labels[0] if len(labels) == 1 else ", ".join(labels[:-1]) + " and " + labels[-1]


def nobody(base: Outcome) -> Outcome:
    """Why there is nobody to ask about: as the answer before has it, which may have changed since."""
    if base.status == "unknown":
        return base
    return unknown("the answer before names nobody to whom this could apply")


def run_tally(view: View, query: Query, base: Outcome) -> Outcome:
    """How many the last answer named."""
    del view, query
    refs = members(base)
    if not refs or not base.claims:
        return nobody(base)
    amount = Amount(quantity(len(refs), "count"), derived=True)
    lead = f"{len(refs)}: {names(refs)}"
    return Outcome("answered", (amount,), base.claims, lead, base.caveats, named=tuple(refs))


def run_any(view: View, query: Query, base: Outcome) -> Outcome:
    """Yes, with those found; that nothing says so is no answer."""
    del view, query
    if not members(base) or base.status not in ("answered", "partial"):
        return nobody(base)
    return replace(base, values=(Truth(True),), lead=f"Yes: {names(members(base))}", named=tuple(members(base)))


def run_sole(view: View, query: Query, base: Outcome) -> Outcome:
    """Whether nobody but the owner was found: no if somebody else was, else as far as the graph knows."""
    del view
    refs = members(base)
    if not refs or query.owner is None:
        return nobody(base)
    others = [ref for ref in refs if ref.id not in query.owner.ids]
    if others:
        lead = f"No: also {names(others)}" if len(others) < len(refs) else f"No: {names(others)}"
        return replace(base, status="answered", values=(Truth(False),), lead=lead, named=tuple(others))
    lead = "Yes, as far as the graph knows"
    return replace(base, status="partial", values=(Truth(True),), lead=lead, named=tuple(refs))


def run_among(view: View, query: Query, base: Outcome) -> Outcome:
    """Those of the last answer to whom the conditions apply; of no one else is anything said."""
    refs = members(base)
    if not refs:
        return nobody(base)
    if query.words or query.names:
        return unknown(f"“{' '.join((*query.names, *query.words))}” is not understood as a condition")
    kept: list[EntityRef] = []
    claims: list[Claim] = []
    by_catalogue = False
    held = _standing(view, query, refs)
    for ref in refs:
        reasons = held.get(ref.id)
        if any(ref.id in node.ids for node in query.without):
            continue
        if query.about and ref.id not in {i for node in query.about for i in node.ids}:
            continue
        applies = fits_type(ref, query.wanted) and (query.restriction is None or reasons is not None)
        if applies != query.negated:
            kept.append(ref)
            by_catalogue |= reasons == []
            claims += [c for c in (*(reasons or [])[:_EACH], *about(base.claims, ref)[:_EACH]) if c not in claims]
    if not kept or not claims:
        return unknown(f"of {names(refs)}, the graph does not say it of any", trust=0.1)
    notes = [*hedges(claims)]
    notes += ["as far as the graph knows: nothing says otherwise"] if query.negated else []
    notes += ["home countries as in the catalogue"] if by_catalogue else []
    return Outcome("answered", tuple(kept), tuple(claims), names(kept), tuple(notes))


def _standing(view: View, query: Query, refs: list[EntityRef]) -> dict[str, list[Claim]]:
    """Those of the entities that stand in a relation, with the claims that say so (none: the catalogue says so)."""
    link = query.restriction
    if link is None:
        return {}
    if link.relations == ("locatedIn",):
        places = {ref.id: _in_place(view, link.given, ref, home=bool(query.noun)) for ref in refs}
        return {i: claims for i, claims in places.items() if claims is not None}
    if link.given.open:
        side = {ref.id: _any(view, link, ref) for ref in refs}
        return {i: claims for i, claims in side.items() if claims}
    ids = {ref.id for ref in refs}
    found = {i: claims for i, (_, claims) in resolve(view, Node(link=link)).items() if i in ids}
    if query.negated:
        given = tuple(resolve(view, link.given))
        hedged = [c for c in pattern_claims(view, link, given) if c.polarity]
        found |= {o.id: [c] for c in hedged if (o := other_side(c, link, given)) is not None and o.id in ids}
    return found


def _any(view: View, link: Link, ref: EntityRef) -> list[Claim]:
    """Claims by which an entity stands in the relation to anybody of the right kind."""
    mine = replace(link, asks="object" if link.asks == "subject" else "subject")
    out = []
    for claim in pattern_claims(view, mine, (ref.id,)):
        other = claim.object if claim.subject.id == ref.id else claim.subject
        if claim.affirmed and isinstance(other, EntityRef) and fits_type(other, link.given.types):
            out.append(claim)
    return out


def _in_place(view: View, place: Node, ref: EntityRef, *, home: bool) -> list[Claim] | None:
    """The claims that put an entity into a place (none: the catalogue does); None if nothing does.

    `home`: where it belongs, for which the catalogue comes first; else anywhere it is.
    """
    entry = catalogue().by_id(ref.id)
    country = entry.country if entry is not None else None
    if home and country is not None:
        return [] if country == place.label else None
    claims = [c for c in view.claims(Pattern(subjects=(ref.id,), predicates=("locatedIn",))) if c.affirmed]
    there = [c for c in claims if isinstance(c.object, EntityRef) and _within(c.object, place)]
    return there or ([] if country == place.label else None)


def _within(ref: EntityRef, place: Node) -> bool:
    entry = catalogue().by_id(ref.id)
    return ref.id in place.ids or (entry is not None and entry.country == place.label)
