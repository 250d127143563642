"""One table of a report as CSV: a number with its bounds and basis takes several columns, each row its quotes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from graph.errors import SettingsError
from graph.identity import plain
from graph.model import EntityRef
from qa.risk.envelope import Cell, Column, Measure, Result, Row, Table
from qa.risk.output.words import said, source, tables
from qa.risk.report import Path, Quote, Share

EVIDENCE = "evidence"

_RANGE = ("", "_low", "_high", "_unit", "_basis", "_of", "_period", "_note")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_QUOTE = ("n", "quote", "outlet", "title", "published", "modality", "attributed_to", "document", "start", "end")
_QUOTES = (*_QUOTE, "locator", "edge", "claims")


def csv_table(result: Result, key: str | None = None) -> str:
    """The table of that key (None: the first), or the quotes themselves (`evidence`), with a line of heads.

    Numbers are plain and unrounded; what is unknown is empty. Text that a spreadsheet would run as a formula gets an
    apostrophe before it. Raises SettingsError for a table that the report has not.
    """
    found = {table.key: table for table in tables(result)}
    chosen = key if key is not None else next(iter(found), EVIDENCE)
    if chosen != EVIDENCE and chosen not in found:
        raise SettingsError(f"the report {result.kind} has no table {key}: there are {', '.join((*found, EVIDENCE))}")
    lines = _quotes(result.evidence) if chosen == EVIDENCE else _lines(found[chosen], result.evidence)
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(lines)
    return stream.getvalue()


def _lines(table: Table, evidence: Sequence[Quote]) -> Iterator[list[str]]:
    quotes = {quote.n: quote for quote in evidence}
    kinds = [_kind([row.cells[n] for row in table.rows]) for n in range(len(table.columns))]
    heads = [head for column, kind in zip(table.columns, kinds, strict=True) for head in _heads(column, kind)]
    yield [*heads, "evidence", "quotes"]
    for row in table.rows:
        cells = [text for cell, kind in zip(row.cells, kinds, strict=True) for text in _cells(cell, kind)]
        yield [*cells, *_cited(row, quotes)]


def _kind(cells: Sequence[Cell]) -> type:
    """What a column holds: numbers with bounds, entities, or anything else."""
    if any(isinstance(cell, Measure | Share) for cell in cells):
        return Measure
    return EntityRef if any(isinstance(cell, EntityRef) for cell in cells) else str


def _heads(column: Column, kind: type) -> list[str]:
    if kind is Measure:
        return [column.key + end for end in _RANGE]
    return [column.key, f"{column.key}_id"] if kind is EntityRef else [column.key]


def _cells(cell: Cell, kind: type) -> list[str]:
    if kind is Measure:
        return _range(cell)
    if kind is EntityRef:
        return [_text(cell), cell.id if isinstance(cell, EntityRef) else ""]
    return [_text(cell)]


def _range(cell: Cell) -> list[str]:
    if not isinstance(cell, Measure | Share):
        return [_text(cell), *("" for _ in _RANGE[1:])]
    numbers = [plain(end) or "" for end in (cell.value, cell.low, cell.high)]
    if isinstance(cell, Share):
        of, unit = f"{cell.whose}'s {cell.what}", "percent"
    else:
        of, unit = cell.what, cell.unit
    return [*numbers, unit, cell.basis or "", *map(safe, (of, cell.period, cell.note))]


def _cited(row: Row, quotes: dict[int, Quote]) -> list[str]:
    found = [quotes[n] for n in row.evidence if n in quotes]
    return ["; ".join(str(quote.n) for quote in found), safe(" | ".join(f"“{q.quote}” — {source(q)}" for q in found))]


def _quotes(evidence: Sequence[Quote]) -> Iterator[list[str]]:
    yield list(_QUOTES)
    for quote in evidence:
        cells = [getattr(quote, name) for name in _QUOTE]
        yield [*map(_text, cells), quote.locator, safe("; ".join(quote.edges)), " ".join(quote.claims)]


def _text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return str(cell).lower()
        case int() | Decimal():
            return plain(Decimal(cell)) or ""
        case date():
            return cell.isoformat()
        case tuple():
            return safe("; ".join(_text(item) for item in cell))
        case Path():
            return safe(said(cell))
        case EntityRef():
            return safe(cell.label)
        case Measure() | Share():
            return safe(said(cell))
    return safe(cell)


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula.

    >>> safe("=HYPERLINK(1)"), safe("TSMC")
    ("'=HYPERLINK(1)", 'TSMC')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text
