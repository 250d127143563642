"""A batch ingest: each source is read, extracted and put as one transaction, and fails alone."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from graph.errors import SettingsError, ShapeError, SourceError, TollgraphError
from graph.model import Document, DocumentClaims
from graph.settings import Settings
from graph.store.protocol import Store
from ingest.retract import Retraction, find_document, retract
from ingest.sources import Source, data_of, expand, read
from ingest.tables.files import is_table
from ingest.tables.model import Mapping
from ingest.tables.table import Table, open_table
from ingest.tables.taking import mapping_beside, put_table
from ingest.tables.tally import Tally

__all__ = [
    "Extract",
    "Failed",
    "Progress",
    "Report",
    "Retraction",
    "Skipped",
    "find_document",
    "ingest_documents",
    "ingest_sources",
    "retract",
]

Extract = Callable[[Document], DocumentClaims]
LOG = logging.getLogger(__name__)
LOG.addHandler(logging.NullHandler())  # the command line shows one clear line; a server's log gets the traceback


@dataclass(frozen=True, slots=True)
class Skipped:
    """A source that was left as it is, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A source that did not go in, and the one line that says why and what to do."""

    source: str
    error: str


@dataclass(frozen=True, slots=True)
class Progress:
    """What became of the `done`-th of `total` sources. "in" is said only once the store holds the whole document."""

    done: int
    total: int
    source: str
    outcome: Literal["in", "skipped", "failed"]
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What one run put in (documents, and their distinct entities and claims) and what it did not, with reasons."""

    documents: int = 0
    entities: int = 0
    claims: int = 0
    skipped: tuple[Skipped, ...] = ()
    failed: tuple[Failed, ...] = ()
    notes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        """The `--json` shape of the contract."""
        return {
            "documents": self.documents,
            "entities": self.entities,
            "claims": self.claims,
            "skipped": [{"source": s.source, "reason": s.reason} for s in self.skipped],
            "failed": [{"source": f.source, "error": f.error} for f in self.failed],
            "notes": list(self.notes),
        }


def ingest_sources(
    arguments: Sequence[str],
    store: Store,
    *,
    settings: Settings,
    extract: Extract,
    now: Callable[[], datetime],
    progress: Callable[[Progress], None] = lambda _: None,
    whole: Callable[[], AbstractContextManager[None]] = nullcontext,
    again: bool = False,
    mapping: Mapping | None = None,
    strict: bool = False,
) -> Report:
    """Read, extract and put every source that the arguments stand for (see `expand`).

    Tables are read by `mapping`, which makes a table of every source, or by the one beside each; with `strict` a fault
    in one keeps it out.

    A source that cannot be read, an extractor's TollgraphError and a document that breaks the shapes fail alone; errors
    of the store end the run, with all that was acknowledged in the store. A document that the store holds with the same
    text is skipped unless `again`. `whole` is held around a document's write and the word that it is in.
    """
    run = _Run(store, extract, progress, again, whole)
    sources = list(expand(arguments))
    run.total = len(sources)
    for source in sources:
        if mapping is not None or is_table(source.name):
            run.table(source, mapping, settings, now(), strict=strict)
            continue
        try:
            document = read(source, settings=settings, now=now())
        except SourceError as error:
            run.fail(source.name, error)
        except Exception as error:
            LOG.exception("cannot be read: %s", source.name)
            run.fail(source.name, _bug(source.name, error))
        else:
            run.take(document)
    return run.report()


def ingest_documents(
    documents: Iterable[Document],
    store: Store,
    *,
    extract: Extract,
    progress: Callable[[Progress], None] = lambda _: None,
    again: bool = False,
) -> Report:
    """The same for documents that are already made (a text posted over HTTP, see `sources.document`)."""
    run = _Run(store, extract, progress, again)
    for document in documents:
        run.total += 1
        run.take(document)
    return run.report()


@dataclass(slots=True)
class _Run:
    store: Store
    extract: Extract
    progress: Callable[[Progress], None]
    again: bool
    whole: Callable[[], AbstractContextManager[None]] = nullcontext
    total: int = 0
    known: dict[str, str] = field(default_factory=dict)
    documents: set[str] = field(default_factory=set)
    entities: set[str] = field(default_factory=set)
    claims: set[str] = field(default_factory=set)
    skipped: list[Skipped] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    done: int = 0

    def __post_init__(self) -> None:
        self.known = {document.id: document.sha256 for document in self.store.documents()}

    def take(self, document: Document) -> None:
        if not self.again and self.known.get(document.id) == document.sha256:
            self.skipped.append(Skipped(document.source, "unchanged since it was ingested"))
            self._say("skipped", document.source, document)
            return
        try:
            batch = self.extract(document)
        except TollgraphError as error:
            self.fail(document.source, error)
            return
        except Exception as error:
            LOG.exception("cannot be extracted: %s", document.source)
            self.fail(document.source, _bug(document.source, error))
            return
        with self.whole():
            try:
                self.store.put(batch)
            except ShapeError as error:
                self.fail(document.source, error)
                return
            self._count(batch)
            self._say("in", document.source, document)

    def table(
        self, source: Source, mapping: Mapping | None, settings: Settings, now: datetime, *, strict: bool
    ) -> None:
        """Take a table in; all its parts that are new are one source of the report."""
        tally, before = Tally(), len(self.documents)
        try:
            table = opened(source, mapping or mapping_beside(source.name), settings)
            for batch in put_table(
                table, self.store, tally, now=now, strict=strict, again=self.again, whole=self.whole
            ):
                self._count(batch, notes=())
        except (SourceError, SettingsError, ShapeError) as error:
            self.fail(source.name, error)
            return
        self.notes += [f"{source.name}: {line}" for line in tally.lines()]
        if len(self.documents) > before:
            self._say("in", source.name)
        else:
            self.skipped.append(Skipped(source.name, "unchanged since it was ingested"))
            self._say("skipped", source.name)

    def fail(self, source: str, error: TollgraphError) -> None:
        self.failed.append(Failed(source, str(error)))
        self._say("failed", source)

    def _count(self, batch: DocumentClaims, notes: Sequence[str] | None = None) -> None:
        document = batch.document
        self.known[document.id] = document.sha256
        self.documents.add(document.id)
        self.entities.update(entity.id for entity in batch.entities)
        self.claims.update(claim.id for claim in batch.claims)
        self.notes += [f"{document.source}: {note}" for note in (batch.notes if notes is None else notes)]

    def _say(self, outcome: Literal["in", "skipped", "failed"], source: str, document: Document | None = None) -> None:
        self.done += 1
        self.progress(Progress(self.done, self.total, source, outcome, document))

    def report(self) -> Report:
        return Report(
            documents=len(self.documents),
            entities=len(self.entities),
            claims=len(self.claims),
            skipped=tuple(self.skipped),
            failed=tuple(self.failed),
            notes=tuple(self.notes),
        )


def opened(source: Source, mapping: Mapping, settings: Settings) -> Table:
    """The table of a source. Raises SourceError."""
    limit = settings.max_table_characters
    folder = Path(source.name).parent if source.kind == "file" else None
    data = data_of(source, limit=4 * limit)
    name = f"-:{hashlib.sha256(data).hexdigest()}" if source.kind == "stdin" else source.name
    return open_table(data, source=name, mapping=mapping, folder=folder, limit=limit)


def _bug(source: str, error: Exception) -> SourceError:
    """What is said of a bug that one text brings to light; it must not keep the others out."""
    return SourceError(f"{source}: cannot be taken in ({type(error).__name__}); please report it.")
