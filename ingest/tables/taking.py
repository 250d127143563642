"""A table into the store: found its mapping, left as it is if nothing changed, put part by part, former parts out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from importlib.resources import files
from itertools import islice
from pathlib import Path
from urllib.parse import unquote

from graph.catalogue import catalogue
from graph.errors import SettingsError, SourceError
from graph.model import Document, DocumentClaims
from graph.namespaces import EXTRACTOR, PROV, iri
from graph.store.protocol import Store
from ingest.tables.batches import batches
from ingest.tables.files import MAPPING, PARTS, stem_of
from ingest.tables.mapping import read_mapping
from ingest.tables.model import Mapping
from ingest.tables.names import Names
from ingest.tables.strict import LONGEST, nearest
from ingest.tables.table import Table
from ingest.tables.tally import Tally

TOGETHER = 4
"""Parts of a long table in one transaction: more are faster, and take more memory."""

Whole = Callable[[], AbstractContextManager[None]]


def shipped() -> tuple[str, ...]:
    """The names of the mappings that come with the program."""
    folder = files("ingest.tables") / "examples"
    names = (file.name.removesuffix(MAPPING) for file in folder.iterdir() if file.name.endswith(MAPPING))
    return tuple(sorted(names))


def mapping_named(name: str) -> Mapping:
    """The mapping of a file, or a shipped one by its name. Raises SettingsError."""
    path = Path(name)
    if not path.exists() and name in shipped():
        text = (files("ingest.tables") / "examples" / f"{name}{MAPPING}").read_text(encoding="utf-8")
        return read_mapping(text, name=f"{name}{MAPPING}")
    return _read(path, nearest(name, shipped()))


def mapping_beside(source: str) -> Mapping:
    """The mapping that lies beside a table file. Raises SourceError if there is none, SettingsError if it is wrong."""
    path = Path(source).parent / f"{stem_of(source)}{MAPPING}"
    if not path.is_file():
        raise SourceError(f"{source}: a table needs a mapping: give --mapping FILE, or put {path.name} beside it.")
    return _read(path, "check the path")


def put_table(
    table: Table,
    store: Store,
    tally: Tally,
    *,
    now: datetime,
    strict: bool = False,
    again: bool = False,
    whole: Whole = nullcontext,
) -> Iterator[DocumentClaims]:
    """Puts the documents of a table and yields each once the store has it; nothing if all are there as they are.

    They go in some at a time, which are one transaction if they are new, held by `whole`; what an earlier version of
    the table has beyond them goes out at the end.
    With `strict` the whole table is read first, and a fault keeps all of it out. Raises SourceError, ShapeError.
    """
    held = _held(store, table.source)
    if strict:
        for _ in batches(table, Names(catalogue()), Tally(), strict=True):
            pass
    left = dict(held)
    new = (
        batch
        for batch in batches(table, Names(catalogue()), tally, now=now)
        if not _same(left.pop(batch.document.id, None), batch) or again
    )
    while group := list(islice(new, TOGETHER)):
        with whole():
            store.put_many(group)
        yield from group
    for former in left:
        with whole():
            store.remove(former)


def parts_of(source: str, documents: list[Document]) -> list[Document]:
    """The documents that hold a table: its own, or its parts."""
    return [d for d in documents if d.source == source or d.source.startswith(source + PARTS)]


Held = tuple[str, str]
"""The checksum of a document's text, and who made its claims."""


def _held(store: Store, source: str) -> dict[str, Held]:
    """The documents of a table that the store has."""
    documents = {document.id: document for document in parts_of(source, store.documents())}
    makers: dict[str, str] = {}
    for name in documents:
        rows = store.select(f"SELECT ?made {{ GRAPH <{iri(name)}> {{ <{iri(name)}> <{PROV}wasAttributedTo> ?made }} }}")
        makers[name] = next((row[0].value for row in rows.rows if row[0]), "")
    return {name: (found.sha256, unquote(makers[name].removeprefix(EXTRACTOR))) for name, found in documents.items()}


def _same(known: Held | None, batch: DocumentClaims) -> bool:
    return known == (batch.document.sha256, batch.claims[0].extractor)


def _read(path: Path, way_out: str) -> Mapping:
    try:
        if path.stat().st_size > LONGEST * 4:
            raise SettingsError(f"{path}: too large for a mapping; give the YAML file, not the table")
        return read_mapping(path.read_text(encoding="utf-8"), name=path.name)
    except UnicodeDecodeError:
        raise SettingsError(f"{path}: no text in UTF-8; a mapping is YAML") from None
    except OSError as problem:
        raise SettingsError(f"{path}: cannot be read ({problem.strerror}); {way_out}") from None
