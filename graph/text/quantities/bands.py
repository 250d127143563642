"""Percent said as a band of numbers (“mid-30s percent”, “a mid-single-digit rise”) or after “percent of”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from graph.text.quantities.amounts import Amount
from graph.text.quantities.chinese_parts import PERCENT
from graph.text.quantities.numbers import NUMBER, WORDS, words_value

_THIRDS = {"low": (1, 3), "mid": (4, 6), "high": (7, 9)}
_DIGITS = {"single": (1, 9), "double": (10, 99), "triple": (100, 999)}
_PART = r"low|mid|high"
_TENS_WORDS = {word + "s": int(value) for word, value in WORDS.items() if value >= 20}
_TENS_WORDS |= {word.removesuffix("ys") + "ies": n for word, n in _TENS_WORDS.items()}
_DECADE = re.compile(
    rf"\b(?P<first>{_PART})[ -](?:to[ -](?P<last>{_PART})[ -])?"
    rf"(?P<tens>[1-9]0(?=s|[ ]?%)|teen|{'|'.join(_TENS_WORDS)})s?"
    r"(?:[ ]?%|[ -]per[ ]?cent(?:age)?\b)",
    re.IGNORECASE,
)
_DIGIT_BAND = re.compile(
    rf"\b(?:(?P<first>{_PART})[ -](?:to[ -](?P<last>{_PART})[ -])?)?(?P<size>single|double|triple)[ -]digits?"
    r"(?=[ -]per[ ]?cent|[ ](?:[a-z]+[ ]){0,2}(?:growth|increase|rise|gains?|decline|drop|fall|rate)\b)"
    r"(?:[ -]per[ ]?cent(?:age)?\b)?",
    re.IGNORECASE,
)
_PERCENT_OF = re.compile(
    r"(?:\A|(?<=[.!?;:] )|(?<=\n))\s{0,4}(?P<all>(?i:per[ ]?cents?|percentage)[ ]of[ ](?P<number>))"
)
_WORTH = re.compile(r"-digit| digit|cents? of |centage of |(?:low|mid|high)[ -].{2,12}(?:%|cent)")
_END = re.compile(r"\s*(?:[.!?;]|\Z)")


def bands(text: str) -> Iterator[Amount]:
    """Every such percent, in no order; a band counts as approximate."""
    if _WORTH.search(text):
        yield from _decades(text)
        yield from _digits(text)
        yield from _after_percent(text)


def _decades(text: str) -> Iterator[Amount]:
    for m in _DECADE.finditer(text):
        tens = m["tens"].casefold()
        base = 10 if tens == "teen" else int(tens) if tens.isdecimal() else _TENS_WORDS[tens]
        yield _band(m, base, *_ends(m))


def _digits(text: str) -> Iterator[Amount]:
    for m in _DIGIT_BAND.finditer(text):
        size = m["size"].casefold()
        if not m["first"]:
            yield _band(m, 0, *_DIGITS[size])
        elif size == "single":
            yield _band(m, 0, *_ends(m))


def _after_percent(text: str) -> Iterator[Amount]:
    for m in _PERCENT_OF.finditer(text):
        number = NUMBER.match(text, m.end())
        if number and number.lastgroup in ("digits", "words") and _END.match(text, number.end()):
            value = _plain(number)
            if value is not None:
                yield Amount(m.start("all"), number.end(), value, PERCENT)


def _ends(m: re.Match[str]) -> tuple[int, int]:
    first = m["first"].casefold()
    return _THIRDS[first][0], _THIRDS[(m["last"] or first).casefold()][1]


def _band(m: re.Match[str], base: int, low: int, high: int) -> Amount:
    return Amount(m.start(), m.end(), Decimal(base + low), PERCENT, form="band", approx=True, high=Decimal(base + high))


def _plain(number: re.Match[str]) -> Decimal | None:
    raw = number.group()
    if number.lastgroup == "words":
        return words_value(raw)
    return Decimal(raw) if re.fullmatch(r"\d{1,6}(?:\.\d{1,6})?", raw, re.ASCII) else None
