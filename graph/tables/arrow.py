"""The tables as Parquet: days as date32, lists as lists, amounts as text because no decimal type holds any number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import IO, TYPE_CHECKING, Any

from graph.tables.columns import ADDED, TABLES, Kind, Row, check_header

if TYPE_CHECKING:
    import pyarrow as pa

_ROWS = 5_000


class Writer:
    """Writes one table to a binary stream, a row group for each few thousand rows."""

    def __init__(self, stream: IO[bytes], table: str) -> None:
        import pyarrow.parquet as pq

        self._table = table
        self._waiting: list[Row] = []
        self._writer = pq.ParquetWriter(stream, schema(table), compression="zstd")

    def write(self, rows: Iterable[Row]) -> None:
        """Add rows."""
        self._waiting += rows
        while len(self._waiting) >= _ROWS:
            self._flush(_ROWS)

    def close(self) -> None:
        """Write what is buffered and the end of the file; the stream stays open."""
        if self._waiting:
            self._flush(len(self._waiting))
        self._writer.close()

    def _flush(self, count: int) -> None:
        import pyarrow as pa

        rows, self._waiting = self._waiting[:count], self._waiting[count:]
        self._writer.write_table(pa.Table.from_pylist(rows, schema=schema(self._table)))


def read(stream: IO[bytes], table: str) -> Iterator[tuple[str, Row]]:
    """Each row with its place (“row 7”). Raises ValueError, which names the place, for what is no such table."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(stream)
        if wrong := check_header(table, file.schema_arrow.names):
            raise ValueError(wrong)
        if not file.schema_arrow.equals(_only(schema(table), file.schema_arrow.names)):
            raise ValueError("has columns of other types than an export writes")
        number = 0
        for rows in file.iter_batches(_ROWS):
            for found in rows.to_pylist():
                number += 1
                yield f"row {number}", _row(ADDED.get(table, {}) | found, table, f"row {number}")
    except (pa.ArrowException, OSError) as problem:
        raise ValueError(f"is no Parquet file that can be read ({str(problem).splitlines()[0]})") from None


@cache
def schema(table: str) -> pa.Schema:
    """The Arrow schema of a table."""
    import pyarrow as pa

    kinds: dict[Kind, pa.DataType] = {
        "whole": pa.int64(),
        "flag": pa.bool_(),
        "day?": pa.date32(),
        "texts": pa.list_(pa.string()),
        "pairs": pa.map_(pa.string(), pa.string()),
    }
    return pa.schema([pa.field(name, kinds.get(kind, pa.string())) for name, kind in TABLES[table].items()])


def _only(whole: pa.Schema, names: list[str]) -> pa.Schema:
    """The schema without the columns that an older export does not have."""
    import pyarrow as pa

    return pa.schema([field for field in whole if field.name in names])


def _row(found: dict[str, Any], table: str, place: str) -> Row:
    row: Row = {}
    for name, kind in TABLES[table].items():
        value = found[name]
        if value is None and not kind.endswith("?"):
            raise ValueError(f"{place}: {name} is missing")
        row[name] = tuple(value) if kind in ("texts", "pairs") else value
    return row
