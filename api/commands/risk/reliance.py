"""`tollgraph risk reliance`."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.risk.common import EntityArgument, TiersOption
from api.commands.risk.simulate import ClosedOption, DrawsOption, SeedOption

if TYPE_CHECKING:
    from api.asked import Asked
    from qa.risk.envelope import Result


class Side(StrEnum):
    """Whom it hangs on."""

    suppliers = "suppliers"
    customers = "customers"


def reliance(
    asked: Asked,
    entity: EntityArgument,
    to: Annotated[str | None, typer.Option(metavar="ENTITY", help="Only how far it hangs on this one.")] = None,
    side: Annotated[
        Side, typer.Option(metavar="|".join(Side), help="Shares of its purchases, or of its revenue.")
    ] = Side.suppliers,
    tiers: TiersOption = 4,
    closed: ClosedOption = None,
    draws: DrawsOption = None,
    seed: SeedOption = None,
) -> Result:
    """How much of an entity hangs on each other one over the tiers: gaps filled, and how sure the order is."""
    from qa.risk.reliance import reliance as measure

    return measure(
        asked.store,
        asked.named(entity),
        to=asked.named(to) if to else None,
        side=side.value,
        tiers=tiers,
        lens=asked.lens,
        closed=bool(closed),
        draws=1000 if draws is None else draws,
        seed=1 if seed is None else seed,
        progress=asked.progress,
    )
