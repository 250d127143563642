"""Reading many rows from a server that may cut a result without a word: every question is small enough, or is paged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, cast

from pyoxigraph import Literal, NamedNode, Quad, QuerySolution

from graph.namespaces import EVIDENCE, PERIOD, QUANTITY, SCHEMA
from graph.rdf.terms import node
from graph.store.remote.client import Client
from graph.store.remote.errors import ServerFaultError
from graph.store.remote.literals import pieces_of

PAGE = 5_000
_SURELY_WHOLE = 1_000
"""A page with fewer rows is the last one: no server's limit is known to be lower. (Virtuoso's is 10,000.)"""

_BATCH = 200
_PARTS = (QUANTITY, PERIOD, EVIDENCE)
TEXT = node(SCHEMA + "text")
LIGHT = f"FILTER(?p != {TEXT} && !STRSTARTS(STR(?p), {Literal(pieces_of(TEXT))}))"
"""Leaves long texts out."""


def paged(client: Client, names: str, where: str, key: str, group: str = "") -> Iterator[QuerySolution]:
    """All rows of a pattern, `names` its variables, page by page in the order of the IRI `key`, one of them."""
    last, grouped = "", f"GROUP BY {group} " if group else ""
    while True:
        after = f"FILTER(STR({key}) > {Literal(last)})" if last else ""
        query = f"SELECT {names} {{ {where} {after} }} {grouped}ORDER BY STR({key}) LIMIT {PAGE}"
        rows = client.select(query).rows
        if len(rows) < _SURELY_WHOLE:
            yield from rows
            return
        final = rows[-1][key[1:]].value
        whole = [row for row in rows if row[key[1:]].value != final]  # the last key may go on on the next page
        if not whole:
            raise ServerFaultError(
                f"{client.endpoint.name} holds more about <{final}> than it gives in one result ({len(rows)} rows); "
                "raise its limit (Virtuoso: ResultSetMaxRows)"
            )
        yield from whole
        last = whole[-1][key[1:]].value


def each(client: Client, query: str, values: Iterable[str], size: int = _BATCH) -> Iterator[QuerySolution]:
    """The rows of a query whose `%s` stands for some IRIs, asked for so many at a time: few rows come for each."""
    names = list(values)
    for at in range(0, len(names), size):
        yield from client.select(query.replace("%s", " ".join(f"<{name}>" for name in names[at : at + size]))).rows


def graph_quads(client: Client, graphs: list[str], *, light: bool) -> list[Quad]:
    """The quads of some documents' graphs, as the server has them; if `light`, without long texts.

    The caller sees to it that they are a few thousand; a single larger graph is paged.
    """
    some = f"VALUES ?g {{ {' '.join(f'<{graph}>' for graph in graphs)} }} GRAPH ?g {{ ?s ?p ?o }}"
    rows: Iterable[Any]
    if len(graphs) == 1:
        rows = paged(client, "?g ?s ?p ?o", f"{some} {LIGHT if light else ''}", "?s")
    else:
        rows = client.select(f"SELECT ?g ?s ?p ?o {{ {some} {LIGHT if light else ''} }}").rows
    return [Quad(row["s"], row["p"], row["o"], row["g"]) for row in rows]


def claim_quads(client: Client, pairs: list[tuple[str, str]], graphs: list[str]) -> list[Quad]:
    """What graphs say of claims, each (claim, graph), and of the nodes they point to; of the documents no long text."""
    found: dict[Quad, None] = {}
    left = {*pairs, *((graph, graph) for graph in graphs)}
    seen = set(left)
    while left:
        values = " ".join(f"(<{name}> <{graph}>)" for name, graph in sorted(left))
        where = f"VALUES (?s ?g) {{ {values} }} GRAPH ?g {{ ?s ?p ?o }} {LIGHT}"
        new = [Quad(row["s"], row["p"], row["o"], row["g"]) for row in paged(client, "?g ?s ?p ?o", where, "?s")]
        found |= dict.fromkeys(new)
        left = {
            (quad.object.value, cast(NamedNode, quad.graph_name).value)
            for quad in new
            if isinstance(quad.object, NamedNode) and quad.object.value.startswith(_PARTS)
        } - seen
        seen |= left
    return list(found)


def subject_quads(client: Client, subject: str, graph: str) -> list[Quad]:
    """What one graph says of one node, long texts and all."""
    rows = client.select(f"SELECT ?p ?o {{ GRAPH <{graph}> {{ <{subject}> ?p ?o }} }}").rows
    return [Quad(NamedNode(subject), row["p"], row["o"], NamedNode(graph)) for row in rows]
