"""Running text of sets that are kept as tokens, with the place of every token in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_NO_SPACE_BEFORE = re.compile(r"^(?:[.,;:!?%)\]}]|''|”|n't|'(?:s|re|ve|ll|d|m)?|’s?)$")
_NO_SPACE_AFTER = re.compile(r"^(?:[(\[{$€£¥]|``|“|#)$")
_GLUED = frozenset({"-", "/", "–"})
_PLAIN = {"``": "“", "''": "”", "-LRB-": "(", "-RRB-": ")", "#": "£"}


@dataclass(frozen=True, slots=True)
class Words:
    """A text and where each of its tokens starts and ends in it."""

    text: str
    places: tuple[tuple[int, int], ...]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Characters of the tokens first to last (inclusive)."""
        return self.places[first][0], self.places[last][1]


def join(tokens: Sequence[str]) -> Words:
    """Tokens as they are written in running text.

    >>> join(["Its", "profit", "rose", "$", "5", "million", ",", "or", "3", "%", "."]).text
    'Its profit rose $5 million, or 3%.'
    """
    text, places = "", []
    previous = ""
    for token in tokens:
        word = _PLAIN.get(token, token)
        glued = not text or _NO_SPACE_BEFORE.match(token) or _NO_SPACE_AFTER.match(previous)
        text += word if glued or token in _GLUED or previous in _GLUED else " " + word
        places.append((len(text) - len(word), len(text)))
        previous = token
    return Words(text, tuple(places))
