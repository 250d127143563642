"""A quarter or half that a question names apart from its year, put beside it: “X's third-quarter sales in 2024”."""

from __future__ import annotations

import re

_PART = re.compile(
    r"(?:\b(?:in|during|for|of|over) )?(?:\bthe )?(?P<n>\b(?:first|second|third|fourth))[ -](?P<unit>quarter|half)\b"
    r"(?!-|,? (?:of|in|ended|ending|to|through) )(?: of the year)?,?\s*",
    re.I,
)
_CODE = re.compile(
    r"(?:\b(?:in|during|for) )?(?<!['’\d])\bQ(?P<n>[1-4])(?![\w/-]|,? ?(?:FY|['’]?\d|of|in|fiscal)),?\s*"
)
_YEAR = re.compile(
    r"(?P<lead>\b(?:in|of|for|from|to|and|between|than|with|over|since|against|until|till|on) )(?:the year )?"
    r"(?P<year>(?:19|20)\d\d)\b(?![-–/])",
    re.I,
)
_ANY_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_WHOLE = re.compile(r"\b(?:whole|full|entire|fiscal|financial|annual|yearly|all of|and (?:what|how|who|which))\b", re.I)
_NAMES = {"1": "first", "2": "second", "3": "third", "4": "fourth"}


def of_their_years(text: str) -> str:
    """The question with its one quarter or half put to every year that it names.

    >>> of_their_years("How did X's third-quarter sales move from 2024 to 2025?")
    "How did X's sales move from the third quarter of 2024 to the third quarter of 2025?"
    >>> of_their_years("What did X earn in the third quarter of 2024?")
    'What did X earn in the third quarter of 2024?'
    """
    parts = [*_PART.finditer(text), *_CODE.finditer(text)]
    years = [*_YEAR.finditer(text)]
    if len(parts) != 1 or not years or len(years) != len(_ANY_YEAR.findall(text)) or _WHOLE.search(text):
        return text
    part = parts[0]
    named = f"the {_NAMES.get(part['n'], part['n'].lower())} {part.groupdict().get('unit', 'quarter')}"
    if any(year.start() < part.end() and part.start() < year.end() for year in years):
        return text
    kept = text[: part.start()] + text[part.end() :]
    return _YEAR.sub(lambda m: f"{m['lead']}{named} of {m['year']}", kept)
