"""Taking in a document that came over HTTP: read, extract, put."""

from __future__ import annotations

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

Extract = Callable[[Document], DocumentClaims]


@dataclass(frozen=True, slots=True)
class Upload:
    """One document as sent. `source` is a URL, `upload:NAME`, or “-” for one that is known by its content only.

    `data` None: to be fetched from the URL. `html` None: find out. `title` and `published` outrank what the text says.
    """

    source: str
    data: bytes | None
    charset: str | None = None
    html: bool | None = None
    title: str | None = None
    published: date | None = None


def intake(upload: Upload, store: Store, settings: Settings, *, extract: Extract, now: datetime) -> Outcome:
    """Put the document into the store with its claims. Raises SourceError when it cannot be read as an article."""
    document = _read(upload, settings, now)
    known = {name: value for name, value in (("title", upload.title), ("published", upload.published)) if value}
    batch = extract(replace(document, **known))  # type: ignore[arg-type]
    store.put(batch)
    return Outcome(documents=1, claims=len(batch.claims))


def _read(upload: Upload, settings: Settings, now: datetime) -> Document:
    if upload.data is None:
        return sources.read(sources.Source("url", upload.source), settings=settings, now=now)
    label = "the text sent" if upload.source == "-" else upload.source
    if not upload.data:
        raise SourceError(f"{label}: empty; give a text with something in it.")
    text = decode(upload.data, source=label, charset=upload.charset)
    return sources.document(text, source=upload.source, html=upload.html, settings=settings, now=now)
