"""The sentences that gold rows count: a convention of the gold, deliberately apart from the splitter it measures."""

from __future__ import annotations

import re
from collections.abc import Iterable

from api.evaluation.gold import GoldClaim

_STOP = re.compile(r"[.!?…][\"'”’)\]]*(?:\[\d+\])?\s+(?=[\"'“‘(\[]?(?:[^\W_a-z]))")
_TITLES = "Mr Mrs Ms Dr St Co Corp Inc Ltd vs Jan Feb Aug Sept Oct Nov Dec e\\.g i\\.e U\\.S a\\.m p\\.m"
_SHORT = re.compile(rf"\b(?:{'|'.join(_TITLES.split())}|[A-Z])\.$")


def spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence from the first: every line starts one, headings and boilerplate too."""
    out: list[tuple[int, int]] = []
    at = 0
    for line in text.splitlines(keepends=True):
        out += _of_line(text, at + len(line) - len(line.lstrip()), at + len(line.rstrip()))
        at += len(line)
    return out


def _of_line(text: str, start: int, end: int) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for stop in _STOP.finditer(text[start:end]):
        first = out[-1][1] if out else start
        mark = start + stop.start() + 1
        if not _SHORT.search(text[first:mark]):
            out.append((first, start + stop.end()))
    first = out[-1][1] if out else start
    if first < end:
        out.append((first, end))
    return [(a, a + len(text[a:b].rstrip())) for a, b in out]


def lost_anchors(text: str, gold: Iterable[GoldClaim]) -> list[str]:
    """A line for each row whose sentence is missing or lacks one of its anchor words; empty if all stand."""
    have = [text[a:b].casefold().replace("’", "'") for a, b in spans(text)]
    problems = []
    for row in gold:
        if row.sentence >= len(have):
            problems.append(f"no sentence {row.sentence}: {row.describe()}")
        elif lost := [word for word in row.anchor.split() if word.casefold() not in have[row.sentence]]:
            problems.append(f"not in sentence {row.sentence}: {' '.join(lost)} ({row.describe()})")
    return problems
