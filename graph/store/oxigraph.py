"""The embedded store: RDF quads in Oxigraph, on disk or in memory."""

from __future__ import annotations

import sqlite3
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, cast

import pyoxigraph
from pyoxigraph import NamedNode, Quad

from graph.change.watch import WATCH, Watch, checked, watch_iri, watch_named, written
from graph.conform import require
from graph.errors import StoreError
from graph.judgements import Judgement, Rulings
from graph.judgements.rdf import GRAPH as JUDGED
from graph.model import DocumentClaims
from graph.namespaces import STORE, checked_iri, id_of, iri
from graph.rdf.encode import DocumentGraph, document_graph
from graph.rdf.terms import literal
from graph.store.bulk import Group, groups, uncollected
from graph.store.changed import changed
from graph.store.desk import computed_quads, corrected, marked
from graph.store.folder import drop_checkpoint, new_checkpoint, open_folder
from graph.store.history import (
    DEFAULT,
    DOCUMENT,
    SINCE,
    WRITTEN,
    Action,
    Past,
    instant,
    last_instant,
    newest,
    packed,
    past_quads,
    version,
)
from graph.store.index.facts import Facts, facts_in
from graph.store.index.keeping import Index
from graph.store.indexed import Indexed
from graph.store.judging import Judging, ruled
from graph.store.ledger import last_noted, require_all
from graph.store.protocol import Store
from graph.store.reader import no_document
from graph.store.reading import Reading
from graph.store.seam import Quads
from graph.store.upkeep import Upkeep, trim_log
from graph.store.view import Clocks, Look, StoreView

if TYPE_CHECKING:
    import rdflib

_VIEWS = 16
_LOOKS = 3  # each may hold a copy of the quads


