"""The tables as CSV.

RFC 4180 in UTF-8 with a header line. Lists are JSON. An empty cell is what is unknown or an empty list; where a text
may be unknown, an empty text is `\\`, and one that begins with `\\` has one more.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import IO, Any, cast

from graph.tables.columns import ADDED, TABLES, Kind, Row, Value, check_header

_WHOLE = re.compile(r"\d{1,18}")


class Writer:
    """Writes one table to a binary stream."""

    def __init__(self, stream: IO[bytes], table: str) -> None:
        self._text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
        self._columns = TABLES[table]
        self._rows = csv.writer(self._text)
        self._rows.writerow(self._columns)

    def write(self, rows: Iterable[Row]) -> None:
        """Add rows."""
        self._rows.writerows([_cell(row[name], kind) for name, kind in self._columns.items()] for row in rows)

    def close(self) -> None:
        """Write what is buffered; the stream stays open."""
        self._text.flush()
        self._text.detach()


def read(stream: IO[bytes], table: str) -> Iterator[tuple[str, Row]]:
    """Each row with its place (“line 7”). Raises ValueError, which names the place, for what is no such table.

    Longer cells than 128 kB need `long_cells` around. The stream is closed.
    """
    with io.TextIOWrapper(stream, encoding="utf-8", newline="") as text:
        lines = csv.reader(text, strict=True)
        try:
            names = next(lines, [])
            if wrong := check_header(table, names):
                raise ValueError(wrong)
            for cells in lines:
                place = f"line {lines.line_num}"
                if len(cells) != len(names):
                    raise ValueError(f"{place} has {len(cells)} cells instead of {len(names)}")
                yield place, _row(dict(zip(names, cells, strict=True)), table, place)
        except (csv.Error, UnicodeDecodeError) as problem:
            raise ValueError(f"line {lines.line_num + 1} is no CSV in UTF-8 ({problem})") from None


def _row(cells: dict[str, str], table: str, place: str) -> Row:
    row: Row = {}
    for name, kind in TABLES[table].items():
        if name not in cells:
            row[name] = ADDED[table][name]
            continue
        try:
            row[name] = _value(cells[name], kind)
        except (ValueError, TypeError, KeyError, RecursionError):
            raise ValueError(f"{place}: {name} “{cells[name][:60]}” is no {kind.rstrip('?')}") from None
    return row


def _cell(value: Value, kind: Kind) -> str:
    match kind:
        case "text?" if value is not None:
            text = str(value)
            return "\\" + text if text == "" or text.startswith("\\") else text
        case "flag":
            return "true" if value else "false"
        case "texts" | "pairs":
            return json.dumps(value, ensure_ascii=False) if value else ""
        case _:
            return "" if value is None else str(value)


def _value(cell: str, kind: Kind) -> Value:
    match kind:
        case "text":
            return cell
        case "flag":
            return {"true": True, "false": False}[cell]
        case "whole":
            if _WHOLE.fullmatch(cell) is None:
                raise ValueError(cell)
            return int(cell)
        case "texts":
            return _strings(json.loads(cell)) if cell else ()
        case "pairs":
            return tuple(cast("tuple[str, str]", _strings(pair, 2)) for pair in json.loads(cell)) if cell else ()
        case _ if cell == "":
            return None
        case "day?":
            return date.fromisoformat(cell)
        case "text?":
            return cell.removeprefix("\\")
        case _:
            return cell


def _strings(value: Any, length: int | None = None) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(value)
    if length is not None and len(value) != length:
        raise ValueError(value)
    return tuple(value)


@contextmanager
def long_cells() -> Iterator[None]:
    """Let `read` take cells of any length while the block runs; the csv module stops at 128 kB by itself."""
    before = csv.field_size_limit(sys.maxsize)
    try:
        yield
    finally:
        csv.field_size_limit(before)
