"""`tollgraph tables`: mappings tried before anything is taken in, and those that come with the program."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.common import GraphOption, JsonOption, begin, counted, print_json, print_text

if TYPE_CHECKING:
    from api.tables import Trial

MappingArgument = Annotated[str, typer.Argument(metavar="MAPPING", help="A mapping file, or a shipped one's name.")]


def check(
    ctx: typer.Context,
    mapping: MappingArgument,
    table: Annotated[str | None, typer.Argument(metavar="TABLE", help="A file or web address to try it on.")] = None,
    first: Annotated[int, typer.Option("--first", min=0, help="How many claims to show.")] = 10,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Check a mapping and, with a table, what it makes of it: first claims, what is left out. Nothing is kept."""
    from api.tables import tried
    from ingest.tables.taking import mapping_named

    run = begin(ctx, graph, json)
    held = mapping_named(mapping)
    if table is None:
        found = {"mapping": held.name, "templates": [template.name for template in held.claims]}
        return print_json(found) if run.json else print_text(f"{held.name}: {counted(len(held.claims), 'template')}.")
    trial = tried(held, table, run.settings, first=first)
    return print_json(trial.to_json()) if run.json else print_text("\n".join(_lines(trial)))


def mappings(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="The one to print.")] = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """List the mappings that come with the program, or print one as a beginning for your own."""
    from api.tables import examples, text_of_example

    run = begin(ctx, graph, json)
    if name is not None:
        return print_text(text_of_example(name))
    rows = examples()
    if run.json:
        return print_json([{"name": held, "title": title, "publisher": publisher} for held, title, publisher in rows])
    width = max(len(held) for held, _, _ in rows)
    return print_text("\n".join(f"{held:<{width}}  {title} ({publisher})" for held, title, publisher in rows))


def _lines(trial: Trial) -> Iterator[str]:
    found = counted(trial.claims, "claim"), counted(trial.entities, "entity", "entities")
    yield f"{counted(trial.tally.rows, 'row')}: {found[0]}, {found[1]}."
    for claim, words in trial.first:
        yield f"  {claim.evidence[0].locator:<16} {words}"
    yield from (f"  {line}" for line in trial.tally.lines())


TABLES: dict[str, Callable[..., None]] = {"check": check, "mappings": mappings}
