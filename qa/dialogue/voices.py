"""Executing questions about the sources of the last answer: who says so, who denies it, how firmly it is held."""

from __future__ import annotations

from dataclasses import replace

from graph.model import Claim, EntityRef
from qa.answer import Speaker, Truth
from qa.dialogue.members import MOST, nobody
from qa.facts import View
from qa.outcome import Outcome, unknown
from qa.query import Query
from qa.run_fact import hedges
from qa.sparql import Pattern
from qa.words import lemmas

_OF_DEALS = {"investment", "price"}
_DEALS = ("acquires", "investsIn")


def run_source(view: View, query: Query, base: Outcome) -> Outcome:
    """Who says so: those named in the text, else the outlets or titles of the documents; or who denies it."""
    if not base.claims:
        return nobody(base)
    against = _against(view, base.claims)
    if query.negated:
        return _denied(view, base, against)
    claims = [c for c in base.claims if c not in against] or list(base.claims)
    said = dict.fromkeys(name for claim in claims for name in _sources(view, claim))
    if not said:
        return nobody(base)
    sources = tuple(Speaker(name) for name in list(said)[:MOST])
    lead = ", ".join(s.label for s in sources)
    return replace(base, status="answered", values=sources, claims=tuple(claims), lead=lead, options=(), named=())


def _sources(view: View, claim: Claim) -> list[str]:
    if claim.attributed_to:
        return [claim.attributed_to]
    papers = [view.facts.documents[e.document] for e in claim.evidence if e.document in view.facts.documents]
    return [p.outlet or p.title for p in papers]


def _denied(view: View, base: Outcome, against: list[Claim]) -> Outcome:
    """Who says that it is not so; as an entity where the graph has one of that name."""
    if not against:
        return unknown("nobody in the graph says that it is not so", trust=0.2)
    entities = view.facts.names.entities
    values: dict[str, EntityRef | Speaker] = {}
    for name in (n for claim in against for n in _sources(view, claim)):
        bearers = view.facts.names.bearers(lemmas(name))
        values.setdefault(name, entities[bearers[0]].ref if bearers else Speaker(name))
    found = tuple(values.values())[:MOST]
    lead = ", ".join(v.label for v in found)
    return replace(
        base, status="answered", values=found, claims=tuple(against), lead=lead, caveats=(), options=(), named=()
    )


def _against(view: View, claims: tuple[Claim, ...]) -> list[Claim]:
    """The claims that deny what these say, among them or elsewhere."""
    out = [c for c in claims if not c.polarity]
    for claim in claims:
        objects = (claim.object.id,) if isinstance(claim.object, EntityRef) else ()
        same = view.claims(Pattern(subjects=(claim.subject.id,), predicates=(claim.predicate,), objects=objects))
        out += [c for c in same if not c.polarity and (objects or c.object == claim.object)]
        if claim.predicate in _OF_DEALS and claim.scope:
            deals = view.claims(Pattern(subjects=(claim.subject.id,), predicates=_DEALS))
            out += [c for c in deals if not c.polarity and _object(c).casefold() in claim.scope.casefold()]
    return list(dict.fromkeys(out))


def _object(claim: Claim) -> str:
    return claim.object.label if isinstance(claim.object, EntityRef) else " "


def run_firm(view: View, query: Query, base: Outcome) -> Outcome:
    """Whether some source says so without a hedge, and nobody denies it."""
    del query
    if not base.claims:
        return nobody(base)
    against = _against(view, base.claims)
    held = [c for c in base.claims if c.polarity]
    firm = [c for c in held if c.modality == "asserted"]
    chosen = tuple(dict.fromkeys((*(firm or held), *against)))
    if against:
        return Outcome("answered", (Truth(False),), chosen, "No: sources disagree", hedges(chosen))
    lead = "Yes: it is stated without a hedge" if firm else "No: it is held only with a hedge"
    return Outcome("answered", (Truth(bool(firm)),), chosen, lead, hedges(firm or held))
