"""“With whom has X made its largest cloud commitment?”: the other party to the biggest of somebody's deals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from graph.model import Claim, EntityRef, Quantity
from qa.answer import Amount, Value
from qa.asked import FIRMS
from qa.conditions import query
from qa.draft import Draft
from qa.facts import View
from qa.focus import focus
from qa.in_period import in_period
from qa.kinds import in_trade, trade_in, trade_of_kin
from qa.outcome import Outcome, unknown
from qa.query import Link, Node, Query
from qa.relate import linked
from qa.run_compute import middle
from qa.run_fact import hedges
from qa.sparql import Pattern
from qa.words import lemmas

_DEALS = set(lemmas("contract order deal commitment agreement mandate pledge"))
_WITH = ("supplies", "partnersWith", "investsIn")
_GIVING = set(lemmas("give gave award place hand"))
_GETTING = set(lemmas("get got win won receive land secure"))
_OWN = {"'s", *lemmas("its their")}
Place = tuple[str, int]
"""A sentence: the document and where it begins."""
_REACH = 4  # words between “largest” and the deal
_TOLD = ("asserted", "reported", "projected")


@dataclass(frozen=True, slots=True)
class _Deal:
    """A deal's amount with the one party to it beside whose it is."""

    party: EntityRef
    amount: Quantity
    claims: tuple[Claim, ...]


def biggest_deal(draft: Draft) -> list[Query]:
    """The question for the other party to somebody's biggest (or smallest) deal; the words before it say of what."""
    at = next((i for i, item in enumerate(draft.items) if item.sense("highest") or item.sense("lowest")), None)
    whose = draft.named()
    if at is None or at == 0 or len(whose) != 1 or focus(draft.question) != "who" or draft.lemma(at - 1) not in _OWN:
        return []
    start = draft.items[at].end
    behind = draft.question.stems[start : start + _REACH]
    deal = next((k for k, stem in enumerate(behind) if stem in _DEALS), None)
    if deal is None:
        return []
    low = draft.items[at].sense("highest") is None
    found = query("dealt", draft, set(), metrics=("orders",), owner=whose[0], lowest=low, wanted=FIRMS)
    found = replace(found, link=_direction(draft, whose[0]))
    return [_of_words(found, behind[:deal])]


def _direction(draft: Draft, whose: Node) -> Link | None:
    """Who supplies whom, where the question says it: an order given to somebody, one got from somebody."""
    stems = draft.question.stems
    end = stems[-2] if stems[-1:] == ("?",) else stems[-1]
    got = bool({*stems} & _GETTING)
    given = end == "to" or bool({*stems} & _GIVING)
    if given or (got and end != "from" and draft.wh == 0):
        return Link(("supplies",), "subject", whose)
    return Link(("supplies",), "object", whose) if got else None


def _of_words(found: Query, words: tuple[str, ...]) -> Query:
    """The query with what the deal is of: a trade of the other party, or words that a claim must have."""
    kind = trade_of_kin(words)
    return replace(found, words=() if kind else words, kind_words=kind, soft=(), about=())


def run_dealt(view: View, query: Query) -> Outcome:
    """The other party to the biggest deal whose party the claims tell; deals told only together have none."""
    assert query.owner is not None
    out = {i for node in query.without for i in node.ids}
    best: dict[str, _Deal] = {}
    for deal in _deals(view, query, query.owner):
        held = best.get(deal.party.id)
        if deal.party.id not in out and (held is None or middle(deal.amount) > middle(held.amount)):
            best[deal.party.id] = deal
    deals = sorted(best.values(), key=lambda d: (middle(d.amount), d.party.label), reverse=not query.lowest)
    deals = [d for d in deals if d.amount.unit == deals[0].amount.unit]
    if len(deals) < 2:
        return unknown(f"the graph does not tell of several such deals of {query.owner.label} with whom they are")
    if not _apart(*(d.amount for d in (deals[:2] if not query.lowest else deals[1::-1]))):
        return unknown("two of them are level as stated")
    claims = tuple(dict.fromkeys(c for d in deals for c in d.claims[:1]))
    values: tuple[Value, ...] = (deals[0].party, *(Amount(d.amount, d.party) for d in deals))
    return Outcome("answered", values, claims, deals[0].party.label, hedges(claims))


def _apart(larger: Quantity, smaller: Quantity) -> bool:
    """Whether one amount lies above another, as far as they are stated; a bound counts as what it says."""
    if None not in (larger.low, larger.high, smaller.low, smaller.high):
        return (larger.low or 0) > (smaller.high or 0)
    return middle(larger) > middle(smaller)


def _deals(view: View, query: Query, owner: Node) -> Iterator[_Deal]:
    """The deals of somebody that are told with an amount of money and one other party."""
    around = _partners(view, owner)
    allowed = {ref.id for ref in _on_side(view, query.link)} if query.link is not None else None
    for claim in view.claims(Pattern(subjects=owner.ids, predicates=query.metrics)):
        amount = claim.object
        if not isinstance(amount, Quantity) or not _counts(view, query, claim, amount):
            continue
        parties = _named_in(view, claim, owner) or [ref for ref, places in around if places & _places(claim)]
        one = parties[0] if len({ref.id for ref in parties}) == 1 else None
        if one is not None and _of_trade(one, query) and (allowed is None or one.id in allowed):
            yield _Deal(one, amount, (claim,))


def _counts(view: View, query: Query, claim: Claim, amount: Quantity) -> bool:
    """Whether a claim tells of a deal in money that meets the conditions of the question."""
    if not claim.polarity or claim.modality not in _TOLD or not re.fullmatch(r"[A-Z]{3}", amount.unit):
        return False
    if query.period is not None and in_period(view, claim, query.period) is None:
        return False
    return {*query.words} <= view.facts.field_stems(claim) | view.facts.quote_stems(claim)


def _named_in(view: View, claim: Claim, owner: Node) -> list[EntityRef]:
    """The firms that the scope of a deal names beside its owner: “Sandhill” of “Sandhill contract”."""
    entities = view.facts.names.entities
    named = [entities[i].ref for hit in view.facts.names.find(claim.scope or "") for i in hit.ids[:1]]
    return [ref for ref in named if ref.type in FIRMS and ref.id not in owner.ids]


def _partners(view: View, owner: Node) -> list[tuple[EntityRef, set[Place]]]:
    """The firms that supply or buy from somebody, each with the sentences that say so."""
    out: dict[str, tuple[EntityRef, set[Place]]] = {}
    for claim in view.claims(Pattern(either=owner.ids, predicates=_WITH)):
        for ref in (claim.subject, claim.object):
            if claim.polarity and isinstance(ref, EntityRef) and ref.type in FIRMS and ref.id not in owner.ids:
                out.setdefault(ref.id, (ref, set()))[1].update(_places(claim))
    return list(out.values())


def _on_side(view: View, link: Link) -> list[EntityRef]:
    """Those who stand on the side of a relation that is asked for."""
    return [ref for ref, _ in linked(view, link, link.given.ids).values()]


def _places(claim: Claim) -> set[Place]:
    return {(item.document, item.start) for item in claim.evidence}


def _of_trade(ref: EntityRef, query: Query) -> bool:
    """Whether the firm may be of the trade that the deal is of: a cloud's, where a cloud deal is asked for."""
    trade = trade_in(query.kind_words)
    return trade is None or in_trade(ref, trade) is not False
