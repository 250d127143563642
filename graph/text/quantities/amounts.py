"""One number with its sign, scale, currency or unit, and “per”: an `Amount`, exact and unbounded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from graph.text.quantities.coins import smaller_coins
from graph.text.quantities.lexicon import Lexicon, Unit, key, lexicon
from graph.text.quantities.masks import Mask
from graph.text.quantities.nouns import counted
from graph.text.quantities.numbers import Number, find_numbers
from graph.text.quantities.scales import named, scaled

_MINUS = "-−﹣"
_AND_MORE = re.compile(r"[多余几+]|-plus")  # 500多亿, $100+ billion: that and something
_MINUS_WORD = re.compile(r"(?<!or )(?<!\d )(?:\b(?:minus|negative)[ ]|负)\Z", re.IGNORECASE)
_SIGN_OF_NEXT = re.compile(r"[ -][A-Za-z.]{0,3}[$€£¥₹₩]\d")
_SIGN_OF_ANY = re.compile(r"[ -]?[A-Za-z.]{0,3}[$€£¥₹₩][ ]?\d")
_SUB = re.compile(r"\b(?:mid|sub|low|high|upper|lower|over|plus|a|an)-\Z", re.IGNORECASE)
_OF = re.compile(r"[ ]of[ ](?=[A-Za-z$€£¥₩₹])")
_TIMES = re.compile(
    r"[xX×](?![A-Za-z0-9])|[ -]?fold\b|[ -]times?\b(?=[ ](?:as|the|more|higher|faster|larger|bigger"
    r"|greater|its|their|what|that|those|better|cheaper|lower|smaller|over|annual|forward|this|last|current|normal|usual"
    r"|today|previous|expected|earnings|sales|revenues?|profits?|book|oversubscribed)\b|[-)])"
)
_TIMES_OF_DECIMAL = re.compile(r"[ -]times\b")
_WORD_AFTER = re.compile(r"[ \u00a0-]?([A-Za-z.'’]+)")
_HYPHEN_WORD = re.compile(r"-([A-Za-z]+)")


@dataclass(frozen=True, slots=True)
class Amount:
    """`value` is in terms of `unit.name`; `scale` if one was written; `noise` if it only serves to end a range; `high`
    if the words by themselves say a range from `value` (“mid-30s percent”).
    """

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
    high: Decimal | None = None


def find_amounts(text: str) -> Iterator[Amount]:
    """Amounts from left to right, no overlaps; durations and names are marked as noise, dates and codes left out."""
    words, mask, done = lexicon(), Mask(text), 0
    for number in find_numbers(text):
        if number.start < done or mask.covers(number.start):
            continue
        amount = _amount(text, number, done, words)
        if amount is not None:
            done = max(amount.end, done + 1)
            yield amount


def _amount(text: str, number: Number, done: int, words: Lexicon) -> Amount | None:
    start, signed, negative = _signed(text, number.start, done)
    before = words.prefix.search(text, max(done, start - 12), start)
    unit = words.prefixes[before["form"]] if before else None
    if before:
        start, again, below = _signed(text, before.start(), done)
        signed, negative = signed or again, negative or below
    elif start != done and text[done:start] != "-" and _glued_left(text, start):
        return None
    value, end, scale = scaled(text, number, words, money=unit is not None)
    if number.form == "article" and scale is None:
        return None
    if before and _no_currency(text, before["form"], words, plain=scale is None and not (number.grouped or value % 1)):
        unit, start = None, number.start
    value *= unit.factor if unit else 1
    after = words.suffix.match(text, end)
    found = (
        (words.symbols[after["symbol"]] if after["symbol"] else words.suffixes[key(after["word"])]) if after else None
    )
    if (
        after
        and found
        and _fits(found, unit, after.group(), value, scale)
        and not _other_word(text, after, words)
        and not _next(text, after, prefixed=unit is not None)
    ):
        unit, end = (unit or found), after.end()
        value *= found.factor if unit is found else 1
        if scale is None and found.kind == "money" and (late := words.scale.match(text, end)) and late["apart"]:
            scale = words.scales[late["apart"].casefold()]
            value, end = value * scale, late.end()
    elif unit is None and (times := _times(text, end, value)):
        unit, end = Unit("times", "multiple"), times.end()
    if unit is None and end < len(text) and (text[end].isascii() and text[end].isalnum()):
        return None
    if unit is not None and unit.kind == "money" and scale is None and (coins := smaller_coins(text, end, unit, words)):
        value, end = value + coins[0], coins[1]
    per = words.per_after.match(text, end) if unit is not None and unit.kind in ("money", "physical") else None
    if per:
        end = per.end()
    return Amount(
        start, end, -value if negative else value, unit, words.per[key(per["form"])] if per else None, scale,
        number.form, number.grouped, signed, before is not None,
        noise=unit is None and _noise(text, number, end, scale, words),
        low_only=number.vague == "several" or bool(_AND_MORE.search(text, number.end, end)),
        approx=number.vague is not None,
    )  # fmt: skip


def _times(text: str, end: int, value: Decimal) -> re.Match[str] | None:
    """“times” that multiplies: 4 times the size, 1.5 times; not “it met four times”."""
    return _TIMES.match(text, end) or (
        _TIMES_OF_DECIMAL.match(text, end) if value != value.to_integral_value() else None
    )


def _signed(text: str, start: int, done: int) -> tuple[int, bool, bool]:
    """Where the amount starts with its sign, whether it has one, and whether that is a minus."""
    if start > done and text[start - 1] in _MINUS + "+" and (start == 1 or not text[start - 2].isalnum()):
        if start - 1 == done > 0:  # 10%-15%: the dash of a range
            return start, False, False
        return start - 1, True, text[start - 1] in _MINUS
    worded = _MINUS_WORD.search(text, max(done, start - 10), start)
    return (worded.start(), True, True) if worded else (start, False, False)


def _no_currency(text: str, form: str, words: Lexicon, *, plain: bool) -> bool:
    """Whether what stands before is no currency here: “dollars 5”; “AMD 5 billion” where nothing speaks of Armenia."""
    return (plain and form in words.before_names) or _firm(text, form, words)


def _firm(text: str, code: str, words: Lexicon) -> bool:
    """Whether a code is a firm's name in this text, which names neither the currency nor its country."""
    return code in words.firm_codes and not words.firm_codes[code].search(text)


