"""Coordinated periods written out, so that each is one of its own: “the second and third quarters of 2025”."""

from __future__ import annotations

import re

_ORDINAL = r"first|second|third|fourth|1st|2nd|3rd|4th"
_MONTH = r"(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Sept|Nov|Dec)ember|October"
_YEAR = r"(?:(?:fiscal|calendar|financial) )?(?:19|20)\d\d"
_JOINT = r"(?P<joint>,? (?:and|or|to|than|versus|vs\.?|against|with)|,)(?: (?:in|of|from|the))*"
_EDGE = r"(?:end|beginning|start|middle)"
_QUARTERS = re.compile(
    rf"\b(?P<a>{_ORDINAL})(?: quarters?)?{_JOINT} (?P<b>{_ORDINAL}) quarters?(?: of|,)? (?P<year>{_YEAR})", re.I
)
_OF_YEARS = re.compile(
    rf"\b(?P<a>{_ORDINAL}) quarters? (?:of |in )?(?P<x>{_YEAR}){_JOINT} (?P<y>{_YEAR})"
    rf"|\b(?P<q>[QH]\d)s? (?:of |in )?(?P<v>{_YEAR})(?P<j>,? (?:and|to)) (?P<w>{_YEAR})",
    re.I,
)
_HALVES = re.compile(
    rf"\b(?P<a>first|second)(?: half)?{_JOINT} (?P<b>first|second) hal(?:f|ves) of (?P<year>{_YEAR})", re.I
)
_SHORT = re.compile(rf"\b(?P<a>[QH]\d){_JOINT} (?P<b>[QH]\d)(?: of)? (?P<year>{_YEAR})", re.I)
_BY_MONTH = re.compile(
    rf"\b(?P<a>{_MONTH})(?: quarters?)?{_JOINT} (?P<b>{_MONTH}) quarters?(?: of|,)? (?P<year>{_YEAR})", re.I
)
_ENDS = re.compile(
    rf"\b(?P<a>(?:the )?{_EDGE} of (?:{_MONTH})){_JOINT} (?P<b>{_EDGE} of (?:{_MONTH}))(?: of|,)? (?P<year>{_YEAR})",
    re.I,
)
_HALF_YEAR = re.compile(r"\b(?:half[- ]year|half)(?= (?:to|ended|ending|until) )", re.I)


def _each_year(found: re.Match[str]) -> str:
    """“third quarters of 2024 and 2025”, “Q3 2024 and 2025” with the quarter said of both."""
    if found["q"]:
        return f"{found['q']} {found['v']}{found['j']} {found['q']} {found['w']}"
    return f"{found['a']} quarter of {found['x']}{found['joint']} the {found['a']} quarter of {found['y']}"


def written_out(text: str) -> str:
    """The text with the year said of every quarter, half or month that shares it.

    >>> written_out("sales in the second and third quarters of 2025"), written_out("Q1 to Q2 2025")
    ('sales in the second quarter of 2025 and the third quarter of 2025', 'Q1 2025 to Q2 2025')
    """
    text = _HALF_YEAR.sub("six months", text)
    for pattern, of in ((_QUARTERS, "quarter"), (_HALVES, "half"), (_BY_MONTH, "quarter")):
        text = pattern.sub(rf"\g<a> {of} of \g<year>\g<joint> the \g<b> {of} of \g<year>", text)
    text = _OF_YEARS.sub(_each_year, text)
    text = _ENDS.sub(r"\g<a> \g<year>\g<joint> the \g<b> \g<year>", text)
    return _SHORT.sub(r"\g<a> \g<year>\g<joint> \g<b> \g<year>", text)
