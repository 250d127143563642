"""`tollgraph risk simulate`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from api.asked import Asked
    from qa.risk.envelope import Result


class Mode(StrEnum):
    """How firms make things of inputs."""

    generalised = "generalised"
    leontief = "leontief"
    linear = "linear"


class Stops(StrEnum):
    """What a firm that is struck stops."""

    both = "both"
    buying = "buying"
    selling = "selling"


ModeOption = Annotated[
    Mode | None,
    typer.Option(
        metavar="|".join(Mode),
        help="Inputs essential by rule (generalised, the default), all (leontief), none (linear).",
    ),
]
SubstitutionOption = Annotated[
    bool | None,
    typer.Option(
        "--substitution/--no-substitution", help="Whether others of its market stand in for a supplier (default: yes)."
    ),
]
ClosedOption = Annotated[
    bool | None,
    typer.Option("--closed/--open", help="Whether the graph names every supplier and customer (default: no)."),
]
DrawsOption = Annotated[
    int | None, typer.Option(min=0, max=100_000, help="How many networks to draw at random; 0: bounds only.")
]
SeedOption = Annotated[int | None, typer.Option(min=0, help="The same seed draws the same networks (default: 1).")]


def simulate(
    asked: Asked,
    firm: Annotated[list[str] | None, typer.Argument(metavar="[FIRM]...", help="Firms that are struck.")] = None,
    country: Annotated[list[str] | None, typer.Option(metavar="PLACE", help="Strike all its firms.")] = None,
    owner: Annotated[list[str] | None, typer.Option(metavar="FIRM", help="Strike it and all that it owns.")] = None,
    input: Annotated[list[str] | None, typer.Option(metavar="ITEM", help="Strike all trade in it.")] = None,
    supply: Annotated[
        list[str] | None, typer.Option(metavar="SUPPLIER>CUSTOMER", help="Strike what one supplies to the other.")
    ] = None,
    size: Annotated[
        str | None, typer.Option(metavar="PERCENT", help="How much is lost: 0.5 or 50% (default: all).")
    ] = None,
    stops: Annotated[
        Stops | None, typer.Option(metavar="|".join(Stops), help="What the firms that are struck stop (default: both).")
    ] = None,
    scenario: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A scenario in YAML (docs/scenarios.md); options add to it.")
    ] = None,
    mode: ModeOption = None,
    substitution: SubstitutionOption = None,
    closed: ClosedOption = None,
    horizon: Annotated[
        int | None, typer.Option(min=1, max=1000, help="How many steps the loss travels (default: to its end).")
    ] = None,
    draws: DrawsOption = None,
    seed: SeedOption = None,
    save: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the whole scenario there, too.")] = None,
) -> Result:
    """What if firms, countries, owners, inputs or single supplies fail: who loses how much, by which way."""
    from api.commands.files import whole_file
    from api.whatif import Flags, flagged
    from qa.risk.simulate import simulate as measure
    from qa.risk.whatif.scenario_file import read_scenario, written_scenario

    found = flagged(
        read_scenario(scenario) if scenario else None,
        Flags(firm or (), country or (), owner or (), input or (), supply or (), size, stops.value if stops else None),
        mode=mode.value if mode else None,
        substitution=substitution,
        closed=closed,
        horizon=horizon,
        draws=draws,
        seed=seed,
    )
    if save is not None:
        with whole_file(save) as stream:
            stream.write(written_scenario(found).encode())
    return measure(asked.store, found, lens=asked.lens, progress=asked.progress)
