"""`tollgraph retract`: take a document out again."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands.common import GraphOption, JsonOption, begin, print_json, print_text


def retract(
    ctx: typer.Context,
    document: Annotated[str, typer.Argument(help="The document: id, source or title.")],
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Take a document out again, with every claim that only it supports."""
    from api.names import resolve_document

    run = begin(ctx, graph, json)
    with run.store(write=True) as store:
        gone = resolve_document(store, document)
        before = store.counts()
        store.remove(gone.id)
        after = store.counts()
    removed = before.claims - after.claims
    if run.json:
        print_json({"document": gone.id, "title": gone.title, "claims": removed})
    else:
        print_text(f"Took out “{gone.title}” ({gone.id}) and {removed} claims that only it supports.")
