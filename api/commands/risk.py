"""`tollgraph risk exposure` and `dependents`."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.common import (
    AsOfOption,
    ConfidenceOption,
    GraphOption,
    JsonOption,
    KnownAtOption,
    Run,
    UnreliableOption,
    begin,
    day,
    look,
    print_json,
    print_text,
)

if TYPE_CHECKING:
    from qa.risk.report import Report


class Impute(StrEnum):
    """How missing shares are filled."""

    no = "no"
    size = "size"
    even = "even"


EntityArgument = Annotated[str, typer.Argument(metavar="ENTITY", help="Id, label or alias.")]
TiersOption = Annotated[int, typer.Option(min=1, max=10, help="How many steps to follow.")]
ImputeOption = Annotated[
    Impute,
    typer.Option(
        metavar="|".join(Impute),
        help="Fill shares that nobody discloses: by market share (size), evenly (even), or not (no).",
    ),
]


def exposure(
    ctx: typer.Context,
    entity: EntityArgument,
    to: Annotated[str | None, typer.Option(metavar="ENTITY", help="Only how far it depends on this one.")] = None,
    tiers: TiersOption = 4,
    impute: ImputeOption = Impute.size,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    min_confidence: ConfidenceOption = None,
    include_unreliable: UnreliableOption = False,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """On whom an entity depends, tier by tier, with the evidence of every step."""
    from api.clocks import resolve_then
    from qa.risk import exposure as measure

    run = begin(ctx, graph, json)
    with run.store() as store:
        then = look(store, as_of, known_at)
        report = measure.exposure(
            store,
            resolve_then(store, then, entity).id,
            to=resolve_then(store, then, to).id if to else None,
            tiers=tiers,
            as_of=day(as_of),
            known_at=known_at,
            min_confidence=min_confidence,
            include_unreliable=include_unreliable,
            impute=impute.value,
        )
    _print(run, report)


def dependents(
    ctx: typer.Context,
    entity: EntityArgument,
    tiers: TiersOption = 4,
    impute: ImputeOption = Impute.size,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    min_confidence: ConfidenceOption = None,
    include_unreliable: UnreliableOption = False,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Who depends on an entity, as its customer or as its supplier."""
    from api.clocks import resolve_then
    from qa.risk import dependents as measure

    run = begin(ctx, graph, json)
    with run.store() as store:
        then = look(store, as_of, known_at)
        report = measure.dependents(
            store,
            resolve_then(store, then, entity).id,
            tiers=tiers,
            as_of=day(as_of),
            known_at=known_at,
            min_confidence=min_confidence,
            include_unreliable=include_unreliable,
            impute=impute.value,
        )
    _print(run, report)


def _print(run: Run, report: Report) -> None:
    from qa.risk.render import render

    if run.json:
        print_json(report.to_json())
    else:
        print_text(render(report))
