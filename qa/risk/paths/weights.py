"""A share for every dependence, in the order: disclosed, derived bounds, imputed by size, imputed evenly; else unknown.

The bounds of an imputed share stay those that are known: only its `value` is imputed, and it is labelled so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from graph.model import Claim, Quantity
from qa.risk.names import words
from qa.risk.paths.dependence import CUSTOMER, SUPPLIER, Arc
from qa.risk.paths.disclosure import HUNDRED
from qa.risk.report import Share
from qa.risk.rules import Rules

Impute = Literal["no", "size", "even"]


@dataclass(frozen=True, slots=True)
class Size:
    """`claim` gives a provider `value` percent of the market for what `words` name."""

    words: frozenset[str]
    value: Decimal
    claim: Claim


def sizes(claims: Iterable[Claim], rules: Rules) -> dict[str, list[Size]]:
    """Market shares by provider: exact figures of affirmed claims that say of which market."""
    found: defaultdict[str, list[Size]] = defaultdict(list)
    for claim in claims:
        value = claim.object
        if claim.predicate != rules.size or claim.basis == "change" or not claim.affirmed:
            continue
        if (
            isinstance(value, Quantity)
            and value.unit == "percent"
            and value.low is not None
            and value.low == value.high
        ):
            market = _stems(f"{claim.scope or ''} {claim.of or ''}", rules)
            if market and 0 <= value.low <= HUNDRED:
                found[claim.subject.id].append(Size(market, value.low, claim))
    return dict(found)


def fill(
    arcs: list[Arc], known: Mapping[str, list[Size]], impute: Impute, rules: Rules, named: frozenset[str]
) -> list[Arc]:
    """The arcs of one list out of one party, those without a disclosed share bounded and, if asked, imputed.

    `named` are ids with other claims than shares: an unnamed one (“Customer A”) may be any of the undisclosed, so its
    share bounds none of them.
    """
    disclosed = [arc for arc in arcs if arc.share.basis == "disclosed"]
    taken = sum((arc.share.low or Decimal(0) for arc in disclosed if arc.target.id in named), Decimal(0))
    what = disclosed[0].share.what if disclosed else ""
    same = len({(arc.share.what, arc.share.period) for arc in disclosed}) == 1
    left = max(HUNDRED - taken, Decimal(0))
    open_arcs = [arc for arc in arcs if arc.share.basis is None]
    filled: dict[str, Share] = {}
    for arc in open_arcs:
        share = arc.share
        if same and taken:
            note = "at most what the disclosed shares leave"
            share = replace(share, what=what, low=Decimal(0), high=left, basis="derived", note=note)
        if impute != "no" and arc.list == SUPPLIER:
            share = _by_size(arc, share, known, rules)
        if impute == "even" and share.value is None:
            note = f"what is left, split evenly over {len(open_arcs)} known parties"
            share = replace(share, value=left / len(open_arcs), basis="imputed", note=note)
        filled[arc.target.id] = share
    return [
        replace(arc, share=filled.get(arc.target.id, arc.share)) if arc.share.basis is None else arc for arc in arcs
    ]


def blank(list: str, whose: str) -> Share:
    """A share of which nothing is known."""
    return Share(whose, "revenue" if list == CUSTOMER else "purchases")


def _by_size(arc: Arc, share: Share, known: Mapping[str, list[Size]], rules: Rules) -> Share:
    """As the provider's share of the market for the product supplied, where a claim names both.

    It is a share of the purchases of that product, not of all purchases.
    """
    found = [
        (size, product)
        for product in _products(arc)
        for size in known.get(arc.target.id, ())
        if size.words & _stems(product, rules)
    ]
    if not found:
        return share
    best, product = max(found, key=lambda pair: _until(pair[0].claim))
    if share.high is not None and best.value > share.high:
        return share
    note = f"as {arc.target.label}'s share of the market for {best.claim.scope or best.claim.of}"
    what = f"{share.what} of {product}"
    return replace(share, what=what, value=best.value, basis="imputed", claims=(best.claim.id,), note=note)


def _until(claim: Claim) -> date:
    return (claim.period.end if claim.period else None) or date.min


def _products(arc: Arc) -> Iterable[str]:
    for ground in arc.grounds:
        yield from (item.label for item in ground.through)
        for claim in ground.claims:
            yield from (value for name, value in claim.qualifiers if name == "item")


def _stems(text: str, rules: Rules) -> frozenset[str]:
    return frozenset(word.removesuffix("s") for word in words(text) if word not in rules.common)
