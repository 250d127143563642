"""A scenario from options: shocks of a command line beside those of a file, settings in their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from graph.errors import SettingsError
from qa.risk.whatif.scenario import Scenario, Shock, Stops
from qa.risk.whatif.scenario_file import fraction


@dataclass(frozen=True, slots=True)
class Flags:
    """Names to strike, by kind; `supplies` as “supplier>customer”. `size` and `stops` hold for all of them."""

    firms: Sequence[str] = ()
    countries: Sequence[str] = ()
    owners: Sequence[str] = ()
    inputs: Sequence[str] = ()
    supplies: Sequence[str] = ()
    size: str | None = None
    stops: str | None = None


def flagged(base: Scenario | None, flags: Flags, **settings: Any) -> Scenario:
    """The scenario of a file, if any, with the shocks of the options added and the settings that are not None changed.

    Raises SettingsError for options that make no sense, or if neither strikes anybody.
    """
    shocks = _shocks(flags)
    given = {name: value for name, value in settings.items() if value is not None}
    if base is not None:
        return replace(base, shocks=(*base.shocks, *shocks), **given)
    if not shocks:
        raise SettingsError("nobody is struck: name a firm, or give --country, --owner, --input, --supply, --scenario")
    return Scenario(shocks, **given)


def _shocks(flags: Flags) -> tuple[Shock, ...]:
    size = 1.0 if flags.size is None else fraction(flags.size, "--size")
    stops = cast(Stops, flags.stops or "both")
    names = (("firm", flags.firms), ("country", flags.countries), ("owner", flags.owners))
    struck = [Shock(cast("Any", kind), name, size, stops) for kind, found in names for name in found]
    struck += [Shock("input", name, size) for name in flags.inputs]
    struck += [Shock("supply", *_ends(text, size)) for text in flags.supplies]
    if not struck and (flags.size or flags.stops):
        raise SettingsError("--size and --stops are about what options strike; a scenario file gives its own")
    return tuple(struck)


def _ends(text: str, size: float) -> tuple[str, float, Stops, str]:
    seller, mark, buyer = text.partition(">")
    if not mark or not seller.strip() or not buyer.strip():
        raise SettingsError(f'--supply {text}: write SUPPLIER>CUSTOMER, in quotes, such as "TSMC>Nvidia"')
    return seller.strip(), size, "both", buyer.strip()
