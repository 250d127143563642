"""Concentration of shares: Herfindahl–Hirschman index, CR-n, and how many providers make up most of the supply.

Shares are in percent points; a residual is what no source attributes to anybody. Thresholds: US merger guidelines 2023.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from graph.errors import SettingsError

HIGHLY_CONCENTRATED = Decimal(1800)


@dataclass(frozen=True, slots=True)
class Concentration:
    """`hhi_low` counts the residual as dust, `hhi_high` as one provider. `providers` reach the threshold asked for.

    `providers` is None where the known shares do not reach it.
    """

    hhi_low: Decimal
    hhi_high: Decimal
    top: Decimal
    top_three: Decimal
    providers: int | None
    residual: Decimal

    @property
    def highly_concentrated(self) -> bool | None:
        """Above 1,800 points; None where the bounds lie on both sides."""
        if self.hhi_low > HIGHLY_CONCENTRATED:
            return True
        return False if self.hhi_high <= HIGHLY_CONCENTRATED else None


def hhi(shares: Sequence[Decimal]) -> Decimal:
    """Σ s² of shares in percent: 30/30/20/20 → 2600."""
    return sum((share * share for share in shares), Decimal(0))


def cr(shares: Sequence[Decimal], n: int) -> Decimal:
    """The sum of the n largest shares."""
    return sum(sorted(shares, reverse=True)[:n], Decimal(0))


def providers_to_reach(shares: Sequence[Decimal], percent: Decimal = Decimal(75)) -> int | None:
    """How many of the largest shares together reach `percent`; None if all of them do not."""
    total = Decimal(0)
    for count, share in enumerate(sorted(shares, reverse=True), 1):
        total += share
        if total >= percent:
            return count
    return None


def concentration(shares: Sequence[Decimal], *, percent: Decimal = Decimal(75)) -> Concentration:
    """All measures of the known shares of one total, with bounds for the undisclosed rest.

    Raises SettingsError for a negative share. Shares that sum to more than 100 (rounding, overlap) have no residual.
    """
    negative = [share for share in shares if share < 0]
    if negative:
        raise SettingsError(f"a share of {negative[0]} % is negative: shares are percent points from 0 to 100")
    residual = max(Decimal(100) - sum(shares, Decimal(0)), Decimal(0))
    low = hhi(shares)
    return Concentration(
        hhi_low=low,
        hhi_high=low + residual * residual,
        top=cr(shares, 1),
        top_three=cr(shares, 3),
        providers=providers_to_reach(shares, percent),
        residual=residual,
    )
