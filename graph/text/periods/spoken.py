"""Days and years in words: the third of November, 2025; May twenty-first; nineteen ninety-nine; the nineties."""

from __future__ import annotations

import re
from datetime import date

from graph.text.periods import calendars
from graph.text.periods.model import Context, Days, Reading
from graph.text.periods.picking import around, make_day, pick
from graph.text.periods.words import (
    DAY,
    MONTH,
    NUMBER_WORDS,
    ONE_WORD,
    SAID_YEAR,
    TAIL,
    TEENS,
    TENS,
    YEAR,
    Rule,
    month_number,
    said_year,
)

_NTH = ["", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"]
_NTH += ["twelfth", *(word + "th" for word in TEENS[3:])]
_DAYS = {word: n for n, word in enumerate(_NTH) if word} | {"twentieth": 20, "thirtieth": 30}
_DECADES = {word.removesuffix("y") + "ies": 10 * n for n, word in enumerate(TENS, 2)}

_NTH_WORD = "|".join(sorted(_DAYS, key=len, reverse=True))
_DAY_WORD = rf"(?i:(?:twenty|thirty)[ -](?:{'|'.join(_NTH[1:10])})|{_NTH_WORD})"
_YEAR = rf"(?:,?[ ](?:of[ ]|in[ ])?(?:(?P<year>{YEAR})|(?P<said>{SAID_YEAR}){TAIL}))"


def _number(words: str) -> int:
    """`twenty-first` → 21, `third` → 3, `twenty one` → 21."""
    return sum(_DAYS.get(part) or NUMBER_WORDS[part] for part in re.split(r"[ -]", words.casefold()))


def _year(m: re.Match[str]) -> int | None:
    return int(m["year"]) if m["year"] else said_year(m["said"]) if m["said"] else None


def _day(m: re.Match[str], ctx: Context) -> Reading | None:
    month, number, year = month_number(m["month"]), _number(m["day"]), _year(m)
    days = [make_day(y, month, number) for y in ([year] if year else around(ctx))]
    if not any(days):
        return None
    return Reading("day", days[0] if year else pick(days, ctx))


def _day_in_digits(m: re.Match[str], _: Context) -> Reading | None:
    number = re.match(r"\d+", m["day"])
    found = make_day(said_year(m["said"]), month_number(m["month"]), int(number.group())) if number else None
    return Reading("day", found) if found else None


def _month(m: re.Match[str], _: Context) -> Reading | None:
    return Reading("month", calendars.month(said_year(m["said"]), month_number(m["month"])))


def _whole_year(m: re.Match[str], _: Context) -> Reading | None:
    return Reading("year", calendars.year(said_year(m["said"])))


def _decade(m: re.Match[str], ctx: Context) -> Reading | None:
    """“the '90s”, “the nineties”: the latest such decade that has begun; a century said with it settles it."""
    tens = int(m["tens"]) if m["tens"] else _DECADES[m["word"].casefold()]
    if m["century"]:
        return Reading("span", _ten_years((19 if m["century"].casefold() == "nineteen" else 20) * 100 + tens))
    if ctx.reference is None:
        return Reading("span", None)
    begun = [y for y in (1900 + tens, 2000 + tens) if y <= ctx.reference.year]
    return Reading("span", _ten_years(begun[-1])) if begun else None


def _ten_years(first: int) -> Days:
    return date(first, 1, 1), date(first + 9, 12, 31)


def _named_decade(m: re.Match[str], _: Context) -> Reading | None:
    return Reading("span", _ten_years(2000 if "oughties" in m.group() or "thousands" in m.group() else 2010))


def _century(m: re.Match[str], _: Context) -> Reading | None:
    number = int(m["nth"])
    return Reading("span", (date(100 * number - 100, 1, 1), date(100 * number - 1, 12, 31))) if number > 1 else None


_ON = r"(?i:monday|tuesday|wednesday|thursday|friday|saturday|sunday),?[ ]"
_ORDINALS = (*_NTH[1:13], "teenth", "tieth")
_THOUSANDS = ("thousand", "nineteen", "twenty")

RULES = (
    Rule(
        "spoken day",
        rf"\b(?:{_ON})?(?:(?i:the)[ ])?(?P<day>{_DAY_WORD})[ ](?i:day[ ])?(?i:of)[ ](?P<month>{MONTH})"
        rf"{_YEAR}?(?![’'])",
        _day,
        needs=_ORDINALS,
    ),
    Rule(
        "spoken day",
        rf"\b(?:{_ON})?(?P<month>{MONTH})[ ](?:the[ ])?"
        rf"(?P<day>{_DAY_WORD}|(?i:(?:twenty|thirty)[ -](?:{ONE_WORD})))"
        rf"(?:{_YEAR}|{TAIL})",
        _day,
        needs=(*_ORDINALS, "twenty", "thirty"),
    ),
    Rule(
        "spoken year of day",
        rf"\b(?P<month>{MONTH})[ ](?P<day>{DAY}),?[ ](?P<said>{SAID_YEAR}){TAIL}",
        _day_in_digits,
        needs=_THOUSANDS,
    ),
    Rule(
        "spoken year of month",
        rf"\b(?P<month>{MONTH})[ ](?:of[ ])?(?P<said>{SAID_YEAR}){TAIL}",
        _month,
        needs=_THOUSANDS,
    ),
    Rule(
        "spoken year",
        rf"(?:(?<=\b[Ii]n )|(?<=\bof )|(?<=\bsince )|(?<=\bby )|(?<=\buntil )|(?<=\bfrom )|(?<=\byear ))"
        rf"(?P<said>{SAID_YEAR}){TAIL}",
        _whole_year,
        needs=_THOUSANDS,
    ),
    Rule(
        "decade",
        rf"\b(?i:the)[ ](?:(?P<century>(?i:nineteen|twenty))[ -])?(?:[’'‘]?(?P<tens>[2-9]0)(?:s|[’']s)\b"
        rf"|(?P<word>(?i:{'|'.join(_DECADES)}))\b)",
        _decade,
        needs=("0s", "0’s", "0's", *_DECADES),
    ),
    Rule(
        "named decade",
        r"\b(?i:the)[ ](?i:noughties|two[ ]thousands|twenty[ -]tens|two[ ]thousand(?:[ ]and)?[ ]tens)\b",
        _named_decade,
        needs=("noughties", "two thousand", "tens"),
    ),
    Rule(
        "century",
        r"\b(?:the[ ])?(?P<nth>1\d|2[01])(?:st|th)[ ]{1,2}(?i:century)\b",
        _century,
        needs=("century",),
    ),
)
