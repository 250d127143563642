"""`tollgraph sparql`: read-only SPARQL 1.1 over the graph."""

from __future__ import annotations

import json as jsonlib
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands.common import GraphOption, JsonOption, begin, print_table, print_text

if TYPE_CHECKING:
    from graph.settings import Settings
    from graph.store.outside import Outcome
    from graph.store.protocol import Store


class Format(StrEnum):
    """How results are written: the first five for SELECT and ASK, the others for CONSTRUCT and DESCRIBE."""

    table = "table"
    json = "json"
    csv = "csv"
    tsv = "tsv"
    xml = "xml"
    turtle = "turtle"
    ntriples = "ntriples"
    jsonld = "jsonld"
    rdfxml = "rdfxml"


def sparql(
    ctx: typer.Context,
    query: Annotated[str, typer.Argument(metavar="QUERY", help="SELECT, ASK, CONSTRUCT or DESCRIBE; - reads stdin.")],
    format: Annotated[
        Format | None,
        typer.Option(
            metavar="|".join(Format), help="How to write the result (default: table for rows, turtle for triples)."
        ),
    ] = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Run a read-only SPARQL query; the usual prefixes (tg:, prov:, oa:, …) are declared already."""
    run = begin(ctx, graph, json)
    text = sys.stdin.read() if query == "-" else query
    with run.store() as store:
        chosen = format.value if format else ("json" if run.json else "table")
        result = run_query(store, text, chosen, settings=run.settings)
    if result.truncated:
        sys.stderr.write(
            f"tollgraph: only the first {result.count} are shown; add LIMIT, or raise TOLLGRAPH_QUERY_ROWS\n"
        )
    body = result.body.decode("utf-8", "replace")
    if chosen == "table" and result.format == "json":
        _print_rows(jsonlib.loads(body))
    elif format is None and not run.json:
        print_text(body.rstrip("\n"))
    else:
        sys.stdout.write(body if body.endswith("\n") else body + "\n")


def run_query(store: Store, text: str, chosen: str, *, settings: Settings) -> Outcome:
    """The result of an outside query in the format `chosen`: triples as table are Turtle, as json JSON-LD."""
    from graph.store.outside import run_outside

    return run_outside(
        store,
        text,
        rows_as={"table": "json"}.get(chosen, chosen),
        graph_as={"table": "turtle", "json": "jsonld"}.get(chosen, chosen),
        seconds=settings.query_seconds,
        rows=settings.query_rows,
    )


def _print_rows(result: dict[str, Any]) -> None:
    if "boolean" in result:
        print_text("yes" if result["boolean"] else "no")
        return
    names = result["head"]["vars"]
    rows = [
        [_short(row[name]["value"]) if name in row else "" for name in names] for row in result["results"]["bindings"]
    ]
    print_table(names, rows)


def _short(value: str) -> str:
    """An IRI with one of the usual prefixes; anything else as it is."""
    from graph.namespaces import PREFIXES

    return next((f"{p}:{value[len(iri) :]}" for p, iri in PREFIXES.items() if iri and value.startswith(iri)), value)
