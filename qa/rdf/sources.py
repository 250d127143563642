"""Where a foreign graph lies: files of RDF in memory, or a SPARQL endpoint. Both answer SELECT and ASK."""

from __future__ import annotations

import gzip
import hashlib
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

import httpx
import pyoxigraph as ox

from graph.errors import QueryError, SourceError

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Row = tuple[Term | None, ...]

_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".turtle": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".n3": ox.RdfFormat.N3,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".json": ox.RdfFormat.JSON_LD,
}


class Source(Protocol):
    """A graph that can be queried. `key` changes when its content does, as far as can be told."""

    @property
    def key(self) -> str:
        """What tells this content from another."""
        ...

    def select(self, query: str) -> list[Row]:
        """The rows of a SELECT. Raises QueryError."""
        ...

    def holds(self, query: str) -> bool:
        """The answer of an ASK. Raises QueryError."""
        ...


class Files:
    """RDF files read into memory; several are one graph."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._store = ox.Store()
        digest = hashlib.sha256()
        for number, path in enumerate(paths):
            data = _bytes(path)
            digest.update(data)
            _load(self._store, path, data, number)
        self.key = digest.hexdigest()

    def select(self, query: str) -> list[Row]:
        """The rows of a SELECT. Raises QueryError."""
        try:
            found = self._store.query(query, use_default_graph_as_union=True)
        except (SyntaxError, OSError, ValueError) as problem:
            raise QueryError(f"the query cannot be run: {problem}") from None
        if not isinstance(found, ox.QuerySolutions):
            raise QueryError("the query is no SELECT")
        width = len(found.variables)
        return [tuple(_term(row[i]) for i in range(width)) for row in found]

    def holds(self, query: str) -> bool:
        """The answer of an ASK. Raises QueryError."""
        try:
            return bool(self._store.query(query, use_default_graph_as_union=True))
        except (SyntaxError, OSError, ValueError) as problem:
            raise QueryError(f"the query cannot be run: {problem}") from None

    def quads(self) -> Iterator[ox.Quad]:
        """Every statement, in no particular order."""
        return iter(self._store)


class Endpoint:
    """A SPARQL endpoint over HTTP."""

    def __init__(self, url: str, *, seconds: float = 60.0, client: httpx.Client | None = None) -> None:
        self.key = hashlib.sha256(url.encode()).hexdigest()
        self._url = url
        self._client = client or httpx.Client(timeout=seconds)

    def select(self, query: str) -> list[Row]:
        """The rows of a SELECT. Raises QueryError, or SourceError if the endpoint cannot be reached."""
        found = self._results(query)
        if not isinstance(found, ox.QuerySolutions):
            raise QueryError(f"{self._url} did not answer a SELECT with rows")
        width = len(found.variables)
        return [tuple(_term(row[i]) for i in range(width)) for row in found]

    def holds(self, query: str) -> bool:
        """The answer of an ASK. Raises QueryError, or SourceError if the endpoint cannot be reached."""
        return bool(self._results(query))

    def _results(self, query: str) -> ox.QuerySolutions | ox.QueryBoolean:
        try:
            reply = self._client.post(
                self._url, data={"query": query}, headers={"Accept": "application/sparql-results+json"}
            )
        except httpx.HTTPError as problem:
            raise SourceError(f"{self._url} cannot be reached: {problem}") from None
        if reply.status_code != 200:
            raise QueryError(f"{self._url} answered {reply.status_code}: {reply.text[:200]}")
        try:
            return ox.parse_query_results(reply.content, format=ox.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as problem:
            raise SourceError(f"{self._url} does not speak SPARQL results in JSON: {problem}") from None


def open_source(names: Sequence[str], *, seconds: float = 60.0) -> Source:
    """The graph that the names lead to: files (all one graph), folders of files, or one address.

    Raises SourceError if a file is missing or is no RDF, or if files and addresses are mixed.
    """
    urls = [n for n in names if n.lower().startswith(("http://", "https://"))]
    if urls and len(names) > 1:
        raise SourceError("one SPARQL endpoint, or any number of files, not both")
    if urls:
        return Endpoint(urls[0], seconds=seconds)
    if not names:
        raise SourceError("no RDF file or endpoint given")
    return Files([p for name in names for p in _expand(Path(name))])


def _expand(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(p for p in path.iterdir() if _suffix(p) in _FORMATS)
    if not found:
        raise SourceError(f"{path} holds no RDF file; known endings: {', '.join(_FORMATS)}")
    return found


def _suffix(path: Path) -> str:
    name = path.name.lower().removesuffix(".gz")
    return Path(name).suffix


def _bytes(path: Path) -> bytes:
    try:
        data = path.read_bytes()
        return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    except OSError as problem:
        raise SourceError(f"{path}: {problem.strerror or problem}; --rdf wants a file or an address") from None
    except EOFError:
        raise SourceError(f"{path} is cut short: its gzip stream has no end") from None


def _load(store: ox.Store, path: Path, data: bytes, number: int) -> None:
    """One file into the store; a file that ends in .owl or .xml may be Turtle all the same."""
    first = _FORMATS.get(_suffix(path))
    if first is None:
        raise SourceError(f"{path}: unknown kind of file; known endings: {', '.join(_FORMATS)}, each also with .gz")
    second = ox.RdfFormat.TURTLE if first == ox.RdfFormat.RDF_XML else first
    if first == ox.RdfFormat.RDF_XML and not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        first = second
    try:
        store.bulk_load(io.BytesIO(data), format=first, base_iri=f"file:///{number}/{path.name.replace(' ', '_')}")
    except (SyntaxError, ValueError, OSError) as problem:
        raise SourceError(f"{path} is no valid RDF: {problem}") from None


def _term(value: object) -> Term | None:
    return value if isinstance(value, ox.NamedNode | ox.BlankNode | ox.Literal) else None
