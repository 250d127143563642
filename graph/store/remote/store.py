"""A store whose quads lie on a SPARQL 1.1 server."""

from __future__ import annotations

import functools
import tempfile
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

import pyoxigraph
from pyoxigraph import NamedNode, Quad

from graph.change.watch import WATCH, Watch, checked, watch_iri, watch_named, written
from graph.conform import require
from graph.errors import StoreError, TollgraphError
from graph.judgements import Judgement, Rulings
from graph.judgements.rdf import GRAPH as JUDGED
from graph.model import Claim, Document, DocumentClaims, Entity
from graph.namespaces import checked_iri, iri
from graph.rdf.encode import document_graph
from graph.store.changed import changed
from graph.store.desk import computed_quads
from graph.store.history import instant, last_instant
from graph.store.judging import Judging
from graph.store.protocol import ClaimFilter, Counts, Days, Joined, Rows, Store
from graph.store.reader import no_document, solutions, term_of
from graph.store.reading import Reading
from graph.store.remote.changes import commit, note, resume, sweep
from graph.store.remote.client import Client
from graph.store.remote.control import Lease, State, begin, require_union, state
from graph.store.remote.drafts import Draft
from graph.store.remote.endpoint import Endpoint
from graph.store.remote.errors import ServerMovedError
from graph.store.remote.literals import received
from graph.store.remote.mirror import Mirror
from graph.store.remote.outside import answered
from graph.store.remote.quads import RemoteQuads
from graph.store.remote.reading import RemoteReading
from graph.store.seam import Quads
from graph.store.view import Clocks, Look, StoreView

if TYPE_CHECKING:
    import rdflib

T = TypeVar("T")

_VIEWS = 16
_LOOKS = 3  # each may hold a copy of the quads
_ATTEMPTS = 8
_PAUSE = 0.05
_TOGETHER = 3_000
"""Quads from which on a load closes a change; one update of the server moves 4,000."""


