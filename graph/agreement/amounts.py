"""Whether two amounts can both hold: ranges with the tolerance that their wording leaves.

The tolerance of a bound is half of the last digit written (“$4.27 trillion” is ±$5 billion, “160 billion” ±0.5
billion), and 5 % of it if the text says about, nearly, roughly. A conversion that the text itself gives counts as
about, for rates move. Whole thousands count as no digits (“500,000” is ±500), so an amount kept without its wording is
read alike; one written without digits (“a third”) has no tolerance but the 5 %.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from graph.model import Quantity

APPROXIMATELY = Decimal("0.05")
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_HALF = Decimal("0.5")


def can_both_hold(a: Quantity, b: Quantity) -> bool | None:
    """Whether the ranges of two amounts meet; None where no unit is common to them, not even by a text's conversion."""
    if same_amount(a, b):
        return True
    pairs = _in_one_unit(a, b)
    return any(not _below(x, y) and not _below(y, x) for x, y in pairs) if pairs else None


def within(a: Quantity, b: Quantity) -> bool:
    """Whether all that the first amount may be lies within the second's range; False if no unit is common to them."""
    return any(_covers(x, y) for x, y in _in_one_unit(a, b))


def same_amount(a: Quantity, b: Quantity) -> bool:
    """Whether two amounts are the same range of the same unit; the wording may differ."""
    return (a.low, a.high, a.unit) == (b.low, b.high, b.unit)


def _in_one_unit(a: Quantity, b: Quantity) -> list[tuple[Quantity, Quantity]]:
    """The two as they are if their units are the same; else all conversions by the texts that make them so."""
    if a.unit == b.unit:
        return [(a, b)]
    return [(x, y) for x in _forms(a) for y in _forms(b) if x.unit == y.unit]


def _forms(amount: Quantity) -> Iterator[Quantity]:
    yield amount
    if amount.equivalent is not None:
        yield replace(amount.equivalent, approx=True)


def _below(a: Quantity, b: Quantity) -> bool:
    """Whether all of the first lies below the second."""
    return a.high is not None and b.low is not None and _oversteps(b, b.low, a, a.high)


def _covers(a: Quantity, b: Quantity) -> bool:
    """Whether the first oversteps no bound of the second."""
    low = b.low is None or (a.low is not None and not _oversteps(b, b.low, a, a.low))
    high = b.high is None or (a.high is not None and not _oversteps(a, a.high, b, b.high))
    return low and high


def _oversteps(a: Quantity, upper: Decimal, b: Quantity, lower: Decimal) -> bool:
    """Whether a bound of the first lies above one of the second by at least what rounding may have moved them."""
    return upper > lower and upper - lower >= _tolerance(a, upper) + _tolerance(b, lower)


def _tolerance(amount: Quantity, bound: Decimal) -> Decimal:
    about = abs(bound) * APPROXIMATELY if amount.approx else Decimal(0)
    return max(about, _half_a_digit(amount.text, bound))


@lru_cache(maxsize=20_000)
def _half_a_digit(text: str, bound: Decimal) -> Decimal:
    """Half of the last digit with which the text writes the bound; see the head of this file."""
    if not bound:
        return Decimal(0)
    written = [Decimal(n.replace(",", "")) for n in _NUMBER.findall(unicodedata.normalize("NFKC", text))]
    steps = [step for number in written or [abs(bound)] if (step := _step(number, bound))]
    return _HALF * min(steps, default=Decimal(0)) if written or not text else Decimal(0)


def _step(written: Decimal, bound: Decimal) -> Decimal | None:
    """The worth of the last digit of a written number, if the bound is it times a power of ten."""
    scale = (abs(bound) / written).normalize() if written else Decimal(0)
    if scale.as_tuple().digits != (1,):
        return None
    last = Decimal(1).scaleb(min(int(written.as_tuple().exponent), 0))
    while last <= written and written % (last * 1000) == 0:
        last *= 1000
    return scale * last
