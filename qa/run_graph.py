"""Executing questions about the whole neighbourhood of an entity: profiles, the party to a deal."""

from __future__ import annotations

from graph.model import Claim, EntityRef, Quantity
from graph.vocabulary import vocabulary
from qa.facts import View
from qa.mention import mention
from qa.outcome import Outcome, unknown
from qa.query import Query
from qa.run_fact import hedges
from qa.sparql import Pattern

_TOLD = 8


def run_profile(view: View, query: Query) -> Outcome:
    """What the graph holds of one entity: best attested first, at most eight claims, one a predicate and object."""
    if query.owner is None:
        return unknown("nothing was named")
    chosen: dict[tuple[str, str], Claim] = {}
    for claim in view.attested(query.owner.ids):
        other = claim.object.id if isinstance(claim.object, EntityRef) else claim.scope or ""
        chosen.setdefault((claim.predicate, other + claim.subject.id), claim)
        if len(chosen) == _TOLD:
            break
    if not chosen:
        return unknown(f"the graph knows the name {query.owner.label} but holds no claim about it")
    top = tuple(chosen.values())
    entity = view.facts.names.entities[query.owner.ids[0]]
    kind = vocabulary().types[entity.type].label if entity.type in vocabulary().types else entity.type
    return Outcome("answered", (entity.ref,), top, f"{entity.label} ({kind})", hedges(top))


def run_counterparty(view: View, query: Query) -> Outcome:
    """Who else is party to the deal of that amount: a named entity, by any claim of an order of that size."""
    asked = query.quantity
    if asked is None:
        return unknown("no amount was named")
    parties: dict[str, tuple[EntityRef, Claim]] = {}
    known = {i for n in query.options for i in n.ids}
    for claim in view.claims(Pattern(predicates=query.metrics)):
        amount = claim.object
        same = isinstance(amount, Quantity) and amount.unit == asked.unit and asked.low in (amount.low, amount.high)
        if (
            same
            and claim.affirmed
            and all(mention(view, claim, n) for n in query.options)
            and claim.subject.id not in known
        ):
            parties.setdefault(claim.subject.id, (claim.subject, claim))
    named = {i: v for i, v in parties.items() if v[0].label[0].isupper() and v[0].type in query.wanted}
    if len(named) != 1:
        return unknown("the graph does not say who it was")
    ref, claim = next(iter(named.values()))
    return Outcome("answered", (ref,), (claim,), ref.label, hedges([claim]))
