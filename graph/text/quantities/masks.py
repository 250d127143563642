"""Digits that are no amounts: dates, times, versions, product names, tickers, footnotes, list markers, telephones."""

from __future__ import annotations

import re
from bisect import bisect_right

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?"
    r"(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)

_ALWAYS = re.compile(
    rf"""
    \b\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{2,4}}\b            # 2026-01-05, 5/1/2026
  | \b\d{{1,3}}(?:\.\d{{1,5}}){{2,6}}\b                  # 1.2.3, an address
  | \b\d{{1,2}}:\d{{2}}(?::\d{{2}})?\b                   # 6:40
  | \b\d{{3,6}}\.[A-Z]{{1,3}}\b                          # 005930.KS
  | \[\d{{1,3}}\]                                        # [12]
  | \+\d{{1,3}}[ -]\(?\d{{2,4}}\)?[ -]\d{{3,4}}(?:[ -]\d{{3,4}})?\b   # +1 415 555 0100
  | \b\d{{3}}-\d{{3}}-\d{{4}}\b
  | (?:https?://|www\.)\S{{1,500}}
  | \b\S{{1,64}}@\S{{1,200}}\.\w{{2,10}}
  | \b[1-9]H\d{{2}}(?:\d\d)?\b | \b[1-4]Q\d{{2}}(?:\d\d)?\b              # 1H26, 4Q25
  | \bFY\s?\d{{2}}(?:\d\d)?(?:[/-]\d\d)?\b                              # FY26
  | \b{_MONTH}[ ]\d{{1,2}}(?:st|nd|rd|th)?(?:[ ]?[–-][ ]?\d{{1,2}})?(?:,?[ ](?:19|20)\d\d)?
      (?![\d,.]*\d|[ ]?(?:%|per|million|billion))\b
  | \b\d{{1,2}}(?:st|nd|rd|th)?[ ]{_MONTH}(?:,?[ ](?:19|20)\d\d)?
  | \b(?:19|20)\d\d(?:/\d\d(?:\d\d)?|[–-]\d\d(?:\d\d)?)\b(?![,.]?\d|[ ]?(?:%|per|million|billion)) # 2024/25, 2024–2026
  | \d{{2,4}}年(?:\d{{1,2}}月(?:\d{{1,2}}[日号])?)? | \d{{1,2}}月(?:\d{{1,2}}[日号])?
  | ^[ \t]{{0,8}}\(?\d{{1,2}}[.)](?=[ \t])                # list markers
    """,
    re.VERBOSE | re.MULTILINE,
)


class Mask:
    """Spans of the text in which no amount may begin."""

    def __init__(self, text: str) -> None:
        spans = [m.span() for m in _ALWAYS.finditer(text)]
        self._starts = [a for a, _ in spans]
        self._ends = [b for _, b in spans]

    def covers(self, position: int) -> bool:
        """Whether the character at `position` lies in such a span."""
        i = bisect_right(self._starts, position) - 1
        return i >= 0 and position < self._ends[i]
