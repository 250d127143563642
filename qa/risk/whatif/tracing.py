"""By which way a loss reaches a firm: from the firm back along its strongest causes to what was struck."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

import numpy as np

from qa.risk.cite import Citations, say
from qa.risk.paths.shares import product, totals
from qa.risk.report import Path, Share, Step
from qa.risk.whatif.coupling import Coupled, Side
from qa.risk.whatif.montecarlo import HIGH, LIKELY, Ends
from qa.risk.whatif.spread import Blow

if TYPE_CHECKING:
    from qa.risk.whatif.allot import Places, Vector

Way = Literal["downstream", "upstream"]
LONGEST = 12


@dataclass(slots=True)
class Steps:
    """Trades of a coupled network as cited steps of a path, each made once."""

    net: Coupled
    cited: Citations
    _made: dict[tuple[int, Way], Step] = field(default_factory=dict)

    def step(self, trade: int, way: Way) -> Step:
        """A trade as the step from who depends to whom it depends on."""
        if (trade, way) not in self._made:
            self._made[trade, way] = self._step(trade, way)
        return self._made[trade, way]

    def path(self, trades: Sequence[int], way: Way) -> Path:
        """Trades in order, from who depends to whom it depends on in the end."""
        steps = tuple(self.step(trade, way) for trade in trades)
        shares = [step.share for step in steps]
        return Path(steps, product(shares).share(steps[0].source.label, totals(shares)))

    def _step(self, number: int, way: Way) -> Step:
        flows = self.net.flows
        trade = flows.trades[number]
        seller, buyer = flows.firms[trade.seller], flows.firms[trade.buyer]
        source, target = (buyer, seller) if way == "downstream" else (seller, buyer)
        claims = flows.claims_of(trade)
        first = trade.grounds[0] if trade.grounds else None
        said = "; ".join(say(claim) for claim in first.claims) if first else ""
        return Step(
            source=source,
            target=target,
            said=said or f"{seller.label} supplies {buyer.label} (set by the scenario)",
            through=first.through if first else (),
            share=share_of_trade(self.net, number, way),
            claims=tuple(claim.id for claim in claims),
            evidence=self.cited.cite(claims),
        )


@dataclass(slots=True)
class Tracer:
    """Finds paths of losses in a coupled network and cites their claims."""

    steps: Steps
    blow: Blow
    bounds: Ends

    @property
    def net(self) -> Coupled:
        """The network."""
        return self.steps.net

    def way(self, row: int) -> Way:
        """For want of what a firm loses the more."""
        down, up = self.bounds.downstream[row], self.bounds.upstream[row]
        return "upstream" if tuple(up[[LIKELY, HIGH]]) > tuple(down[[LIKELY, HIGH]]) else "downstream"

    def path(self, row: int, way: Way) -> Path | None:
        """The strongest way to a firm; None if nothing but the shock itself takes from it."""
        trades = self._trades(row, way)
        return self.steps.path(trades, way) if trades else None

    def _trades(self, row: int, way: Way) -> list[int]:
        web = self.net.web
        into, source = (web.buyer, web.seller) if way == "downstream" else (web.seller, web.buyer)
        found: list[int] = []
        met = {row}
        while len(found) < LONGEST:
            trades = np.flatnonzero(into == row)
            if way == "downstream":
                trades = trades[web.group[trades] >= 0]
            passed = self._passed(trades, source[trades], way)
            if not len(trades) or passed.max() <= 0:
                return found
            best = int(trades[self._strongest(trades, passed, way)])
            row = int(source[best])
            found.append(best)
            if self.blow.trades[best] > 0 or self._struck(row, way) or row in met:
                return found
            met.add(row)
        return found

    def _passed(self, trades: Places, source: Places, way: Way) -> Vector:
        """What each trade passes on, as likely; where that is nothing, at most."""
        side, losses = (
            (self.net.inputs, self.bounds.downstream) if way == "downstream" else (self.net.sales, self.bounds.upstream)
        )
        start = self.blow.supply if way == "downstream" else self.blow.demand
        value, _, high = side.ends()
        floor = np.maximum(self.blow.trades[trades], start[source])
        likely = value[trades] * np.maximum(losses[source, LIKELY], floor)
        most = high[trades] * np.maximum(losses[source, HIGH], floor)
        return np.asarray(likely if likely.any() else most)

    def _strongest(self, trades: Places, passed: Vector, way: Way) -> int:
        """The place of the trade that passes most on in the worst group of inputs."""
        if way == "upstream":
            return int(np.argmax(passed))
        groups = self.net.web.group[trades]
        sums = {group: passed[groups == group].sum() for group in np.unique(groups)}
        worst = max(sums, key=lambda group: (sums[group], -group))
        return int(np.argmax(np.where(groups == worst, passed, -1.0)))

    def _struck(self, row: int, way: Way) -> bool:
        return bool((self.blow.supply if way == "downstream" else self.blow.demand)[row] > 0)


def share_of_trade(net: Coupled, number: int, way: Way) -> Share:
    """A trade's share of what its buyer needs of that input, or of its seller's revenue, with bounds and basis."""
    trade = net.flows.trades[number]
    side: Side = net.inputs if way == "downstream" else net.sales
    value, low, high = (percent(end[number]) for end in side.ends())
    if way == "downstream":
        whose = net.flows.firms[trade.buyer].label
        kind = "" if net.level[number] < 2 else f" of {net.flows.market(trade).name}"
        what = f"purchases{kind}"
        known = trade.of_purchases or trade.of_market or trade.amount
    else:
        whose, what = net.flows.firms[trade.seller].label, "revenue"
        known = trade.of_revenue or trade.amount
    basis = side.basis[number]
    unsure = basis in ("disclosed", "derived") and low != high
    claims = known.claims if known is not None else ()
    return Share(whose, what, None if unsure else value, low, high, basis, claims, note=side.note[number])


def percent(fraction: float) -> Decimal:
    """A fraction as percent points of a report, to four places."""
    value = Decimal(f"{fraction * 100:.4f}")
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()