def _next(text: str, after: re.Match[str], *, prefixed: bool) -> bool:
    """Whether a sign after a number belongs to the number after it: 20,000 $ 37,000; 1 $10 bill."""
    return not after["symbol"] and bool((_SIGN_OF_ANY if prefixed else _SIGN_OF_NEXT).match(text, after.start()))


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


def _fits(found: Unit, unit: Unit | None, written: str, value: Decimal, scale: Decimal | None) -> bool:
    """Whether a unit word after the number belongs to it, given the currency sign before it."""
    if unit is not None:
        return found.kind == "money" and (found.name == unit.name or unit.sign is not None)
    return not (written.strip(" -").casefold() == "won" and scale is None and value < 1000)


def _other_word(text: str, after: re.Match[str], words: Lexicon) -> bool:
    """Whether what looks like a currency is another word: 900,000 DRAM wafers; 10,000 AMD chips."""
    if after["word"]:
        return after["word"].isupper() and key(after["word"]) in words.never_capitals
    code = after["symbol"]
    return code in words.code_words and (_firm(text, code, words) or counted(text, after.end()) is not None)


def _noise(text: str, number: Number, end: int, scale: Decimal | None, words: Lexicon) -> bool:
    """A bare number that counts nothing: a year, a version, a duration, a page, a number in a name."""
    after = _WORD_AFTER.match(text, end)
    if after and after[1].casefold().rstrip(".'’") in words.words["durations"]:
        return True
    hyphen = _HYPHEN_WORD.match(text, end)
    if hyphen:
        return hyphen[1] not in words.words["hyphen_nouns"] and hyphen[1] not in ("odd", "plus")
    if scale is not None or number.grouped:
        return False
    if number.form == "digits" and number.value == number.value.to_integral_value() and 1900 <= number.value <= 2100:
        return number.value != 2000 or not after
    before = text[max(0, number.start - 24) : number.start].rstrip().rpartition(" ")[2].strip("(“\"'‘.,;:").casefold()
    return before in words.words["titles"] or named(text, number.start)
