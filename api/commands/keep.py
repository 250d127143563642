"""`tollgraph backup`, `restore`, `doctor`: keeping the graph safe, and sound."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.common import GraphOption, JsonOption, WaitOption, begin, counted, folder_of, print_json, print_text

if TYPE_CHECKING:
    from graph.store.doctor import Finding, Repair


def backup(
    ctx: typer.Context,
    target: Annotated[
        Path | None,
        typer.Argument(metavar="TARGET", help="Folder for backups (default: the graph's folder and `.backups`)."),
    ] = None,
    keep: Annotated[int | None, typer.Option(min=1, metavar="N", help="Delete all but the N newest.")] = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Copy the graph, verified, into a new folder; a server or an ingest may go on meanwhile."""
    from graph.store.backup import back_up, beside

    run = begin(ctx, graph, json)
    folder = folder_of(run.settings, "`tollgraph backup`")
    made = back_up(folder, target or beside(folder), now=datetime.now(UTC), keep=keep)
    if run.json:
        print_json({"backup": str(made.path), "version": made.version, "documents": made.documents, "bytes": made.size})
    else:
        held = counted(made.documents, "document")
        print_text(f"{made.path}: {held}, version {made.version}, {made.size / 1e6:.1f} MB, verified.")


def restore(
    ctx: typer.Context,
    source: Annotated[
        Path | None,
        typer.Argument(metavar="BACKUP", help="A backup, or a folder of backups, of which the newest is taken."),
    ] = None,
    wait: WaitOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Put a backup in the place of the graph, which is kept under another name."""
    from graph.store.backup import beside
    from graph.store.backup import restore as bring_back

    run = begin(ctx, graph, json)
    folder = folder_of(run.settings, "`tollgraph restore`")
    seconds = run.settings.lock_seconds if wait is None else wait
    found, aside = bring_back(source or beside(folder), folder, now=datetime.now(UTC), lock_seconds=seconds)
    if run.json:
        kept = str(aside) if aside else None
        print_json({"backup": str(found.path), "version": found.version, "documents": found.documents, "aside": kept})
    else:
        rest = f" What was there is in {aside}." if aside else ""
        held = counted(found.documents, "document")
        print_text(f"{folder} is {found.path.name} again: {held}, version {found.version}.{rest}")


def doctor(
    ctx: typer.Context,
    repair: Annotated[bool, typer.Option("--repair", help="Mend what can be, keep the damaged graph aside.")] = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="Do not compare the tables of the database, which reads everything again.")
    ] = False,
    wait: WaitOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Check the graph's files, its log, and that every document reads back whole; exit 1 if something is wrong."""
    from graph.store.doctor import examine
    from graph.store.doctor import repair as mend

    run = begin(ctx, graph, json)
    folder = folder_of(run.settings, "`tollgraph doctor`")
    seconds = run.settings.lock_seconds if wait is None else wait
    with _counted("Checking", shown=not run.json) as told:
        found = examine(folder, quick=quick, told=told, lock_seconds=seconds)
    sound = all(finding.ok for finding in found)
    done: Repair | None = None
    if repair and not sound:
        with _counted("Repairing", shown=not run.json) as told:
            done = mend(folder, found, now=datetime.now(UTC), told=told, lock_seconds=seconds)
    if run.json:
        print_json(_shape(found, done))
    else:
        print_text("\n".join((*_lines(found), *_repaired(done))))
        if not sound and done is None:
            print_text("`tollgraph doctor --repair` mends what can be; `tollgraph restore` brings a backup back.")
    if not sound and done is None:
        raise typer.Exit(1)


def _lines(found: list[Finding]) -> Iterator[str]:
    for finding in found:
        where = f"{finding.document}: " if finding.document else ""
        yield f"{'ok   ' if finding.ok else 'WRONG'}  {finding.check:<9}  {where}{finding.text}"


def _repaired(done: Repair | None) -> Iterator[str]:
    if done is None:
        return
    for line in done.done:
        yield f"mended  {line}"
    for document, source, why in done.lost:
        yield f"lost    {f'{document} {source}: ' if document else ''}{why}; ingest again"


def _shape(found: list[Finding], done: Repair | None) -> dict[str, object]:
    findings = [{"check": f.check, "ok": f.ok, "text": f.text, "document": f.document} for f in found]
    shape: dict[str, object] = {"sound": all(f.ok for f in found), "findings": findings, "repair": None}
    if done is not None:
        lost = [{"document": document, "source": source, "reason": why} for document, source, why in done.lost]
        aside = str(done.aside) if done.aside else None
        shape["repair"] = {"done": done.done, "documents": done.kept, "lost": lost, "aside": aside}
    return shape


@contextmanager
def _counted(words: str, *, shown: bool) -> Iterator[Callable[[int, int], None]]:
    """A count on stderr, if that is a terminal, while something long goes on."""
    live = shown and sys.stderr.isatty()

    def told(done: int, of: int) -> None:
        if live:
            sys.stderr.write(f"\r{words} {done:,} of {of:,} documents\x1b[K")
            sys.stderr.flush()

    yield told
    if live:
        sys.stderr.write("\r\x1b[K")
