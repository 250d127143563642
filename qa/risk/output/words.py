"""Numbers, shares and cells of a report in words, the same in every format. Ranges first, the basis always."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from graph.locators import spoken
from graph.model import EntityRef
from qa.risk.envelope import Cell, Column, Measure, Result, Row, Table
from qa.risk.report import Path, Quote, Share

MARKS = 3

Piece = tuple[str, tuple[int, ...]]
"""Some words, and the numbers of the quotes that bear them out."""

_HUNDRED = Decimal(100)
_LARGE = ((Decimal(10) ** 12, "trillion"), (Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))


def headline(result: Result) -> str:
    """The title with the moments that it was looked at from."""
    day = f", as of {result.as_of}" if result.as_of else ""
    day += f", as known at {result.known_at:%Y-%m-%d %H:%M} UTC" if result.known_at else ""
    return result.title + day


def answer(result: Result) -> str:
    """The measure in one sentence, with its range and basis."""
    share = result.measure
    if isinstance(share, Share):
        if share.basis is None:
            return f"Share of {share.whose}'s {share.what} unknown ({share.note or 'no claim gives it'})"
        return share_text(share)
    return f"{share.what[:1].upper()}{share.what[1:]}: {measure_text(share)}"


def share_text(share: Share) -> str:
    """A share in words: “40 % of Nvidia's revenue (disclosed)”, “at least 12 %”, “share unknown (why)”."""
    if share.basis is None:
        return "share unknown" + (f" ({share.note})" if share.note else "")
    return f"{share_range(share)} of {share.whose}'s {share.what} ({_marked(share)})"


def share_range(share: Share) -> str:
    """Only the number of a share that is known: “40 %”, “7–20 %”, “60 % (at most 70 %)”."""
    low, high = share.low or Decimal(0), _HUNDRED if share.high is None else share.high
    if high >= _HUNDRED:
        ends = f"at least {number(low)} %" if low else ""
    else:
        ends = f"{number(low)}–{number(high)} %" if low else f"at most {number(high)} %"
    if share.value is None:
        return ends or "0–100 %"
    exact = low == high == share.value or not ends
    return f"{number(share.value)} %" + ("" if exact else f" ({ends})")


def measure_text(measure: Measure) -> str:
    """“2,500–4,000 points (derived)”, “at least USD 1.2 billion (disclosed, 2025)”, “unknown (why)”."""
    if measure.basis is None:
        return "unknown" + (f" ({measure.note})" if measure.note else "")
    return f"{extent(measure.value, measure.low, measure.high, measure.unit)} ({_marked(measure)})"


def extent(value: Decimal | None, low: Decimal | None, high: Decimal | None, unit: str) -> str:
    """A number with its bounds: “45, 30–60 points”, “at most USD 2 billion”, “unknown”."""
    if unit == "percent" and high == _HUNDRED and low and low < _HUNDRED:
        ends = f"at least {amount(low, unit)}"
    elif high is not None and low == 0 and high > 0:
        ends = f"at most {amount(high, unit)}"
    elif low is not None and high is not None and low != high:
        ends = f"{_from(low, high, unit)}–{amount(high, unit).removeprefix(f'{unit} ')}"
    elif low is not None and high is not None:
        ends = amount(low, unit)
    elif low is not None:
        ends = f"at least {amount(low, unit)}"
    else:
        ends = f"at most {amount(high, unit)}" if high is not None else ""
    if value is None:
        return ends or "unknown"
    return amount(value, unit) + ("" if not ends or low == high == value else f" ({ends})")


def number(value: Decimal | None) -> str:
    """A number for people: thousands apart, at most two decimals (small ones: two digits that count).

    >>> number(Decimal("7569.253")), number(Decimal("12.50")), number(Decimal("0.00123"))
    ('7,569', '12.5', '0.0012')
    """
    if value is None:
        return "unknown"
    places = 0 if abs(value) >= 1000 else 2
    if value and abs(value) < 1:
        places = max(2, 1 - value.adjusted())
    text = f"{round(value, places):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(value: Decimal | None, unit: str) -> str:
    """A number with its unit: “12 %”, “USD 1.25 billion”, “3 months”.

    >>> amount(Decimal(1250000000), "USD"), amount(Decimal(1), "months"), amount(Decimal(5), "count")
    ('USD 1.25 billion', '1 month', '5')
    """
    if value is None:
        return "unknown"
    if currency(unit):
        size, word = _size(value)
        return f"{unit} {number(value / size)} {word}".rstrip()
    if unit == "percent":
        return f"{number(value)} %"
    if unit in ("count", "probability", "ratio", ""):
        return number(value)
    return f"{number(value)} {unit.removesuffix('s') if value == 1 else unit}"


