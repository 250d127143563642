"""Where passages begin and end in a text, and the terms that stand for them in the index."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.text.name_tokens import is_cjk
from qa.words import tokens

LONGEST = 700
"""Characters of a passage at most: a paragraph of news, or the sentences of a longer one that fit."""

SHORT = 300
"""A passage below this takes in what follows it: a heading its paragraph, a bullet the next."""

_HEADER = re.compile(r"\A\s*(?:[A-Z][A-Za-z-]{2,20}: [^\n]*\n)+\s*\n")
_LINE = re.compile(r"[^\n]+")
_END = re.compile(r"[.!?][\"'”’)\]]*\s+|[。！？][”’」』）]*")


def windows(text: str) -> list[tuple[int, int]]:
    """Spans of at most `LONGEST` characters, of whole sentences: a paragraph, or several while they are short. Fields
    above a text (“Date: …”) are no part of it.

    >>> windows("Chips\\n\\nA sells to B. C does not.")
    [(0, 32)]
    """
    out: list[tuple[int, int]] = []
    for start, stop, opens in _sentences(text):
        first, last = out[-1] if out else (start, start)
        if out and stop - first <= LONGEST and not (opens and last - first >= SHORT):
            out[-1] = (first, stop)
        else:
            out.append((start, stop))
    return out


def _sentences(text: str) -> Iterator[tuple[int, int, bool]]:
    """Sentences without the blank space around them, and whether each opens a line; none beyond `LONGEST`."""
    header = _HEADER.match(text)
    for line in _LINE.finditer(text, header.end() if header else 0):
        opens = True
        start = line.start()
        for stop in [*(end.end() for end in _END.finditer(text, start, line.end())), line.end()]:
            for at in range(start, stop, LONGEST):
                piece = text[at : min(stop, at + LONGEST)]
                if words := piece.strip():
                    first = at + piece.index(words)
                    yield first, first + len(words), opens
                    opens = False
            start = stop


def terms(text: str) -> list[str]:
    """Stems in order; Chinese, Japanese and Korean as overlapping pairs of characters.

    >>> terms("Suppliers of Nvidia's 寒武纪 chips")
    ['supplier', 'of', 'nvidia', 'chip', '寒武', '武纪']
    """
    if text.isascii():
        return [t.lemma for t in tokens(text) if t.text[0].isalnum() or t.text[0] in "$€£¥"]
    spaced = "".join(" " if is_cjk(c) else c for c in text)
    words = [t.lemma for t in tokens(spaced) if t.text[0].isalnum() or t.text[0] in "$€£¥"]
    runs = "".join(c if is_cjk(c) else " " for c in text).split()
    return words + [run[i : i + 2] for run in runs for i in range(max(1, len(run) - 1))]
