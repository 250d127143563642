"""A risk report as plain text for the terminal, in lines of a given width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from qa.risk.envelope import Cell, Result
from qa.risk.output.columns import block
from qa.risk.output.words import MARKS, answer, headline, manner, marks, numeric, pieces, readable, source

ROWS = 20


def text(result: Result, *, rows: int = ROWS, width: int = 80) -> str:
    """The answer, the tables, coverage, assumptions, and the quotes that the lines above cite.

    At most `rows` rows a table are shown; CSV, JSON and memos have all.
    """
    return "\n".join(_lines(result, rows, width))


def _lines(result: Result, rows: int, width: int) -> Iterator[str]:
    yield from _wrapped(headline(result), "", width)
    yield from _wrapped(answer(result), "  ", width)
    for table in readable(result):
        yield from ("", *_wrapped(table.title, "", width))
        if table.note:
            yield from _wrapped(table.note, "  ", width)
        if not table.rows:
            yield "  none known"
            continue
        heads = [column.label for column in table.columns]
        right = [numeric([row.cells[n] for row in table.rows]) for n in range(len(heads))]
        body = [_cells(row.cells, marks(row), apart=right[-1]) for row in table.rows[:rows]]
        if right[-1]:
            heads, right = [*heads, ""], [*right, False]
        yield from block(heads, body, right, width)
        if len(table.rows) > rows:
            yield f"  … and {len(table.rows) - rows} more"
    yield from ("", *_wrapped(f"Coverage: {result.coverage.said}", "", width), "Assumptions:")
    for note in result.assumptions:
        yield from _wrapped(note, "  ", width)
    shown = [quote for quote in result.evidence if quote.n not in _cut(result, rows)]
    yield from ("", "Evidence") if shown else ()
    for quote in shown:
        yield from _wrapped(f"[{quote.n}] “{quote.quote}” — {source(quote)} ({manner(quote)})", "  ", width, hang=4)


def _cells(cells: Sequence[Cell], after: tuple[int, ...], *, apart: bool) -> list[str]:
    """The cells of a row in words, its evidence after the last, or `apart` in a cell of its own after numbers."""
    body = [" ".join(f"{said} {_numbers(found)}".rstrip() for said, found in pieces(cell)) for cell in cells]
    return [*body, _numbers(after)] if apart else [*body[:-1], f"{body[-1]} {_numbers(after)}".rstrip()]


def _cut(result: Result, rows: int) -> set[int]:
    """The numbers of quotes that only rows which are not shown cite."""
    shown: set[int] = set()
    whole: set[int] = set()
    for table in readable(result):
        for place, row in enumerate(table.rows):
            found = {n for cell in row.cells for _, numbers in pieces(cell) for n in numbers} | set(marks(row)[:MARKS])
            whole |= {*row.evidence, *found}
            shown |= found if place < rows else set()
    return whole - shown


def _numbers(numbers: Sequence[int]) -> str:
    return "".join(f"[{n}]" for n in numbers[:MARKS])


def _wrapped(words: str, indent: str, width: int, hang: int = 2) -> list[str]:
    """A paragraph, its further lines indented by `hang` more."""
    further = indent + " " * hang
    lines = wrap(
        words, width, initial_indent=indent, subsequent_indent=further, break_long_words=False, break_on_hyphens=False
    )
    return lines or [""]
