"""Quantities in good English, so written that find_quantities reads the same amount back."""

from __future__ import annotations

from decimal import Decimal

from graph.model import Quantity

_BEFORE = {
    "USD": "$", "CNY": "¥", "EUR": "€", "GBP": "£", "TWD": "NT$", "HKD": "HK$", "SGD": "S$", "AUD": "A$",
    "CAD": "C$", "NZD": "NZ$", "INR": "₹", "BRL": "R$",
}  # fmt: skip
_AFTER = {
    "JPY": " yen", "KRW": " won", "CHF": " Swiss francs", "SEK": " Swedish kronor", "percent": "%",
    "percentage points": " percentage points", "times": "x", "count": "", "nanometre": " nm", "micrometre": " µm",
    "millimetre": " mm", "inch": " inches", "metre": " metres", "mile": " miles", "square foot": " square feet",
    "square metre": " square metres", "acre": " acres", "hectare": " hectares", "kilogram": " kg",
    "barrel": " barrels", "litre": " litres", "gallon": " gallons",
    "cubic metre": " cubic metres",
    "AMD": " Armenian drams", "qubit": " qubits", "degree": " degrees", "hertz": " hertz", "watt": " watts",
    "Mbit": " megabits", "Gbit": " gigabits", "Tbit": " terabits",
}  # fmt: skip
_SCALES = ((Decimal(10) ** 12, " trillion"), (Decimal(10) ** 9, " billion"), (Decimal(10) ** 6, " million"))
_WATTS = (
    (Decimal(10) ** 12, " terawatts"),
    (Decimal(10) ** 9, " gigawatts"),
    (Decimal(10) ** 6, " megawatts"),
    (Decimal(10) ** 3, " kilowatts"),
)
_WATT_HOURS = (
    (Decimal(10) ** 12, " TWh"),
    (Decimal(10) ** 9, " GWh"),
    (Decimal(10) ** 6, " MWh"),
    (Decimal(10) ** 3, " kWh"),
)
_DECIMALS = 3
_PER_SECOND = {"Gbit/s", "Mbit/s", "Tbit/s", "GB/s", "TB/s", "MB/s", "PB/s"}
_POWERS_FROM = Decimal(10) ** 18


def format_quantity(quantity: Quantity) -> str:
    """`$18.3–19.1 billion`, `above 70%`, `about ¥160 billion (about $22 billion)`; "" for a quantity without bounds."""
    low, high = quantity.low, quantity.high
    if low is None and high is None:
        return quantity.text
    if low is not None and high is not None:
        words = _number(low, quantity.unit) if low == high else _range(low, high, quantity.unit)
        if low != high and words.startswith("between") and quantity.approx:
            words = words.replace("between ", "between about ", 1)
        elif quantity.approx:
            words = "about " + words
    else:
        hedge, bound = ("above ", low) if low is not None else ("up to ", high)
        words = hedge + ("about " if quantity.approx else "") + _number(bound or Decimal(0), quantity.unit)
    return words + (f" ({format_quantity(quantity.equivalent)})" if quantity.equivalent else "")


def _range(low: Decimal, high: Decimal, unit: str) -> str:
    (a, step), (b, scale) = _scaled(low, unit), _scaled(high, unit)
    if step != scale and low > 0:
        a, step = _in_scale(low, unit, scale)
    if low < 0 or high < 0 or step != scale:
        bare = scale and not step and _tables(unit) is _SCALES  # a scale after the second number would count for both
        top = _dress(_plain(high), "", unit) if bare else _number(high, unit)
        return f"between {_number(low, unit)} and {top}"
    return _dress(f"{a}–{b}", scale, unit)


def _number(value: Decimal, unit: str) -> str:
    digits, scale = _scaled(abs(value), unit)
    return ("-" if value < 0 else "") + _dress(digits, scale, unit, one=abs(value) == 1)


def _dress(digits: str, scale: str, unit: str, *, one: bool = False) -> str:
    """Sign or code before, unit after: ("18.3–19.1", " billion", "USD") → $18.3–19.1 billion."""
    name, slash, per = (unit, "", "") if unit in _PER_SECOND else unit.partition("/")
    if scale in [word for table in (_WATTS, _WATT_HOURS) for _, word in table]:
        body = digits + scale
    elif name == "KRW" and not scale:
        body = "₩" + digits
    elif name in _BEFORE:
        body = _BEFORE[name] + digits + scale
    elif name in _AFTER:
        body = digits + scale + _AFTER[name]
        body = body[:-1] if one and name == "percentage points" else body
    elif len(name) == 3 and name.isalpha() and name.isupper():
        body = f"{name} {digits}{scale}"
    else:
        body = f"{digits}{scale} {name}"
    return f"{body} per {'second' if per == 's' else per}" if slash else body


def _tables(unit: str) -> tuple[tuple[Decimal, str], ...]:
    if unit == "watt":
        return _WATTS
    return _WATT_HOURS if unit == "watt-hour" else _SCALES


def _scaled(value: Decimal, unit: str) -> tuple[str, str]:
    """The digits and the largest scale in which they stay short: 17140000000 → ("17.14", " billion"); FLOP as 3e25."""
    if unit == "FLOP" and abs(value) >= _POWERS_FROM and _places(value.scaleb(-value.adjusted())) <= _DECIMALS:
        return f"{_plain(value.scaleb(-value.adjusted()))}e{value.adjusted()}", ""
    if unit not in ("percent", "percentage points", "times"):
        for size, word in _tables(unit):
            if abs(value) >= size and _places(value / size) <= _DECIMALS:
                return _plain(value / size), word
    return _plain(value), ""


def _in_scale(value: Decimal, unit: str, scale: str) -> tuple[str, str]:
    """The digits of `value` in a given scale, if they stay short there."""
    size = next((size for size, word in _tables(unit) if word == scale), Decimal(1))
    small = value / size
    return (_plain(small), scale) if _places(small) <= _DECIMALS else _scaled(value, unit)


def _places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _plain(value: Decimal) -> str:
    return format(value.normalize(), ",f")
