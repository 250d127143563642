"""A share in percent points with its bounds, and how wide an approximate one is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from graph.errors import SettingsError
from graph.model import Quantity

ZERO, HUNDRED = Decimal(0), Decimal(100)
_WIDEST, _NARROWEST = Decimal(5), Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high` percent. Raises SettingsError if that is no share."""

    low: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        if self.low < 0:
            raise SettingsError(f"a share of {self.low} % is negative: shares are percent points from 0 to 100")
        if self.high < self.low:
            raise SettingsError(f"a share from {self.low} % to {self.high} % is empty: give the lower bound first")

    @property
    def exact(self) -> bool:
        """Whether both bounds are one figure."""
        return self.low == self.high

    def plus(self, other: Interval) -> Interval:
        """Both together; the upper bound stops at 100."""
        low = self.low + other.low
        return Interval(low, max(min(self.high + other.high, HUNDRED), low))


def exactly(share: Decimal) -> Interval:
    """One figure."""
    return Interval(share, share)


def hull(intervals: Iterable[Interval]) -> Interval:
    """The narrowest interval that holds them all. Raises ValueError for none."""
    held = list(intervals)
    return Interval(min(i.low for i in held), max(i.high for i in held))


def of_quantity(value: Quantity) -> Interval | None:
    """A percentage as an interval within 0–100: an open end goes to the end, an approximate figure has its width.

    None for what is no share of a whole (another unit, below 0 or above 100).
    """
    if value.unit != "percent":
        return None
    low, high = value.low, value.high
    if value.approx and low is not None and high is not None:
        low, high = max(low - width(low), ZERO), min(high + width(high), HUNDRED)
    low, high = ZERO if low is None else low, HUNDRED if high is None else high
    return Interval(low, high) if 0 <= low <= high <= HUNDRED else None


def width(figure: Decimal) -> Decimal:
    """How far an approximate figure may be off: half a unit of its last digit other than zero, from 0.5 to 5 points.

    >>> width(Decimal(60)), width(Decimal(62)), width(Decimal("33.3"))
    (Decimal('5'), Decimal('0.5'), Decimal('0.5'))
    """
    exponent = figure.normalize().as_tuple().exponent
    half = Decimal(5) * Decimal(10) ** (int(exponent) - 1) if figure else _NARROWEST
    return min(max(half, _NARROWEST), _WIDEST)
