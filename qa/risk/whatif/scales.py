"""The size of every firm, US dollars a year: disclosed, else what its known trades add up to, else like the others."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from qa.risk.whatif.flows import Flows
from qa.risk.whatif.payments import Known

if TYPE_CHECKING:
    from qa.risk.whatif.allot import Vector


@dataclass(frozen=True, slots=True)
class Scale:
    """Likely size and bounds of each firm in the order of the flows; `known` has those that are not assumed, by id."""

    value: Vector
    low: Vector
    high: Vector
    known: dict[str, Known]

    def of(self, firm: str) -> Known | None:
        """The revenue of a firm as disclosed, or as its sales add up; None if it is assumed."""
        return self.known.get(firm)


def scales(flows: Flows) -> Scale:
    """Revenue is at least what the firm is known to sell. A firm of which no amount is known is taken to be as large
    as the median one, between the smallest and the largest; without any amount, all firms are taken to be equally
    large.
    """
    sold: defaultdict[str, list[Known]] = defaultdict(list)
    bought: defaultdict[str, list[Known]] = defaultdict(list)
    for trade in flows.trades:
        if trade.amount is not None:
            sold[trade.seller].append(trade.amount)
            bought[trade.buyer].append(trade.amount)
    known: dict[str, Known] = {}
    for firm in flows.firms:
        size = _size(flows.revenues.get(firm), sold.get(firm, []), bought.get(firm, []))
        if size is not None:
            known[firm] = size
    middles = [(size.low + size.high) / 2 for size in known.values()]
    least = min((size.low for size in known.values()), default=1.0)
    most = max((size.high for size in known.values()), default=1.0)
    typical = Known(least, most, "assumed")
    found = [known.get(firm, typical) for firm in flows.firms]
    usual = median(middles) if middles else 1.0
    value = [usual if size is typical else (size.low + size.high) / 2 for size in found]
    return Scale(np.array(value), np.array([s.low for s in found]), np.array([s.high for s in found]), known)


def _size(revenue: Known | None, sold: list[Known], bought: list[Known]) -> Known | None:
    out = sum(item.low for item in sold), sum(item.high for item in sold)
    if revenue is not None:
        return Known(max(revenue.low, out[0]), max(revenue.high, out[1]), revenue.basis, revenue.claims)
    observed = out if out[0] > 0 else (sum(item.low for item in bought), sum(item.high for item in bought))
    if observed[0] <= 0:
        return None
    claims = tuple(name for item in sold or bought for name in item.claims)
    return Known(*observed, "derived", claims, "what its known trades add up to")
