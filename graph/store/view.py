"""A read-only store: another one as it was known at an instant, or as far as published by a day."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pyoxigraph
from pyoxigraph import NamedNode, Quad

from graph.errors import StoreError
from graph.judgements.model import Judgement, Proposal
from graph.judgements.rdf import GRAPH as JUDGED
from graph.model import DocumentClaims
from graph.namespaces import checked_iri
from graph.store.dated import Dated
from graph.store.desk import computed_quads
from graph.store.history import DEFAULT
from graph.store.index.keeping import Index
from graph.store.moment import Moment
from graph.store.protocol import Store
from graph.store.reader import Reader, no_document
from graph.store.reading import Reading
from graph.store.seam import Quads
from graph.store.touched import Touched

if TYPE_CHECKING:
    import rdflib

    from graph.change.watch import Watch


@dataclass(frozen=True, slots=True)
class Clocks:
    """What a look at a store is limited to: documents published by a day, and as known at an instant."""

    as_of: date | None = None
    known_at: datetime | None = None

    def within(self, other: Clocks) -> Clocks:
        """Both limits together."""
        days = [day for day in (self.as_of, other.as_of) if day is not None]
        instants = [at for at in (self.known_at, other.known_at) if at is not None]
        return Clocks(min(days, default=None), min(instants, default=None))


class Look:
    """The quads and the reading of one moment of one version. An index saves much where only a day is given."""

    def __init__(self, quads: Quads, clocks: Clocks, index: Index | None = None) -> None:
        self._moment: Moment | None = None
        if index is not None and clocks.as_of is not None and clocks.known_at is None:
            self.reading: Reading = Dated(quads, index, clocks.as_of)
        else:
            self._moment = Moment(quads, as_of=clocks.as_of, known_at=clocks.known_at)
            self.reading = Reading(self._moment)

    @property
    def moment(self) -> Moment:
        """The quads."""
        if isinstance(self.reading, Dated):
            return self.reading.moment
        assert self._moment is not None
        return self._moment


class StoreView(Reader):
    """`Store` of a moment: `base` says the version and lends the look (see `OxigraphStore.at`)."""

    def __init__(self, base: Store, clocks: Clocks, look: Callable[[Clocks], AbstractContextManager[Look]]) -> None:
        self._base = base
        self._clocks = clocks
        self._look = look

    @property
    def path(self) -> Path | None:
        """None: nothing is kept of a look at the past."""
        return None

    def at(self, *, as_of: date | None = None, known_at: datetime | None = None) -> Store:
        """The same with both this view's limits and those given."""
        both = self._clocks.within(Clocks(as_of, known_at))
        return self._base.at(as_of=both.as_of, known_at=both.known_at)

    def version(self) -> int:
        """The version of the store that this is a view of."""
        return self._base.version()

    def touched(self, since: int) -> Touched | None:
        """Not known: a write may change the past, too (judgements of now, what was erased)."""

    def changed(self, since: int) -> frozenset[str] | None:
        """Not told of the past."""
        del since
        return None

    def quads(self, document_id: str | None = None) -> Iterator[Quad]:
        """The quads of one document's graph, or of all documents, as they were then."""
        name = NamedNode(checked_iri(document_id, "d:")) if document_id is not None else None
        with self._look(self._clocks) as look:
            if document_id is not None and not look.reading.has_document(document_id):
                raise no_document(document_id)
            found = look.moment.quads_for_pattern(None, None, None, name)
            kept = [quad for quad in found if quad.graph_name != DEFAULT]
            return iter(sorted(kept, key=lambda quad: quad.graph_name == JUDGED))

    def computed(self, document_id: str) -> list[Quad]:
        """The quads of one document's graph as computed then."""
        with self._look(self._clocks) as look:
            if not look.reading.has_document(document_id):
                raise no_document(document_id)
            return computed_quads(look.moment, NamedNode(checked_iri(document_id, "d:")))

    @contextmanager
    def snapshot(self) -> Iterator[Path]:
        """A folder with a copy of the quads, for another process to open read-only while the block runs."""
        with tempfile.TemporaryDirectory(prefix="tollgraph-") as folder:
            with self._look(self._clocks) as look:
                pyoxigraph.Store(Path(folder) / "quads").bulk_extend(iter(look.moment.copy))
            yield Path(folder) / "quads"

    def as_rdflib(self) -> rdflib.Dataset:
        """A read-only rdflib Dataset of a copy of the quads."""
        from graph.store.rdflib_view import dataset

        with self._look(self._clocks) as look:
            return dataset(look.moment.copy)

    def put(self, batch: DocumentClaims) -> None:
        """Refused with StoreError: the past is for reading."""
        del batch
        self._refuse()

    def put_many(self, batches: Iterable[DocumentClaims], *, told: Callable[[int], None] = lambda _: None) -> int:
        """Refused with StoreError: the past is for reading."""
        del batches, told
        self._refuse()

    def remove(self, document_id: str, *, forget: bool = False) -> None:
        """Refused with StoreError: the past is for reading."""
        del document_id, forget
        self._refuse()

    def judge(self, proposal: Proposal) -> Judgement:
        """Refused with StoreError: the past is for reading."""
        del proposal
        self._refuse()

    def record(self, judgements: Iterable[Judgement]) -> None:
        """Refused with StoreError: the past is for reading."""
        del judgements
        self._refuse()

    def revoke(self, judgement_id: str, *, by: str, why: str) -> Judgement:
        """Refused with StoreError: the past is for reading."""
        del judgement_id, by, why
        self._refuse()

    def watch(self, watch: Watch) -> None:
        """Refused with StoreError: the past is for reading."""
        del watch
        self._refuse()

    def unwatch(self, name: str) -> None:
        """Refused with StoreError: the past is for reading."""
        del name
        self._refuse()

    def close(self) -> None:
        """Nothing to release; the store itself stays open."""

    def _refuse(self) -> NoReturn:
        raise StoreError("a look at the past (--as-of, --known-at) is for reading: change the graph as it is now")

    @contextmanager
    def _now(self) -> Iterator[Reading]:
        with self._look(self._clocks) as look:
            yield look.reading

    @contextmanager
    def _queried(self) -> Iterator[Quads]:
        with self._look(self._clocks) as look:
            copy = look.moment.copy
        yield copy
