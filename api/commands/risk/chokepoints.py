"""`tollgraph risk chokepoints`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.risk.common import By, ByOption, TiersOption

if TYPE_CHECKING:
    from api.asked import Asked
    from qa.risk.envelope import Result

TargetArgument = Annotated[str, typer.Argument(metavar="TARGET", help="A product or a firm: id, label or alias.")]
OrderOption = Annotated[int, typer.Option(min=1, max=3, help="How many may have to fail together.")]
UnnamedOption = Annotated[
    bool, typer.Option("--unnamed", help="Count each supply of which no claim says what it is as an input of its own.")
]
NegligibleOption = Annotated[
    float, typer.Option(help="Providers with at most this percentage of a market are no alternative.")
]
FailingOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="[FIRM=]0…1", help="Probability that a firm (owner, country) fails, or each not named; may be repeated."
    ),
]


def chokepoints(
    asked: Asked,
    target: TargetArgument,
    by: ByOption = By.firm,
    order: OrderOption = 3,
    tiers: TiersOption = 4,
    unnamed: UnnamedOption = False,
    negligible: NegligibleOption = 2,
    failing: FailingOption = None,
) -> Result:
    """Who stops a product or a firm by failing, alone or together."""
    from decimal import Decimal

    from api.losses import parse_failing
    from qa.risk.chokepoints import chokepoints as measure
    from qa.risk.supply.supply_gates import Drawing

    return measure(
        asked.store,
        asked.subject(target),
        by=by.value,
        order=order,
        how=Drawing(tiers, unnamed, Decimal(str(negligible))),
        failing=parse_failing(asked, failing or ()),
        lens=asked.lens,
    )
