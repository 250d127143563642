"""What-if scenarios as values: what stops, what is otherwise than the claims say, and how to compute what follows.

A scenario holds names as they were typed; `shocks.py` and `overrides.py` find them in a graph. Two runs of one
scenario on one graph give the same result.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from graph.contract import Json
from graph.errors import SettingsError
from qa.risk.lens import Lens
from qa.risk.whatif.coupling import MODES, Mode
from qa.risk.whatif.markets import LEVELS, Level

Stops = Literal["buying", "selling", "both"]
STOPS: tuple[Stops, ...] = ("buying", "selling", "both")
Target = Literal["firm", "country", "owner", "input", "supply"]
TARGETS: tuple[Target, ...] = ("firm", "country", "owner", "input", "supply")
MOST_DRAWS, MOST_ROUNDS = 100_000, 1000


@dataclass(frozen=True, slots=True)
class Shock:
    """`size` (above 0, at most 1) of what `name` buys, sells, or both, is lost, from `day` on if one is given.

    `kind` says what `name` names: one firm, all firms of a country, all of one ultimate owner, an input wherever it
    is traded, or the supply of `name` to `buyer`.
    """

    kind: Target
    name: str
    size: float = 1.0
    stops: Stops = "both"
    buyer: str = ""
    day: date | None = None

    def __post_init__(self) -> None:
        if not 0 < self.size <= 1:
            raise SettingsError(f"a shock to {self.name} has the size {self.size:g}: give above 0 to 1, or up to 100 %")

    @property
    def said(self) -> str:
        """The shock in words."""
        share = "" if self.size == 1 else f" {self.size * 100:g} % of"
        if self.kind == "supply":
            return f"{self.name} stops{share} what it supplies to {self.buyer}"
        if self.kind == "input":
            return f"{share.strip() or 'all'} trade in {self.name} stops".replace("% of trade", "% of the trade")
        who = {"firm": self.name, "country": f"every firm of {self.name}", "owner": f"every firm of {self.name}'s"}
        verb = "buying and selling" if self.stops == "both" else self.stops
        return f"{who[self.kind]} stops{share} {verb}"

    def to_json(self) -> Json:
        """The shock as a scenario file writes it."""
        named = {"from": self.name, "to": self.buyer} if self.kind == "supply" else self.name
        stops = {} if self.kind in ("supply", "input") else {"stops": self.stops}
        day = {"date": self.day.isoformat()} if self.day else {}
        return {self.kind: named, "size": self.size, **stops, **day}


@dataclass(frozen=True, slots=True)
class Override:
    """What the scenario takes for granted against the claims: of a supply from `seller` to `buyer`, a `firm` or an
    `input`.

    Shares are 0–1: `share` of the seller's revenue, `purchases` of all that the buyer purchases. `amount` and
    `revenue` are amounts as written (“$3 billion”). `add` puts a supply in that no claim names, `remove` takes one out.
    """

    seller: str = ""
    buyer: str = ""
    share: float | None = None
    purchases: float | None = None
    amount: str | None = None
    item: str | None = None
    add: bool = False
    remove: bool = False
    firm: str = ""
    revenue: str | None = None
    market: str | None = None
    input: str = ""
    level: Level | None = None

    def __post_init__(self) -> None:
        about = [bool(self.seller or self.buyer), bool(self.firm), bool(self.input)]
        if about.count(True) != 1:
            raise SettingsError("an override is about one thing: a supply (from, to), a firm or an input")
        if self.add and self.remove:
            raise SettingsError(f"the supply of {self.seller} to {self.buyer} is both added and removed: choose one")
        for name, value in (("share", self.share), ("purchases", self.purchases)):
            if value is not None and not 0 <= value <= 1:
                raise SettingsError(f"{name} is {value:g}: give 0 to 1, or 0 to 100 %")

    def to_json(self) -> Json:
        """The override as a scenario file writes it, unset fields left out."""
        if self.seller:
            about: Json = {"supply": {"from": self.seller, "to": self.buyer}}
        else:
            about = {"firm": self.firm} if self.firm else {"input": self.input}
        rest = {
            name: getattr(self, name) for name in ("share", "purchases", "amount", "item", "revenue", "market", "level")
        }
        flags = {name: True for name in ("add", "remove") if getattr(self, name)}
        return about | {name: value for name, value in rest.items() if value is not None} | flags


@dataclass(frozen=True, slots=True)
class Scenario:
    """Everything that a what-if result depends on besides the claims. Raises SettingsError for what makes no sense.

    `horizon` is how many steps the loss may travel, None: until it comes to rest. `closed`: the graph names every
    party, so that there is no rest. `method` debtrank needs the `equity` of firms, by name, as amounts are written.
    """

    shocks: tuple[Shock, ...]
    name: str = ""
    overrides: tuple[Override, ...] = ()
    mode: Mode = "generalised"
    substitution: bool = True
    horizon: int | None = None
    closed: bool = False
    draws: int = 1000
    seed: int = 1
    method: Literal["esri", "debtrank"] = "esri"
    equity: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.shocks:
            raise SettingsError("the scenario shocks nobody: name at least one firm, country, owner, input or supply")
        if self.mode not in MODES:
            raise SettingsError(f"mode is {self.mode}: choose {', '.join(MODES)}")
        if self.horizon is not None and not 1 <= self.horizon <= MOST_ROUNDS:
            raise SettingsError(f"horizon is {self.horizon}: give 1 to {MOST_ROUNDS} steps, or leave it out")
        if not 0 <= self.draws <= MOST_DRAWS:
            raise SettingsError(f"draws is {self.draws}: give 0 (bounds only) to {MOST_DRAWS}")
        if self.seed < 0:
            raise SettingsError(f"seed is {self.seed}: give a whole number from 0")
        if self.method == "debtrank" and not self.equity:
            raise SettingsError("debtrank needs equity: give the equity of at least one firm in the scenario file")
        for override in self.overrides:
            if override.level is not None and override.level not in LEVELS:
                raise SettingsError(f"level is {override.level}: choose {', '.join(LEVELS)}")

    @property
    def said(self) -> str:
        """Name or shocks in words, for a title."""
        return self.name or "; ".join(shock.said for shock in self.shocks)

    def to_json(self) -> Json:
        """The whole scenario, as a scenario file would write it: enough to run it again."""
        return {
            "name": self.name,
            "shocks": [shock.to_json() for shock in self.shocks],
            "overrides": [override.to_json() for override in self.overrides],
            "mode": self.mode,
            "substitution": self.substitution,
            "horizon": self.horizon,
            "closed": self.closed,
            "draws": self.draws,
            "seed": self.seed,
            "method": self.method,
            "equity": dict(self.equity),
        }


def asked(scenario: Scenario, lens: Lens) -> Json:
    """All that a what-if result depends on besides the claims."""
    return {
        "scenario": scenario.to_json(),
        "impute": lens.impute,
        "min_confidence": lens.min_confidence,
        "include_unreliable": lens.include_unreliable,
    }