class RemoteStore(Judging):
    """`Store` on a server. Safe to share between threads.

    A store opened with `write` holds the server's lease (see `control`); readers see every document whole, as the last
    write left it. `clock` tells when writes take place that do not say so themselves.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        write: bool = True,
        lock_seconds: float = 2.0,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        wall: Callable[[], float] = time.time,
        client: Client | None = None,
    ) -> None:
        self.path: Path | None = None
        self.client = client or Client(endpoint)
        self._write = write
        self._clock = clock
        self._lock_seconds = lock_seconds
        self._guard = threading.RLock()
        self._names = count(1)
        self._lease = Lease(self.client, clock=wall)
        self._mirror = Mirror(self.client)
        self._quads = RemoteQuads(self.client, self._mirror)
        self._state = State()
        self._version = -1  # not known
        self._last: datetime | None = None
        self._looks: OrderedDict[Clocks, Look] = OrderedDict()
        self._views: OrderedDict[Clocks, StoreView] = OrderedDict()
        try:
            if write:
                self._lead()
            self._steadily(lambda: None)
            require_union(self.client)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> RemoteStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def put(self, batch: DocumentClaims) -> None:
        """Add a document with its claims, or replace the one of the same id; it is in when this returns."""
        self.put_many([batch])

    def put_many(self, batches: Iterable[DocumentClaims], *, told: Callable[[int], None] = lambda _: None) -> int:
        """Put many documents, several in one change; how many. `told` is given how many are in for good.

        Raises what `put` raises; the documents before are in then.
        """
        done = 0
        with self._writing():
            draft = self._draft()
            for batch in batches:
                if len(draft) >= _TOGETHER or draft.holds(iri(batch.document.id)):
                    done += self._commit(draft)
                    told(done)
                    draft = self._draft()
                try:
                    made = document_graph(batch)
                    require(made)
                except TollgraphError:
                    self._commit(draft)
                    raise
                draft.put(batch, list(made.quads()), self._instant(batch.document.ingested))
            done += self._commit(draft)
            told(done)
            return done

    def remove(self, document_id: str, *, forget: bool = False) -> None:
        """Take a document out; UnknownError if it is not there. See `Store`."""
        graph = NamedNode(checked_iri(document_id, "d:"))
        with self._writing():
            there = graph.value in self._mirror.documents
            if not there and not (forget and self._mirror.journal_of(graph)):
                raise no_document(document_id)
            draft = self._draft()
            (draft.forget if forget else draft.remove)(graph, self._instant(None))
            self._commit(draft)

    def watch(self, watch: Watch) -> None:
        """Keep a watch list, in the place of one of the same name; no version comes of it."""
        node = NamedNode(watch_iri(checked(watch).name))
        with self._writing():
            note(self.client, self._lease.holder, node, WATCH, written(watch))

    def unwatch(self, name: str) -> None:
        """Forget a watch list; UnknownError if there is none of that name."""
        with self._writing():
            node = NamedNode(watch_iri(watch_named(self, name).name))
            note(self.client, self._lease.holder, node, WATCH, None)

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

    def computed(self, document_id: str) -> list[Quad]:
        """The quads of one document's graph as computed, before any judgement corrected it."""
        graph = NamedNode(checked_iri(document_id, "d:"))

        def read() -> list[Quad]:
            if graph.value not in self._mirror.documents:
                raise no_document(document_id)
            return computed_quads(self._quads, graph)

        return self._steadily(read)

    def documents(self, ids: Sequence[str] | None = None) -> list[Document]:
        """See `Store`."""
        return self._steadily(lambda: super(RemoteStore, self).documents(ids))

    def document_ids(self) -> list[str]:
        """See `Store`."""
        return self._steadily(super().document_ids)

    def document(self, document_id: str) -> Document:
        """See `Store`."""
        return self._steadily(lambda: super(RemoteStore, self).document(document_id))

    def claims(self, where: ClaimFilter | None = None) -> Iterator[Claim]:
        """See `Store`."""
        return self._steadily(lambda: super(RemoteStore, self).claims(where))

    def claim(self, claim_id: str) -> Claim:
        """See `Store`."""
        return self._steadily(lambda: super(RemoteStore, self).claim(claim_id))

    def entities(self, query: str | None = None, *, type: str | None = None, limit: int | None = None) -> list[Entity]:
        """See `Store`."""
        return self._steadily(lambda: super(RemoteStore, self).entities(query, type=type, limit=limit))

    def entity(self, entity_id: str) -> Entity:
        """See `Store`."""
        return self._steadily(lambda: super(RemoteStore, self).entity(entity_id))

    def each_entity(self, ids: Sequence[str]) -> list[Entity]:
        """See `Store`."""
        return self._steadily(lambda: super(RemoteStore, self).each_entity(ids))

    def matching(
        self,
        *,
        subjects: Sequence[str] = (),
        predicates: Sequence[str] = (),
        objects: Sequence[str] = (),
        either: Sequence[str] = (),
        saying: Sequence[str] = (),
        mentioning: Sequence[str] = (),
        counted: Sequence[str] = (),
        days: Days | None = None,
        limit: int | None = None,
    ) -> list[Claim]:
        """See `Store`."""
        return self._steadily(
            lambda: super(RemoteStore, self).matching(
                subjects=subjects,
                predicates=predicates,
                objects=objects,
                either=either,
                saying=saying,
                mentioning=mentioning,
                counted=counted,
                days=days,
                limit=limit,
            )
        )

    def attested(self, ids: Sequence[str], *, limit: int, offset: int = 0) -> list[Claim]:
        """See `Store`."""
        return self._steadily(lambda: super(RemoteStore, self).attested(ids, limit=limit, offset=offset))

    def neighbours(self, ids: Sequence[str]) -> frozenset[str]:
        """See `Store`."""
        return self._steadily(lambda: super(RemoteStore, self).neighbours(ids))

    def touching(self, ids: Sequence[str], near: Sequence[str]) -> frozenset[str]:
        """See `Store`."""
        return self._steadily(lambda: super(RemoteStore, self).touching(ids, near))

    def joined(
        self,
        *,
        subjects: Sequence[str] = (),
        predicates: Sequence[str] = (),
        objects: Sequence[str] = (),
        either: Sequence[str] = (),
        most: int = 2,
    ) -> list[Joined]:
        """See `Store`."""
        return self._steadily(
            lambda: super(RemoteStore, self).joined(
                subjects=subjects, predicates=predicates, objects=objects, either=either, most=most
            )
        )

    def each_claim(self, ids: Sequence[str]) -> list[Claim]:
        """See `Store`."""
        return self._steadily(lambda: super(RemoteStore, self).each_claim(ids))

    def speakers(self) -> list[str]:
        """See `Store`."""
        return self._steadily(super().speakers)

    def last_day(self) -> date | None:
        """See `Store`."""
        return self._steadily(super().last_day)

    def judgements(self, *, about: str | None = None) -> list[Judgement]:
        """See `Store`."""
        return self._steadily(lambda: super(RemoteStore, self).judgements(about=about))

    def counts(self) -> Counts:
        """See `Store`."""
        return self._steadily(super().counts)

    def version(self) -> int:
        """The number of the last write; one small query, none for the writer."""
        return self._steadily(lambda: self._version)

    def changed(self, since: int) -> frozenset[str] | None:
        """The documents that the writes after `since` were about; see `Store`."""
        return self._steadily(lambda: changed(self._quads, since, self._version))

    def select(self, sparql: str) -> Rows:
        """Run a trusted SELECT on the server, whose default graph is the union; QueryError if it is malformed."""
        solutions(pyoxigraph.Store(), sparql)  # refuses what is no SELECT
        found = self._quads.solutions(sparql)
        rows = ((None if term is None else term_of(received(term)) for term in row) for row in found.rows)
        return Rows(found.variables, tuple(tuple(row) for row in rows))

    def quads(self, document_id: str | None = None) -> Iterator[Quad]:
        """The quads of one document's graph, or of all documents, fetched a few documents at a time."""
        if document_id is None:
            return self._every()
        graph = checked_iri(document_id, "d:")

        def read() -> Iterator[Quad]:
            if graph not in self._mirror.documents:
                raise no_document(document_id)
            return self._quads.whole([graph])

        return self._steadily(read)

    @contextmanager
    def snapshot(self) -> Iterator[Path]:
        """A folder with a copy of all quads, for another process to open read-only while the block runs."""
        with tempfile.TemporaryDirectory(prefix="tollgraph-") as folder:
            pyoxigraph.Store(Path(folder) / "quads").bulk_extend(self.quads())
            yield Path(folder) / "quads"

    def as_rdflib(self) -> rdflib.Dataset:
        """A read-only rdflib Dataset of a copy of all quads."""
        from graph.store.rdflib_view import dataset

        copy = pyoxigraph.Store()
        copy.bulk_extend(self.quads())
        return dataset(copy)

    def answer_outside(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Anyone's checked query, answered by the server (see `outside`)."""
        return answered(self.client, request)

    def close(self) -> None:
        """Let others write and let go of the connections."""
        with self._guard:
            if self._write:
                self._write = False
                with suppress(StoreError):  # the lease ends by itself
                    self._lease.release()
            self.client.close()

    @contextmanager
    def _now(self) -> Iterator[Reading]:
        with self._guard:
            self._refresh()
            yield self._reading

    @contextmanager
    def _queried(self) -> Iterator[Quads]:
        yield self._quads

    @contextmanager
    def _look(self, clocks: Clocks) -> Iterator[Look]:
        with self._guard:
            self._refresh()
            look = self._looks.pop(clocks, None) or self._steadily(lambda: Look(self._quads, clocks))
            self._looks[clocks] = look
            while len(self._looks) > _LOOKS:
                self._looks.popitem(last=False)
            yield look

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """The lease is ours and the mirror up to date; after a failure nothing is taken for granted any more."""
        if not self._write:
            raise StoreError(
                f"{self.client.endpoint.name} was opened for reading; open it with write=True to change it"
            )
        with self._guard:
            try:
                if self._version < 0 or not self._lease.fresh():
                    self._lead()
                    self._refresh()
                yield
            except StoreError:
                self._version = -1
                raise

    def _lead(self) -> None:
        """Become the writer, and put right what the last one left behind if it died."""
        found = self._lease.acquire(self._lock_seconds)
        if found.version is None:
            begin(self.client)
        if found.step:
            resume(self.client, self._lease.holder, found)
        if found.version != self._version:
            sweep(self.client)
            self._version = -1

    def _refresh(self) -> None:
        """Catch up with the server if need be."""
        if self._write and self._version >= 0 and self._lease.fresh():
            return
        self._state = state(self.client)
        if self._state.version is None:
            raise StoreError(
                f"no graph at {self.client.endpoint.name}: run `tollgraph ingest` on it first, or give another --graph"
            )
        if self._state.version != self._version:
            self._mirror.catch_up()
            self._renew(self._state.version)

    def _renew(self, version: int) -> None:
        self._version = version
        self._quads.forget()
        self._reading = RemoteReading(self._quads, self.client)
        self._rulings = Rulings(self._reading.judgements())
        self._looks.clear()

    def _steadily(self, read: Callable[[], T]) -> T:
        """What a reading gives once no writer comes between."""
        for attempt in range(_ATTEMPTS):
            try:
                with self._guard:
                    self._refresh()
                    return read()
            except ServerMovedError:
                if attempt == _ATTEMPTS - 1:
                    raise
                self._version = -1
                time.sleep(_PAUSE * 2**attempt)
        raise AssertionError("unreachable")

    def _every(self) -> Iterator[Quad]:
        for graphs in self._steadily(self._quads.batches):
            yield from self._steadily(functools.partial(self._quads.whole, graphs))
        yield from self._steadily(lambda: list(self._mirror.quads.quads_for_pattern(None, None, None, JUDGED)))

    @contextmanager
    def _deciding(self) -> Iterator[tuple[Quads, Reading, Rulings]]:
        with self._writing():
            yield self._quads, self._reading, self._rulings

    def _instant(self, taken: datetime | None) -> datetime:
        if self._last is None:
            self._last = last_instant(self._quads, self._version)
        self._last = max(instant(taken or self._clock()), self._last)
        return self._last

    def _rule(self, rulings: Rulings, changed: tuple[Judgement, ...], at: datetime) -> None:
        draft = self._draft()
        draft.rule(rulings, changed, at)
        self._commit(draft)

    def _draft(self) -> Draft:
        return Draft(self._quads, self._rulings, self._version)

    def _commit(self, draft: Draft) -> int:
        """Make a change; all of it is in for good when this returns. How many writes it holds."""
        if draft.version == self._version:
            return 0
        count = draft.version - self._version
        change, books = draft.finished()
        name = f"{self._lease.token}/{next(self._names)}"
        self._state = commit(self.client, self._lease.holder, name, change, self._state)
        books.apply(self._mirror)
        self._renew(draft.version)
        return count
