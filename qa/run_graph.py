"""Executing questions about the whole neighbourhood: paths between two entities, profiles, the party to a deal."""

from __future__ import annotations

from collections import deque

from graph.model import Claim, EntityRef, Quantity
from graph.vocabulary import vocabulary
from qa.facts import View
from qa.match import mention
from qa.outcome import Outcome, unknown
from qa.query import Query
from qa.run_fact import hedges
from qa.sparql import Pattern

_REACH = 4
_BUDGET = 400


def run_path(view: View, query: Query) -> Outcome:
    """A shortest chain of affirmed relations between two entities, with a claim for each step; places do not
    connect.
    """
    found = _path(view, query, hedged=False)
    return found if found.status == "answered" else _path(view, query, hedged=True)


def _path(view: View, query: Query, *, hedged: bool) -> Outcome:
    """The chain of what is affirmed, or also of what is only planned or possible."""
    start, goal = query.options
    seen: dict[str, tuple[str, Claim] | None] = dict.fromkeys(start.ids)
    queue = deque((i, 0) for i in start.ids)
    opened = 0
    while queue and opened < _BUDGET:
        at, depth = queue.popleft()
        opened += 1
        for claim in _edges(view, at, hedged=hedged):
            other = claim.object if claim.subject.id == at else claim.subject
            if not isinstance(other, EntityRef) or other.id in seen:
                continue
            seen[other.id] = (at, claim)
            if other.id in goal.ids:
                return _chain(seen, other.id)
            if depth + 1 < _REACH and other.type != "Place":
                queue.append((other.id, depth + 1))
    return unknown(f"no chain of up to {_REACH} relations joins {start.label} and {goal.label}")


def _edges(view: View, id: str, *, hedged: bool) -> list[Claim]:
    relations = vocabulary().relations
    held = [c for c in view.claims(Pattern(either=(id,))) if c.predicate in relations]
    found = [c for c in held if c.affirmed or (hedged and c.polarity)]
    return sorted(found, key=lambda c: (c.modality != "asserted", -len(c.evidence), c.id))


def _chain(seen: dict[str, tuple[str, Claim] | None], end: str) -> Outcome:
    claims: list[Claim] = []
    refs: list[EntityRef] = []
    at = end
    while (step := seen[at]) is not None:
        before, claim = step
        claims.append(claim)
        refs.append(claim.object if isinstance(claim.object, EntityRef) and claim.object.id == at else claim.subject)
        at = before
    first = claims[-1]
    refs.append(first.object if isinstance(first.object, EntityRef) and first.object.id == at else first.subject)
    claims.reverse()
    refs.reverse()
    lead = " – ".join(r.label for r in refs)
    return Outcome("answered", tuple(refs), tuple(claims), lead, hedges(claims))


def run_profile(view: View, query: Query) -> Outcome:
    """What the graph holds of one entity: best attested first, at most eight claims, one a predicate and object."""
    if query.owner is None:
        return unknown("nothing was named")
    claims = [
        c for c in view.claims(Pattern(either=query.owner.ids)) if c.polarity and c.modality in ("asserted", "reported")
    ]
    ids = query.owner.ids
    claims.sort(key=lambda c: (c.subject.id not in ids, isinstance(c.object, Quantity), -len(c.evidence), c.id))
    chosen: dict[tuple[str, str], Claim] = {}
    for claim in claims:
        other = claim.object.id if isinstance(claim.object, EntityRef) else claim.scope or ""
        chosen.setdefault((claim.predicate, other + claim.subject.id), claim)
    if not chosen:
        return unknown(f"the graph knows the name {query.owner.label} but holds no claim about it")
    top = tuple(list(chosen.values())[:8])
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
