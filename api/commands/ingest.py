"""`tollgraph ingest`: documents in, each whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.common import GraphOption, JsonOption, Run, WaitOption, begin, clean, counted, print_json, print_text
from api.commands.passages import keep_up
from api.commands.stopping import Interrupts, Stopped, terminable
from graph.errors import StoreError

if TYPE_CHECKING:
    from graph.store.protocol import Store
    from ingest.run import Progress as Step
    from ingest.run import Report
    from ingest.tables.model import Mapping

PARTIAL = 3
SHOWN = 20


def ingest(
    ctx: typer.Context,
    sources: Annotated[
        list[str], typer.Argument(metavar="PATH|URL", help="Files, folders, globs or web addresses; - reads stdin.")
    ],
    again: Annotated[bool, typer.Option("--again", help="Also what the graph holds unchanged.")] = False,
    mapping: Annotated[
        str | None,
        typer.Option("--mapping", metavar="FILE|NAME", help="Read tables by it (else NAME.mapping.yaml beside each)."),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Keep a table out that has a fault in a row.")] = False,
    wait: WaitOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Take documents in: their claims with evidence go into the graph; one that fails does not keep the others out."""
    from ingest.tables.taking import mapping_named

    run = begin(ctx, graph, json)
    tables = Tables(mapping_named(mapping) if mapping is not None else None, strict)
    tally = Tally()
    try:
        with terminable() as interrupts, run.store(write=True, create=True, wait=wait) as store:
            report = _ingested(sources, store, run, tally, interrupts, tables, again=again)
            keep_up(store, run.settings, shown=not run.json)
    except KeyboardInterrupt:
        raise Stopped(f"interrupted: {tally}; run the same again to go on") from None
    except StoreError as problem:
        raise StoreError(f"{problem} ({tally})" if tally.total else str(problem)) from None
    if run.json:
        print_json(report.to_json())
    else:
        print_text("\n".join(report_lines(report)))
    if report.failed:
        raise typer.Exit(PARTIAL)


def _ingested(
    sources: list[str], store: Store, run: Run, tally: Tally, interrupts: Interrupts, tables: Tables, *, again: bool
) -> Report:
    from ingest.pipeline import Pipeline
    from ingest.run import ingest_sources

    with progress_bar("Reading", shown=not run.json) as progress:

        def follow(step: Step) -> None:
            tally.take(step)
            progress(step)

        return ingest_sources(
            sources,
            store,
            settings=run.settings,
            extract=Pipeline().extract,
            now=lambda: datetime.now(UTC),
            progress=follow,
            whole=interrupts.held,
            again=again,
            mapping=tables.mapping,
            strict=tables.strict,
        )


@dataclass(frozen=True, slots=True)
class Tables:
    """How tables are read: by which mapping, and whether a fault in a row keeps one out."""

    mapping: Mapping | None
    strict: bool


@dataclass(slots=True)
class Tally:
    """How far a run has come, for when it ends before its time."""

    put: int = 0
    done: int = 0
    total: int = 0

    def take(self, step: Step) -> None:
        """One more source is done with."""
        self.put += step.outcome == "in"
        self.done, self.total = step.done, step.total

    def __str__(self) -> str:
        held = f"{counted(self.put, 'document')} {'is' if self.put == 1 else 'are'} in"
        return f"{held}, {self.total - self.done} of {self.total} sources are left"


def report_lines(report: Report) -> Iterator[str]:
    """What went in and what did not, with the reasons, and what was read with reserve; the first of each at most."""
    held = counted(report.documents, "document"), counted(report.entities, "entity", "entities")
    yield f"{held[0]} in: {held[1]}, {counted(report.claims, 'claim')}."
    yield from _first("skipped", [f"{skipped.source}: {skipped.reason}" for skipped in report.skipped])
    yield from _first("failed", [failed.error for failed in report.failed])
    yield from _first("note", list(report.notes))


def _first(word: str, lines: list[str]) -> Iterator[str]:
    yield from (f"  {word:<8} {line}" for line in lines[:SHOWN])
    if len(lines) > SHOWN:
        yield f"  {word:<8} and {len(lines) - SHOWN:,} more; --json lists them all"


@contextmanager
def progress_bar(words: str, *, shown: bool) -> Iterator[Callable[[Step], None]]:
    """A bar on stderr that follows an ingest, if that is a terminal; gone when it is over."""
    from api.commands.progress import bar

    with bar(words, shown=shown) as follow:
        yield lambda step: follow(step.done, step.total, clean(step.source.rpartition("/")[2])[:40])
