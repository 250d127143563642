"""Revenue at risk: Σ share × P(loss), with bounds where a share or a probability is not known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from graph.errors import SettingsError
from graph.model import Claim, EntityRef, Quantity
from qa.risk.envelope import Measure

NO_CHANCE = "Nobody gave a probability of loss: revenue at risk runs from nobody leaving to every disclosed customer."


@dataclass(frozen=True, slots=True)
class Losses:
    """P(loss) by customer id, and `every` for those not named; None: nobody gave one. Raises SettingsError off 0–1."""

    named: Mapping[str, Decimal] = field(default_factory=dict)
    every: Decimal | None = None

    def __post_init__(self) -> None:
        for party, chance in (*self.named.items(), ("every customer", self.every)):
            if chance is not None and not 0 <= chance <= 1:
                raise SettingsError(f"the probability of losing {party} is {chance}: give a number from 0 to 1")

    def of(self, party: str) -> Decimal | None:
        """The probability for a customer (id)."""
        return self.named.get(party, self.every)

    def chance(self, party: str) -> Measure:
        """The probability as a measure: what was given, else anything from 0 to 1, both assumed."""
        given = self.of(party)
        low, high = (Decimal(0), Decimal(1)) if given is None else (given, given)
        note = "nobody gave one" if given is None else "as given"
        return Measure("probability of loss", "probability", given, low, high, "assumed", note=note)


def at_risk(
    shares: Iterable[tuple[EntityRef, Decimal, Decimal]], losses: Losses, what: str, claims: Iterable[str]
) -> Measure:
    """Percent of a total at risk with these customers, whose shares have these bounds; unknown if there are none."""
    low = high = Decimal(0)
    known = list(shares)
    for party, least, most in known:
        chance = losses.of(party.id)
        low += least * (Decimal(0) if chance is None else chance)
        high += most * (Decimal(1) if chance is None else chance)
    if not known:
        return Measure(f"{what} at risk", "percent")
    high = max(min(high, Decimal(100)), low)
    return Measure(f"{what} at risk", "percent", low if low == high else None, low, high, "assumed", tuple(claims))


def in_money(risk: Measure, revenues: Iterable[Claim], behind: Iterable[Claim]) -> tuple[Measure, tuple[Claim, ...]]:
    """A risk in percent as an amount, where claims tell the revenue of just the period of the shares, and those claims.

    Several figures of that revenue make a range; figures in different currencies none.
    """
    periods = {_days(claim) for claim in behind}
    told = [(c, c.object) for c in revenues if isinstance(c.object, Quantity) and periods == {_days(c)} and _days(c)]
    units = {amount.unit for _, amount in told}
    if risk.basis is None or len(units) != 1:
        return Measure(f"{risk.what}, in money", "money", note="no revenue of that period is known"), ()
    lows, highs = [amount.low for _, amount in told], [amount.high for _, amount in told]
    low = None if None in lows or risk.low is None else min(x for x in lows if x is not None) * risk.low / 100
    high = None if None in highs or risk.high is None else max(x for x in highs if x is not None) * risk.high / 100
    claims = tuple(claim for claim, _ in told)
    ids = (*risk.claims, *(claim.id for claim in claims))
    value = low if low == high else None
    return Measure(f"{risk.what}, in money", units.pop(), value, low, high, "assumed", ids, risk.period), claims


def _days(claim: Claim) -> tuple[date, date] | None:
    """The days that a claim is about, if both ends are known."""
    period = claim.period
    return (period.start, period.end) if period and period.start and period.end else None