def _from(low: Decimal, high: Decimal, unit: str) -> str:
    """The lower end of a range; a word that the upper one has too is left to it: “USD 30” of “USD 30–50 billion”."""
    if not currency(unit):
        return number(low)
    size, word = _size(low)
    return f"{unit} {number(low / size)}" if word == _size(high)[1] else amount(low, unit)


def _size(value: Decimal) -> tuple[Decimal, str]:
    return next((row for row in _LARGE if abs(value) >= row[0]), (Decimal(1), ""))


def currency(unit: str) -> bool:
    """Whether a unit is an ISO 4217 code."""
    return len(unit) == 3 and unit.isupper()


def pieces(cell: Cell) -> tuple[Piece, ...]:
    """A cell in words; a path in pieces, one a step, with the product of its shares at the end."""
    if isinstance(cell, Path):
        steps = [(step.said, tuple(sorted(step.evidence[:MARKS]))) for step in cell.steps]
        ends = [] if len(steps) == 1 or cell.share.basis is None else [(f"= {share_range(cell.share)}", ())]
        return (*((f"{'→ ' if n else ''}{said}", marks) for n, (said, marks) in enumerate(steps)), *ends)
    return ((said(cell), ()),)


def said(cell: Cell) -> str:
    """A cell in words, without evidence."""
    match cell:
        case Share():
            return share_text(cell).removeprefix("share ")
        case Measure():
            return measure_text(cell)
        case Path():
            return " ".join(text for text, _ in pieces(cell))
        case EntityRef():
            return cell.label
        case tuple():
            return ", ".join(said(item) for item in cell)
        case bool():
            return "yes" if cell else "no"
        case int() | Decimal():
            return number(Decimal(cell))
        case date():
            return cell.isoformat()
    return "unknown" if cell is None else cell


def source(quote: Quote) -> str:
    """Where a quote stands: outlet, headline, row of a table, date."""
    row = spoken(quote.locator) if quote.locator else ""
    return ", ".join(filter(None, (quote.outlet, quote.title or quote.document, row, str(quote.published or ""))))


def manner(quote: Quote) -> str:
    """How firmly a quote says it, and who speaks: “reported, says Reuters”."""
    return quote.modality + (f", says {quote.attributed_to}" if quote.attributed_to else "")


def tables(result: Result) -> tuple[Table, ...]:
    """The tables of a report, its paths as the last one."""
    if not result.paths:
        return result.tables
    return (*result.tables, path_table(result.paths))


def readable(result: Result) -> tuple[Table, ...]:
    """The tables as people see them: without columns that are empty in every row, heads with a capital."""
    return tuple(_trimmed(table) for table in tables(result))


def _trimmed(table: Table) -> Table:
    kept = [n for n in range(len(table.columns)) if not table.rows or any(said(row.cells[n]) for row in table.rows)]
    heads = tuple(replace(column, label=column.label[:1].upper() + column.label[1:]) for column in table.columns)
    rows = tuple(replace(row, cells=tuple(row.cells[n] for n in kept)) for row in table.rows)
    return replace(table, columns=tuple(heads[n] for n in kept), rows=rows)


def path_table(paths: Sequence[Path], note: str = "") -> Table:
    """Paths with the product of their shares."""
    columns = (Column("path", "Path"), Column("tiers", "Tiers"), Column("share", "Share"))
    return Table("paths", "Paths", columns, tuple(Row((p, len(p.steps), p.share), cited(p)) for p in paths), note)


def cited(path: Path) -> tuple[int, ...]:
    """The numbers of all quotes that bear a path out."""
    return tuple(sorted({n for step in path.steps for n in step.evidence}))


def marks(row: Row) -> tuple[int, ...]:
    """The numbers to set after a row: none where a path in it cites step by step."""
    return () if any(isinstance(cell, Path) for cell in row.cells) else row.evidence


def _marked(found: Share | Measure) -> str:
    return ", ".join(filter(None, (found.basis, found.period, found.note)))


def numeric(cells: Sequence[Cell]) -> bool:
    """Whether a column holds plain numbers only."""
    return all(isinstance(cell, int | Decimal) and not isinstance(cell, bool) for cell in cells if cell is not None)
