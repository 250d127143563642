"""Executing questions for one amount: choosing among the claims that match, and noticing that they disagree."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from graph.model import Claim, EntityRef, Period, Quantity, TextValue
from graph.text.quantities import format_quantity
from graph.vocabulary import vocabulary
from qa.answer import Amount
from qa.convert import converted
from qa.disagreement import against
from qa.facts import View
from qa.in_period import days_of, in_period
from qa.match import Fit, all_fits, all_needed
from qa.outcome import Outcome, unknown
from qa.query import Node, Option, Query, Span
from qa.relate import fits_type, resolve
from qa.run_revised import as_revised, at_stage
from qa.sparql import Pattern
from qa.verbalise import sentence, worded
from qa.words import begun, lemmas

_NEAR = 0.45
_CLOSE = 1.6


def quantity(value: Decimal | int, unit: str, *, text: str = "", approx: bool = False) -> Quantity:
    """An exact computed amount."""
    number = Decimal(value)
    return Quantity(number, number, unit, approx, text)


def hedges(claims: list[Claim] | tuple[Claim, ...]) -> tuple[str, ...]:
    """What an answer from these claims must be told with: hedges and speakers."""
    out: list[str] = []
    for claim in claims:
        if claim.modality in ("projected", "reported", "possible", "opinion"):
            out.append({"possible": "only possible", "opinion": "an opinion"}.get(claim.modality, claim.modality))
        if claim.attributed_to:
            out.append(f"according to {claim.attributed_to}")
    return tuple(dict.fromkeys(out))


def fits(view: View, query: Query) -> list[Fit]:
    """All metric claims that meet the query, best first; ties by the latest period, then the latest source."""
    nodes = anchors(query)
    described = [n for n in (query.owner,) if n is not None and n.link is not None]
    for node in described:
        found = resolve(view, node)
        if not found:
            return []
        nodes = (Node(ids=tuple(found), label=node.label), *nodes)
    subjects = tuple(dict.fromkeys(i for n in nodes for i in n.ids))
    saying = () if subjects else begun((*query.names, *all_needed(query.words)))
    days = days_of(query.period, query.metrics) if query.period is not None and view.free else None
    claims = view.claims(Pattern(subjects=subjects, predicates=query.metrics, saying=saying, days=days))
    claims = [c for c in claims if query.only in ("", c.id)]
    out = all_fits(view, claims, query, anchors=nodes)
    return sorted(out, key=lambda f: (f.score, f.recency, f.claim.confidence, f.claim.id), reverse=True)


def anchors(query: Query) -> tuple[Node, ...]:
    """Those who are named, of whom a claim must speak, the owner of the amount first."""
    return tuple(n for n in (query.owner, *query.about) if n is not None and n.named)


def _called_off(view: View, nodes: tuple[Node, ...]) -> bool:
    """Whether a takeover that all of those named (or just the target) were party to came to nothing: it is denied by
    others than the two, and nothing says that it, or another like it, was done.
    """
    ids = [{*n.ids} for n in nodes]
    told = view.aside(Pattern(objects=tuple(i for n in ids for i in n), predicates=("acquires", "investsIn")))
    about = [c for c in told if isinstance(c.object, EntityRef) and all({c.subject.id, c.object.id} & n for n in ids)]
    off = [c for c in about if c.predicate == "acquires" and not c.polarity and not _by_a_party(c)]
    return bool(off) and not any(c.affirmed for c in about)


def _by_a_party(claim: Claim) -> bool:
    parties = {claim.subject.label, claim.object.label if isinstance(claim.object, EntityRef) else ""}
    return claim.attributed_to in parties


def run_fact(view: View, query: Query) -> Outcome:
    """The amount asked for, with what else must be said about it."""
    found = fits(view, query)
    if not found:
        return _missing(view, query)
    if query.stage or query.told:
        found = at_stage(view, found, query)
        if not found:
            return unknown("the graph does not tell which of its figures was there before the other")
    else:
        found = as_revised(view, found, query)
    if query.confirmed and _called_off(view, anchors(query)):
        return unknown("the graph holds what was to be paid, but the deal did not come about", trust=found[0].score)
    found = _in_money(query, found)
    if query.wish == "possible":
        found = [f for f in found if f.claim.modality != "asserted"] or found
    best = found[0]
    near = [f for f in found if best.score - f.score <= _NEAR]
    if query.owner is None or query.owner.open:
        several = _readings(query, [f for f in found if best.score - f.score <= _CLOSE])
        if several:
            return several
    scopes = _scopes(query, near)
    if scopes:
        return scopes
    if query.period is None:
        near.sort(key=lambda f: (f.recency, f.score), reverse=True)
        best = near[0]
    rivals = {*against(view, best.claim)}
    chosen = (best.claim, *(f.claim for f in found if f.claim in rivals))
    caveats = hedges(chosen)
    if query.period is None and any(f.recency.valid != best.recency.valid for f in found):
        caveats += ("the latest that the graph holds",)
    values = tuple(Amount(c.object) for c in chosen if isinstance(c.object, Quantity))
    if query.unit is not None and query.unit.isupper() and any(v.quantity.unit != query.unit for v in values):
        return _in_currency(query.unit, values, chosen, caveats, best.score)
    return Outcome("answered", values, chosen, caveats=caveats, trust=best.score)


def _in_money(query: Query, found: list[Fit]) -> list[Fit]:
    """Of what is told of an outlay both as a sum and as a part of the whole, the sum, unless the part is asked for."""
    if query.unit is not None or query.basis is not None or "investment" not in query.metrics:
        return found
    return [f for f in found if _unit(f.claim).isupper()] or found


def _unit(claim: Claim) -> str:
    return claim.object.unit if isinstance(claim.object, Quantity) else ""


def _in_currency(
    unit: str, values: tuple[Amount, ...], chosen: tuple[Claim, ...], caveats: tuple[str, ...], trust: float
) -> Outcome:
    """The amounts in the currency asked for; unknown where nothing converts them."""
    turned = [(v, "") if v.quantity.unit == unit else converted(v.quantity, unit) for v in values]
    if None in turned:
        return unknown(f"the graph holds it, but not in {unit}, and there is no rate to convert it by", trust=trust)
    known = [t for t in turned if t is not None]
    lead = " and ".join(format_quantity(v.quantity) for v, _ in known)
    notes = tuple(dict.fromkeys(note for _, note in known if note))
    return Outcome("answered", tuple(v for v, _ in known), chosen, lead, (*caveats, *notes), trust=trust)


def _readings(query: Query, near: list[Fit]) -> Outcome | None:
    """Several subjects fit a question that names none: ambiguous. One fits: None, it is the answer."""
    by_value: dict[tuple[object, ...], Fit] = {}
    wanted = query.owner.types if query.owner else ()
    for item in near:
        if fits_type(item.claim.subject, wanted, kin=True):
            by_value.setdefault(_value(item), item)
    if len(by_value) < 2:
        return None
    return _asked_back(query, list(by_value.values())[:3], near[0].score)


def _asked_back(query: Query, chosen: list[Fit], trust: float) -> Outcome:
    """The question which of the claims is meant."""
    claims = tuple(f.claim for f in chosen)
    options = tuple(Option(_gloss(claim), _narrowed(query, claim)) for claim in claims)
    return Outcome("ambiguous", claims=claims, lead="Several fit", options=options, trust=trust)


def _narrowed(query: Query, claim: Claim) -> Query:
    """The question for what a claim is about: its subject and, if it has one, its scope."""
    subject = Node(ids=(claim.subject.id,), label=claim.subject.label)
    scope = tuple(s for s in lemmas(claim.scope or "") if s not in query.words)
    return replace(query, owner=subject, soft=(*query.soft, *scope), only=claim.id)


def _scopes(query: Query, near: list[Fit]) -> Outcome | None:
    """One subject, but figures for different parts of it, none of which the question names: ask which part."""
    asked = {*query.words, *query.soft, *lemmas(" ".join(query.scope))}
    parts: dict[frozenset[str], Fit] = {}
    for item in near:
        stems = frozenset(lemmas(item.claim.scope or ""))
        if not stems or stems & asked or item.claim.subject.id != near[0].claim.subject.id:
            return None
        parts.setdefault(stems, item)
    chosen = list(parts.values())[:3]
    if (
        len(chosen) < 2
        or any(a <= b for a in parts for b in parts if a is not b)
        or len({_value(f) for f in chosen}) < 2
    ):
        return None
    return _asked_back(query, chosen, near[0].score)


def _value(item: Fit) -> tuple[object, ...]:
    amount = item.claim.object
    return (amount.low, amount.high, amount.unit) if isinstance(amount, Quantity) else ()


def _gloss(claim: Claim) -> str:
    amount = worded(claim.object) if isinstance(claim.object, Quantity) else ""
    scope = f" ({claim.scope})" if claim.scope else ""
    return f"{claim.subject.label}{scope}" + (f": {amount}" if amount else "")


def _missing(view: View, query: Query) -> Outcome:
    """Why there is no amount: no such fact, or none for the period asked."""
    label = vocabulary().metrics[query.metrics[0]].label if query.metrics else "figure"
    who = query.owner.label if query.owner and query.owner.label else "anybody named"
    who += f" for “{' '.join(query.scope)}”" if query.scope else ""
    if query.period is not None and query.owner is not None and query.owner.named:
        held = view.claims(Pattern(subjects=query.owner.ids, predicates=query.metrics))
        if told := [
            c for c in held if isinstance(c.object, TextValue) and in_period(view, c, query.period) is not None
        ]:
            return unknown(f"the graph holds no amount of that, only this: {sentence(told[0])}", trust=0.3)
        periods = {_days(c.period): c.period for c in held if c.period}
        if periods:
            there = sorted(periods)[:5]
            return unknown(
                f"the graph holds no {label} of {who} for {query.period.text}; it holds {', '.join(there)}",
                options=tuple(Option(text, _in_period(query, periods[text])) for text in there),
            )
    return unknown(f"the graph holds no such {label} of {who}")


def _days(period: Period) -> str:
    return period.text or f"{period.start}–{period.end}"


def _in_period(query: Query, period: Period) -> Query:
    """The same question for a period that the graph has."""
    return replace(query, period=Span(period.start, period.end, _days(period)))
