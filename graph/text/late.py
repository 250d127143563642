"""Large patterns that most texts do not need: compiled when a text first has a character that they may begin with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property


class Late:
    """A pattern that is matched at a place of a text, behind at most `blanks` blanks or hyphens.

    `begins`: words and signs of which one stands there; only their first characters are looked at.

    >>> Late(r"[ -]{0,2}(?P<word>yen|yuan)", begins=("yen", "yuan"), blanks=2).match("5 yen", 1)["word"]
    'yen'
    >>> Late(r"no(thing", begins=("nothing",), blanks=0).match("5 yen", 2) is None
    True
    """

    def __init__(self, source: str, *, begins: Iterable[str], blanks: int, flags: re.RegexFlag = re.NOFLAG) -> None:
        self._source = source
        self._flags = flags
        self._begins = frozenset(form[0].casefold() for form in begins)
        self._blanks = blanks

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self._source, self._flags)

    def match(self, text: str, at: int = 0) -> re.Match[str] | None:
        """As `re.Pattern.match`."""
        begun = text[at : at + self._blanks + 1].lstrip(" \u00a0-")[:1]
        if not begun or (begun.isascii() and begun.casefold() not in self._begins):
            return None
        return self._pattern.match(text, at)
