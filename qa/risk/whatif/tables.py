"""The tables and charts of a what-if result."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qa.risk.envelope import Chart, Column, Measure, Point, Row, Table
from qa.risk.report import Basis, Path
from qa.risk.whatif.coupling import Coupled
from qa.risk.whatif.montecarlo import HIGH, LIKELY, LOW, RIGHT, Draws, Ends
from qa.risk.whatif.shocks import Struck
from qa.risk.whatif.spread import Blow
from qa.risk.whatif.tracing import Steps, Way, percent, share_of_trade

if TYPE_CHECKING:
    from qa.risk.whatif.allot import Places, Vector

LISTED = 100
DRIVERS = 10
WAYS = {"downstream": "for want of inputs", "upstream": "for want of customers"}


@dataclass(frozen=True, slots=True)
class Hit:
    """A firm that loses, in which row, how many steps from the shock, by which way, and along which path."""

    row: int
    tier: int
    way: Way
    path: Path | None


def basis_of(net: Coupled, trades: Iterable[tuple[int, Way]]) -> Basis:
    """What a loss over these trades rests on: the weakest of their shares; derived, as it is computed."""
    found = {(net.inputs if way == "downstream" else net.sales).basis[number] for number, way in trades}
    if "assumed" in found:
        return "assumed"
    return "imputed" if "imputed" in found else "derived"


def loss(what: str, ends: Vector, basis: Basis, note: str = "") -> Measure:
    """A loss in percent with its bounds."""
    value, low, high = (percent(float(ends[n])) for n in (LIKELY, LOW, HIGH))
    return Measure(what, "percent", value, low, high, basis, note=note)


def drawn(percentiles: Vector, basis: Basis) -> Measure:
    """The median of some draws, between the 5th and the 95th percentile."""
    low, middle, high = (percent(float(x)) for x in percentiles)
    return Measure("median over the draws, with the 5th and 95th percentile", "percent", middle, low, high, basis)


def losses(net: Coupled, bounds: Ends, draws: Draws | None, hits: Sequence[Hit], bases: Sequence[Basis]) -> Table:
    """One row a firm that may lose, the largest likely loss first."""
    firms = list(net.flows.firms.values())
    rows = []
    for hit, basis in zip(hits, bases, strict=True):
        down, up, total = (part[hit.row] for part in (bounds.downstream, bounds.upstream, bounds.loss))
        right = Measure(
            "loss if all claims are right", "percent", None, percent(total[RIGHT]), percent(total[HIGH]), basis
        )
        often = percent(float(draws.hardest[hit.row])) if draws else None
        steps = hit.path.steps if hit.path else ()
        rows.append(
            Row(
                (
                    firms[hit.row],
                    hit.tier,
                    loss("loss of output", total, basis),
                    loss("loss for want of inputs", down, basis),
                    loss("loss for want of customers", up, basis),
                    right,
                    drawn(draws.loss[hit.row], basis) if draws else None,
                    often,
                    " → ".join(step.said for step in steps),
                ),
                tuple(dict.fromkeys(n for step in steps for n in step.evidence)),
            )
        )
    columns = (
        Column("firm", "Firm"),
        Column("tier", "Steps from the shock"),
        Column("loss", "Loss of output"),
        Column("downstream", "For want of inputs"),
        Column("upstream", "For want of customers"),
        Column("if_right", "If all claims are right"),
        Column("draws", "Over the draws (5 % to 95 %)"),
        Column("hardest", "Hardest hit in % of draws"),
        Column("path", "By which way"),
    )
    return Table("losses", "Who loses", columns, tuple(rows), "Losses in percent of a firm's output.")


def struck_table(struck: Struck, steps: Steps) -> Table:
    """What the scenario strikes, and by which claims a firm is one of them."""
    rows = [
        Row((firm, shock.said, percent(shock.size)), steps.cited.cite(claims)) for firm, shock, claims in struck.firms
    ]
    for number, shock in struck.trades:
        step = steps.step(number, "downstream")
        rows.append(Row((step.target, shock.said, percent(shock.size)), step.evidence))
    columns = (Column("firm", "Firm"), Column("shock", "Shock"), Column("percent", "Percent"))
    return Table("shocks", "What is struck", columns, tuple(rows))


def tiers(net: Coupled, bounds: Ends, hits: Sequence[Hit]) -> Table:
    """How many firms lose at each number of steps, and how much of the network's output that is."""
    weight = net.size.value / net.size.value.sum()
    rows = []
    for tier in sorted({hit.tier for hit in hits}):
        at = [hit.row for hit in hits if hit.tier == tier]
        ends = weight[at] @ bounds.loss[at]
        rows.append(Row((tier, len(at), loss("loss of the network's output at this tier", ends, "derived"))))
    columns = (Column("tier", "Steps from the shock"), Column("firms", "Firms"), Column("loss", "Of all output"))
    return Table("tiers", "Tier by tier", columns, tuple(rows), "Tier 0 is what is struck itself.")


