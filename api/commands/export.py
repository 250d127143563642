"""`tollgraph export`: the graph for other tools."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.common import AsOfOption, GraphOption, JsonOption, KnownAtOption, begin, look, print_json, print_text
from api.commands.files import whole_file, whole_folder
from graph.errors import SettingsError

if TYPE_CHECKING:
    from graph.export import Scope
    from graph.store.protocol import Store


class Format(StrEnum):
    """What graph.export writes."""

    turtle = "turtle"
    trig = "trig"
    jsonld = "jsonld"
    nquads = "nquads"
    graphml = "graphml"
    csv = "csv"
    parquet = "parquet"
    csv_tables = "csv-tables"
    parquet_tables = "parquet-tables"
    turtle12 = "turtle12"
    nquads12 = "nquads12"


_FOLDERS = {Format.csv_tables: "csv", Format.parquet_tables: "parquet"}
_BINARY = (Format.parquet, *_FOLDERS)


def export(
    ctx: typer.Context,
    format: Annotated[
        Format | None,
        typer.Option(metavar="|".join(Format), help="What to write (default: trig, with --json and no FILE jsonld)."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write there instead of stdout; tables also as a folder (no .zip)."
        ),
    ] = None,
    document: Annotated[str | None, typer.Option(metavar="D", help="One document (id, source or title).")] = None,
    about: Annotated[
        str | None,
        typer.Option(metavar="ENTITY", help="Claims with this entity (id, label or alias); not for whole documents."),
    ] = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Write the graph in a format of RDF, network or table tools.

    `tollgraph import` reads trig, nquads, jsonld, csv-tables and parquet-tables back; the others leave things out.
    """
    from graph.export import Scope, format_of

    run = begin(ctx, graph, json)
    chosen = format or (Format.jsonld if run.json and output is None else Format.trig)
    format_of(chosen.value, Scope(about=about))
    if output is None and chosen in _BINARY and sys.stdout.isatty():
        raise SettingsError(f"{chosen.value} is no text for a terminal; give --output FILE")
    with run.store() as opened:
        store = look(opened, as_of, known_at)
        scope = _scope(store, document, about)
        if output is None:
            from graph.export import export as write

            write(store, chosen.value, sys.stdout.buffer, scope)
            return
        size = write_file(store, chosen, output, scope)
    if run.json:
        print_json({"format": chosen.value, "output": str(output), "bytes": size})
    else:
        print_text(f"Wrote {output} ({size:,} bytes of {chosen.value}).")


def _scope(store: Store, document: str | None, about: str | None) -> Scope:
    from api.names import resolve
    from graph.export import Scope
    from ingest.retract import find_document

    return Scope(
        document=find_document(store, document).id if document is not None else None,
        about=resolve(store, about).id if about is not None else None,
    )


def write_file(store: Store, format: Format, output: Path, scope: Scope) -> int:
    """Write the export and return its size in bytes; it is there whole or, after an error, as it was before.

    Raises SettingsError if it cannot be written there.
    """
    from graph.export import export as write
    from graph.export.tables import TABLE_FILES, write_folder

    if format in _FOLDERS and output.suffix != ".zip":
        suffix = _FOLDERS[format]
        with whole_folder(output, TABLE_FILES) as part:
            write_folder(store, part, scope, suffix)
        return sum(file.stat().st_size for file in output.iterdir())
    with whole_file(output) as stream:
        write(store, format.value, stream, scope)
    return output.stat().st_size
