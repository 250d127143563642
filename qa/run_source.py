"""Executing questions about sources: who says so, whether sources agree, whether it is confirmed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import product

from graph.model import Claim, EntityRef, Quantity
from graph.text.quantities import find_quantities
from graph.vocabulary import vocabulary
from qa.answer import Speaker, Truth
from qa.facts import View
from qa.mention import mention, stem_runs
from qa.outcome import Outcome, unknown
from qa.query import Node, Query
from qa.run_fact import fits, hedges
from qa.sparql import Pattern
from qa.words import begins, begun, lemmas

_Scored = tuple[float, str, Claim]
"""A claim behind its score and id."""


def run_speaker(view: View, query: Query) -> Outcome:
    """Whose words the best matching claim reports."""
    best = _likeliest(view, query, tuple(i for n in query.options for i in n.ids))
    if best is None or best[0] < max(0.8 * len(query.options), 0.8):
        return unknown("no claim about that names who says so")
    claim = best[2]
    if query.ranked and _outdone(view, claim, lowest=query.lowest):
        return unknown(f"{claim.attributed_to} puts another there", trust=0.5)
    value = _speaker(view, claim.attributed_to or "")
    return Outcome("answered", (value,), (claim,), lead=value.label, caveats=hedges([claim]))


def _outdone(view: View, claim: Claim, *, lowest: bool) -> bool:
    """Whether the same source gives somebody else more (or less) of the same, so that this one is not the first."""
    if not isinstance(claim.object, Quantity):
        return False
    same = Pattern(predicates=(claim.predicate,), attributed=True, saying=begun((claim.attributed_to or "",)))
    for other in view.aside(same):
        amount, period = other.object, (other.period and other.period.start)
        alike = other.attributed_to == claim.attributed_to and period == (claim.period and claim.period.start)
        if not alike or not isinstance(amount, Quantity) or amount.unit != claim.object.unit or not other.polarity:
            continue
        more, less = (amount, claim.object) if not lowest else (claim.object, amount)
        if other.basis == claim.basis and more.low is not None and less.high is not None and more.low > less.high:
            return True
    return False


def _likeliest(view: View, query: Query, ids: tuple[str, ...]) -> _Scored | None:
    """The claim of somebody that fits best. What cannot score as high as those read first is not read."""
    everything = Pattern(either=ids, attributed=True)
    if view.facts.doubted or query.quantity is not None:
        return _best(view, query, view.claims(everything))
    view.tell(everything)
    if _are_two(query.options):
        best = _best(view, query, view.aside(Pattern(subjects=ids, objects=ids, attributed=True)))
        beside = _most(query, 3.0 + 2.5, on_the_matter=True)
        return best if best and best[0] > beside else _best(view, query, _naming_both(view, query))
    if asked := _asked(query):
        best = _best(view, query, view.aside(replace(everything, predicates=asked)))
        if best and best[0] > _most(query, 3.0 * len(query.options), on_the_matter=False):
            return best
    return _best(view, query, view.aside(everything))


def _are_two(nodes: tuple[Node, ...]) -> bool:
    """Whether two who are entities are named, and nobody is both of them."""
    return len(nodes) == 2 and all(node.ids for node in nodes) and not {*nodes[0].ids} & {*nodes[1].ids}


def _naming_both(view: View, query: Query) -> list[Claim]:
    """The claims about one of the two that are named which may mention the other: they have the words of a name."""
    one, two = query.options
    return [
        claim
        for this, other in ((one, two), (two, one))
        for run in _shortest(stem_runs(view, other))
        for claim in view.aside(
            Pattern(either=this.ids, attributed=True, mentioning=tuple(filter(None, map(begins, run))))
        )
    ]


def _shortest(runs: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The names but for those that have all the words of another one."""
    return [run for run in runs if not any(set(other) < set(run) for other in runs)]


