"""`tollgraph timeline`: the claims about an entity in order of time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.common import (
    AsOfOption,
    GraphOption,
    JsonOption,
    KnownAtOption,
    begin,
    look,
    print_json,
    print_table,
)

if TYPE_CHECKING:
    from graph.views.timeline import Event


def timeline(
    ctx: typer.Context,
    entity: Annotated[str, typer.Argument(metavar="ENTITY", help="Id, label or alias.")],
    predicate: Annotated[str | None, typer.Option(metavar="P", help="Claims of one relation or metric.")] = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """The claims about an entity by the period they hold for, then by publication; undated ones last."""
    from api.clocks import resolve_then
    from api.names import check_predicate
    from graph import contract
    from graph.views.timeline import timeline as order

    run = begin(ctx, graph, json)
    with run.store() as store:
        then = look(store, as_of, known_at)
        found = resolve_then(store, then, entity)
        events = order(then, found.id, predicate=check_predicate(predicate) if predicate is not None else None)
    if run.json:
        print_json({"entity": contract.entity_ref(found.ref), "items": [event.to_json() for event in events]})
    else:
        print_table(["holds", "published", "ingested", "claim", "quote"], [_row(event) for event in events])


def _row(event: Event) -> list[str]:
    from graph.text.periods import describe_period
    from qa.verbalise import sentence

    holds = "undated" if event.undated or event.period is None else describe_period(event.period)
    first, last = event.published or (None, None)
    published = f"{first} – {last}" if first != last else str(first or "")
    ingested = f"{event.ingested:%Y-%m-%d}" if event.ingested else ""
    return [holds, published, ingested, sentence(event.claim), event.quote.quote]
