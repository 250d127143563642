"""`tollgraph risk customers`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.risk.common import EntityArgument

if TYPE_CHECKING:
    from api.asked import Asked
    from qa.risk.envelope import Result

LossOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="[CUSTOMER=]0…1", help="Probability of losing a customer, or every one not named; may be repeated."
    ),
]


def customers(asked: Asked, entity: EntityArgument, loss: LossOption = None) -> Result:
    """Whose orders a supplier lives on, and the signs that a customer may come to do without it."""
    from api.losses import parse_losses
    from qa.risk.customers import customers as measure

    return measure(asked.store, asked.named(entity), losses=parse_losses(asked, loss or ()), lens=asked.lens)
