"""Columns of text that fit a width: what is too long is folded, or stands below its row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from textwrap import wrap

_INDENT = "  "
_GAP = "  "
_NARROWEST = 12
_FOLDABLE = 24
_LONG = 60


def block(heads: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool], width: int) -> Iterator[str]:
    """The lines of a table of at most `width` columns where its words allow. `right` columns are set to the right.

    Where the columns are too wide together, the widest after the first is folded if that leaves it half its width. Else
    long ones are written below each row, then others from the last on; where all are narrow, the first is folded.
    """
    size = [max(_wide(text) for text in (head, *(row[n] for row in rows))) for n, head in enumerate(heads)]
    beside = _beside(size, width)
    below = [n for n in range(len(heads)) if n not in beside]
    size[0] = min(size[0], max(_NARROWEST, width - (_total(size, beside) - size[0])))
    yield from _row([heads[n] for n in beside], beside, size, right)
    for row in rows:
        yield from _row([row[n] for n in beside], beside, size, right)
        for n in below:
            if row[n]:
                said = f"{heads[n]}: {row[n]}" if heads[n] else row[n]
                yield from _folded(said, width, _INDENT + "    ", _INDENT + "      ")


def _beside(size: list[int], width: int) -> list[int]:
    """The columns that stand beside each other; one that is folded gets its new width in `size`."""
    beside = list(range(len(size)))
    while len(beside) > 1 and (over := _total(size, beside) - width) > 0:
        widest = max(beside[1:], key=lambda n: size[n])
        if size[widest] - over >= max(_FOLDABLE, size[widest] / 2):
            size[widest] -= over
        elif size[widest] <= _NARROWEST <= size[0] - over:
            size[0] -= over
        else:
            beside.remove(widest if size[widest] > _LONG else beside[-1])
    return beside


def _total(size: Sequence[int], beside: Sequence[int]) -> int:
    return len(_INDENT) + sum(size[n] for n in beside) + len(_GAP) * (len(beside) - 1)


def _row(cells: Sequence[str], beside: Sequence[int], size: Sequence[int], right: Sequence[bool]) -> Iterator[str]:
    """One row; a cell that is too long goes on below in its column."""
    folded = [_folded(cell, max(size[n], 1)) for cell, n in zip(cells, beside, strict=True)]
    for line in zip_longest(*folded, fillvalue=""):
        padded = (_padded(text, size[n], right[n]) for text, n in zip(line, beside, strict=True))
        yield (_INDENT + _GAP.join(padded)).rstrip()


def _padded(text: str, size: int, right: bool) -> str:
    space = " " * max(0, size - _wide(text))
    return space + text if right else text + space


def _wide(text: str) -> int:
    """Columns that a text takes in a terminal: Chinese characters two each."""
    from rich.cells import cell_len

    return cell_len(text)


def _folded(text: str, width: int, first: str = "", further: str = "") -> list[str]:
    lines = wrap(
        text, width, initial_indent=first, subsequent_indent=further, break_long_words=False, break_on_hyphens=False
    )
    return lines or [""]
