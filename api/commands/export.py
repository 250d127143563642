"""`tollgraph export`: the graph for other tools."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.common import GraphOption, JsonOption, begin, print_json, print_text
from graph.errors import SettingsError

if TYPE_CHECKING:
    from graph.store.protocol import Store


class Format(StrEnum):
    """What graph.export writes."""

    turtle = "turtle"
    trig = "trig"
    jsonld = "jsonld"
    nquads = "nquads"
    graphml = "graphml"
    csv = "csv"


def export(
    ctx: typer.Context,
    format: Annotated[
        Format | None,
        typer.Option(metavar="|".join(Format), help="What to write (default: trig, with --json and no FILE jsonld)."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write there instead of stdout.")
    ] = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Write the whole graph in a format of RDF, network or table tools."""
    run = begin(ctx, graph, json)
    chosen = format or (Format.jsonld if run.json and output is None else Format.trig)
    with run.store() as store:
        if output is None:
            from graph.export import export as write

            write(store, chosen.value, sys.stdout.buffer)
            return
        size = write_file(store, chosen, output)
    if run.json:
        print_json({"format": chosen.value, "output": str(output), "bytes": size})
    else:
        print_text(f"Wrote {output} ({size:,} bytes of {chosen.value}).")


def write_file(store: Store, format: Format, output: Path) -> int:
    """Write the export and return its size in bytes; the file is there whole or, after an error, as it was before.

    Raises SettingsError if it cannot be written there.
    """
    from graph.export import export as write

    part = output.with_name(f"{output.name}.part")
    try:
        with part.open("wb") as stream:
            write(store, format.value, stream)
        part.replace(output)
    except OSError as problem:
        raise SettingsError(f"{output} cannot be written ({problem.strerror}); give another --output") from None
    finally:
        part.unlink(missing_ok=True)
    return output.stat().st_size
