"""A table file opened by its mapping: text, columns, joined tables; nothing of its rows is read yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any

from graph.errors import SourceError
from graph.identity import digest
from ingest.tables.files import delimiter_of, text_of
from ingest.tables.model import CELL, COLUMN, Amount, Condition, Join, Mapping, Reading, Text
from ingest.tables.records import Record, records
from ingest.tables.strict import nearest
from ingest.tables.view import View

_WIDEST = 16_384
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` are the places of the named columns from 0; `head` is where the rows begin in the text."""

    source: str
    text: str
    mapping: Mapping
    delimiter: str
    columns: dict[str, int]
    width: int
    head: int
    looked: dict[str, dict[str, dict[str, str]]]
    stamp: str

    def rows(self) -> Iterator[Record]:
        """The records after the header."""
        return (record for record in records(self.text, self.delimiter) if record.start >= self.head)

    def view(self) -> View:
        """A view to look at its rows through."""
        joins = {join.name: join for join in self.mapping.joins}
        return View(self.columns, joins, self.looked, self.mapping.reading.missing)


def open_table(data: bytes, *, source: str, mapping: Mapping, folder: Path | None, limit: int) -> Table:
    """The table in these bytes. `folder` has the files that it joins; None if there are none.

    Raises SourceError for what is no table, and for columns that the mapping names and the table does not have.
    """
    reading = mapping.reading
    text = text_of(data, source=source, encoding=reading.encoding, limit=limit)
    delimiter = reading.delimiter or delimiter_of(source)
    columns, width, head = _header(text, reading, delimiter, source)
    looked: dict[str, dict[str, dict[str, str]]] = {}
    used = [mapping.digest]
    for join in mapping.joins:
        looked[join.name], stamp = _joined(join, source, folder, limit)
        used.append(stamp)
    known = {join.name: next(iter(looked[join.name].values()), {}) for join in mapping.joins}
    for column in _named(mapping):
        _require(column, columns, known, source, delimiter)
    stamp = digest(*used, size=12)
    return Table(source, text, mapping, delimiter, _single(columns), width, head, looked, stamp)


def _header(text: str, reading: Reading, delimiter: str, source: str) -> tuple[dict[str, list[int]], int, int]:
    """The places of each column's name, the number of columns, and where the rows begin."""
    found = (record for record in records(text, delimiter) if record.number > reading.skip)
    first = next(found, None)
    if first is None:
        raise SourceError(f"{source}: has no row {reading.skip + 1}; correct “skip” in the mapping.")
    names = [name.strip().lstrip("\ufeff") for name in reading.names or first.cells]
    if len(names) > _WIDEST:
        raise SourceError(f"{source}: {len(names):,} columns are more than any table has; correct the delimiter.")
    places: dict[str, list[int]] = {}
    for at, name in enumerate(names):
        name = name or f"column {at + 1}"
        places.setdefault(name, []).append(at)
    return places, len(names), first.start if reading.names else first.after


def _single(columns: dict[str, list[int]]) -> dict[str, int]:
    """The first place of each name."""
    return {name: places[0] for name, places in columns.items()}


def _joined(join: Join, source: str, folder: Path | None, limit: int) -> tuple[dict[str, dict[str, str]], str]:
    if folder is None:
        raise SourceError(
            f"{source}: the mapping joins {join.file}, which did not come along; ingest it from a folder."
        )
    path = folder / join.file
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise SourceError(f"{path}: cannot be read ({problem.strerror}); the mapping joins it to {source}.") from None
    text = text_of(data, source=path.as_posix(), encoding=join.reading.encoding, limit=limit)
    delimiter = join.reading.delimiter or delimiter_of(join.file)
    columns, width, head = _header(text, join.reading, delimiter, path.as_posix())
    _require(join.key, columns, {}, path.as_posix(), delimiter)
    rows: dict[str, dict[str, str]] = {}
    for record in records(text, delimiter):
        if record.start >= head and len(record.cells) == width:
            cells = {name: record.cells[at] for name, at in _single(columns).items()}
            key = cells[join.key].strip()
            if key in rows and rows[key] != cells:
                raise SourceError(f"{path}, row {record.number}: “{key}” stands twice under {join.key}; join by a key.")
            rows[key] = cells
    return rows, digest(text)


def _named(mapping: Mapping) -> Iterator[str]:
    """Every column that the mapping names."""
    yield from (join.on for join in mapping.joins)
    for template in mapping.claims:
        yield from _columns(template)
        if template.matrix:
            yield from filter(None, (template.matrix.first, template.matrix.last))


def _columns(part: Any) -> Iterator[str]:
    match part:
        case Text() | Amount():
            yield from part.columns
        case Condition():
            yield part.column
        case tuple():
            for one in part:
                yield from _columns(one)
        case _ if is_dataclass(part):
            for one in fields(part):
                yield from _columns(getattr(part, one.name))


def _require(
    column: str, columns: dict[str, list[int]], joined: dict[str, dict[str, str]], source: str, delimiter: str
) -> None:
    """Raises SourceError if there is no such column, or several."""
    table, _, name = column.partition(".")
    if column in (CELL, COLUMN) or (column not in columns and name and (name in joined.get(table, ()))):
        return
    places = columns.get(column, [])
    if len(places) > 1:
        at = " and ".join(str(place + 1) for place in places)
        raise SourceError(f"{source}: “{column}” heads {len(places)} columns ({at}); rename all but one.")
    if not places:
        whole = [*columns, *(f"{name}.{each}" for name, row in joined.items() for each in row)]
        raise SourceError(f"{source}: has no column “{column}”; {_instead(column, columns, whole, delimiter)}")


def _instead(column: str, columns: dict[str, list[int]], whole: list[str], delimiter: str) -> str:
    only = next(iter(columns), "")
    other = next((mark for mark in (";", "\t", "|", ",") if mark != delimiter and mark in only), None)
    if len(columns) == 1 and other:
        return f"its header is one cell; write delimiter: {'tab' if other == chr(9) else repr(other)} under “read”."
    shown = whole if len(whole) <= _SHOWN else [*whole[:_SHOWN], f"and {len(whole) - _SHOWN} more"]
    said = nearest(column, whole) if whole else "it has none"
    return said if said.startswith("did you") else f"it has {', '.join(shown)}."