def _best(view: View, query: Query, claims: list[Claim]) -> _Scored | None:
    scored: list[_Scored] = []
    for claim in claims:
        strengths = [mention(view, claim, n) for n in query.options]
        if not all(strengths):
            continue
        words = (*query.words, *query.soft)
        said = view.facts.quote_stems(claim) | view.facts.field_stems(claim) if words else frozenset()
        score = sum(strengths) + sum(1.0 if w in said else -0.7 for w in words)
        score += _on_the_matter(claim, query) - (1.0 if (claim.attributed_to or "").islower() else 0.0)
        if query.quantity is None or _of_amount(claim, query.quantity):
            scored.append((score, claim.id, claim))
    return max(scored, key=lambda one: one[:2], default=None)


def _most(query: Query, mentioned: float, *, on_the_matter: bool) -> float:
    """The highest score of a claim that mentions those named so clearly, where no amount is asked about."""
    matter = (1.5 if on_the_matter else -0.5) if _asked(query) else 0.0
    return mentioned + len(query.words) + len(query.soft) + matter


def _asked(query: Query) -> tuple[str, ...]:
    """The metrics and relations that the question names."""
    return (*query.metrics, *(query.link.relations if query.link is not None else ()))


def _on_the_matter(claim: Claim, query: Query) -> float:
    """Whether a claim is of the metric, the relation and the amount that the question names."""
    asked = _asked(query)
    score = 1.5 if claim.predicate in asked else -0.5 if asked else 0.0
    if query.quantity is not None and isinstance(claim.object, Quantity):
        score += 2.0 if _about(claim.object, query.quantity) else -0.5
    return score


def _of_amount(claim: Claim, amount: Quantity) -> bool:
    """Whether the claim or its sentence gives about the amount that the question takes somebody to have said."""
    told = [q.quantity for e in claim.evidence for q in find_quantities(e.quote)]
    return any(_about(held, amount) for held in (claim.object, *told) if isinstance(held, Quantity))


def _about(held: Quantity, amount: Quantity) -> bool:
    """Whether two amounts have a bound in common, but for rounding; a count of something is one of whatever unit."""
    same = held.unit == amount.unit or amount.unit == "count"
    pairs = product((held.low, held.high), (amount.low, amount.high))
    return same and any(a is not None and b is not None and abs(a - b) <= abs(b) * _ROUNDED for a, b in pairs)


_ROUNDED = Decimal("0.015")


def _speaker(view: View, name: str) -> EntityRef | Speaker:
    """The source as an entity if the graph has one of exactly that name."""
    bearers = view.facts.names.bearers(lemmas(name))
    return view.facts.names.entities[bearers[0]].ref if bearers else Speaker(name)


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
        c
        for c in claims
        if c.polarity
        and c.modality != "possible"
        and c.attributed_to
        and any(set(s) & set(lemmas(c.attributed_to)) for s in who)
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
        if same or query.quantity is not None:
            return same
    predicates = tuple(p for p in (query.inner.noun.split() if query.inner else ()) if p in vocabulary().relations)
    everybody = (*nodes, *((query.speaker,) if query.speaker else ()))
    ids = tuple(i for n in nodes for i in n.ids)
    claims = view.claims(Pattern(either=ids, predicates=predicates)) if predicates else []
    near = [c for c in claims if isinstance(c.object, EntityRef) and all(mention(view, c, n) > 0.5 for n in everybody)]
    if len(everybody) < 2:
        return near
    said = {i for n in everybody for i in n.ids}
    joined = [c for c in near if isinstance(c.object, EntityRef) and {c.subject.id, c.object.id} <= said]
    return joined or [c for c in near if all(mention(view, c, n) >= _NAMED for n in everybody)]


_NAMED = 2.0  # as in the fields of the claim: in the sentence alone somebody else may be meant


def _meets(claim: Claim, amount: Quantity) -> bool:
    held = claim.object
    return (
        isinstance(held, Quantity)
        and (held.unit == amount.unit or (amount.unit == "count" and "/" in held.unit))
        and bool({held.low, held.high} & {amount.low, amount.high} - {None})
    )
