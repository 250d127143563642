"""What a notebook holds: the open store, with names for ids and results that show themselves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from graph.clocks import parse_day, parse_instant
from graph.model import Claim, Document, Entity
from graph.notebook.results import Claims, Documents, Entities, Solutions, shown
from graph.notebook.sparql import solve
from graph.resolve import check_predicate, check_type, resolve
from graph.store.protocol import ClaimFilter, Counts, Store

if TYPE_CHECKING:
    import networkx as nx
    from rdflib import Dataset
    from rdflib import Graph as Triples

    from graph.store.oxigraph import OxigraphStore
    from graph.store.remote import RemoteStore


class Graph:
    """An open graph. Use it in a `with` block, or call `close`.

    Entities go by id (`e:nvidia`), label or alias; days and instants as `date`, `datetime` or ISO text. `store` is
    what is beneath (see graph.store.protocol), with `put` and `remove` if it was opened with `write=True`.
    """

    def __init__(self, store: OxigraphStore | RemoteStore) -> None:
        self.store: Store = store
        self._path: Path | None = store.path

    def __enter__(self) -> Graph:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def claims(
        self,
        *,
        about: str | None = None,
        subject: str | None = None,
        object: str | None = None,
        predicate: str | None = None,
        document: str | None = None,
        as_of: date | str | None = None,
        known_at: datetime | str | None = None,
        min_confidence: float | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Claims:
        """The claims that every filter lets through, with all their evidence.

        `about` is either side. `as_of`: only documents published by that day; `known_at`: as the graph was at that
        instant. At most `limit` come, `offset` left out before. Raises UnknownError or AmbiguousError for names.
        """
        where = ClaimFilter(
            about=self._id(about),
            subject=self._id(subject),
            object=self._id(object),
            predicate=check_predicate(predicate) if predicate is not None else None,
            document=self.store.document(document).id if document is not None else None,
            as_of=_day(as_of),
            known_at=_instant(known_at),
            min_confidence=min_confidence,
            limit=limit,
            offset=offset,
        )
        published = {each.id: each.published for each in self.store.documents()}
        return Claims(self.store.claims(where), published)

    def claim(self, id: str) -> Claim:
        """One claim by id. Raises UnknownError."""
        return self.store.claim(id)

    def entities(self, query: str | None = None, *, type: str | None = None, limit: int | None = None) -> Entities:
        """Entities, most claims first; `query` matches labels, aliases and identifiers."""
        return Entities(self.store.entities(query, type=check_type(type) if type is not None else None, limit=limit))

    def entity(self, name: str) -> Entity:
        """One entity by id, label or alias. Raises UnknownError or AmbiguousError."""
        return resolve(self.store, name)

    def documents(self) -> Documents:
        """The documents in order of ingest, without their texts."""
        return Documents(self.store.documents())

    def document(self, id: str) -> Document:
        """One document with its text. Raises UnknownError."""
        return self.store.document(id)

    def counts(self) -> Counts:
        """How many documents, entities and claims there are."""
        return self.store.counts()

    def networkx(
        self,
        *,
        affirmed: bool = True,
        as_of: date | str | None = None,
        known_at: datetime | str | None = None,
        predicates: Iterable[str] | None = None,
    ) -> nx.MultiDiGraph[str]:
        """The claims between entities as a graph of your own: nodes by id with `label` and `type`, an edge a claim.

        Edges have the whole `claim`, `predicate`, `modality`, `confidence`, `period` and `published`. `affirmed=False`
        takes in denied, possible and projected ones too.
        """
        import networkx as nx

        from graph.views.network import network

        then = self.store.at(as_of=_day(as_of), known_at=_instant(known_at))
        return nx.MultiDiGraph(network(then, affirmed=affirmed, predicates=predicates))

    def rdflib(self) -> Dataset:
        """The graph as a read-only rdflib Dataset, whose default graph is the union of all documents."""
        return self.store.as_rdflib()

    def sparql(self, query: str, *, seconds: float = 30.0, rows: int = 100_000) -> Solutions | bool | Triples:
        """A read-only query over the union of all documents: rows for SELECT, a truth for ASK, a graph otherwise.

        The usual prefixes are declared. Raises QueryError if it is malformed, not allowed, or beyond the limits.
        """
        return solve(self.store, query, seconds=seconds, rows=rows)

    def close(self) -> None:
        """Release the folder."""
        self.store.close()

    def _id(self, name: str | None) -> str | None:
        return resolve(self.store, name).id if name is not None else None

    def __repr__(self) -> str:
        counts = self.counts()
        held = f"{counts.documents} documents, {counts.entities} entities, {counts.claims} claims"
        return f"<Graph {self._path or 'in memory'}: {held}>"

    def _repr_html_(self) -> str:
        counts = self.counts()
        held = [["documents", counts.documents], ["entities", counts.entities], ["claims", counts.claims]]
        return shown([str(self._path or "in memory"), ""], held, len(held))


def _day(value: date | str | None) -> date | None:
    return parse_day(value) if isinstance(value, str) else value


def _instant(value: datetime | str | None) -> datetime | None:
    return parse_instant(value) if isinstance(value, str) else value
