"""Which words stand right behind a number in what a document states, in digits or words: “32 companies”."""

from __future__ import annotations

import re
from itertools import pairwise

from graph.text.quantities.numbers import WORDS

LONGEST = 24
"""Letters of a word that are kept."""

_BREAK = re.compile(r"\\[nrt]")
_LAST = re.compile(r"[a-z]+\Z")
_ENDS = tuple({word[-2:] for word in WORDS})
_DIGITS = frozenset("0123456789")


def counted(said: str) -> set[str]:
    """The words of a text of JSON, in lower case, as far as they are kept.

    >>> sorted(counted(r'"It has 32 companies and\\ntwenty-two\\nfirms, some 1,200, it says"'))
    ['companies', 'firms,', 'it']
    """
    words = _BREAK.sub(" ", said.lower()).split()
    found = {word for number, word in pairwise(words) if _counts(number)}
    return {kept for word in found if (kept := word.partition('"')[0].partition("\\")[0][:LONGEST])}


def _counts(word: str) -> bool:
    """Whether a word ends in a number, perhaps with a comma behind its digits."""
    if word[-1] in _DIGITS or (word[-1] == "," and word[-2:-1] in _DIGITS):
        return True
    return word.endswith(_ENDS) and (last := _LAST.search(word)) is not None and last[0] in WORDS
