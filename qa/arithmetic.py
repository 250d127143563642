"""Computing with stated amounts: ranges stay ranges, bounds stay bounds, what is about so much stays so."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal

from graph.model import Quantity

_DIGITS = Context(prec=4, rounding=ROUND_HALF_EVEN)
_CENTS = 3  # decimal places that are shown in full
_HUNDRED = Decimal(100)
Bounds = tuple[Decimal | None, Decimal | None]


def quotient(a: Quantity, b: Quantity, unit: str, *, scale: int = 1) -> Quantity | None:
    """How often `b`, which must lie above nothing, goes into `a`, times `scale`, to four digits; None if no bound of it
    is known.

    >>> half = quotient(Quantity(Decimal(3), Decimal(4), "USD"), Quantity(Decimal(6), Decimal(8), "USD"), "times")
    >>> half.low, half.high
    (Decimal('0.375'), Decimal('0.6667'))
    """
    if (b.low is None or b.low <= 0) and (b.low is not None or b.high is None or b.high <= 0):
        return None
    low = _over(a.low, b.high if a.low is not None and a.low >= 0 else b.low)
    high = _over(a.high, b.low if a.high is not None and a.high >= 0 else b.high)
    return _rounded((low, high), unit, scale, approx=a.approx or b.approx)


def product(a: Quantity, b: Quantity, unit: str, *, scale: Decimal = Decimal(1)) -> Quantity | None:
    """The product of two amounts above nothing, times `scale`; None if no bound of it is known."""
    if any(x is not None and x < 0 for x in (a.low, a.high, b.low, b.high)):
        return None
    low = a.low * b.low * scale if a.low is not None and b.low is not None else None
    high = a.high * b.high * scale if a.high is not None and b.high is not None else None
    return Quantity(low, high, unit, a.approx or b.approx) if (low, high) != (None, None) else None


def growth(later: Quantity, earlier: Quantity) -> Quantity | None:
    """By how many percent the later amount lies above the earlier one; None if that was not above nothing."""
    factor = quotient(later, earlier, "percent", scale=100)
    if factor is None or earlier.low is None or earlier.low <= 0:
        return None
    low, high = (x - _HUNDRED if x is not None else None for x in (factor.low, factor.high))
    return Quantity(low, high, "percent", factor.approx)


def mean(amounts: Sequence[Quantity]) -> Quantity | None:
    """The mean of amounts of one unit; None if no bound is known of all of them."""
    low, high = (_sum([a.low for a in amounts]), _sum([a.high for a in amounts]))
    if (low, high) == (None, None):
        return None
    return spread(Quantity(low, high, amounts[0].unit, any(a.approx for a in amounts)), len(amounts))


def spread(whole: Quantity, parts: int) -> Quantity:
    """An amount divided evenly among so many parts; to four digits and “about” if it does not come out even."""
    each = [x / parts if x is not None else None for x in (whole.low, whole.high)]
    even = all(x is None or _places(x) <= _CENTS for x in each)
    low, high = each if even else (_DIGITS.plus(x) if x is not None else None for x in each)
    return Quantity(low, high, whole.unit, whole.approx or not even)


def _plain(x: Decimal) -> Decimal:
    """Without zeros at the end, and without a power of ten."""
    short = x.normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short


def _places(x: Decimal) -> int:
    exponent = x.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _sum(bounds: list[Decimal | None]) -> Decimal | None:
    known = [b for b in bounds if b is not None]
    return sum(known, Decimal(0)) if len(known) == len(bounds) else None


def _over(a: Decimal | None, b: Decimal | None) -> Decimal | None:
    return a / b if a is not None and b is not None and b != 0 else None


def _rounded(bounds: Bounds, unit: str, scale: int, *, approx: bool) -> Quantity | None:
    """The bounds to four digits; “about” if that took anything away."""
    if bounds == (None, None):
        return None
    exact = [x * scale if x is not None else None for x in bounds]
    low, high = (_plain(_DIGITS.plus(x)) if x is not None else None for x in exact)
    return Quantity(low, high, unit, approx or [low, high] != exact)
