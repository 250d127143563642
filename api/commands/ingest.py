"""`tollgraph ingest`: documents in, each whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.common import GraphOption, JsonOption, begin, clean, print_json, print_text

if TYPE_CHECKING:
    from ingest.run import Progress as Step
    from ingest.run import Report

PARTIAL = 3


def ingest(
    ctx: typer.Context,
    sources: Annotated[
        list[str], typer.Argument(metavar="PATH|URL", help="Files, folders, globs or web addresses; - reads stdin.")
    ],
    again: Annotated[bool, typer.Option("--again", help="Also what the graph holds unchanged.")] = False,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Take documents in: their claims with evidence go into the graph; one that fails does not keep the others out."""
    run = begin(ctx, graph, json)
    with run.store(write=True) as store:
        from ingest.pipeline import Pipeline
        from ingest.run import ingest_sources

        with progress_bar("Reading", shown=not run.json) as progress:
            report = ingest_sources(
                sources,
                store,
                settings=run.settings,
                extract=Pipeline().extract,
                now=lambda: datetime.now(UTC),
                progress=progress,
                again=again,
            )
    if run.json:
        print_json(report.to_json())
    else:
        print_text("\n".join(report_lines(report)))
    if report.failed:
        raise typer.Exit(PARTIAL)


def report_lines(report: Report) -> Iterator[str]:
    """What went in and what did not, with the reasons, and what was read with reserve."""
    yield f"{report.documents} documents in: {report.entities} entities, {report.claims} claims."
    for skipped in report.skipped:
        yield f"  skipped  {skipped.source}: {skipped.reason}"
    for failed in report.failed:
        yield f"  failed   {failed.error}"
    for note in report.notes:
        yield f"  note     {note}"


@contextmanager
def progress_bar(words: str, *, shown: bool) -> Iterator[Callable[[Step], None]]:
    """A bar on stderr that follows an ingest, if that is a terminal; gone when it is over."""
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not (shown and console.is_terminal)) as bar:
        task = bar.add_task(words, total=None)

        def follow(step: Step) -> None:
            name = clean(step.source.rpartition("/")[2])[:40]
            bar.update(task, total=step.total, completed=step.done, description=escape(f"{words} {name}"))

        yield follow
