"""Statements of an endpoint, fetched by bounded queries: all of a small graph, a sample of a large one."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from qa.rdf.labels import NAMING
from qa.rdf.sources import Row, Source

_PAGE = 5_000
_WHOLE = 300_000
_SAMPLE = 5_000
_NAMES = 100_000
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def statements(source: Source) -> Iterator[ox.Triple]:
    """What a profile is made from."""
    if _number(source, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }") <= _WHOLE:
        yield from _pages(source, "?s ?p ?o", _WHOLE)
        return
    counted = source.select("SELECT ?p (COUNT(*) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?p ORDER BY DESC(?n) LIMIT 2000")
    for row in counted:
        if isinstance(row[0], ox.NamedNode):
            limit = _NAMES if row[0].value in NAMING or row[0].value == _TYPE else _SAMPLE
            yield from _pages(source, f"?s <{row[0].value}> ?o", limit, row[0])


def _pages(source: Source, pattern: str, limit: int, prop: ox.NamedNode | None = None) -> Iterator[ox.Triple]:
    names = "?s ?o" if prop is not None else "?s ?p ?o"
    for offset in range(0, limit, _PAGE):
        rows = source.select(f"SELECT {names} WHERE {{ {pattern} }} LIMIT {_PAGE} OFFSET {offset}")
        for row in rows:
            triple = _triple(row, prop)
            if triple is not None:
                yield triple
        if len(rows) < _PAGE:
            return


def _triple(row: Row, prop: ox.NamedNode | None) -> ox.Triple | None:
    s, p, o = (row[0], prop, row[1]) if prop is not None else (row[0], row[1], row[2])
    if isinstance(s, ox.NamedNode | ox.BlankNode) and isinstance(p, ox.NamedNode) and o is not None:
        return ox.Triple(s, p, o)
    return None


def _number(source: Source, query: str) -> int:
    rows = source.select(query)
    cell = rows[0][0] if rows else None
    return int(cell.value) if isinstance(cell, ox.Literal) else 0
