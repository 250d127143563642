"""Finds whom the shocks of a scenario strike, and how hard, with the claims by which a country or an owner is
theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from graph.errors import QueryError
from graph.model import Claim, EntityRef
from qa.risk.holders.countries import countries
from qa.risk.holders.owners import owners
from qa.risk.whatif.finding import Finder
from qa.risk.whatif.flows import Flows
from qa.risk.whatif.scenario import Scenario, Shock
from qa.risk.whatif.spread import Blow


@dataclass(frozen=True, slots=True)
class Struck:
    """What is lost at once. `firms` are struck as a whole, each with its shock in words and the claims that put it
    there."""

    blow: Blow
    firms: tuple[tuple[EntityRef, Shock, tuple[Claim, ...]], ...]
    trades: tuple[tuple[int, Shock], ...]
    notes: tuple[str, ...] = ()


def strike(finder: Finder, flows: Flows, scenario: Scenario) -> Struck:
    """The shocks of a scenario on some flows; where two strike the same, the larger counts."""
    place = {firm: row for row, firm in enumerate(flows.firms)}
    blow = Blow(np.zeros(len(flows.firms)), np.zeros(len(flows.firms)), np.zeros(len(flows.trades)))
    firms: list[tuple[EntityRef, Shock, tuple[Claim, ...]]] = []
    trades: list[tuple[int, Shock]] = []
    notes: list[str] = []
    for shock in scenario.shocks:
        if shock.kind in ("supply", "input"):
            numbers = [finder.trade(shock.name, shock.buyer)] if shock.kind == "supply" else finder.traded(shock.name)
            blow.trades[numbers] = np.maximum(blow.trades[numbers], shock.size)
            trades += [(number, shock) for number in numbers]
            continue
        for firm, claims in _firms(finder, flows, shock):
            firms.append((firm, shock, claims))
            if firm.id not in place:
                notes.append(f"No trade of {firm.label} is known: whom it would strike is unknown.")
                continue
            row = place[firm.id]
            if shock.stops != "buying":
                blow.supply[row] = max(blow.supply[row], shock.size)
            if shock.stops != "selling":
                blow.demand[row] = max(blow.demand[row], shock.size)
    return Struck(blow, tuple(firms), tuple(trades), tuple(notes))


def _firms(finder: Finder, flows: Flows, shock: Shock) -> Iterator[tuple[EntityRef, tuple[Claim, ...]]]:
    """The firms that a shock is about. Raises QueryError for a country or an owner that no firm that trades is known
    of."""
    if shock.kind == "firm":
        yield finder.firm(shock.name), ()
        return
    whose = finder.entity(shock.name)
    found = list(_of(finder, flows.firms.values(), shock, whose))
    if not found:
        what = f"in {whose.label}" if shock.kind == "country" else f"owned by {whose.label}"
        raise QueryError(f"no firm that trades is known to be {what}; name firms one by one, or add claims that say so")
    yield from found


def _of(
    finder: Finder, firms: Iterable[EntityRef], shock: Shock, whose: EntityRef
) -> Iterator[tuple[EntityRef, tuple[Claim, ...]]]:
    seen = finder.lens.seen(finder.store)
    if shock.kind == "country":
        homes = countries(seen)
        for firm in firms:
            home = homes.get(firm.id)
            if home is not None and home.entity is not None and home.entity.id == whose.id:
                yield firm, home.claims
        return
    held = owners(seen)
    for firm in firms:
        owner = held.get(firm.id)
        if firm.id == whose.id:
            yield firm, ()
        elif owner is not None and whose.id in (owner.entity.id, *(step.id for step in owner.through)):
            yield firm, owner.claims
