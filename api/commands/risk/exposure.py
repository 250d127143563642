"""`tollgraph risk exposure`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.risk.common import EntityArgument, TiersOption

if TYPE_CHECKING:
    from api.asked import Asked
    from qa.risk.report import Report


def exposure(
    asked: Asked,
    entity: EntityArgument,
    to: Annotated[str | None, typer.Option(metavar="ENTITY", help="Only how far it depends on this one.")] = None,
    tiers: TiersOption = 4,
) -> Report:
    """On whom an entity depends, tier by tier, with the evidence of every step."""
    from qa.risk.exposure import exposure as measure

    about, goal = asked.named(entity), asked.named(to) if to else None
    return measure(asked.store, about, to=goal, tiers=tiers, **asdict(asked.lens))
