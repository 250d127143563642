"""Amounts without a number: fractions (“a third of”), multiples (“doubled”), vague plurals (“tens of billions”)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from graph.text.quantities.amounts import Amount
from graph.text.quantities.bands import bands
from graph.text.quantities.chinese_parts import PERCENT, chinese_parts, part
from graph.text.quantities.lexicon import Unit, alternatives, key, lexicon
from graph.text.quantities.numbers import WORDS

TIMES = Unit("times", "multiple")
_COUNT = r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_COMPARED = r"as|more|less|cheaper|higher|lower|smaller|larger|fewer|faster|slower|bigger"
_FRACTION = (
    r"(?P<many>{count})[ -](?P<of>{parts})\b(?P<tail>[ ]of\b)?|\ban?[ ](?P<one>{parts})\b(?=[ ]"
    r"(?:of|off|out[ ]of|{compared})\b|[ ](?:to|or)[ ](?:an?|one|two|three|four)[ -](?:half|{parts})\b"
    r"|(?P<stop>[.,;:)]|\Z))"
    r"|(?<=\bby )an?[ ](?P<by>{parts})\b(?!-)"
)
_HALF = re.compile(
    r"(?<![\w-])(?:one[ -])?half\b(?![ -](?:a|an|year|hour|day|month|week|decade|century|dozen"
    r"|empty|full|way|past|time|brother|million|billion|trillion|hundred|thousand)\b|-)",
    re.IGNORECASE,
)
_NOT_HALF = re.compile(
    r"\b(?:first|second|last|latter|other|former|next|this|that|each|better|final|opening|back"
    r"|and a|the|H[12]|previous|same)[ ]\Z",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"\b(?:for|by|to|about|nearly|almost|over|above|below|than|around|roughly|only|just|some|reach"
    r"|reached|was|were|is|least|under)[ ]\Z",
    re.IGNORECASE,
)
_RATIO = re.compile(
    rf"\b(?P<n>{_COUNT}|\d{{1,2}})[ ](?:in[ ](?P<every>every[ ])?|out[ ]of[ ](?:every[ ])?)(?P<d>two"
    rf"|three|four|five|six|seven|eight|nine|ten|twenty|\d{{1,3}})\b(?![.,]?\d)",
    re.IGNORECASE,
)
_SLASH = re.compile(r"(?<![\w./,-])(?P<n>[1-9])/(?P<d>[2-9]|10)(?=[ ]of[ ](?:the|its|their|all|that|this)\b)")
_FOLD = re.compile(rf"\b(?P<n>{_COUNT}|twenty|thirty|forty|fifty|hundred|thousand)[ -]?fold\b", re.IGNORECASE)
_BEFORE_DOUBLE = re.compile(
    r"\b(?:to|will|would|could|may|might|can|should|must|nearly|almost|about|than|roughly|over|at least)[ ]\Z",
    re.IGNORECASE,
)
_AFTER_DOUBLE = re.compile(r"[ ](?:the|that|what|its|their|to|in|from|this|last|as|every|by)\b")
_HALVED = re.compile(r"\bhalv(?:ed|es?|ing)\b", re.IGNORECASE)


def find_parts(text: str) -> Iterator[Amount]:
    """Fractions as percent, multiples as times, vague plurals as lower bounds; not in order, may overlap."""
    yield from _fractions(text)
    yield from _multiples(text)
    yield from _vague(text)
    yield from chinese_parts(text)
    yield from bands(text)


def _number(word: str) -> Decimal:
    return WORDS[word.casefold()] if word.isalpha() else Decimal(word)


@cache
def _fraction() -> re.Pattern[str]:
    parts = "|".join(sorted(lexicon().words["halves"], key=len, reverse=True))
    return re.compile(_FRACTION.format(count=rf"\b(?:{_COUNT})", parts=parts, compared=_COMPARED), re.IGNORECASE)


def _fractions(text: str) -> Iterator[Amount]:
    halves = lexicon().words["halves"]
    for m in _fraction().finditer(text):
        if m["many"]:
            n, d = _number(m["many"]), Decimal(halves[m["of"].casefold()])
            sure = m["tail"] or text[m.end("many")] == "-" or m["of"].casefold().startswith("third")
            sure = sure or (n == 1 and _LEAD.search(text, max(0, m.start() - 12), m.start()))
            if n < d and sure and text[m.end("of") : m.end("of") + 1] != "-":
                yield part(m.start(), m.end("of"), n, d)
        elif m["by"]:
            yield part(m.start(), m.end("by"), Decimal(1), Decimal(halves[m["by"].casefold()]))
        elif (not m.group("stop") and m.group("stop") is None) or _LEAD.search(text, max(0, m.start() - 12), m.start()):
            yield part(m.start(), m.end("one"), Decimal(1), Decimal(halves[m["one"].casefold()]))
    for m in _HALF.finditer(text):
        if not _NOT_HALF.search(text, max(0, m.start() - 12), m.start()):
            yield part(m.start(), m.end(), Decimal(1), Decimal(2))
    for m in _RATIO.finditer(text):
        n, d = _number(m["n"]), _number(m["d"])
        if 0 < n < d <= 100 and (m["every"] or " out " in m.group() or (m["n"].isalpha() and m["d"].isalpha())):
            yield part(m.start(), m.end(), n, d)
    for m in _SLASH.finditer(text):
        if int(m["n"]) < int(m["d"]):
            yield part(m.start(), m.end(), Decimal(m["n"]), Decimal(m["d"]))


@cache
def _multiple() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<word>{alternatives(lexicon().words['multiples'])})(?![ -](?:down|digit|major|check"
        rf"|whammy))|(?P<zh>{alternatives(lexicon().words['multiples_zh'])})",
        re.IGNORECASE,
    )


def _multiples(text: str) -> Iterator[Amount]:
    table = lexicon().words
    for m in _multiple().finditer(text):
        if m["zh"]:
            yield Amount(m.start(), m.end(), Decimal(table["multiples_zh"][m["zh"]]), TIMES, form="multiple")
            continue
        word = m["word"].casefold()
        plain = word in ("double", "treble", "triple", "quadruple", "quintuple", "twice", "thrice")
        if plain and not (
            _BEFORE_DOUBLE.search(text, max(0, m.start() - 12), m.start()) or _AFTER_DOUBLE.match(text, m.end())
        ):
            continue
        yield Amount(m.start(), m.end(), Decimal(table["multiples"][word]), TIMES, form="multiple")
    for m in _FOLD.finditer(text):
        n = {"hundred": Decimal(100), "thousand": Decimal(1000)}.get(m["n"].casefold()) or WORDS[m["n"].casefold()]
        yield Amount(m.start(), m.end(), n, TIMES, form="multiple")
    for m in _HALVED.finditer(text):
        yield Amount(m.start(), m.end(), Decimal(50), PERCENT, form="halved", approx=True)


@cache
def _plural() -> re.Pattern[str]:
    plurals = "|".join(lexicon().plurals)
    return re.compile(rf"\b(?P<one>{plurals})(?:[ ]of[ ](?P<two>{plurals}))?\b(?:[ ]of\b)?", re.IGNORECASE)


def _vague(text: str) -> Iterator[Amount]:
    words = lexicon()
    for m in _plural().finditer(text):
        value = words.plurals[m["one"].casefold()] * (words.plurals[m["two"].casefold()] if m["two"] else 1)
        of = m.group().casefold().endswith(" of")
        unit = words.suffix.match(text, m.end()) if of or m["two"] else None
        if unit and unit["word"]:
            found = words.suffixes[key(unit["word"])]
            yield Amount(
                m.start(),
                unit.end(),
                value * found.factor,
                found,
                scale=value,
                form="vague",
                low_only=True,
                approx=True,
            )
        elif of or m["two"]:
            end = m.end() - 3 if of else m.end()
            yield Amount(m.start(), end, value, scale=value, form="vague", low_only=True, approx=True)
