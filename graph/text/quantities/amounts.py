"""One number with its sign, scale, currency or unit, and “per”: an `Amount`, exact and unbounded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from graph.text.quantities.lexicon import Lexicon, Unit, key, lexicon
from graph.text.quantities.masks import Mask
from graph.text.quantities.numbers import NUMBER, Number, find_numbers, words_value

_MINUS = "-−﹣"
_SUB = re.compile(r"\b(?:mid|sub|low|high|upper|lower|over|plus|a|an)-\Z", re.IGNORECASE)
_AND_A_HALF = re.compile(r"[ -]and[ -]a[ -]half\b|½")
_OF = re.compile(r"[ ]of[ ](?=[A-Za-z$€£¥₩₹])")
_TIMES = re.compile(
    r"[xX×](?![A-Za-z0-9])|[ -]?fold\b|[ -]times?\b(?=[ ](?:as|the|more|higher|faster|larger|bigger|greater|its|their|what|that|better|cheaper|lower|smaller|over|annual|forward|this|last|expected)\b|[-)])"
)
_NAME_BEFORE = re.compile(r"(?P<lead>\A|[.!?:;•“\"(\n][ ]*|\s)(?P<name>[A-Z][A-Za-z’'.+-]*)[ \u00a0]\Z")
_WORD_AFTER = re.compile(r"[ \u00a0-]?([A-Za-z.'’]+)")
_HYPHEN_WORD = re.compile(r"-([A-Za-z]+)")


@dataclass(frozen=True, slots=True)
class Amount:
    """`value` is in terms of `unit.name`; `scaled` if a scale was written; `noise` if it only serves to end a range."""

    start: int
    end: int
    value: Decimal
    unit: Unit | None = None
    per: str | None = None
    scale: Decimal | None = None
    form: str = "digits"
    grouped: bool = False
    signed: bool = False
    prefixed: bool = False
    noise: bool = False
    low_only: bool = False
    approx: bool = False


def find_amounts(text: str) -> Iterator[Amount]:
    """Amounts from left to right, without overlaps; durations and names are marked as noise, dates and codes left out."""
    words, mask, done = lexicon(), Mask(text), 0
    for number in find_numbers(text):
        if number.start < done or mask.covers(number.start):
            continue
        amount = _amount(text, number, words)
        if amount is not None:
            done = max(amount.end, done + 1)
            yield amount


def _amount(text: str, number: Number, words: Lexicon) -> Amount | None:
    start, signed, negative = number.start, False, False
    if start and text[start - 1] in _MINUS + "+" and (start == 1 or not text[start - 2].isalnum()):
        start, signed, negative = start - 1, True, text[start - 1] in _MINUS
    before = words.prefix.search(text, max(0, start - 12), start)
    unit = words.prefixes[before["form"]] if before else None
    if before:
        start = before.start()
        if start and text[start - 1] in _MINUS + "+" and (start == 1 or not text[start - 2].isalnum()):
            start, signed, negative = start - 1, True, text[start - 1] in _MINUS
    elif _glued_left(text, start):
        return None
    value, end, scale = _scaled(text, number, words, money=unit is not None)
    if number.form == "article" and scale is None:
        return None
    after = words.suffix.match(text, end)
    found = (
        (words.symbols[after["symbol"]] if after["symbol"] else words.suffixes[key(after["word"])]) if after else None
    )
    if after and found and _fits(found, unit, after.group(), value, scale):
        unit, end = (unit or found), after.end()
        value *= found.factor if unit is found else 1
    elif unit is None and (times := _TIMES.match(text, end)):
        unit, end = Unit("times", "multiple"), times.end()
    if unit is None and end < len(text) and (text[end].isascii() and text[end].isalnum()):
        return None
    per = words.per_after.match(text, end) if unit is not None and unit.kind in ("money", "physical") else None
    if per:
        end = per.end()
    return Amount(
        start, end, -value if negative else value, unit, words.per[key(per["form"])] if per else None, scale,
        number.form, number.grouped, signed, before is not None, unit is None and _noise(text, number, end, scale, words),
    )  # fmt: skip


def _glued_left(text: str, start: int) -> bool:
    """Whether the number is part of a name or code: H20, GPT-4, v2, #5, 24/7, 3.14.15."""
    if not start:
        return False
    left = text[start - 1]
    if left in "_#№@\\" or (left.isascii() and left.isalpha()):
        return True
    if left in ".:/" and start > 1 and text[start - 2].isalnum():
        return True
    return (
        left == "-"
        and start > 1
        and text[start - 2].isalpha()
        and text[start - 2].isascii()
        and not _SUB.search(text, max(0, start - 8), start)
    )


