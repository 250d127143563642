"""The embedded store: RDF quads in Oxigraph, on disk or in memory."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, cast

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from graph.errors import QueryError, StoreError, UnknownError
from graph.model import Claim, Document, DocumentClaims, Entity
from graph.namespaces import PREFIXES, STORE, checked_iri, iri
from graph.rdf.encode import encode
from graph.rdf.terms import literal, tg
from graph.store.folder import drop_checkpoint, new_checkpoint, open_folder
from graph.store.ledger import require_all
from graph.store.names import alike, matching
from graph.store.protocol import ClaimFilter, Counts, Rows, Term
from graph.store.reading import Reading
from graph.store.upkeep import Upkeep, trim_log

if TYPE_CHECKING:
    import rdflib

_WRITTEN = tg("written")
_DEFAULT = DefaultGraph()


class OxigraphStore:
    """`Store` on Oxigraph. Safe to share between threads; `path` None keeps everything in memory.

    A store opened with `write` holds the folder alone; readers share it. Beside the documents' graphs, the default
    graph says of each document (and of the store, after a removal) the number of the write that brought it: the largest
    is the version.
    """

    def __init__(self, path: Path | None = None, *, write: bool = True, lock_seconds: float = 2.0) -> None:
        self.path = path
        self._write = write
        if path is None:
            self._quads, self._lock = pyoxigraph.Store(), None
        else:
            self._quads, self._lock = open_folder(path, write=write, lock_seconds=lock_seconds)
        self._guard = threading.RLock()
        self._upkeep: Upkeep | None = None
        try:
            with told(path):
                self._version = self._newest()
                if path is not None and write:
                    self._upkeep = Upkeep(path, self._quads, self._version)
                elif path is not None:
                    require_all(path, self._version)
        except StoreError:
            self._release()
            raise
        self._reading = Reading(self._quads)

    def __enter__(self) -> OxigraphStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def put(self, batch: DocumentClaims) -> None:
        """Add a document with its claims, or replace the one of the same id, in one transaction."""
        self._writable()
        quads = encode(batch)
        graph = NamedNode(iri(batch.document.id))
        with self._at_work():
            quads.append(self._stamp(graph))
            if self._quads.contains_named_graph(graph):
                self._change(_clearing(graph), quads)
            else:
                self._quads.extend(quads)
            self._changed(batch.document.id, len(quads))

    def remove(self, document_id: str) -> None:
        """Take a document out again with every claim that only it supports; UnknownError if it is not there."""
        self._writable()
        graph = NamedNode(checked_iri(document_id, "d:"))
        with self._at_work():
            self._require(graph, document_id)
            store = NamedNode(STORE)
            self._change(f"{_clearing(graph)} DELETE WHERE {{ {store} {_WRITTEN} ?n }} ;", [self._stamp(store)])
            self._changed(document_id)

    def documents(self) -> list[Document]:
        """All documents in order of ingest, texts left out (`text` is "")."""
        with self._at_work():
            return self._reading.documents()

    def document(self, document_id: str) -> Document:
        """One document with its text; UnknownError if it is not there."""
        with self._at_work():
            self._require(NamedNode(checked_iri(document_id, "d:")), document_id)
            return self._reading.document(document_id)

    def claims(self, where: ClaimFilter | None = None) -> Iterator[Claim]:
        """Claims with all their evidence, by the order of ingest and their place in the text."""
        with self._at_work():
            found = self._reading.claims(where or ClaimFilter())
        return iter(found)

    def claim(self, claim_id: str) -> Claim:
        """One claim by id; UnknownError if it is not there."""
        checked_iri(claim_id, "c:")
        with self._at_work():
            found = self._reading.claim(claim_id)
        if found is None:
            raise UnknownError(f"no claim {claim_id} in this graph: `tollgraph claims` lists them")
        return found

    def entities(self, query: str | None = None, *, type: str | None = None, limit: int | None = None) -> list[Entity]:
        """Entities, most claims first; `query` matches labels, aliases and identifiers (see graph.store.names)."""
        with self._at_work():
            found = self._reading.entities()
        if type is not None:
            found = [entity for entity in found if entity.type == type]
        if query is not None:
            found = matching(found, query)
        return found[:limit]

    def entity(self, entity_id: str) -> Entity:
        """One entity by id; UnknownError, with ids that come near, if it is not there."""
        checked_iri(entity_id, "e:")
        with self._at_work():
            found = self._reading.entity(entity_id)
        if found is None:
            words = entity_id[2:].replace("-", " ")
            near = tuple(entity.id for entity in alike(self.entities(), words, cutoff=60)[:3])
            hint = f"; did you mean {', '.join(near)}?" if near else ": `tollgraph entities` lists them"
            raise UnknownError(f"no entity {entity_id} in this graph{hint}", near)
        return found

    def counts(self) -> Counts:
        """How many documents, entities and claims there are."""
        with self._at_work():
            return self._reading.counts()

    def version(self) -> int:
        """The number of the last write, 0 for a new store; kept with the quads, so it outlives the process."""
        return self._version

    def select(self, sparql: str) -> Rows:
        """Run a trusted SELECT over the union of all graphs, with the usual prefixes; QueryError if it is malformed."""
        with told(self.path):
            try:
                found = self._quads.query(sparql, use_default_graph_as_union=True, prefixes=PREFIXES)
            except SyntaxError as problem:
                raise QueryError(f"malformed SPARQL: {str(problem).splitlines()[0]}") from None
            if not isinstance(found, pyoxigraph.QuerySolutions):
                raise QueryError("only SELECT queries give rows; run others with `tollgraph sparql`")
            names = tuple(variable.value for variable in found.variables)
            return Rows(names, tuple(tuple(None if t is None else term_of(t) for t in row) for row in found))

    def as_rdflib(self) -> rdflib.Dataset:
        """A live, read-only view as an rdflib Dataset whose default graph is the union."""
        from graph.store.rdflib_view import dataset

        return dataset(self._quads)

    def quads(self, document_id: str | None = None) -> Iterator[Quad]:
        """The quads of one document's graph, or of all documents; the store's own bookkeeping is left out."""
        if document_id is None:
            return self._stored(None)
        graph = NamedNode(checked_iri(document_id, "d:"))
        self._require(graph, document_id)
        return self._stored(graph)

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
                    if self._upkeep is not None:
                        self._upkeep.close()
            finally:
                del self._reading
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
                if quad.graph_name != _DEFAULT:
                    yield quad

    def _newest(self) -> int:
        stamps = self._quads.quads_for_pattern(None, _WRITTEN, None, _DEFAULT)
        return max((int(cast(Literal, stamp.object).value) for stamp in stamps), default=0)

    def _writable(self) -> None:
        if not self._write:
            raise StoreError(f"{self.path} was opened for reading; open it with write=True to change it")

    def _require(self, graph: NamedNode, document_id: str) -> None:
        if not self._quads.contains_named_graph(graph):
            raise UnknownError(f"no document {document_id} in this graph: `tollgraph documents` lists them")

    def _stamp(self, subject: NamedNode) -> Quad:
        return Quad(subject, _WRITTEN, literal(self._version + 1), _DEFAULT)

    def _changed(self, what: str, size: int = 0) -> None:
        """A write about a document, of so many quads, is in the database."""
        self._version += 1
        if self._upkeep is not None:
            self._upkeep.wrote(self._version, what, size)
        self._reading = Reading(self._quads)

    def _change(self, clearing: str, quads: list[Quad]) -> None:
        """One SPARQL update, which Oxigraph runs as one transaction: the only way to delete and insert at once."""
        *inside, stamp = quads
        body = "".join(f"{q.subject} {q.predicate} {q.object} .\n" for q in inside)
        graph = f"GRAPH {inside[0].graph_name} {{ {body} }}" if inside else ""
        self._quads.update(f"{clearing} INSERT DATA {{ {stamp.subject} {stamp.predicate} {stamp.object} . {graph} }}")


@contextmanager
def told(path: Path | None) -> Iterator[None]:
    """What the database itself cannot do (a full disk, a damaged file) is a StoreError that names the folder."""
    try:
        yield
    except (OSError, RuntimeError) as problem:
        raise StoreError(
            f"{path or 'the graph in memory'}: the database failed ({str(problem).splitlines()[0]}); "
            "free space if its disk is full, otherwise run `tollgraph doctor`"
        ) from None


def _clearing(graph: NamedNode) -> str:
    return f"DROP GRAPH {graph} ; DELETE WHERE {{ {graph} {_WRITTEN} ?n }} ;"


def term_of(term: NamedNode | pyoxigraph.BlankNode | Literal | pyoxigraph.Triple) -> Term:
    """A term as a plain value; a quoted triple (RDF 1.2), which no document holds, as its text."""
    match term:
        case NamedNode(value=value):
            return Term("iri", value)
        case Literal():
            return Term("literal", term.value, None if term.language else term.datatype.value, term.language)
        case pyoxigraph.BlankNode(value=value):
            return Term("bnode", value)
        case _:
            return Term("literal", str(term))
