"""`tollgraph risk survive`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.risk.common import EntityArgument
from graph.errors import SettingsError

if TYPE_CHECKING:
    from api.asked import Asked
    from qa.risk.envelope import Result


def survive(
    asked: Asked,
    entity: EntityArgument,
    plan: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="YAML or CSV with inputs (demand, stock, loss) and suppliers (capacity)."),
    ] = None,
    lost: Annotated[
        list[str] | None, typer.Option(metavar="SUPPLIER", help="Lost together; may be repeated (default: each alone).")
    ] = None,
) -> Result:
    """How long a firm goes on without each of its suppliers, and what it costs until the supplier is back."""
    from qa.risk.survival.plan import read_plan
    from qa.risk.survive import survive as measure

    if plan is None:
        raise SettingsError(
            "survive needs --plan FILE: a YAML file with the inputs (demand, stock, loss) and the suppliers (capacity, "
            "makes, recover) of the firm"
        )
    return measure(asked.store, asked.named(entity), read_plan(plan), lost=lost or (), lens=asked.lens)
