"""`tollgraph retract`: take a document out again."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands.common import GraphOption, JsonOption, begin, print_json, print_text


def retract(
    ctx: typer.Context,
    document: Annotated[str, typer.Argument(help="The document: id, path, address, file name or title.")],
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Take a document out again, with every claim that only it supports."""
    from ingest.retract import retract as take_out

    run = begin(ctx, graph, json)
    with run.store(write=True) as store:
        gone = take_out(store, document)
    if run.json:
        print_json(gone.to_json())
    else:
        print_text(f"Took out “{gone.document.title}” and the {gone.claims} claims that only it supports.")
