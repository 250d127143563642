"""Concentration of shares: Herfindahl–Hirschman index, CR-n, and how many providers make up most of the supply.

Shares are in percent points, exact or within bounds; a residual is what no source attributes to anybody. Every measure
comes with the bounds that hold whatever the true shares are, the residual being dust at one end and one more provider
at the other. Thresholds: US merger guidelines 2023.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from qa.risk.interval import HUNDRED, ZERO, Interval, exactly

HIGHLY_CONCENTRATED = Decimal(1800)
THRESHOLD = Decimal(75)
_ENUMERATED = 10
_NOTHING = Decimal("1e-5")
"""What dividing leaves to or above 100."""


@dataclass(frozen=True, slots=True)
class Concentration:
    """`hhi_low` counts the residual as dust, `hhi_high` as one provider. `providers` surely reach the threshold.

    `top` and `top_three` are what the largest surely hold, `…_high` what they may. `providers` is None where what is
    known does not reach the threshold, `providers_low` the fewest that may. `residual` is the most that may be nobody
    named, `over` by how much the shares exceed 100 (rounding, overlap, or one is wrong).
    """

    hhi_low: Decimal
    hhi_high: Decimal
    top: Decimal
    top_high: Decimal
    top_three: Decimal
    top_three_high: Decimal
    providers: int | None
    providers_low: int
    residual: Decimal
    over: Decimal

    @property
    def highly_concentrated(self) -> bool | None:
        """Above 1,800 points; None where the bounds lie on both sides."""
        if self.hhi_low > HIGHLY_CONCENTRATED:
            return True
        return False if self.hhi_high <= HIGHLY_CONCENTRATED else None

    @property
    def effective(self) -> tuple[Decimal, Decimal]:
        """As concentrated as this many providers of equal size, at least and at most (10,000 / HHI)."""
        most = HUNDRED * HUNDRED
        low, high = (most / index if index else most for index in (self.hhi_high, self.hhi_low))
        return max(low, Decimal(1)), max(high, Decimal(1))


def hhi(shares: Sequence[Decimal]) -> Decimal:
    """Σ s² of shares in percent: 30/30/20/20 → 2600."""
    return sum((share * share for share in shares), ZERO)


def rescaled(shares: Sequence[Decimal]) -> Decimal | None:
    """The index of the shares made to sum to 100: 50/51 that rounding took above it. None if there are none."""
    total = sum(shares, ZERO)
    return hhi([share * HUNDRED / total for share in shares]) if total else None


def normalised(shares: Sequence[Decimal]) -> Decimal | None:
    """From 0 (all equal) to 1 (one has it all), whatever their number: (H − 1/n) / (1 − 1/n) with H in 0–1.

    None for fewer than two providers, and where the shares leave a residual, so that n is not known.
    """
    known = [share for share in shares if share]
    if len(known) < 2 or sum(known, ZERO) < HUNDRED:
        return None
    index, even = (rescaled(known) or ZERO) / (HUNDRED * HUNDRED), Decimal(1) / len(known)
    return (index - even) / (1 - even)


def cr(shares: Sequence[Decimal], n: int) -> Decimal:
    """The sum of the n largest shares."""
    return sum(sorted(shares, reverse=True)[:n], ZERO)


def cr_bounds(shares: Sequence[Interval], n: int) -> tuple[Decimal, Decimal]:
    """What the n largest providers hold, at least and at most; one that nobody names may be among them."""
    least = [share.low for share in shares]
    rest = max(HUNDRED - sum(least, ZERO), ZERO)
    most = cr([*(share.high for share in shares), rest], n)
    others = sum(sorted(least)[: max(len(least) - n, 0)], ZERO)
    low = cr(least, n)
    return low, max(min(most, HUNDRED - others), low)


def providers_to_reach(shares: Sequence[Decimal], percent: Decimal = THRESHOLD) -> int | None:
    """How many of the largest shares together reach `percent`; None if all of them do not."""
    total = ZERO
    for count, share in enumerate(sorted(shares, reverse=True), 1):
        total += share
        if total >= percent:
            return count
    return None


def fewest_to_reach(shares: Sequence[Interval], percent: Decimal = THRESHOLD) -> int:
    """How few providers may reach `percent`, one that nobody names among them."""
    return next((n for n in range(1, len(shares) + 1) if cr_bounds(shares, n)[1] >= percent), len(shares) + 1)


def hhi_bounds(shares: Sequence[Interval]) -> tuple[Decimal, Decimal]:
    """The least and the greatest Σ s² that the bounds allow. What is left to 100 is dust, or one more provider.

    The greatest is exact up to ten shares within bounds; for more it is a bound from above (each unit of slack at the
    mean gain that its share allows at best).
    """
    low = hhi([share.low for share in shares])
    slack = HUNDRED - sum((share.low for share in shares), ZERO)
    if slack <= 0:
        return low, low if slack == 0 else hhi([share.high for share in shares])
    open_ = [share for share in shares if not share.exact]
    gain = _greatest_gain(open_, slack) if len(open_) <= _ENUMERATED else _gain_from_above(open_, slack)
    return low, low + gain


def concentration(shares: Sequence[Decimal | Interval], *, percent: Decimal = THRESHOLD) -> Concentration:
    """All measures of the known shares of one total, with bounds for the undisclosed rest.

    Raises SettingsError for a negative share. Shares that sum to more than 100 (rounding, overlap) have no residual.
    """
    known = [share if isinstance(share, Interval) else exactly(share) for share in shares]
    least = [share.low for share in known]
    total = sum(least, ZERO)
    low, high = hhi_bounds(known)
    return Concentration(
        hhi_low=low,
        hhi_high=high,
        top=cr_bounds(known, 1)[0],
        top_high=cr_bounds(known, 1)[1],
        top_three=cr_bounds(known, 3)[0],
        top_three_high=cr_bounds(known, 3)[1],
        providers=providers_to_reach(least, percent),
        providers_low=fewest_to_reach(known, percent),
        residual=HUNDRED - total if HUNDRED - total > _NOTHING else ZERO,
        over=total - HUNDRED if total - HUNDRED > _NOTHING else ZERO,
    )


def _gain(low: Decimal, more: Decimal) -> Decimal:
    """By how much `more` on top of `low` raises Σ s²."""
    return more * more + 2 * low * more


def _greatest_gain(open_: Sequence[Interval], slack: Decimal) -> Decimal:
    """The most that Σ s² can rise: a convex sum is greatest where all but one are at a bound, so try those corners."""
    best = ZERO
    for size in range(len(open_) + 1):
        for full in combinations(range(len(open_)), size):
            left = slack - sum((open_[i].high - open_[i].low for i in full), ZERO)
            if left < 0:
                continue
            made = sum((_gain(open_[i].low, open_[i].high - open_[i].low) for i in full), ZERO)
            partly = [open_[i].low for i in range(len(open_)) if i not in full and open_[i].high - open_[i].low >= left]
            best = max(best, made + _gain(max(partly, default=ZERO), left))
    return best


def _gain_from_above(open_: Sequence[Interval], slack: Decimal) -> Decimal:
    """No less than the greatest gain: slack goes first where a full share gains most for each unit of it."""
    rooms = [(share.low, min(share.high - share.low, slack)) for share in open_] + [(ZERO, slack)]
    total, left = ZERO, slack
    for low, room in sorted(rooms, key=lambda pair: pair[1] + 2 * pair[0], reverse=True):
        taken = min(room, left)
        total += taken * (room + 2 * low)
        left -= taken
    return total
