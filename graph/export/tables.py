"""The graph as tables from which it can be made again (see graph.tables): a zip, or a folder."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Protocol

from graph.export.forward import Forward
from graph.export.judged import computed, judgements_in
from graph.export.scope import Scope
from graph.rdf import decode
from graph.store.protocol import Store
from graph.tables import arrow, plain
from graph.tables.columns import TABLES, Row
from graph.tables.rows import judgement_row, tables

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the oldest that a zip can tell: the same graph gives the same bytes


class _Writer(Protocol):
    def write(self, rows: list[Row]) -> None: ...

    def close(self) -> None: ...


_WRITERS: dict[str, Callable[[IO[bytes], str], _Writer]] = {"csv": plain.Writer, "parquet": arrow.Writer}


TABLE_FILES = tuple(f"{table}.{suffix}" for table in TABLES for suffix in _WRITERS)


def write_csv_tables(store: Store, stream: IO[bytes], scope: Scope) -> None:
    """A zip of documents.csv, entities.csv, claims.csv, evidence.csv and judgements.csv."""
    _write_zip(store, stream, scope, "csv")


def write_parquet_tables(store: Store, stream: IO[bytes], scope: Scope) -> None:
    """A zip of documents.parquet, entities.parquet and so on, see graph.tables.columns."""
    _write_zip(store, stream, scope, "parquet")


def write_folder(store: Store, folder: Path, scope: Scope, suffix: str) -> None:
    """The tables as files of a folder that exists; `suffix` is csv or parquet."""
    with ExitStack() as open_files:
        writers: dict[str, _Writer] = {}
        for table in TABLES:
            stream = open_files.enter_context((folder / f"{table}.{suffix}").open("wb"))
            writers[table] = _WRITERS[suffix](stream, table)
            open_files.callback(writers[table].close)
        judgements = judgements_in(store, scope)
        for document in scope.documents(store):
            quads = list(store.quads(document))
            for table, rows in tables(decode(quads), computed(store, document, quads, judgements)).items():
                writers[table].write(rows)
        writers["judgements"].write([judgement_row(judgement) for judgement in judgements])


def _write_zip(store: Store, stream: IO[bytes], scope: Scope, suffix: str) -> None:
    packing = zipfile.ZIP_DEFLATED if suffix == "csv" else zipfile.ZIP_STORED  # Parquet is packed already
    with tempfile.TemporaryDirectory(prefix="tollgraph-") as folder:
        write_folder(store, Path(folder), scope, suffix)
        with zipfile.ZipFile(Forward(stream), "w") as pack:
            for table in TABLES:
                entry = zipfile.ZipInfo(f"{table}.{suffix}", _EPOCH)
                entry.compress_type = packing
                with (Path(folder) / entry.filename).open("rb") as file, pack.open(entry, "w", force_zip64=True) as to:
                    shutil.copyfileobj(file, to)
