"""`tollgraph export`: the graph for other tools."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.commands.common import GraphOption, JsonOption


class Format(StrEnum):
    """What `graph.export` writes."""

    turtle = "turtle"
    trig = "trig"
    jsonld = "jsonld"
    nquads = "nquads"
    graphml = "graphml"
    csv = "csv"


def export(
    ctx: typer.Context,
    format: Annotated[Format, typer.Option(help="What to write.")] = Format.trig,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write there instead of stdout.")
    ] = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Write the whole graph in a format of RDF, network or table tools."""
