"""A risk report as plain text for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from graph.identity import plain
from graph.model import EntityRef
from qa.risk.envelope import Cell, Measure, Result, Table
from qa.risk.render import share_text
from qa.risk.report import Share


def text(result: Result) -> str:
    """The report: the answer, its tables, coverage, assumptions, evidence."""
    return "\n".join(_lines(result))


def _lines(result: Result) -> Iterator[str]:
    yield from (result.title, f"  {said(result.measure)}")
    for table in result.tables:
        yield from ("", table.title)
        yield from _rows(table)
    yield from ("", f"Coverage: {result.coverage.said}", "Assumptions:")
    yield from (f"  {note}" for note in result.assumptions)
    yield from ("", "Evidence") if result.evidence else ()
    for quote in result.evidence:
        yield f"  [{quote.n}] “{quote.quote}” — {quote.title or quote.document} ({quote.modality})"


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        cells = (f"{c.label}: {said(cell)}" for c, cell in zip(table.columns, row.cells, strict=True))
        yield "  " + "; ".join(cells) + "".join(f" [{n}]" for n in row.evidence)


def said(cell: Cell) -> str:
    """A cell in words: a measure with its bounds and basis."""
    match cell:
        case None:
            return "unknown"
        case Share():
            return share_text(cell)
        case Measure():
            ends = (plain(end) for end in (cell.low, cell.high))
            number = plain(cell.value) or "–".join(end or "?" for end in ends)
            return f"{number} {cell.unit} ({cell.basis})" if cell.basis else "unknown"
        case EntityRef():
            return cell.label
        case tuple():
            return ", ".join(said(item) for item in cell)
        case Decimal() | date():
            return str(cell)
    return str(cell)
