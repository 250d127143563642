"""The words by which a turn leans on what was said before: the patterns of cues.yaml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from graph.vocabulary import read_yaml

_HOW = ("whole", "opens", "holds")
_END = " \t.?!…"


@dataclass(frozen=True, slots=True)
class Cue:
    """One pattern with turns that it must match (`yes`) and must not (`no`)."""

    how: str
    pattern: re.Pattern[str]
    yes: tuple[str, ...]
    no: tuple[str, ...]

    def find(self, text: str) -> re.Match[str] | None:
        """The match in a turn, if it leans in this way."""
        plain = bare(text)
        match self.how:
            case "whole":
                return self.pattern.fullmatch(plain)
            case "opens":
                return self.pattern.match(plain)
            case _:
                return self.pattern.search(plain)


def bare(text: str) -> str:
    """A turn in lower case without its final mark, of the same length up to there."""
    low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low.rstrip(_END).replace("’", "'")


@cache
def cues() -> dict[str, Cue]:
    """Every cue by name."""
    return {name: _cue(row) for name, row in read_yaml("qa.dialogue", "cues.yaml").items()}


def _cue(row: dict[str, object]) -> Cue:
    how = next(h for h in _HOW if h in row)
    yes, no = (row.get(key) for key in ("yes", "no"))
    turns = [tuple(str(turn) for turn in given) if isinstance(given, list) else () for given in (yes, no)]
    return Cue(how, re.compile(str(row[how])), *turns)


def leans(name: str, text: str) -> bool:
    """Whether a turn leans on the last one in the way of a cue."""
    return cues()[name].find(text) is not None


def without(name: str, text: str) -> str | None:
    """What is left of a turn after its opening; None if it does not open so."""
    found = cues()[name].find(text)
    return text[found.end() :].strip() if found and found.end() else None