def _scaled(text: str, number: Number, words: Lexicon, *, money: bool) -> tuple[Decimal, int, Decimal | None]:
    """The value with its scale words, where it ends, and the scale (None if none is written)."""
    value, end, scale = number.value, number.end, None
    if half := _AND_A_HALF.match(text, end):
        value, end = value + Decimal("0.5"), half.end()
    for _ in range(3):
        m = words.scale.match(text, end)
        if not m or (m["letter"] and (number.form != "digits" or scale or (m["letter"] in "tT" and not money))):
            break
        factor = words.scales[(m["apart"] or m["letter"] or m["zh"]).casefold()]
        follows = text[m.end() : m.end() + 1]
        if m["apart"] and follows.isascii() and follows.isalnum():
            break
        if m["letter"] and not money and m["letter"].isupper() and _named(text, number.start):
            break
        value, end, scale = value * factor, m.end(), (scale or 1) * factor
    if scale and (more := _smaller(text, end, scale, words)):
        value, end = value + more[0], more[1]
    return value, end, scale


def _smaller(text: str, end: int, scale: Decimal, words: Lexicon) -> tuple[Decimal, int] | None:
    """What goes on after a scale: one million | two hundred thousand."""
    gap = re.compile(r"[ -](?:and[ ])?|(?=[零一二三四五六七八九\d])").match(text, end)
    m = NUMBER.match(text, gap.end()) if gap else None
    if not m or m.lastgroup not in ("words", "zh") or (m.lastgroup == "words" and words_value(m.group()) >= scale):
        return None
    return None if m.lastgroup == "zh" else _only_if_scaled(text, m, scale, words)


def _only_if_scaled(text: str, m: re.Match[str], scale: Decimal, words: Lexicon) -> tuple[Decimal, int] | None:
    value, end = words_value(m.group()), m.end()
    after = words.scale.match(text, end)
    if after and after["apart"]:
        value, end = value * words.scales[after["apart"].casefold()], after.end()
    elif scale > 1000 or (text[m.start() - 1] == " " and text[m.start() - 4 : m.start()] != "and "):
        return None
    return (value, end) if value < scale else None


def _fits(found: Unit, unit: Unit | None, written: str, value: Decimal, scale: Decimal | None) -> bool:
    """Whether a unit word after the number belongs to it, given the currency sign before it."""
    if unit is not None:
        return found.kind == "money" and (found.name == unit.name or unit.sign is not None)
    return not (written.strip(" -").casefold() == "won" and scale is None and value < 1000)


def _named(text: str, start: int) -> bool:
    """Whether a capitalised word that does not open the sentence stands right before: Ascend 910B, Gemini 3."""
    m = _NAME_BEFORE.search(text, max(0, start - 24), start)
    return bool(m and m["lead"] == " " and len(m["name"]) > 1)


def _noise(text: str, number: Number, end: int, scale: Decimal | None, words: Lexicon) -> bool:
    """A bare number that counts nothing: a year, a version, a duration, a page, a number in a name."""
    after = _WORD_AFTER.match(text, end)
    if after and after[1].casefold().rstrip(".'’") in words.words["durations"]:
        return True
    hyphen = _HYPHEN_WORD.match(text, end)
    if hyphen:
        return hyphen[1] not in words.words["hyphen_nouns"]
    if scale is not None or number.grouped:
        return False
    if number.form == "digits" and number.value == number.value.to_integral_value() and 1900 <= number.value <= 2100:
        return number.value != 2000 or not after
    before = text[max(0, number.start - 24) : number.start].rstrip().rpartition(" ")[2].strip("(“\"'‘.,;:").casefold()
    return before in words.words["titles"] or _named(text, number.start)
