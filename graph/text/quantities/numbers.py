"""Numbers in digits and in words, English and Chinese, as exact decimals, before any scale or unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Vague = Literal["couple", "several"]
LONGEST = 24  # digits; anything longer is no amount

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS = {word: Decimal(n) for n, word in enumerate(_ONES)} | {w: Decimal(10 * n) for n, w in enumerate(_TENS, 2)}

_TEN = "|".join(_TENS)
_ONE = "|".join(sorted(_ONES, key=len, reverse=True))
_SMALL = rf"(?:(?:{_TEN})(?:[ -](?:{'|'.join(_ONES[1:10])}))?|{_ONE})"
_WORD = rf"(?:(?:a|an|{_SMALL})[ -]hundred(?:[ -](?:and[ -])?{_SMALL})?|{_SMALL}(?:[ ]point(?:[ ](?:{_ONE})){{1,6}})?)"
_DIGITS = (
    r"\d{1,3},\d{1,2}(?=[ ]?(?:%|per[ ]?cent\b|million|billion|trillion|[mb]n\b))"  # 2,3 percent
    r"|\d{1,4}[ ](?:1/2|[13]/4|[1357]/8)(?![\d/])"  # 3 1/2
    r"|\d{1,3}(?:\.\d{1,3})?(?:[eE]|[ ]?[x×][ ]?10\^)\d\d?(?![\w.])|10\^\d\d?(?!\d)"  # 1e26, 3 x 10^25
    r"|\d{1,3}(?:,\d{2,3}){0,8},\d{3}(?![\d])(?:\.\d+)?|\d{1,3}(?:[\u00a0\u202f\u2009]\d{3}){1,8}"
    r"(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\w.])\.\d+"
)
_SCALE = "hundred|thousand|million|billion|trillion|dozen"
_HALVED = r"per[ ]?cent|(?:giga|mega|kilo)watt|(?:giga|tera|peta)byte"  # units that halves are said of
_ZH = r"[零〇一二两兩三四五六七八九十][零〇一二两兩三四五六七八九十百千]{0,12}(?:[点點][零〇一二三四五六七八九]{1,8})?"
NUMBER = re.compile(
    rf"(?P<digits>{_DIGITS})"
    rf"|\b(?P<half>(?i:(?:half|(?:an?[ ]|one[ -])?quarter|three[ -]quarters)[ -](?:of[ ])?"
    rf"(?:an?[ -])?))(?=(?:{_SCALE})\b|(?i:{_HALVED}))"
    rf"|(?P<words>\b(?i:{_WORD})\b)"
    r"|\b(?P<article>(?i:an?|(?:an?[ ])?few|several|(?:an?[ ])?couple[ ]of)[ -])?"
    rf"(?=(?:{_SCALE}|lakh|crore)\b)"
    rf"|(?P<zh>{_ZH})",
    re.ASCII,
)
_MIXED = re.compile(r"(?P<whole>\d+) (?P<n>\d)/(?P<d>\d)")
_DECIMAL_COMMA = re.compile(r"\d{1,3},\d{1,2}")
_POWER = re.compile(r"(?:(?P<n>\d[\d.]*)(?:[eE]|\s?[x×]\s?10\^)|10\^)(?P<exponent>\d\d?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written; `grouped` if it has thousands marks.

    `form` is digits, words, half (half or quarters of a scale), article (“a million”) or zh; `vague` says that it is “a
    couple of” or “several”.
    """

    start: int
    end: int
    value: Decimal
    form: str
    grouped: bool = False
    vague: Vague | None = None


def words_value(words: str) -> Decimal:
    """`two hundred and fifty-six` → 256, `one point five` → 1.5; only words that NUMBER matches."""
    whole, _, decimals = words.casefold().replace("-", " ").partition(" point ")
    total = Decimal(0)
    for word in whole.split():
        if word == "hundred":
            total = max(total, Decimal(1)) * 100
        elif word not in ("and", "a", "an"):
            total += WORDS[word]
    if decimals:
        total += Decimal("0." + "".join(str(WORDS[d]) for d in decimals.split() if WORDS[d] < 10))
    return total


_ZH_DIGITS = {c: Decimal(n) for n, c in enumerate("零一二三四五六七八九")} | {
    "〇": Decimal(0),
    "两": Decimal(2),
    "兩": Decimal(2),
}
_ZH_STEPS = {"十": Decimal(10), "百": Decimal(100), "千": Decimal(1000)}


def chinese_value(words: str) -> Decimal:
    """`三千五百` → 3500, `十二` → 12, `一点五` → 1.5; only characters that NUMBER matches."""
    whole, _, decimals = words.replace("點", "点").partition("点")
    total, digit = Decimal(0), Decimal(0)
    stepped = False
    for c in whole:
        if c in _ZH_STEPS:
            total += (digit or (Decimal(0) if stepped and not digit and total else Decimal(1))) * _ZH_STEPS[c]
            digit, stepped = Decimal(0), True
        else:
            digit = digit * 10 + _ZH_DIGITS[c] if not stepped else _ZH_DIGITS[c]
    total += digit
    if decimals:
        total += Decimal("0." + "".join(str(_ZH_DIGITS[c]) for c in decimals))
    return total


def _part(words: str) -> Decimal:
    """`half a ` → 0.5, `three quarters of a ` → 0.75."""
    low = words.casefold()
    return Decimal("0.5") if low.startswith("half") else Decimal("0.75") if low.startswith("three") else Decimal("0.25")


def find_numbers(text: str) -> Iterator[Number]:
    """Every number in the text from left to right; those of more than LONGEST digits are left out."""
    for m in NUMBER.finditer(text):
        kind = m.lastgroup or "article"
        raw = m.group()
        if kind == "digits":
            value = _odd_value(raw)
            bare = re.sub(r"[^\d.]", "", raw)
            if value is not None:
                yield Number(m.start(), m.end(), value, kind, grouped="/" not in raw and "," not in raw)
            elif len(bare) <= LONGEST:
                yield Number(m.start(), m.end(), Decimal(bare), kind, len(bare) < len(raw))
        elif kind == "half":
            yield Number(m.start(), m.end(), _part(raw), kind)
        elif kind == "words":
            yield Number(m.start(), m.end(), words_value(raw), kind)
        elif kind == "zh":
            yield Number(m.start(), m.end(), chinese_value(raw), kind)
        else:
            vague = _vague(raw)
            yield Number(m.start(), m.end(), Decimal(2 if vague else 1), "article", vague=vague)


def _odd_value(raw: str) -> Decimal | None:
    """3 1/2 → 3.5; 2,3 before “percent” or a scale → 2.3; 10^26, 1e26, 3 x 10^25 as powers. None for plain digits."""
    if m := _MIXED.fullmatch(raw):
        return Decimal(m["whole"]) + Decimal(m["n"]) / Decimal(m["d"])
    if _DECIMAL_COMMA.fullmatch(raw):
        return Decimal(raw.replace(",", "."))
    if m := _POWER.fullmatch(raw):
        return Decimal(m["n"] or 1) * Decimal(10) ** int(m["exponent"])
    return None


def _vague(raw: str) -> Vague | None:
    low = raw.casefold()
    return "couple" if "couple" in low else "several" if "several" in low or "few" in low else None
