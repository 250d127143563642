"""The text of a table file: unpacked, decoded; a Parquet file written out as CSV."""

from __future__ import annotations

import codecs
import csv
import io
import json
import zlib
from datetime import date, datetime
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from graph.errors import SourceError
from graph.identity import plain
from ingest.decoding import decode

SUFFIXES = (".csv", ".tsv", ".tab", ".parquet")
MAPPING = ".mapping.yaml"
PARTS = "#row="
"""Between the file of a long table and the rows (RFC 7111) of one part, in the source of that part's document."""
_GZIP, _PARQUET = b"\x1f\x8b", b"PAR1"
_ROWS = 5_000


def is_table(name: str) -> bool:
    """Whether a file or address is a table by its name."""
    return _bare(name).lower().endswith(SUFFIXES)


def stem_of(name: str) -> str:
    """The name of a table file without folder and suffixes: shares of data/shares.csv.gz."""
    bare = PurePath(_bare(name)).name
    return next((bare[: -len(suffix)] for suffix in SUFFIXES if bare.lower().endswith(suffix)), bare)


def delimiter_of(name: str) -> str:
    """What stands between the cells of a file of this name."""
    return "\t" if _bare(name).lower().endswith((".tsv", ".tab")) else ","


def text_of(data: bytes, *, source: str, encoding: str | None, limit: int) -> str:
    """The text. Raises SourceError for what is empty, binary, damaged, or longer than `limit` characters."""
    if data.startswith(_GZIP):
        data = _unpacked(data, source, limit * 4)
    if data.startswith(_PARQUET):
        return _written_out(data, source, limit)
    text = _decoded(data, source, encoding)
    if len(text) > limit:
        raise _too_long(source, limit)
    if not text.strip("\ufeff \t\r\n"):
        raise SourceError(f"{source}: empty; give a table with something in it.")
    return text


def _bare(name: str) -> str:
    return name[:-3] if name.lower().endswith(".gz") else name


def _decoded(data: bytes, source: str, encoding: str | None) -> str:
    if encoding is None:
        if b"\x00" in data[:200_000] and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise SourceError(f"{source}: this is a binary file, no table; give CSV, TSV or Parquet.")
        return decode(data, source=source)
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError) as problem:
        where = f" at byte {problem.start:,}" if isinstance(problem, UnicodeDecodeError) else ""
        raise SourceError(f"{source}: no {encoding} text{where}; correct “encoding” in the mapping.") from None


def _unpacked(data: bytes, source: str, limit: int) -> bytes:
    """The bytes of all members of a gzip file, but never more than `limit`."""
    out = bytearray()
    while data:
        unpacker = zlib.decompressobj(wbits=31)
        try:
            out += unpacker.decompress(data, limit + 1 - len(out))
        except zlib.error as problem:
            raise SourceError(f"{source}: damaged gzip file ({problem}); fetch it again.") from None
        if len(out) > limit:
            raise _too_long(source, limit // 4)
        if not unpacker.eof:
            raise SourceError(f"{source}: the gzip file is cut; fetch it again.")
        data = unpacker.unused_data.lstrip(b"\x00")
    return bytes(out)


def _written_out(data: bytes, source: str, limit: int) -> str:
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    try:
        file = pq.ParquetFile(io.BytesIO(data))
        rows.writerow(file.schema_arrow.names)
        for batch in file.iter_batches(_ROWS):
            rows.writerows(zip(*(map(_cell, column.to_pylist()) for column in batch.columns), strict=True))
            if out.tell() > limit:
                raise _too_long(source, limit)
    except (pa.ArrowException, OSError, ValueError, OverflowError) as problem:
        raise SourceError(f"{source}: no Parquet file that can be read ({str(problem).splitlines()[0]}).") from None
    return out.getvalue()


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case float():
            return plain(Decimal(repr(value))) or "" if value == value and abs(value) != float("inf") else repr(value)
        case Decimal():
            return plain(value) or ""
        case datetime() | date():
            return value.isoformat()
        case bytes():
            return value.hex()
        case list() | dict():
            return json.dumps(value, ensure_ascii=False, default=str)
        case _:
            return str(value)


def _too_long(source: str, limit: int) -> SourceError:
    return SourceError(
        f"{source}: longer than {limit:,} characters; split it, or raise TOLLGRAPH_MAX_TABLE_CHARACTERS."
    )
