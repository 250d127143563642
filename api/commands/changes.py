"""`tollgraph diff`, `watch` and `feed`: what changed, and word of it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.common import GraphOption, JsonOption, begin, counted, print_json, print_table, print_text

if TYPE_CHECKING:
    from graph.change.difference import Difference
    from graph.model import Claim

WHEN = "A day, an instant, or how long ago: 2026-03-01, 2026-03-01T12:00Z, 36h, 7d, 2w."
EntityOption = Annotated[str | None, typer.Option(metavar="ENTITY", help="With this entity (id, label or alias).")]


class FeedFormat(StrEnum):
    """How a feed is written."""

    atom = "atom"
    json = "json"


def diff(
    ctx: typer.Context,
    since: Annotated[str, typer.Option(metavar="WHEN", help=WHEN)],
    until: Annotated[str | None, typer.Option(metavar="WHEN", help="The same; default: now.")] = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Show what changed in the graph: claims new, changed, gone, rumours confirmed, statements denied."""
    from api.moments import moment
    from graph import contract
    from graph.change.difference import difference

    run, now = begin(ctx, graph, json), datetime.now(UTC)
    with run.store() as store:
        found = difference(store, moment(since, now), moment(until, now, end=True) if until else None)
    if run.json:
        print_json(contract.difference(found))
    else:
        _print(found)


def _print(found: Difference) -> None:
    parts: list[tuple[str, list[tuple[Claim, Claim | None]]]] = [
        ("Confirmed", [(step.after, step.before) for step in found.confirmed]),
        ("Denied", [(step.after, step.before) for step in found.denied]),
        ("Changed", [(step.after, step.before) for step in found.changed if step.before.id != step.after.id]),
        ("New", [(claim, None) for claim in found.new]),
        ("Gone", [(claim, None) for claim in found.gone]),
    ]
    for head, rows in parts:
        if rows:
            print_text(f"{head} ({len(rows)})")
        for claim, before in rows:
            _print_claim(claim, before)
    same = [step for step in found.changed if step.before.id == step.after.id]
    for line, steps in (
        (
            "Only sources judged unreliable say it now",
            [s for s in same if s.after.unreliable and not s.before.unreliable],
        ),
        ("Relied on again", [s for s in same if s.before.unreliable and not s.after.unreliable]),
        ("Reviewed, or a review taken back", [s for s in same if "review" in s.fields]),
        ("Stated by other documents than before", [s for s in same if "evidence" in s.fields]),
    ):
        if steps:
            print_text(f"{line}: {counted(len(steps), 'claim')}")
    if not same and not any(rows for _, rows in parts):
        print_text("Nothing changed.")


def _print_claim(claim: Claim, before: Claim | None) -> None:
    from qa.verbalise import sentence

    print_text(f"  {sentence(claim)}\n    “{claim.evidence[0].quote}”")
    if before is not None:
        print_text(f"    before: {sentence(before)}\n    “{before.evidence[0].quote}”")


def watch_add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="Of the list; one of the same name is replaced.")],
    about: EntityOption = None,
    subject: Annotated[str | None, typer.Option(metavar="ENTITY", help="With this entity as subject.")] = None,
    object: Annotated[str | None, typer.Option(metavar="ENTITY", help="With this entity as object.")] = None,
    predicate: Annotated[
        list[str] | None, typer.Option(metavar="P", help="Of this relation or metric; repeatable: any of them.")
    ] = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Keep a watch list: claims with an entity, of a relation or metric, or both."""
    from api.watching import wanted
    from graph import contract

    run = begin(ctx, graph, json)
    with run.store(write=True) as store:
        made = wanted(store, name, about=about, subject=subject, object=object, predicates=predicate or ())
        store.watch(made)
    if run.json:
        print_json(contract.watch(made))
    else:
        print_text(f"Watching “{name}”.")


def watch_list(ctx: typer.Context, graph: GraphOption = None, json: JsonOption = False) -> None:
    """List the watch lists."""
    from graph import contract
    from graph.change.watch import watches

    run = begin(ctx, graph, json)
    with run.store() as store:
        held = watches(store)
    if run.json:
        print_json([contract.watch(watch) for watch in held])
        return
    rows = [[w.name, w.about or "", w.subject or "", w.object or "", ", ".join(w.predicates)] for w in held]
    print_table(["name", "about", "subject", "object", "predicates"], rows)


def watch_remove(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="Of the list.")],
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Forget a watch list."""
    run = begin(ctx, graph, json)
    with run.store(write=True) as store:
        store.unwatch(name)
    if run.json:
        print_json({"removed": name})
    else:
        print_text(f"“{name}” is no longer watched.")


def feed(
    ctx: typer.Context,
    watch: Annotated[str | None, typer.Argument(help="Of one watch list; default: of all together.")] = None,
    format: Annotated[
        FeedFormat, typer.Option(metavar="|".join(FeedFormat), help="How to write it.")
    ] = FeedFormat.atom,
    limit: Annotated[int, typer.Option(min=1, help="At most so many entries.")] = 50,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Print the feed of what touches a watch list: claims with their quotes, the latest taken in first."""
    from api.feeds.atom import atom
    from api.feeds.feed import feed as collect
    from api.feeds.json_feed import json_feed

    run = begin(ctx, graph, json)
    with run.store() as store:
        made = collect(store, watch, limit=limit)
    if run.json or format is FeedFormat.json:
        print_json(json_feed(made))
    else:
        sys.stdout.write(atom(made).decode())


WATCH: dict[str, Callable[..., None]] = {"add": watch_add, "list": watch_list, "remove": watch_remove}
