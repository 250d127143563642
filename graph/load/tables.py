"""Documents out of tables: a zip or folder of documents, entities, claims and evidence, as CSV or Parquet."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, cast

from graph.conform import require
from graph.errors import ShapeError, SourceError, TollgraphError
from graph.judgements import encode_judgements
from graph.load.document import Loaded, from_packed, require_text
from graph.load.judged import judgements_of, require_judgements
from graph.rdf.encode import document_graph
from graph.tables import arrow, plain
from graph.tables.columns import COUNTED, TABLES, Row
from graph.tables.rows import batch, judgement

Rows = Iterator[tuple[str, Row]]

_READERS: dict[str, Callable[[IO[bytes], str], Rows]] = {"csv": plain.read, "parquet": arrow.read}


def tables_in(folder: Path) -> str | None:
    """The suffix of the tables in a folder, None if there are none."""
    return next((suffix for suffix in _READERS if (folder / f"documents.{suffix}").is_file()), None)


def read_tables(path: Path) -> Iterator[Loaded]:
    """The documents of a zip or folder. Raises SourceError before the first if a table is missing, cut or malformed."""
    with _Opened(path) as check:
        for _ in _documents(check):
            pass
        for _ in check.rows("judgements"):
            pass
    with _Opened(path) as opened:
        yield from (_loaded(name, rows) for name, rows in _documents(opened))
        if rows := [row for _, row in opened.rows("judgements")]:
            yield _judgements(rows)


def _judgements(rows: list[Row]) -> Loaded:
    try:
        found = tuple(judgement(row) for row in rows)
        require_judgements(found)
        judgements_of(encode_judgements(found))
    except ShapeError as problem:
        return Loaded("judgements", error=str(problem))
    except (TollgraphError, ArithmeticError, LookupError, TypeError, ValueError, RecursionError) as problem:
        return Loaded("judgements", error=f"the judgements cannot be read ({problem})")
    return Loaded("judgements", judgements=found)


def _documents(opened: _Opened) -> Iterator[tuple[str, dict[str, list[Row]]]]:
    """Each document's rows by table. The other tables may be in any order; in that of documents they do not pile up."""
    others = {table: _Others(opened, table) for table in COUNTED}
    seen: set[str] = set()
    for place, row in opened.rows("documents"):
        name = cast(str, row["document"])
        if name in seen:
            raise SourceError(f"{opened.file('documents')}, {place}: document {name} stands there twice")
        seen.add(name)
        counts = {table: cast(int, row[column]) for table, column in COUNTED.items()}
        yield name, {"documents": [row]} | {table: others[table].take(name, n) for table, n in counts.items()}
    for table, rows in others.items():
        if stray := rows.left():
            raise SourceError(
                f"{opened.file(table)} has rows of {stray} that {opened.file('documents')} does not count"
            )


class _Others:
    """The rows of one table, handed out by document."""

    def __init__(self, opened: _Opened, table: str) -> None:
        self._file = opened.file(table)
        self._rows = opened.rows(table)
        self._waiting: dict[str, list[Row]] = {}

    def take(self, document: str, count: int) -> list[Row]:
        """The `count` rows of a document. Raises SourceError if there are fewer."""
        while len(self._waiting.get(document, ())) < count:
            found = next(self._rows, None)
            if found is None:
                have = len(self._waiting.get(document, ()))
                raise SourceError(f"{self._file} has {have} of the {count} rows of document {document}; it was cut")
            self._waiting.setdefault(cast(str, found[1]["document"]), []).append(found[1])
        return self._waiting.pop(document, [])

    def left(self) -> str | None:
        """A document that has rows which nobody took."""
        if not self._waiting and (found := next(self._rows, None)):
            return cast(str, found[1]["document"])
        return next(iter(self._waiting), None)


class _Opened:
    """The tables of a zip or folder while they are read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stack = ExitStack()

    def __enter__(self) -> _Opened:
        self._stack.enter_context(plain.long_cells())
        try:
            pack = None if self._path.is_dir() else self._stack.enter_context(zipfile.ZipFile(self._path))
        except (OSError, zipfile.BadZipFile) as problem:
            self._stack.close()
            raise SourceError(f"{self._path} is no zip that can be read ({problem}); export the tables again") from None
        names = [info.filename for info in pack.infolist()] if pack else [file.name for file in self._path.iterdir()]
        self._pack = pack
        self._suffix = next((s for s in _READERS if f"documents.{s}" in names), "csv")
        for table in TABLES:
            if f"{table}.{self._suffix}" not in names:
                self._stack.close()
                raise SourceError(f"{self._path} has no {table}.{self._suffix}; export the tables again")
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def file(self, table: str) -> str:
        """How to name a table in a message."""
        return f"{self._path}/{table}.{self._suffix}"

    def rows(self, table: str) -> Rows:
        """The rows of a table. Raises SourceError, with file and line, where they are not as an export writes them."""
        name = f"{table}.{self._suffix}"
        try:
            stream = self._pack.open(name) if self._pack else (self._path / name).open("rb")
            self._stack.callback(stream.close)
            yield from _READERS[self._suffix](stream, table)
        except (ValueError, OSError, RuntimeError, zipfile.BadZipFile) as problem:
            raise SourceError(f"{self.file(table)}: {problem}") from None


def _loaded(name: str, rows: dict[str, list[Row]]) -> Loaded:
    try:
        made = batch(rows["documents"][0], rows["entities"], rows["claims"], rows["evidence"])
        require(document_graph(made))
        require_text(made)
        former = rows["documents"][0]["computed"]
        if former is not None:
            made = from_packed(name, str(former))
    except ShapeError as problem:
        return Loaded(name, error=str(problem))
    except (TollgraphError, ArithmeticError, LookupError, TypeError, ValueError, RecursionError) as problem:
        return Loaded(name, error=f"{name} cannot be read as a document ({problem})")
    return Loaded(name, made)
