"""`tollgraph serve`: HTTP API, web page and SPARQL endpoint."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from api.commands.common import GraphOption, JsonOption, begin, print_json, print_text


def serve(
    ctx: typer.Context,
    host: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Address to listen on (default 127.0.0.1).")
    ] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port to listen on (default 8642).")] = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Serve the web page, the HTTP API and the SPARQL endpoint until interrupted."""
    import uvicorn

    from api.app import create_app
    from api.sockets import listen, shown

    run = begin(ctx, graph, json)
    chosen = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    settings = run.settings.model_copy(update=chosen)
    with listen(settings.host, settings.port) as socket, run.store(write=True, create=True) as store:
        url = shown(settings.host, socket)
        if run.json:
            print_json({"url": url, "graph": settings.place}, indent=None)
        else:
            print_text(f"Tollgraph is at {url} (Ctrl-C ends it)")
        sys.stdout.flush()
        uvicorn.Server(uvicorn.Config(create_app(store, settings), log_level="warning")).run(sockets=[socket])
