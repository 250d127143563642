"""Units that a question names: currencies (“in Taiwan dollars”, “how many won”) and what capacities are counted in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from graph.vocabulary import read_yaml

# A currency whose word is also an English verb counts only where an amount of it is spoken of.
_AMBIGUOUS = {"won", "pounds", "real"}
_SPOKEN = r"(?:(?<=many )|(?<=in )|(?<=of )|(?<=korean ))"

OF_UNIT: Mapping[str, tuple[str, ...]] = dict.fromkeys(
    ("wafers/month", "wafers/year", "wafers/day", "tonne/year", "watt"), ("capacity",)
)
"""The metrics that are counted in a unit of that name."""


@dataclass(frozen=True, slots=True)
class UnitSpan:
    """A unit at characters [start, end) of a question."""

    start: int
    end: int
    code: str


def find_units(text: str) -> list[UnitSpan]:
    """The units that a text names, left to right; amounts such as “$5 billion” are none.

    >>> [(u.code) for u in find_units("How many Taiwan dollars, and how many megawatts?")]
    ['TWD', 'watt']
    """
    pattern, codes = _table()
    low = text.casefold()
    return [UnitSpan(m.start(), m.end(), codes[" ".join(m[0].split())]) for m in pattern.finditer(low)]


@cache
def _table() -> tuple[re.Pattern[str], Mapping[str, str]]:
    data = read_yaml("qa", "questions.yaml")
    codes = {word: code for code, words in data["units"].items() for word in words}
    longest = sorted(codes, key=len, reverse=True)
    parts = [(_SPOKEN if word in _AMBIGUOUS else r"\b") + re.escape(word).replace(r"\ ", r"\s+") for word in longest]
    return re.compile("(?:" + "|".join(parts) + r")\b"), codes
