"""Shares of one market as claims give them: one a provider, the latest, an interval where sources differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from graph.model import Claim, EntityRef, Quantity
from qa.risk.interval import Interval, hull, of_quantity
from qa.risk.report import Share


@dataclass(frozen=True, slots=True)
class Held:
    """What a provider holds of a market, by `claims` of one period. `value` None where they give no one figure.

    `older` are claims of other periods, left aside. `differ`: sources give different figures for the period.
    """

    provider: EntityRef
    interval: Interval
    value: Decimal | None
    claims: tuple[Claim, ...]
    older: tuple[Claim, ...] = ()
    differ: bool = False

    @property
    def period(self) -> str:
        """When it held, in the words of the claim, else as days."""
        period = self.claims[0].period
        return (period.text or f"{period.start} to {period.end}") if period else ""

    def share(self, market: str) -> Share:
        """As a share of the market."""
        notes = ("sources differ" if self.differ else "", "approximate" if _approx(self.claims) else "")
        ids = tuple(claim.id for claim in self.claims)
        low, high = self.interval.low, self.interval.high
        note = "; ".join(filter(None, notes))
        return Share(market, "market", self.value, low, high, "disclosed", ids, self.period, note)


def held(claims: Iterable[Claim], published: Mapping[str, date]) -> tuple[Held, ...]:
    """The claims of one market, one a provider, largest first. Claims that give no share within 0–100 are left out."""
    by_provider: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if gives_share(claim):
            by_provider[claim.subject.id].append(claim)
    found = (_latest(items, published) for items in by_provider.values())
    return tuple(sorted(found, key=lambda one: (-one.interval.low, one.provider.label)))


def gives_share(claim: Claim) -> bool:
    """Whether an affirmed claim gives a share of a whole: not a change, not above 100 %."""
    value = claim.object
    whole = claim.affirmed and claim.basis != "change" and isinstance(value, Quantity)
    return whole and isinstance(value, Quantity) and of_quantity(value) is not None


def _latest(claims: list[Claim], published: Mapping[str, date]) -> Held:
    best = max(claims, key=lambda claim: (day(claim, published), claim.period is not None, claim.id))
    now = [claim for claim in claims if _time(claim, published) == _time(best, published)]
    parts = [(claim.object, of_quantity(claim.object)) for claim in now if isinstance(claim.object, Quantity)]
    intervals = [interval for _, interval in parts if interval]
    figures = {(value.low, value.high) for value, _ in parts}
    low, high = next(iter(figures))
    value = low if len(figures) == 1 and low == high else None
    older = tuple(claim for claim in claims if claim not in now)
    return Held(best.subject, hull(intervals), value, tuple(now), older, len(figures) > 1)


def _time(claim: Claim, published: Mapping[str, date]) -> object:
    """What is the same for two figures of one period: its days, else the day of publication."""
    period = claim.period
    return (period.start, period.end) if period and period.end else day(claim, published)


def day(claim: Claim, published: Mapping[str, date]) -> date:
    """The last day that a figure speaks of, else the day on which it was published."""
    if claim.period and claim.period.end:
        return claim.period.end
    return max((published.get(item.document, date.min) for item in claim.evidence), default=date.min)


def _approx(claims: Iterable[Claim]) -> bool:
    return any(isinstance(claim.object, Quantity) and claim.object.approx for claim in claims)
