"""Amounts in the currency that a question wants: as the source converts them, else by a dated reference rate."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import cache

from graph.model import Quantity
from graph.vocabulary import read_yaml
from qa.answer import Amount

_DIGITS = Context(prec=3, rounding=ROUND_HALF_EVEN)


def converted(amount: Quantity, unit: str) -> tuple[Amount, str] | None:
    """The amount in another currency, with what to say of it; None if the source and the reference rates have none."""
    if amount.equivalent is not None and amount.equivalent.unit == unit:
        return Amount(amount.equivalent), "as the source converts it"
    rates, source = _rates()
    if amount.unit not in rates or unit not in rates:
        return None
    factor = rates[unit] / rates[amount.unit]
    low, high = (_DIGITS.create_decimal(x * factor) if x is not None else None for x in (amount.low, amount.high))
    return Amount(Quantity(low, high, unit, approx=True), derived=True), f"converted by {source}"


@cache
def _rates() -> tuple[Mapping[str, Decimal], str]:
    data = read_yaml("qa", "rates.yaml")
    return {code: Decimal(str(rate)) for code, rate in data["per_dollar"].items()}, str(data["source"])
