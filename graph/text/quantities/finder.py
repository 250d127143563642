"""From text to quantities: numbers → amounts → ranges → bounds → conversions, in one pass each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from graph.text.quantities.amounts import Amount, find_amounts
from graph.text.quantities.bounds import Bounded, combine, delta_of, settle
from graph.text.quantities.counts import count_span, quantity
from graph.text.quantities.currency import Home, resolve
from graph.text.quantities.joins import join
from graph.text.quantities.lexicon import Unit, lexicon
from graph.text.quantities.model import Delta, QuantitySpan
from graph.text.quantities.nouns import counted
from graph.text.quantities.parts import find_parts

_WIDE = {0xFF10 + n: ord("0") + n for n in range(10)} | {
    0xFF05: ord("%"),
    0xFFE5: ord("¥"),
    0xFF04: ord("$"),
    0xFF0E: ord("."),
    0xFF0B: ord("+"),
    0xFF0D: ord("-"),
}
_WIDE_COMMA = re.compile(r"(?<=[０-９])，(?=[０-９]{3})")
_OPENS = re.compile(r"[ \u00a0]?[(（\[][ ]?|,[ ]or[ ]")
_COMPARED = re.compile(r"\b(?:from|versus|vs\.?|against|compared (?:with|to))[ ]\Z")
_JOINED = re.compile(r",?[ ]and[ ]|,[ ]|[ ]or[ ]")
_FLAT = re.compile(r"\b(?:flat|unchanged|nothing|zero)[ ]to[ ](?:up[ ])?\Z")  # “flat to up 2%”
_TO = re.compile(r"\bto[ ]\Z")
_FROM = re.compile(r"(?:[ ]\([^()]{1,40}\))?,?[ ]from[ ](?:the[ ])?")
_FROM_THEN = re.compile(r"[ ](?:in|for|during|at)[ ][^,;.()]{3,40}[ ]from[ ](?:the[ ])?")
_REACH = 40  # characters looked back for a word before an amount
_SENTENCE_END = re.compile(r"[.!?][\"”’)]?\s|[。！？\n]")


def find_quantities(text: str, *, home_currency: Home = None) -> list[QuantitySpan]:
    """Every quantity in `text` from left to right; see QuantitySpan.

    Give the whole text at hand: it decides what “¥” and “$” mean. `home_currency` maps such a sign to the currency of
    the
    outlet, used where neither the text's own conversions nor its places and currency names tell.
    """
    flat = _WIDE_COMMA.sub(",", text).translate(_WIDE)
    items = combine(flat, _bounded(flat, _merged(flat)))
    folded = list(_folded(flat, items))
    units = [x.joined.amount.unit for pair in folded for x in pair if x is not None]
    codes = resolve(flat, home_currency, _rates(folded), {unit.sign for unit in units if unit and unit.sign})
    return list(_spans(text, flat, folded, codes))


def _merged(text: str) -> list[Amount]:
    """Plain amounts and parts in order; where they overlap, the part (“one in five”) wins over the number inside it."""
    parts = sorted(find_parts(text), key=lambda a: (a.start, -a.end))
    out: list[Amount] = []
    plain = list(find_amounts(text))
    end = 0
    for a in sorted([*parts, *plain], key=lambda a: (a.start, -a.end)):
        if a.start >= end:
            out.append(a)
            end = a.end
    return out


def _bounded(text: str, amounts: Sequence[Amount]) -> list[Bounded]:
    out: list[Bounded] = []
    end = 0
    for joined in join(text, amounts):
        if joined.amount.noise:
            end = joined.end
            continue
        item = settle(text, joined, end)
        if item is not None:
            out.append(item)
        end = item.end if item else joined.end
    return out


def _money(item: Bounded) -> bool:
    unit = item.joined.amount.unit
    return unit is not None and unit.kind == "money"


def _folded(text: str, items: Sequence[Bounded]) -> Iterator[tuple[Bounded, Bounded | None]]:
    """Each item with the conversion that follows it in brackets, if any."""
    taken = False
    for item, after in pairwise([*items, None]):
        if taken or item is None:
            taken = False
            continue
        taken = after is not None and _money(item) and _money(after) and _converts(text, item, after)
        yield item, after if taken else None


def _converts(text: str, item: Bounded, after: Bounded) -> bool:
    a, b = item.joined.amount.unit, after.joined.amount.unit
    different = a is not None and b is not None and (a.name, a.sign) != (b.name, b.sign)
    return (
        different
        and bool(_OPENS.fullmatch(text[item.end : after.start]))
        and item.joined.amount.per == after.joined.amount.per
    )


def _rates(pairs: Sequence[tuple[Bounded, Bounded | None]]) -> dict[str, list[Decimal]]:
    rates: dict[str, list[Decimal]] = {}
    for item, after in pairs:
        unit = item.joined.amount.unit
        other = after.joined.amount.unit if after is not None else None
        if after is None or unit is None or other is None or not unit.sign:
            continue
        if other.name == "USD" and after.joined.low:
            rates.setdefault(unit.sign, []).append(item.joined.low / after.joined.low)
    return rates


def _unit_name(unit: Unit, per: str | None, codes: dict[str, str]) -> str:
    name = codes[unit.sign] if unit.sign else unit.name
    return f"{name}/{lexicon().short_per.get(name, {}).get(per, per)}" if per else name


def _spans(
    text: str, flat: str, pairs: Sequence[tuple[Bounded, Bounded | None]], codes: dict[str, str]
) -> Iterator[QuantitySpan]:
    earlier: Unit | None = None
    priced: Unit | None = None
    last: QuantitySpan | None = None
    origin = False
    for item, after in pairs:
        if _SENTENCE_END.search(flat, last.end if last else 0, item.start):
            earlier, priced, last, origin = None, None, None, False
        taken = earlier or (priced if last and _compared(flat, item, last) else None)
        span, unit = _united(text, flat, item, after, codes) or count_span(text, flat, item, taken)
        if span is None or (last and span.start < last.end):
            continue
        delta = delta_of(flat, item, origin=origin) or (_next_move(flat, last, span) if last else None)
        origin = origin or delta == "from"
        earlier = unit if unit is None or unit.kind == "physical" else earlier
        priced = unit or priced
        if delta == "up" and _FLAT.search(flat, max(0, item.start - _REACH), item.start):
            span = replace(span, quantity=replace(span.quantity, low=Decimal(0)))
        last = replace(span, delta=delta)
        yield last


def _compared(flat: str, item: Bounded, last: QuantitySpan) -> bool:
    """Whether a bare number is of the unit said before: to 6.5 billion yuan from 3.1 billion; to 40% from 35."""
    if not _COMPARED.search(flat, last.end, item.start):
        return False
    if last.kind == "money":
        return item.joined.amount.scale is not None
    return last.kind == "percent" and last.delta == "to" and item.joined.amount.scale is None


def _next_move(flat: str, last: QuantitySpan, span: QuantitySpan) -> Delta | None:
    """The movement of an amount that only the one before tells: fell 3% and 5%; set its goal to $3bn from $2bn."""
    if (
        span.kind == last.kind
        and span.kind in ("money", "percent")
        and _TO.search(flat, max(0, last.start - _REACH), last.start)
    ):
        there = last.delta == "to" and _FROM_THEN.fullmatch(flat, last.end, span.start)
        if there or _FROM.fullmatch(flat, last.end, span.start):
            return "from"
    joined = span.kind == last.kind in ("percent", "points") and _JOINED.fullmatch(flat, last.end, span.start)
    return last.delta if joined and last.delta in ("up", "down") else None


def _united(
    text: str, flat: str, item: Bounded, after: Bounded | None, codes: dict[str, str]
) -> tuple[QuantitySpan, Unit | None] | None:
    """The span of an amount that has a unit, and the unit that later bare numbers may take from it."""
    amount = item.joined.amount
    if amount.unit is None:
        return None
    equivalent = None
    if after is not None and after.joined.amount.unit is not None:
        other = after.joined.amount
        equivalent = quantity(text, after, _unit_name(after.joined.amount.unit, other.per, codes))
    name = _unit_name(amount.unit, amount.per, codes)
    physical = amount.unit.kind == "physical"
    noun = counted(flat, item.end) if physical else None
    span = QuantitySpan(item.start, item.end, quantity(text, item, name, equivalent), amount.unit.kind, noun)
    return span, replace(amount.unit, name=name, sign=None) if amount.unit.factor == 1 or physical else None
