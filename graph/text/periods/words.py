"""Pieces of regular expressions for dates, and what their words mean."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from graph.text.periods.model import Context, Reading

_NAMES = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
MONTHS = {name[:3]: n for n, name in enumerate(_NAMES, 1)}
_ORDINALS = ("first 1st", "second 2nd", "third 3rd", "fourth 4th final last")
ORDINALS = {word: n for n, words in enumerate(_ORDINALS, 1) for word in words.split()}
_COUNTS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
COUNTS = {word: n for n, word in enumerate(_COUNTS)} | {
    "a": 1,
    "an": 1,
    "several": 0,
    "eighteen": 18,
    "fifteen": 15,
    "twenty": 20,
}
TEENS = [
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
NUMBER_WORDS = {w: n for n, w in enumerate(_COUNTS[:10])} | {w: n for n, w in enumerate(TEENS, 10)}
NUMBER_WORDS |= {w: 10 * n for n, w in enumerate(TENS, 2)} | {"oh": 0}
ONE_WORD = "|".join(_COUNTS[1:10])
_TEN, _TEEN = "|".join(TENS), "|".join(TEENS)
SAID_YEAR = (
    rf"(?i:two[ ]thousand(?:(?:[ ]and)?[ ](?:{_TEEN}|(?:{_TEN})(?:[ -](?:{ONE_WORD}))?|{ONE_WORD}))?"
    rf"|(?:nineteen|twenty)[ -](?:(?:{_TEN})(?:[ -](?:{ONE_WORD}))?|{_TEEN}|(?:oh|zero)[ -](?:{ONE_WORD})))"
)
# what follows must not be the noun that the words count: “in May two thousand wafers”, “in March first results”
TAIL = (
    r"(?=[ ]?(?:[,.;:)!?–—\n]|\Z)|[ ](?:and|or|in|to|until|till|through|from|for|at|on|by|with|when|as|after|before"
    r"|was|were|is|will|the|it|he|she|they)\b)"
)
WEEKDAYS = {
    name: n for n, name in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
}

# “May” and “March” are months only with a capital letter
_SHORT = {"january": "jan", "february": "feb", "march": "mar", "april": "apr", "june": "jun", "july": "jul",
          "august": "aug",
          "september": "sept?", "october": "oct", "november": "nov", "december": "dec"}  # fmt: skip


def _month_forms() -> str:
    """Full names, and short ones with or without a dot, in the cases that they are written in."""
    forms = [name.capitalize() for name in _NAMES] + [name.upper() for name in _NAMES]
    forms += [name for name in _NAMES if name not in ("may", "march")]
    forms += [
        rf"{form}(?![A-Za-z])\.?"
        for short in _SHORT.values()
        for form in (short.capitalize(), short.upper().replace("T?", "(?:T)?"), short)
        if form != "mar"
    ]
    return "|".join(forms)


MONTH_CUES = tuple(name[:3] for name in _NAMES)
MONTH = rf"(?:(?:{_month_forms()})(?![A-Za-z]))"
YEAR = r"(?:(?:19|20)\d\d(?![\d%])(?![.,]\d))"
DAY = r"(?:(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d%])(?![.,]\d))"
ORDINAL = r"(?i:first|second|third|fourth|final|[1-4](?:st|nd|rd|th))"
COUNT = r"(?i:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty|\d{1,2})"
WHICH = r"(?i:last|this|next|the same|the previous|the current|the following|the prior|that)"


def of_year(tag: str) -> str:
    """“, 2025”, “ of last year”, “ ’25”: the year after a month, quarter or half, under group names with `tag`."""
    return (
        rf"(?:,?[ ](?:(?i:of|in)[ ])?(?:(?i:the)[ ])?(?:(?P<fy{tag}>(?i:fiscal|financial)(?:[ ]"
        rf"(?i:year))?[ ]|FY[ ]?)|(?i:calendar)[ ](?:(?i:year)[ ])?)?(?P<y{tag}>{YEAR})(?:/\d\d)?"
        rf"|[ ](?:(?i:of|in)[ ])(?P<sy{tag}>{SAID_YEAR}){TAIL}"
        rf"|(?:[ ]FY[ ]?|[ ]?[’'])(?P<yy{tag}>\d\d)(?!\d)|,?[ ](?:(?i:of|in)[ ])?(?P<which{tag}>{WHICH})[ ]"
        rf"(?P<wf{tag}>(?i:fiscal|financial)[ ])?(?i:year)(?![A-Za-z]))"
    )


@dataclass(frozen=True)
class Rule:
    """One form of words, a regular expression, and how it is read; `read` returns None where the words are no period
    after all.

    `needs`: a text without any of these, in lower case, has no match (none named: every text is searched).
    """

    name: str
    form: str
    read: Callable[[re.Match[str], Context], Reading | None]
    needs: tuple[str, ...] = ()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The form, compiled when a text is first searched for it: a question needs few of some eighty."""
        return re.compile(self.form)


def month_number(name: str) -> int:
    """`Sept.` → 9."""
    return MONTHS[name[:3].casefold()]


def count(word: str) -> int:
    """`three` → 3, `12` → 12; 0 for “several”."""
    return int(word) if word.isdecimal() else COUNTS[word.casefold()]


def said_year(words: str) -> int:
    """`two thousand and eighteen` → 2018, `nineteen seventy-eight` → 1978, `twenty oh five` → 2005."""
    parts = re.split(r"[ -]+", words.casefold().replace(" and ", " "))
    if parts[:2] == ["two", "thousand"]:
        return 2000 + sum(NUMBER_WORDS[part] for part in parts[2:])
    return 100 * NUMBER_WORDS[parts[0]] + sum(NUMBER_WORDS[part] for part in parts[1:])


def ordinal(word: str) -> int:
    """`third` → 3."""
    return ORDINALS[word.casefold()]


def long_year(two: str) -> int:
    """`25` → 2025, `98` → 1998."""
    number = int(two)
    return number + (2000 if number < 70 else 1900)


def year_after(m: re.Match[str], tag: str, ctx: Context) -> tuple[int | None, bool, bool]:
    """What `of_year(tag)` matched: the year (None: not said or not known), whether a fiscal one,
    whether anything was said.
    """
    if m[f"y{tag}"]:
        return int(m[f"y{tag}"]), bool(m[f"fy{tag}"]), True
    if m[f"sy{tag}"]:
        return said_year(m[f"sy{tag}"]), False, True
    if m[f"yy{tag}"]:
        return long_year(m[f"yy{tag}"]), "FY" in m.group(), True
    which = m[f"which{tag}"]
    if not which:
        return None, False, False
    return relative_year(which, ctx), bool(m[f"wf{tag}"]), True


def relative_year(which: str, ctx: Context) -> int | None:
    """`last` → the year before the reference; “that/the same year” → the year last named."""
    word = which.casefold().removeprefix("the ")
    if word in ("that", "same"):
        return ctx.anchor_year or (ctx.reference.year if ctx.reference else None)
    if ctx.reference is None:
        return None
    step = {"last": -1, "previous": -1, "prior": -1, "next": 1, "following": 1, "coming": 1}.get(word, 0)
    return ctx.reference.year + step
