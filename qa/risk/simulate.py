"""What if: a scenario played through the sales network of the claims, with bounds first and draws after.

ESRI (Diem et al. 2022, Scientific Reports 12:7719), or DebtRank where the scenario gives the equity of firms.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from graph.errors import QueryError
from graph.model import EntityRef
from graph.store.protocol import Store
from qa.risk.cascade.pace import Pace
from qa.risk.cite import Citations
from qa.risk.envelope import Measure, Result
from qa.risk.lens import Lens
from qa.risk.report import Basis, Coverage
from qa.risk.whatif.coupling import Coupled, couple
from qa.risk.whatif.distress import distress
from qa.risk.whatif.finding import Finder
from qa.risk.whatif.flows import Flows, ended, flows
from qa.risk.whatif.montecarlo import Draws, Ends, ends, percentiles, simulate_draws
from qa.risk.whatif.notes import assumptions
from qa.risk.whatif.overrides import overridden
from qa.risk.whatif.scenario import Scenario, asked
from qa.risk.whatif.shocks import Struck, strike
from qa.risk.whatif.tables import (
    LISTED,
    Hit,
    basis_of,
    charts,
    drivers,
    loss,
    losses,
    order,
    reached_trades,
    struck_table,
    tiers,
)
from qa.risk.whatif.tracing import Steps, Tracer, Way, percent

if TYPE_CHECKING:
    from qa.risk.whatif.allot import Places

METHOD = (
    "what-if cascade (ESRI, Diem et al. 2022): losses of inputs and of customers passed on until they rise no more, "
    "with shares as likely, at both ends of their bounds, and drawn at random"
)
WHAT = "loss of the network's output"


def simulate(
    store: Store,
    scenario: Scenario,
    *,
    lens: Lens | None = None,
    progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Result:
    """What a scenario leads to: the loss of the network's output, and of every firm, with low, likely and high.

    Losses are percent of output, firms weighed by their size. `progress(done, draws)` is called now and then; when
    `stop()` is true, StoppedError is raised. Raises QueryError for a graph without trades, UnknownError for a name
    that is not there, SettingsError for a scenario that makes no sense. The same scenario on the same claims gives
    the same result.
    """
    look = lens or Lens()
    whole = flows(store, look)
    finder = Finder(store, look, whole)
    if not whole.trades and not any(override.add for override in scenario.overrides):
        raise QueryError(
            "the graph holds no trade between firms, so nothing can be passed on; add claims that name suppliers"
        )
    changed = overridden(finder, scenario)
    current = _on(changed.flows, scenario)
    finder = replace(finder, flows=current)
    struck = strike(finder, current, scenario)
    if scenario.method == "debtrank":
        return distress(finder, scenario, couple(current, scenario.mode, closed=scenario.closed), struck)
    net = couple(
        current, scenario.mode, closed=scenario.closed, substitution=scenario.substitution, levels=changed.levels
    )
    rounds = scenario.horizon
    bounds = ends(net, struck.blow, rounds=rounds)
    pace = Pace(progress, stop)
    pace.check()
    drawn = None
    if scenario.draws:
        drawn = simulate_draws(net, struck.blow, bounds, scenario.draws, scenario.seed, rounds=rounds, pace=pace)
    return _Report(net, struck, bounds, drawn, scenario, look).result()


def entity_of(struck: Struck) -> EntityRef | None:
    """The firm that a scenario is about, if it strikes one alone."""
    firms = {firm.id: firm for firm, _, _ in struck.firms}
    return next(iter(firms.values())) if len(firms) == 1 and not struck.trades else None


def coverage(whole: Flows, trades: Places) -> Coverage:
    """How many of these trades carry a disclosed share or amount."""
    chosen = [whole.trades[n] for n in trades]
    claims = {claim.id: claim for trade in chosen for claim in whole.claims_of(trade)}
    documents = {item.document for claim in claims.values() for item in claim.evidence}
    return Coverage(len(chosen), sum(trade.weighed for trade in chosen), len(claims), len(documents))


def _on(whole: Flows, scenario: Scenario) -> Flows:
    """Without the trades that had ended by the first day of the scenario."""
    days = [shock.day for shock in scenario.shocks if shock.day is not None]
    if not days:
        return whole
    return replace(whole, trades=tuple(trade for trade in whole.trades if not ended(trade, min(days))))


@dataclass(slots=True)
class _Report:
    """The result in the making."""

    net: Coupled
    struck: Struck
    bounds: Ends
    draws: Draws | None
    scenario: Scenario
    lens: Lens

    def result(self) -> Result:
        """The whole report."""
        net, flows_ = self.net, self.net.flows
        cited = Citations(flows_.documents)
        tracer = Tracer(Steps(net, cited), self.struck.blow, self.bounds)
        first = struck_table(self.struck, tracer.steps)
        reached = reached_trades(net, self.bounds, self.struck.blow)
        hits = self._hits(tracer)
        weakest = basis_of(net, reached)
        bases = [_basis(hit, weakest) for hit in hits[:LISTED]]
        tables = (
            losses(net, self.bounds, self.draws, hits[:LISTED], bases),
            tiers(net, self.bounds, hits),
            drivers(net, self.draws, tracer.steps),
            first,
        )
        numbers = np.unique(np.array([n for n, _ in reached], dtype=np.intp))
        notes = [
            *assumptions(net, reached, self.scenario.mode, self.scenario.closed, self.scenario.draws),
            *self._own(len(hits)),
        ]
        return Result(
            kind="simulate",
            title=f"What if: {self.scenario.said}",
            entity=entity_of(self.struck),
            measure=self._measure(reached, weakest),
            tables=tables,
            coverage=coverage(flows_, numbers),
            method=METHOD,
            assumptions=tuple(notes),
            evidence=cited.quotes,
            paths=tuple(hit.path for hit in hits[:LISTED] if hit.path is not None),
            charts=charts(net, self.bounds, self.draws, hits) if reached or not self.struck.notes else (),
            as_of=self.lens.as_of,
            known_at=self.lens.known_at,
            asked=asked(self.scenario, self.lens),
        )

    def _hits(self, tracer: Tracer) -> list[Hit]:
        tier = self._tiers()
        rows = order(self.bounds, tier)
        found = []
        for n, row in enumerate(rows):
            way = tracer.way(row)
            found.append(Hit(row, int(tier[row]), way, tracer.path(row, way) if n < LISTED else None))
        return found

    def _tiers(self) -> Places:
        """How few steps from the shock each firm is, on the way that may hit it."""
        web, blow = self.net.web, self.struck.blow
        tier = np.full(web.firms, -1, dtype=np.intp)
        tier[(blow.supply > 0) | (blow.demand > 0)] = 0
        ways = (
            (web.seller, web.buyer, blow.supply > 0, web.group >= 0),
            (web.buyer, web.seller, blow.demand > 0, np.ones(len(web.group), dtype=bool)),
        )
        for source, target, start, counts in ways:
            front, seen = start.copy(), start.copy()
            step, stopped = 1, (blow.trades > 0) & counts
            while True:
                passing = (front[source] & counts) | (stopped if step == 1 else False)
                new = np.zeros(web.firms, dtype=bool)
                new[target[passing]] = True
                new &= ~seen
                if not new.any():
                    break
                tier[new & ((tier < 0) | (tier > step))] = step
                seen |= new
                front, step = new, step + 1
        return tier

    def _measure(self, reached: list[tuple[int, Way]], basis: Basis) -> Measure:
        """The network's loss, weighed by size."""
        weight = self.net.size.value / self.net.size.value.sum()
        lost = weight @ self.bounds.loss
        if not reached and self.struck.notes:
            return Measure(WHAT, "percent", note=" ".join(self.struck.notes))
        note = ""
        if self.draws is not None:
            low, middle, high = (percent(float(x)) for x in percentiles(self.draws.total))
            note = f"{self.scenario.draws} draws: 5 % below {low}, half below {middle}, 95 % below {high}"
        return loss(WHAT, lost, basis, note)

    def _own(self, hits: int) -> list[str]:
        """What this scenario itself takes for granted."""
        notes = list(self.struck.notes)
        if self.scenario.overrides:
            count = len(self.scenario.overrides)
            notes.append(f"{count} thing{'s are' if count > 1 else ' is'} set by the scenario against the claims.")
        if self.scenario.horizon:
            notes.append(f"The loss travels {self.scenario.horizon} steps and no further (horizon).")
        if any(shock.stops == "buying" for shock in self.scenario.shocks):
            notes.append("That a firm stops buying is no loss of its own output, but of those that sell to it.")
        if hits > LISTED:
            notes.append(
                f"{hits - LISTED} further firms that may lose are not listed: at most {LISTED}, largest first."
            )
        return notes


def _basis(hit: Hit, weakest: Basis) -> Basis:
    """What a loss rests on: the weakest share of its path, or of all trades where it has none and is not struck."""
    if hit.path is None:
        return "derived" if hit.tier == 0 else weakest
    bases = {step.share.basis for step in hit.path.steps}
    return "assumed" if "assumed" in bases else "imputed" if "imputed" in bases else "derived"
