"""`tollgraph risk substitutes`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.risk.common import By, ByOption

if TYPE_CHECKING:
    from api.asked import Asked
    from qa.risk.envelope import Result

SupplierArgument = Annotated[str, typer.Argument(metavar="SUPPLIER", help="Who is lost: id, label or alias.")]
ItemOption = Annotated[str | None, typer.Option(metavar="ITEM", help="Only for this of what it supplies.")]
CustomerOption = Annotated[str | None, typer.Option(metavar="ENTITY", help="Only for what it supplies to this one.")]


def substitutes(
    asked: Asked,
    supplier: SupplierArgument,
    item: ItemOption = None,
    customer: CustomerOption = None,
    by: ByOption = By.firm,
) -> Result:
    """Who could stand in for a supplier, with what headroom, and what that would save."""
    from qa.risk.substitutes import substitutes as measure

    return measure(
        asked.store,
        asked.named(supplier),
        item=item,
        customer=asked.named(customer) if customer else None,
        by=by.value,
        lens=asked.lens,
    )
