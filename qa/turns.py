"""Turns of phrase about amounts put plainly, as qa/turns.yaml has them."""

from __future__ import annotations

import re
from collections.abc import Callable

from graph.vocabulary import read_yaml

_TURNS = tuple((re.compile(row["turn"], re.I), row["plain"]) for row in read_yaml("qa", "turns.yaml")["turns"])


def plainly(text: str) -> str:
    """The text with such turns of phrase put plainly.

    >>> plainly("How many billions did X take in?")
    'How much money did X take in?'
    """
    for turn, plain in _TURNS:
        text = turn.sub(_instead(plain), text)
    return text


def _instead(plain: str) -> Callable[[re.Match[str]], str]:
    """What puts the plain words in, with a capital where the old ones had one."""

    def put(found: re.Match[str]) -> str:
        said = found.expand(plain)
        return said[:1].upper() + said[1:] if found[0][:1].isupper() else said

    return put
