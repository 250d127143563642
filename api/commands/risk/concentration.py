"""`tollgraph risk concentration`."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.risk.common import By, ByOption

if TYPE_CHECKING:
    from api.asked import Asked
    from qa.risk.concentrate import Side as Chosen
    from qa.risk.envelope import Result


class Side(StrEnum):
    """What of a firm or a thing is concentrated."""

    market = "market"
    suppliers = "suppliers"
    customers = "customers"


OfArgument = Annotated[
    str, typer.Argument(metavar="OF", help="A market or thing (“HBM”), or a firm: id, label, alias.")
]
SideOption = Annotated[
    Side | None,
    typer.Option(metavar="|".join(Side), help="What of it (default: customers of a firm, the market of a thing)."),
]
PercentOption = Annotated[float, typer.Option(help="How many parties together reach this percentage.")]


def concentration(
    asked: Asked, of: OfArgument, by: ByOption = By.firm, side: SideOption = None, percent: PercentOption = 75
) -> Result:
    """How much of a market, or of a firm's sales or purchases, lies with few."""
    from decimal import Decimal

    from qa.risk.concentrate import concentration as measure

    chosen: Chosen | None = side.value if side else None
    threshold = Decimal(str(percent))
    return measure(asked.store, asked.subject(of), by=by.value, side=chosen, percent=threshold, lens=asked.lens)
