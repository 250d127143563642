"""Numbers without a unit: what they count, a unit taken over from an earlier amount, or nothing worth returning."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from graph.model import Quantity
from graph.text.quantities.bounds import Bounded
from graph.text.quantities.lexicon import Unit, key, lexicon
from graph.text.quantities.model import QuantitySpan
from graph.text.quantities.nouns import counted

_BARE_RANGE = 100  # “20 to 100” is a range of something; “3–2” may be a score


def quantity(text: str, item: Bounded, unit: str, equivalent: Quantity | None = None) -> Quantity:
    """The amount as the model holds it, with its words."""
    return Quantity(_tidy(item.low), _tidy(item.high), unit, item.approx, text[item.start : item.end], equivalent)


def _tidy(value: Decimal | None) -> Decimal | None:
    """Without trailing zeros and without exponent."""
    return value if value is None else Decimal(format(value.normalize(), "f"))


def count_span(text: str, flat: str, item: Bounded, earlier: Unit | None) -> tuple[QuantitySpan | None, Unit | None]:
    """The span of a bare number (None if it is no amount), and the unit that later bare numbers may take from it."""
    noun = counted(flat, item.end)
    if noun and (made := _unit_of_noun(text, flat, item, noun)):
        return made
    amount = item.joined.amount
    if noun is None and earlier is not None and (amount.grouped or amount.form == "digits"):
        scaled = replace(item, low=_times(item.low, earlier), high=_times(item.high, earlier))
        span = QuantitySpan(item.start, item.end, quantity(text, scaled, earlier.name), earlier.kind, inherited=True)
        return span, earlier
    if not _counts(item, noun):
        return None, earlier
    return QuantitySpan(item.start, item.end, quantity(text, item, "count"), "count", noun), None


def _times(value: Decimal | None, unit: Unit) -> Decimal | None:
    return None if value is None else value * unit.factor


def _unit_of_noun(text: str, flat: str, item: Bounded, noun: str) -> tuple[QuantitySpan, Unit] | None:
    """`75,000 wafers a month` is in wafers/month: a counted noun that with “per” makes a unit of its own."""
    words = lexicon()
    noun = noun.partition("/")[0]
    name = next((words.unit_nouns[form] for form in words.unit_nouns if key(noun).endswith(form)), None)
    at = flat.find(noun, item.end)
    per = words.per_after.match(flat, at + len(noun)) if name and at >= 0 else None
    if name is None or per is None:
        return None
    whole = replace(item, end=per.end())
    per_name = words.per[key(per["form"])]
    unit = Unit(f"{name}/{words.short_per.get(name, {}).get(per_name, per_name)}", "physical")
    return QuantitySpan(whole.start, whole.end, quantity(text, whole, unit.name), "physical", None), unit


def _counts(item: Bounded, noun: str | None) -> bool:
    """Whether a bare number is worth returning: it counts something, or is written as an amount."""
    amount = item.joined.amount
    if noun is not None:
        return amount.form != "words" or amount.value != 1
    if amount.form == "zh":
        return amount.scale is not None or item.hedged
    wide = item.low is not None and item.high is not None and item.low < item.high and item.high >= _BARE_RANGE
    written = amount.grouped or amount.scale is not None or item.hedged or wide
    return written and not (amount.form == "words" and amount.value < 2)
