"""The records of a CSV text with the places where they stand in it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.tables.plain import long_cells

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")


@dataclass(frozen=True, slots=True)
class Record:
    """`text[start:end]` is the record without its line end, which goes to `after`; `number` counts from 1."""

    number: int
    start: int
    end: int
    after: int
    cells: list[str]


class _Lines:
    """The lines of a text one by one, and how far they have been read."""

    def __init__(self, text: str) -> None:
        self._lines = _LINE.finditer(text)
        self.at = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.at = line.end()
        return line.group()


def records(text: str, delimiter: str) -> Iterator[Record]:
    """Every record, blank lines too (without cells). A quote that is never closed makes one cell of the rest."""
    lines = _Lines(text)
    with long_cells():
        rows = csv.reader(lines, delimiter=delimiter)
        start = 0
        for number, cells in enumerate(rows, 1):
            end = after = lines.at
            while end > start and text[end - 1] in "\r\n":
                end -= 1
            yield Record(number, start, end, after, cells)
            start = after
