"""`tollgraph sparql`: read-only SPARQL 1.1 over the graph."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from api.commands.common import GraphOption, JsonOption


class Format(StrEnum):
    """How results are written."""

    table = "table"
    json = "json"
    csv = "csv"
    turtle = "turtle"


def sparql(
    ctx: typer.Context,
    query: Annotated[str, typer.Argument(metavar="QUERY", help="SELECT, ASK, CONSTRUCT or DESCRIBE; - reads stdin.")],
    format: Annotated[Format | None, typer.Option(help="table (default), json, csv or turtle.")] = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Run a read-only SPARQL query."""
