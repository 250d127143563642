"""Taking in a document that came over HTTP: read, extract, put."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from api.jobs import Outcome
from graph.errors import SourceError
from graph.model import Document, DocumentClaims
from graph.settings import Settings
from graph.store.protocol import Store
from ingest import sources
from ingest.decoding import decode
from ingest.tables.mapping import read_mapping
from ingest.tables.table import open_table
from ingest.tables.taking import mapping_named, put_table, shipped
from ingest.tables.tally import Tally

Extract = Callable[[Document], DocumentClaims]


@dataclass(frozen=True, slots=True)
class Upload:
    """One document as sent. `source` is a URL, `upload:NAME`, or “-” for one that is known by its content only.

    `data` None: to be fetched from the URL. `html` None: find out. `title` and `published` outrank what the text says.
    `mapping` makes a table of it: the YAML of a mapping, or the name of a shipped one.
    """

    source: str
    data: bytes | None
    charset: str | None = None
    html: bool | None = None
    title: str | None = None
    published: date | None = None
    mapping: str | None = None


def intake(upload: Upload, store: Store, settings: Settings, *, extract: Extract, now: datetime) -> Outcome:
    """Put the document into the store with its claims. Raises SourceError when it cannot be read as an article."""
    if upload.mapping is not None:
        return _tabled(upload, upload.mapping, store, settings, now)
    document = _read(upload, settings, now)
    known = {name: value for name, value in (("title", upload.title), ("published", upload.published)) if value}
    batch = extract(replace(document, **known))  # type: ignore[arg-type]
    store.put(batch)
    return Outcome(documents=1, claims=len(batch.claims))


def _tabled(upload: Upload, written: str, store: Store, settings: Settings, now: datetime) -> Outcome:
    """A table goes in, but for what has a fault."""
    mapping = mapping_named(written) if written in shipped() else read_mapping(written, name="the mapping sent")
    limit = settings.max_table_characters
    data = upload.data
    if data is None:
        data = sources.data_of(sources.Source("url", upload.source), limit=4 * limit)
    source = f"-:{hashlib.sha256(data).hexdigest()}" if upload.source == "-" else upload.source
    table = open_table(data, source=source, mapping=mapping, folder=None, limit=limit)
    tally = Tally()
    put = [len(batch.claims) for batch in put_table(table, store, tally, now=now)]
    return Outcome(documents=len(put), claims=sum(put))


def _read(upload: Upload, settings: Settings, now: datetime) -> Document:
    if upload.data is None:
        return sources.read(sources.Source("url", upload.source), settings=settings, now=now)
    label = "the text sent" if upload.source == "-" else upload.source
    if not upload.data:
        raise SourceError(f"{label}: empty; give a text with something in it.")
    text = decode(upload.data, source=label, charset=upload.charset)
    return sources.document(text, source=upload.source, html=upload.html, settings=settings, now=now)
