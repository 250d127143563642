"""`tollgraph import`: what `tollgraph export` wrote, in again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.common import GraphOption, JsonOption, begin, print_json, print_text
from api.commands.ingest import PARTIAL, progress_bar, report_lines

if TYPE_CHECKING:
    from graph.model import DocumentClaims


def import_(
    ctx: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="What export wrote: .trig, .nq, .jsonld, .zip or a folder of tables."),
    ],
    shacl: Annotated[
        bool, typer.Option("--shacl", help="Check each document by pyshacl too (slow; the same shapes).")
    ] = False,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Take exported documents in: whole, validated, in place of those of the same id; what is the same is skipped."""
    from ingest.importing import import_files

    run = begin(ctx, graph, json)
    with run.store(write=True, create=True) as store, progress_bar("Importing", shown=not run.json) as progress:
        report = import_files(files, store, check=by_shacl if shacl else lambda _: None, progress=progress)
    if run.json:
        print_json(report.to_json())
    else:
        print_text("\n".join(report_lines(report)))
    if report.failed:
        raise typer.Exit(PARTIAL)


def by_shacl(batch: DocumentClaims) -> str | None:
    """What pyshacl finds amiss in a document, violations only; None if nothing."""
    from graph.rdf import encode
    from graph.shapes import check

    found = [each for each in check(encode(batch)) if each.violation]
    return "; ".join(f"{each.node} {each.property}: {each.message}" for each in found[:3]) or None