def drivers(net: Coupled, draws: Draws | None, steps: Steps) -> Table:
    """The trades whose shares the spread of the draws comes from."""
    rows = []
    for number, side, rho in draws.drivers[:DRIVERS] if draws else ():
        way: Way = "downstream" if side == "inputs" else "upstream"
        step = steps.step(number, way)
        seller, buyer = (net.flows.firms[end] for end in net.flows.trades[number].pair)
        share = share_of_trade(net, number, way)
        rows.append(Row((seller, buyer, share, percent(net.exists[number]), percent(rho) / 100), step.evidence))
    columns = (
        Column("seller", "Seller"),
        Column("buyer", "Buyer"),
        Column("share", "Share"),
        Column("confidence", "There with so many %"),
        Column("correlation", "Rank correlation with the loss"),
    )
    return Table("drivers", "What the uncertainty comes from", columns, tuple(rows))


def charts(net: Coupled, bounds: Ends, draws: Draws | None, hits: Sequence[Hit]) -> tuple[Chart, ...]:
    """Losses as bars with their bounds, and the loss of the network over the draws."""
    labels = [firm.label for firm in net.flows.firms.values()]
    bars = tuple(bar(labels[hit.row], bounds.loss[hit.row]) for hit in hits[:20])
    made = [Chart("bars", "Loss of output by firm", "percent", bars)] if bars else []
    if draws is not None and len(draws.total):
        points = tuple(Point(str(n), round(float(x) * 100, 4)) for n, x in enumerate(draws.total, 1))
        made.append(Chart("distribution", "Loss of the network's output over the draws", "percent", points))
    return tuple(made)


def bar(label: str, ends: Vector) -> Point:
    """A loss in percent with its bounds."""
    value, low, high = (round(float(ends[n]) * 100, 4) for n in (LIKELY, LOW, HIGH))
    return Point(label, value, low, high)


def reached_trades(net: Coupled, bounds: Ends, blow: Blow) -> list[tuple[int, Way]]:
    """Every trade over which a loss may pass, with its way."""
    web, stopped = net.web, blow.trades > 0
    missing = np.maximum(bounds.downstream[:, HIGH], blow.supply) > 0
    leaving = np.maximum(bounds.upstream[:, HIGH], blow.demand) > 0
    down = np.flatnonzero((missing[web.seller] | stopped) & (web.group >= 0))
    up = np.flatnonzero(leaving[web.buyer] | stopped)
    return [(int(n), "downstream") for n in down] + [(int(n), "upstream") for n in up]


def order(bounds: Ends, tier: Places) -> list[int]:
    """The rows of firms that may lose: largest likely loss first, then largest possible, then nearest."""
    loss_ = bounds.loss
    rows = np.flatnonzero(loss_[:, HIGH] > 0)
    return sorted((int(row) for row in rows), key=lambda r: (-loss_[r, LIKELY], -loss_[r, HIGH], tier[r], r))
