"""`tollgraph passages`: the stretches of the stored texts that are nearest to some words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.common import (
    AsOfOption,
    GraphOption,
    JsonOption,
    KnownAtOption,
    UnreliableOption,
    begin,
    counted,
    day,
    print_json,
    print_text,
)

if TYPE_CHECKING:
    from graph.contract import Json
    from graph.settings import Settings
    from graph.store.protocol import Store
    from qa.passages import Passages


def passages(
    ctx: typer.Context,
    query: Annotated[str, typer.Argument(help="Words, names, or a question, in quotes.")],
    limit: Annotated[int, typer.Option(min=1, max=100, help="At most so many.")] = 5,
    vectors: Annotated[
        bool | None,
        typer.Option("--vectors/--no-vectors", help="Search by sense, too (default: the setting TOLLGRAPH_VECTORS)."),
    ] = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    include_unreliable: UnreliableOption = False,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Find passages of the stored texts, with their places, by words, by the entities named and, if asked, by sense."""
    from qa.passages import Passages

    run = begin(ctx, graph, json)
    with run.store() as store:
        wanted = run.settings.vectors if vectors is None else vectors
        index = Passages(store, vectors=wanted, model=run.settings.vector_model)
        bring_up(index, shown=not run.json)
        found = index.search(query, k=limit, as_of=day(as_of), known_at=known_at, include_unreliable=include_unreliable)
        index.close()
    rows = [{"n": number} | passage.to_json() for number, passage in enumerate(found, 1)]
    if run.json:
        print_json({"query": query, "items": rows})
        return
    print_text("\n".join(line for row in rows for line in _lines(row)) or "No passage has anything to do with that.")


def _lines(row: Json) -> Iterator[str]:
    from api.commands.render import evidence_lines

    yield from evidence_lines(row | {"quote": row["text"]})
    ranks = ", ".join(f"{name} {leg['rank']}" for name, leg in row["legs"].items())
    also = f"; also in {counted(len(row['copies']), 'copy', 'copies')}" if row["copies"] else ""
    yield f"      {row['document']} {row['start']}–{row['end']}; rank by {ranks}{also}"


def keep_up(store: Store, settings: Settings, *, shown: bool) -> None:
    """Take what was just written into the index of passages, so that no question has to wait for it."""
    from graph.errors import SettingsError
    from qa.passages import Passages

    index = Passages(store, vectors=settings.vectors, model=settings.vector_model)
    with suppress(SettingsError):  # no model for vectors: whoever searches by them hears of it
        bring_up(index, shown=shown)
    index.close()


def bring_up(index: Passages, *, shown: bool) -> None:
    """Bring an index up to its store, with a bar on stderr if that is a terminal."""
    with _bar(shown=shown) as told:
        index.follow(told=told)


@contextmanager
def _bar(*, shown: bool) -> Iterator[Callable[[int, int], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not (shown and console.is_terminal)) as bar:
        task = bar.add_task("Indexing", total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
