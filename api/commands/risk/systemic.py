"""`tollgraph risk systemic`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.commands.risk.simulate import ClosedOption, DrawsOption, ModeOption, SeedOption, SubstitutionOption

if TYPE_CHECKING:
    from api.asked import Asked
    from qa.risk.envelope import Result


def systemic(
    asked: Asked,
    mode: ModeOption = None,
    substitution: SubstitutionOption = None,
    closed: ClosedOption = None,
    draws: DrawsOption = None,
    seed: SeedOption = None,
) -> Result:
    """Whom the network could least do without: all firms by what is lost if each of them stops."""
    from qa.risk.systemic import systemic as measure

    return measure(
        asked.store,
        lens=asked.lens,
        mode=mode.value if mode else "generalised",
        substitution=substitution is not False,
        closed=bool(closed),
        draws=200 if draws is None else draws,
        seed=1 if seed is None else seed,
        progress=asked.progress,
    )