class OxigraphStore(Judging):
    """`Store` on Oxigraph. Safe to share between threads; `path` None keeps everything in memory.

    A store opened with `write` holds the folder alone; readers share it. Beside the documents' graphs, the default
    graph says of each document the number of the write that brought it, and keeps what is over (`graph.store.history`):
    the largest number is the version. `clock` tells when writes take place that do not say so themselves.
    """

    def __init__(
        self,
        path: Path | None = None,
        *,
        write: bool = True,
        lock_seconds: float = 2.0,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.path: Path | None = path
        self._clock = clock
        self._write = write
        if path is None:
            self._quads, self._lock = pyoxigraph.Store(), None
        else:
            self._quads, self._lock = open_folder(path, write=write, lock_seconds=lock_seconds)
        self._guard = threading.RLock()
        self._upkeep: Upkeep | None = None
        try:
            with told(path):
                self._version = newest(self._quads, 0 if write or path is None else last_noted(path))
                if path is not None and write:
                    self._upkeep = Upkeep(path, self._quads, self._version)
                elif path is not None:
                    require_all(path, self._version)
        except StoreError:
            self._release()
            raise
        self._last: datetime | None = None
        with told(path):
            self._index = Index(self._quads, path, self._version, write=write)
            self._reading = Indexed(self._quads, self._index)
            self._rulings = Rulings(self._reading.judgements())
        self._looks: OrderedDict[Clocks, Look] = OrderedDict()
        self._views: OrderedDict[Clocks, StoreView] = OrderedDict()

    def __enter__(self) -> OxigraphStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def put(self, batch: DocumentClaims) -> None:
        """Add a document with its claims, or replace the one of the same id, in one transaction.

        Raises ShapeError for one whose graph breaks the shapes, or that quotes what its text does not say.
        """
        self._writable()
        made = document_graph(batch)
        require(made)
        graph, quads = made.name, list(made.quads())
        taken = batch.document.ingested
        with self._at_work():
            if self._rulings.touch(batch) or marked(batch):
                judged = corrected(self._rulings, quads)
                quads = [*judged.graph, *judged.book]
            at = self._instant(taken)
            quads += self._stamps(graph, at, taken)
            if self._quads.contains_named_graph(graph):
                quads += past_quads(self._past(graph, "replaced", at))
                self._change(_clearing(graph), quads)
            else:
                self._quads.extend(quads)
            self._changed(at, batch.document.id, size=len(quads))

    def put_many(self, batches: Iterable[DocumentClaims], *, told: Callable[[int], None] = lambda _: None) -> int:
        """Add documents in groups, each one transaction that is safe on disk when `told` is given how many are in.

        Several times as fast as `put`, which takes over where a document replaces another or a judgement bears on it.
        Raises what `put` raises; the groups before are in then.
        """
        self._writable()
        done, coming = 0, groups(batches)
        while True:
            with uncollected():
                if (group := next(coming, None)) is None:
                    return done
                done += self._take(group)
            told(done)

    def _take(self, group: Group) -> int:
        """Put the documents of a group, which is empty afterwards; how many."""
        fresh: list[DocumentGraph] = []
        for graph, made in group.documents.items():
            batch = made.batch
            if self._quads.contains_named_graph(graph) or self._rulings.touch(batch) or marked(batch):
                self.put(batch)
            else:
                require(made)
                fresh.append(made)
        self._load(fresh)
        done = len(group.documents)
        group.documents.clear()
        return done

    def _load(self, documents: list[DocumentGraph]) -> None:
        """Put documents that are new into the database's files at once."""
        if not documents:
            return
        with self._at_work():
            if self._upkeep is not None:
                self._upkeep.flush()  # what is in the log alone must not be older than what is in files
            stamps: list[Quad] = []
            found: list[Facts] = []
            at = self._instant(documents[0].batch.document.ingested)
            for ahead, made in enumerate(documents):
                taken = made.batch.document.ingested
                at = max(at, self._instant(taken))
                stamps += self._stamps(made.name, at, taken, ahead)
                found.append(facts_in(made.batch, self._version + 1 + ahead, at))
            self._quads.bulk_extend(chain(stamps, *(made.quads() for made in documents)))
            self._version += len(documents) - 1
            self._changed(at, documents[-1].batch.document.id, documents=(), facts=found)
            if self._upkeep is not None:
                self._upkeep.flush()

    def remove(self, document_id: str, *, forget: bool = False) -> None:
        """Take a document out again with every claim that only it supports; UnknownError if it is not there.

        The journal keeps what it was, unless `forget`: that erases all its former states, and may be asked for a
        document that is out already.
        """
        self._writable()
        graph = NamedNode(checked_iri(document_id, "d:"))
        with self._at_work():
            there = self._quads.contains_named_graph(graph)
            if not there and not (forget and any(self._quads.quads_for_pattern(None, DOCUMENT, graph, DEFAULT))):
                raise no_document(document_id)
            at = self._instant(None)
            if forget:
                store = NamedNode(STORE)
                clearing = f"{_clearing(graph)} {_forgetting(graph)} DELETE WHERE {{ {store} ?p ?o }} ;"
                self._change(clearing, self._stamps(store, at, None))
            else:
                self._change(_clearing(graph), past_quads(self._past(graph, "removed", at)))
            self._changed(at, document_id)

    def watch(self, watch: Watch) -> None:
        """Keep a watch list, in the place of one of the same name. It changes no document, so no version either."""
        self._writable()
        node = NamedNode(watch_iri(checked(watch).name))
        with self._at_work():
            self._change(_unwatching(node), [Quad(node, WATCH, literal(written(watch)), DEFAULT)])

    def unwatch(self, name: str) -> None:
        """Forget a watch list; UnknownError if there is none of that name."""
        self._writable()
        with self._at_work():
            self._change(_unwatching(NamedNode(watch_iri(watch_named(self, name).name))), [])

    def at(self, *, as_of: date | None = None, known_at: datetime | None = None) -> Store:
        """A read-only look at the documents published by `as_of`, as known at `known_at`; see `Store`."""
        if as_of is None and known_at is None:
            return self
        clocks = Clocks(as_of, instant(known_at) if known_at else None)
        with self._guard:
            view = self._views.pop(clocks, None) or StoreView(self, clocks, self._look)
            self._views[clocks] = view
            while len(self._views) > _VIEWS:
                self._views.popitem(last=False)
            return view

    def version(self) -> int:
        """The number of the last write, 0 for a new store; kept with the quads, so it outlives the process."""
        return self._version

    def changed(self, since: int) -> frozenset[str] | None:
        """The documents that the writes after `since` were about; see `Store`."""
        with self._at_work():
            return changed(self._quads, since, self._version)

    def as_rdflib(self) -> rdflib.Dataset:
        """A live, read-only view as an rdflib Dataset whose default graph is the union."""
        from graph.store.rdflib_view import dataset

        return dataset(self._quads)

    def quads(self, document_id: str | None = None) -> Iterator[Quad]:
        """The quads of one document's graph, or of all documents and then the judgements, without the bookkeeping."""
        if document_id is None:
            return self._stored(None)
        graph = NamedNode(checked_iri(document_id, "d:"))
        if not self._quads.contains_named_graph(graph):
            raise no_document(document_id)
        return self._stored(graph)

    def computed(self, document_id: str) -> list[Quad]:
        """The quads of one document's graph as computed, before any judgement corrected it."""
        graph = NamedNode(checked_iri(document_id, "d:"))
        with self._at_work():
            if not self._quads.contains_named_graph(graph):
                raise no_document(document_id)
            return computed_quads(self._quads, graph)

    def checkpoint(self) -> Path:
        """A copy of the quads as they stand, for another process to open; `folder.drop_checkpoint` deletes it."""
        with told(self.path):
            target = new_checkpoint(self.path)
            if self.path is None:
                pyoxigraph.Store(target).bulk_extend(iter(self._quads))
            else:
                self._quads.backup(target)
            return target

    @contextmanager
    def snapshot(self) -> Iterator[Path]:
        """The folder of the quads as they stand, for another process to open read-only while the block runs."""
        if self.path is not None and not self._write:
            yield self.path / "quads"  # nobody writes as long as this reader shares the folder
            return
        copy = self.checkpoint()
        try:
            yield copy
        finally:
            drop_checkpoint(copy)

    def close(self) -> None:
        """Write all buffers to disk and release the folder; nothing may be called afterwards."""
        with self._guard:
            if self._lock is None:
                return
            try:
                with told(self.path):
                    self._index.close()
                    if self._upkeep is not None:
                        self._upkeep.close()
            finally:
                del self._reading, self._index
                self._looks.clear()
                self._release()

    def _release(self) -> None:
        if self._lock is not None:
            del self._quads
            if self._upkeep is not None and self.path is not None:
                self._upkeep = None
                with suppress(OSError, RuntimeError):  # the log is no smaller then, and all is in it
                    trim_log(self.path / "quads")
            self._lock.release()
            self._lock = None

    @contextmanager
    def _at_work(self) -> Iterator[None]:
        with self._guard, told(self.path):
            yield

    def _stored(self, graph: NamedNode | None) -> Iterator[Quad]:
        with told(self.path):
            for quad in self._quads.quads_for_pattern(None, None, None, graph):
                if quad.graph_name not in (DEFAULT, JUDGED):
                    yield quad
            if graph is None:
                yield from self._quads.quads_for_pattern(None, None, None, JUDGED)

    def _writable(self) -> None:
        if not self._write:
            raise StoreError(f"{self.path} was opened for reading; open it with write=True to change it")

    def _instant(self, taken: datetime | None) -> datetime:
        """When the write at hand takes place: never before the last one, even if the clock went back."""
        if self._last is None:
            self._last = last_instant(self._quads, self._version)
        return max(instant(taken or self._clock()), self._last)

    def _stamps(self, subject: NamedNode, at: datetime, taken: datetime | None, ahead: int = 0) -> list[Quad]:
        """The number of the write at hand, or of one `ahead`, and its instant where the document does not say it."""
        stamps = [Quad(subject, WRITTEN, literal(self._version + 1 + ahead), DEFAULT)]
        if taken is None or instant(taken) != at:
            stamps.append(Quad(subject, SINCE, literal(at), DEFAULT))
        return stamps

    def _past(self, graph: NamedNode, action: Action, at: datetime) -> Past:
        """The state of a document that the write at hand ends."""
        former = packed(computed_quads(self._quads, graph))
        return Past(version(self._quads, graph), self._version + 1, action, at, former)

    @contextmanager
    def _deciding(self) -> Iterator[tuple[Quads, Reading, Rulings]]:
        self._writable()
        with self._at_work():
            yield self._quads, self._reading, self._rulings

    def _rule(self, rulings: Rulings, changed: tuple[Judgement, ...], at: datetime) -> None:
        gone, new = ruled(self._quads, rulings, changed)
        for judgement in changed:
            new.update(self._stamps(NamedNode(iri(judgement.id)), at, None))
        self._quads.update(f"DELETE DATA {{ {_data(gone - new)} }} ; INSERT DATA {{ {_data(new - gone)} }}")
        self._rulings = rulings
        places = {
            cast(NamedNode, quad.graph_name).value for quad in gone ^ new if quad.graph_name not in (DEFAULT, JUDGED)
        }
        self._changed(at, changed[0].id, size=len(new), documents=[id_of(place) for place in places])

    def _changed(
        self,
        at: datetime,
        what: str,
        *,
        size: int = 0,
        documents: Iterable[str] | None = None,
        facts: Iterable[Facts] = (),
    ) -> None:
        """A write at an instant, of so many quads, is in the database. It is about the document, or else judgement,
        `what`; `documents` are those that it changed if not that one, `facts` those of new ones.
        """
        self._version += 1
        self._last = at
        if self._upkeep is not None:
            self._upkeep.wrote(self._version, what, size)
        self._index.wrote(self._version, (what,) if documents is None else documents, facts)
        self._looks.clear()

    @contextmanager
    def _look(self, clocks: Clocks) -> Iterator[Look]:
        with self._at_work():
            look = self._looks.pop(clocks, None) or Look(self._quads, clocks, self._index)
            self._looks[clocks] = look
            while len(self._looks) > _LOOKS:
                self._looks.popitem(last=False)
            yield look

    @contextmanager
    def _now(self) -> Iterator[Reading]:
        with self._at_work():
            yield self._reading

    @contextmanager
    def _queried(self) -> Iterator[Quads]:
        with told(self.path):
            yield self._quads

    def _change(self, clearing: str, quads: list[Quad]) -> None:
        """One SPARQL update, which Oxigraph runs as one transaction: the only way to delete and insert at once."""
        self._quads.update(f"{clearing} INSERT DATA {{ {_data(quads)} }}")


@contextmanager
def told(path: Path | None) -> Iterator[None]:
    """What the database itself cannot do (a full disk, a damaged file) is a StoreError that names the folder."""
    try:
        yield
    except sqlite3.Error as problem:
        raise StoreError(
            f"{path or 'the graph in memory'}: its index failed ({problem}); delete the file `index` in that folder: "
            "it is made anew from what is in the graph"
        ) from None
    except (OSError, RuntimeError) as problem:
        raise StoreError(
            f"{path or 'the graph in memory'}: the database failed ({str(problem).splitlines()[0]}); "
            "free space if its disk is full, otherwise run `tollgraph doctor`"
        ) from None


def _data(quads: Iterable[Quad]) -> str:
    """Quads as the inside of INSERT DATA or DELETE DATA."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for quad in quads:
        place = "" if quad.graph_name == DEFAULT else f"GRAPH {quad.graph_name}"
        places[place].append(f"{quad.subject} {quad.predicate} {quad.object} .\n")
    return "".join(f"{place} {{ {''.join(body)} }}" if place else "".join(body) for place, body in places.items())


def _clearing(graph: NamedNode) -> str:
    return f"DROP SILENT GRAPH {graph} ; DELETE WHERE {{ {graph} ?p ?o }} ;"


def _unwatching(node: NamedNode) -> str:
    return f"DELETE WHERE {{ {node} {WATCH} ?what }} ;"


def _forgetting(graph: NamedNode) -> str:
    return f"DELETE WHERE {{ ?write {DOCUMENT} {graph} ; ?p ?o }} ;"
