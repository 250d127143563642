"""`tollgraph conflicts`: where claims cannot all hold, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.common import (
    AsOfOption,
    ConfidenceOption,
    GraphOption,
    JsonOption,
    KnownAtOption,
    begin,
    counted,
    look,
    print_json,
    print_table,
    print_text,
)

if TYPE_CHECKING:
    from graph.agreement import Conflict, Side


def conflicts(
    ctx: typer.Context,
    about: Annotated[
        str | None, typer.Option(metavar="ENTITY", help="Conflicts that concern this entity (id, label or alias).")
    ] = None,
    predicate: Annotated[str | None, typer.Option(metavar="P", help="Conflicts on one relation or metric.")] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND",
            help="figures, estimates, opinions, denied or exclusive (default: these); guidance or revised. Repeatable.",
        ),
    ] = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    min_confidence: ConfidenceOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Show claims that cannot all hold, with the sources and dates of each side."""
    from api.clocks import resolve_then
    from api.kinds import check_kinds
    from api.names import check_predicate
    from graph import contract
    from graph.agreement.view import agreement
    from graph.store.protocol import ClaimFilter

    run = begin(ctx, graph, json)
    kinds = check_kinds(kind or ())
    with run.store() as store:
        then = look(store, as_of, known_at)
        where = ClaimFilter(
            about=resolve_then(store, then, about).id if about is not None else None,
            predicate=check_predicate(predicate) if predicate is not None else None,
            min_confidence=min_confidence,
        )
        found = agreement(then).conflicts(where, kinds)
    if run.json:
        print_json([contract.conflict(conflict) for conflict in found])
        return
    for conflict in found:
        _print(conflict)
    print_text(f"{counted(len(found), 'conflict')}.")


def _print(conflict: Conflict) -> None:
    from api.phrases import conflict_title

    print_text(conflict_title(conflict))
    print_table(["says", "as", "by", "in", "independent#"], [_row(side) for side in conflict.sides])
    print_text("")


def _row(side: Side) -> list[str]:
    from api.phrases import object_text

    places = [", ".join((s.outlet or s.title, s.published.isoformat() if s.published else "")) for s in side.sources]
    said = object_text(side.value)
    return [
        said if side.polarity else f"not {said}",
        side.standing,
        ", ".join(side.speakers),
        "; ".join(place.rstrip(", ") for place in places),
        str(len(side.origins)),
    ]
