"""How large firms are, as US dollars a year: disclosed revenue, put on one scale and one length of time."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from graph.model import Claim, Period, Quantity
from graph.text.quantities import find_quantities
from qa.convert import converted

YEAR, SHORT, QUARTERS = 365, 80, 4
UNIT = "USD"
_PLAIN = re.compile(r"(?P<unit>[A-Z]{3}) (?P<value>[0-9]+(\.[0-9]+)?)")


@dataclass(frozen=True, slots=True)
class Money:
    """US dollars a year between two bounds, as these claims disclose it."""

    low: float
    high: float
    claims: tuple[Claim, ...]


def revenues(claims: Iterable[Claim], published: dict[str, date]) -> dict[str, Money]:
    """The yearly revenue of each firm that discloses one, by its id: of the latest period, the longest of those.

    A part of a year is scaled up; what no period is told of may be a quarter's or a year's and has bounds for both.
    Claims of one period that differ make a range. Periods under 80 days and currencies without a reference rate are
    no use.
    """
    found: defaultdict[str, list[tuple[tuple[date, int], Money]]] = defaultdict(list)
    for claim in claims:
        money = _yearly(claim) if _total(claim) else None
        if money is not None:
            found[claim.subject.id].append((_latest(claim, published), money))
    return {firm: _together(items) for firm, items in found.items()}


def dollars(amount: Quantity) -> tuple[float, float] | None:
    """The bounds of an amount of money in US dollars; None without both, or without a reference rate."""
    if amount.unit != UNIT:
        rate = converted(amount, UNIT)
        if rate is None:
            return None
        amount = rate[0].quantity
    if amount.low is None or amount.high is None or amount.low < 0:
        return None
    return float(amount.low), float(amount.high)


def written(text: str) -> tuple[float, float] | None:
    """An amount as a qualifier writes it (“$3 billion”, “2500 EUR”) in US dollars; a bare number counts as it
    stands."""
    plain = _PLAIN.fullmatch(text)
    if plain:  # as tables write it, by the ten thousand
        exact = Decimal(plain["value"])
        return dollars(Quantity(exact, exact, plain["unit"]))
    spans = [span.quantity for span in find_quantities(text) if span.kind == "money"]
    if len(spans) == 1:
        return dollars(spans[0])
    try:
        value = float(text)
    except ValueError:
        return None
    return (value, value) if 0 <= value < float("inf") else None


def a_year(bounds: tuple[float, float], period: Period | None) -> tuple[float, float] | None:
    """An amount of a period as one a year; without a period it may be a quarter's or a year's. None: too short a
    time."""
    if period is None or period.start is None or period.end is None:
        return bounds[0], QUARTERS * bounds[1]
    days = (period.end - period.start).days + 1
    if days < SHORT:
        return None
    factor = 1.0 if abs(days - YEAR) <= 7 else YEAR / days
    factor = round(factor) if abs(factor - round(factor)) < 0.05 else factor
    return bounds[0] * factor, bounds[1] * factor


def _total(claim: Claim) -> bool:
    return (
        claim.predicate == "revenue"
        and claim.basis == "level"
        and claim.affirmed
        and claim.scope is None
        and claim.of is None
    )


def _yearly(claim: Claim) -> Money | None:
    bounds = dollars(claim.object) if isinstance(claim.object, Quantity) else None
    bounds = a_year(bounds, claim.period) if bounds else None
    return Money(*bounds, (claim,)) if bounds and bounds[1] > 0 else None


def _latest(claim: Claim, published: dict[str, date]) -> tuple[date, int]:
    """When its period ended (else: when it was published) and how long it was."""
    period = claim.period
    if period is not None and period.end is not None and period.start is not None:
        return period.end, (period.end - period.start).days
    return max((published.get(item.document, date.min) for item in claim.evidence), default=date.min), 0


def _together(items: list[tuple[tuple[date, int], Money]]) -> Money:
    """What is said of the best period; periods without days only if there is no other."""
    dated = [item for item in items if item[0][1]] or items
    best = max(when for when, _ in dated)
    same = [money for when, money in dated if when == best]
    claims = tuple(claim for money in same for claim in money.claims)
    return Money(min(m.low for m in same), max(m.high for m in same), claims)


def as_decimal(value: float) -> Decimal:
    """A dollar amount for a report: to three digits, as reference rates are no better."""
    return Decimal(f"{value:.3g}") if value else Decimal(0)
