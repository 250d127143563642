"""What claims say is paid between two firms in a year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from graph.model import Claim, EntityRef, Quantity
from qa.risk.names import Names
from qa.risk.report import Basis
from qa.risk.rules import Rules
from qa.risk.whatif.turnover import a_year, dollars, written

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a share (0–1) or an amount (US dollars a year): its bounds, and the claims that say so."""

    low: float
    high: float
    basis: Basis = "disclosed"
    claims: tuple[str, ...] = ()
    note: str = ""


def payments(claims: Iterable[Claim], pairs: Collection[Pair], names: Names, known: Rules) -> dict[Pair, Known]:
    """What claims say is paid between two firms in a year; claims that differ make a range.

    Amounts stand in a supply itself, in revenue from one customer, and in orders of one party with another; an order
    without a period may be spread over years, and bounds the amount only from above.
    """
    found: defaultdict[Pair, list[Known]] = defaultdict(list)
    for claim in claims:
        if not claim.affirmed:
            continue
        if claim.predicate == "supplies" and isinstance(claim.object, EntityRef):
            text = dict(claim.qualifiers).get("amount")
            bounds = written(text) if text else None
            if bounds and bounds[1] > 0:
                found[claim.subject.id, claim.object.id].append(_stated(claim, bounds))
        elif claim.predicate in ("orders", "revenue") and claim.basis == "level" and claim.scope:
            other, alone = names.find(claim.scope, known.around_party, known.firms)
            pair = _ends(claim, other.id, pairs) if other is not None and alone else None
            bounds = dollars(claim.object) if isinstance(claim.object, Quantity) else None
            if pair and bounds and bounds[1] > 0:
                found[pair].append(_stated(claim, bounds))
    return {pair: _range(items) for pair, items in found.items()}


def _ends(claim: Claim, other: str, pairs: Collection[Pair]) -> Pair | None:
    """Which of the two sells to the other, if only one does."""
    ways = [pair for pair in ((claim.subject.id, other), (other, claim.subject.id)) if pair in pairs]
    if claim.predicate == "revenue":
        ways = [pair for pair in ways if pair[0] == claim.subject.id]
    return ways[0] if len(ways) == 1 else None


def _stated(claim: Claim, bounds: tuple[float, float]) -> Known:
    period = claim.period
    dated = period is not None and period.start is not None and period.end is not None
    yearly = a_year(bounds, period) if dated else bounds
    if claim.predicate == "orders" and not dated:
        return Known(0.0, bounds[1], "disclosed", (claim.id,), "orders that may be spread over years")
    low, high = yearly or bounds
    return Known(low, high, "disclosed", (claim.id,), "" if dated else "taken as an amount a year")


def _range(items: Sequence[Known]) -> Known:
    """Stated amounts before mere upper bounds; those that differ make a range."""
    firm = [item for item in items if item.low > 0] or list(items)
    low, high = min(item.low for item in firm), max(item.high for item in firm)
    notes = [*dict.fromkeys(item.note for item in firm), "sources differ" if len({i.high for i in firm}) > 1 else ""]
    claims = tuple(name for item in firm for name in item.claims)
    return Known(low, high, "disclosed", claims, "; ".join(filter(None, notes)))
