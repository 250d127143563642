"""Money, percent and number ranges of the Recognizers-Text specifications: what they expect, and what we read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from api.evaluation.recognizers_items import Expected, Found, expected
from graph.contract import Json
from graph.text.quantities import QuantitySpan, find_quantities

Bounds = tuple[Decimal | None, Decimal | None]

_CODES = {
    "Dollar": "USD", "Pound": "GBP", "Cent": "USD", "Pence": "GBP", "Penny": "GBP", "Franc": "CHF", "Rupee": "INR",
    "Finnish markka": "FIM", "Peseta": "ESP", "Netherlands guilder": "NLG", "Bitcoin": "BTC",
    "Sen": "JPY", "Satoshi": "BTC",
}  # fmt: skip
_PARTS = {"Cent": 100, "Pence": 100, "Penny": 100, "Sen": 100, "Satoshi": 10**8}
_INTERVAL = re.compile(r"[\[(](?P<low>[^,]*),(?P<high>[^)\]]*)[)\]]")


def number(written: str) -> Decimal | None:
    """A number as the specifications write it, exact; None where there is none."""
    try:
        return Decimal(written.replace(",", "").rstrip("%")).normalize()
    except InvalidOperation:
        return None


def money_expected(row: Json) -> list[Expected]:
    """(amount, ISO code) of each item; coins as parts of their currency."""
    items = []
    for result in row["Results"]:
        said = result["Resolution"]
        unit, value = said.get("unit"), number(said.get("value") or "")
        if value is not None:
            code = said.get("isoCurrency") or _CODES.get(unit, unit)
            items.append(expected(result, ((value / _PARTS.get(unit, 1), code),)))
    return items


def money_read(row: Json) -> list[Found]:
    """The bounds of every amount of money."""
    return [
        Found(s.start, s.end, (v, s.quantity.unit.partition("/")[0]))
        for s in _spans(row, "money")
        for v in set(_bounds(s)) - {None}
    ]


def percent_expected(row: Json) -> list[Expected]:
    """The number of each percentage."""
    values = ((result, number(result["Resolution"]["value"] or "")) for result in row["Results"])
    return [expected(result, (value,)) for result, value in values if value is not None]


def percent_read(row: Json) -> list[Found]:
    """The bounds of every percentage, points as well."""
    return [Found(s.start, s.end, v) for s in _spans(row, "percent", "points") for v in set(_bounds(s)) - {None}]


def range_expected(row: Json) -> list[Expected]:
    """(low, high) of each interval, an open side None."""
    items = []
    for result in row["Results"]:
        m = _INTERVAL.fullmatch(result["Resolution"]["value"])
        if m:
            items.append(expected(result, ((number(m["low"]), number(m["high"])),)))
    return items


def range_read(row: Json) -> list[Found]:
    """Bounds of every amount; where the row expects nothing, of those that are ranges."""
    found = [Found(s.start, s.end, _whole(s)) for s in _spans(row)]
    return [f for f in found if row["Results"] or not _single(f)]


def _single(found: Found) -> bool:
    low, high = found.value if isinstance(found.value, tuple) else (None, None)
    return bool(low == high)


def _spans(row: Json, *kinds: str) -> Iterator[QuantitySpan]:
    return (s for s in find_quantities(row["Input"]) if not kinds or s.kind in kinds)


def _bounds(span: QuantitySpan) -> Bounds:
    q = span.quantity
    return (None if q.low is None else q.low.normalize(), None if q.high is None else q.high.normalize())


def _whole(span: QuantitySpan) -> Bounds:
    """The bounds, percent as a part of one, as that project reads “half”."""
    low, high = _bounds(span)
    size = 100 if span.kind == "percent" else 1
    return (None if low is None else (low / size).normalize(), None if high is None else (high / size).normalize())
