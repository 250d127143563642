"""`tollgraph retract`: take a document out again."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands.common import GraphOption, JsonOption, WaitOption, begin, counted, print_json, print_text

REST = (
    "No query reaches it any more. Its words may stay in the database's files, and in backups: to be rid of those, "
    "`tollgraph export --output all.trig` and `tollgraph import all.trig` into a new folder (which leaves all history "
    "behind), and delete the old ones."
)


def retract(
    ctx: typer.Context,
    document: Annotated[str, typer.Argument(help="The document: id, path, address, file name or title.")],
    forget: Annotated[
        bool,
        typer.Option(
            "--forget", help="Erase it from the history too, even if it was retracted before (see decision 7)."
        ),
    ] = False,
    wait: WaitOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Take a document out again, with every claim that only it supports; `--known-at` still shows what it said."""
    from ingest.retract import retract as take_out
    from qa.passages import Passages

    run = begin(ctx, graph, json)
    with run.store(write=True, wait=wait) as store:
        gone = take_out(store, document, forget=forget)
        if forget:
            Passages(store).drop()
    if run.json:
        print_json(gone.to_json())
    elif not gone.document.sha256:
        print_text(f"Erased the history of {gone.document.id}, which had been retracted before.")
    else:
        print_text(f"Took out “{gone.document.title}” and the {counted(gone.claims, 'claim')} that only it supported.")
    if forget and not run.json:
        print_text(REST)
