"""The lines of a text as its writer meant them: those that a mail program or a terminal has wrapped are one again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest import boilerplate
from ingest.plain import BLANK, INVISIBLE

MARKER = re.compile(r"(?:[•*·‣▪◦●■►–—-]|\d{1,2}[.)]|\(?[a-z]\)|#{1,6}|>)\s+(?=\S)")
_LINE = re.compile(r"[^\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_ONE_BREAK = re.compile(rf"[^\S\r\n]*(?:\r\n|[\n\v\r\x85\u2028])[^\S\r\n{INVISIBLE}]*")
_FINISHED = re.compile(r"[.!?…:;。！？：；][\"'”’)\]」』）]*$")
_WORD = re.compile(r"\S+")
_NARROWEST, _WIDEST = 24, 160  # columns of wrapped text
_FEWEST_WORDS = 4
_FULL = 0.85  # how full a wrapped line is, at least, with the word that no longer fitted

Span = tuple[int, int]


def trim(text: str, start: int, end: int) -> Span | None:
    """The stretch without blank and invisible characters at its edges; None if nothing is left."""
    piece = text[start:end]
    kept = piece.strip(BLANK)
    return (start + (at := piece.index(kept)), start + at + len(kept)) if kept else None


def lines(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The lines of the stretch that are not blank, as they stand."""
    stop = len(text) if end is None else end
    return [span for found in _LINE.finditer(text, start, stop) if (span := trim(text, *found.span()))]


def unwrapped(text: str, start: int = 0) -> list[Span]:
    """The same, with a hard-wrapped paragraph as one span, its line breaks inside.

    A text counts as wrapped where lines break in mid-sentence, the next begins in lower case, and its first word would
    not have fitted. Then the other lines of that width go on as well, unless they are something by themselves.
    """
    runs = _runs(text, lines(text, start))
    widths = [_width(text, run) for run in runs]
    usual = max((width for width in widths if width), default=0)
    return [span for run, width in zip(runs, widths, strict=True) for span in _join(text, run, width or usual)]


def _runs(text: str, spans: list[Span]) -> list[list[Span]]:
    """Lines that follow one another without a blank line between them."""
    runs: list[list[Span]] = []
    for span in spans:
        if runs and _ONE_BREAK.fullmatch(text, runs[-1][-1][1], span[0]):
            runs[-1].append(span)
        else:
            runs.append([span])
    return runs


def _width(text: str, run: Sequence[Span]) -> int:
    """The column at which a run of lines is wrapped; 0 if it is not."""
    width = max(end - start for start, end in run)
    if len(run) < 2 or not _NARROWEST <= width <= _WIDEST:
        return 0
    return width if any(_broken(text, a, b) and _full(text, a, b, width) for a, b in pairwise(run)) else 0


def _broken(text: str, line: Span, following: Span) -> bool:
    """Whether a sentence goes on from this line to the next, which begins with a word in lower case."""
    words, word = text[slice(*line)], _first_word(text, following)
    enough = len(words.split(None, _FEWEST_WORDS)) >= _FEWEST_WORDS
    return enough and word.islower() and not _FINISHED.search(words[-12:]) and not MARKER.match(text, *following)


def _full(text: str, line: Span, following: Span, width: int) -> bool:
    used = line[1] - line[0] + 1 + len(_first_word(text, following))
    return used > _FULL * width


def _first_word(text: str, line: Span) -> str:
    found = _WORD.match(text, *line)
    return found[0] if found else ""


def _join(text: str, run: Sequence[Span], width: int) -> list[Span]:
    out = [run[0]]
    for line, following in pairwise(run):
        if width and _goes_on(text, line, following, width):
            out[-1] = (out[-1][0], following[1])
        else:
            out.append(following)
    return out


def _goes_on(text: str, line: Span, following: Span, width: int) -> bool:
    """Whether the next line belongs to this one's paragraph; “30. It …” does if a sentence is open."""
    words = text[slice(*line)]
    if line[1] - line[0] > width or "|" in words or "\t" in words or not _full(text, line, following, width):
        return False
    marker = MARKER.match(text, *following)
    if marker and (not marker[0][0].isdigit() or _FINISHED.search(words[-12:])):
        return False
    indented = text[line[1] : following[0]].rstrip(" \t") != text[line[1] : following[0]] and not MARKER.match(words)
    if indented and _FINISHED.search(words[-12:]):
        return False  # a new paragraph, set in
    return _broken(text, line, following) or boilerplate.match(words) is None
