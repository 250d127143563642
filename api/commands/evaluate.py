"""`tollgraph eval`: the evaluation suites."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from api.commands.common import GraphOption, JsonOption, begin, print_json, screen

FAILED = 1


def evaluate(
    ctx: typer.Context,
    suites: Annotated[
        list[str] | None, typer.Argument(metavar="SUITE", help="Suites to run; without any, all there is data for.")
    ] = None,
    write: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the tables, and all that was missed, as Markdown.")
    ] = None,
    shared: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Folder with development data (default: shared beside the checkout)."),
    ] = None,
    misses: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the questions that were missed, one JSON object a line, to read."),
    ] = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Measure extraction and answers against gold. Low scores do not fail a run; evidence that does not stand does."""
    run = begin(ctx, graph, json)
    from api import evaluation

    with _said(shown=not run.json) as progress:
        report = evaluation.run(
            suites or (), settings=run.settings, now=datetime.now(UTC), shared=shared, progress=progress
        )
    if write is not None:
        evaluation.write(report, write)
    if misses is not None:
        evaluation.write_misses(report, misses)
    if run.json:
        print_json(report.to_json())
    else:
        evaluation.print_report(report, screen())
    for problem in report.problems:
        sys.stderr.write(f"tollgraph: {problem}\n")
    if report.problems:
        raise typer.Exit(FAILED)


@contextmanager
def _said(*, shown: bool) -> Iterator[Callable[[str], None]]:
    """What is being done, on stderr of a terminal as long as the block runs."""
    if not shown or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status("") as status:
        yield lambda words: status.update(words)
