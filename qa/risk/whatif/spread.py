"""How a loss spreads through networks of which the shares are not known exactly: one shock, many columns of shares.

The equations are those of ESRI (Diem, Borsos, Reisch, Kertész, Thurner 2022, Scientific Reports 12:7719), written for
losses 1 − h as in `qa.risk.cascade`, which does the opposite: one network, many shocks. A column is one possible
network: the likely one, one end of all bounds, or one draw.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

import numpy as np

from qa.risk.whatif.segments import Adder, layered

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vector = NDArray[np.float64]
    Places = NDArray[np.intp]

THIN = 0.75  # of the columns that are carried along: when fewer still move, the others are set aside
GONE = 1e-12  # of a sector's sales: what is left below this is rounding


Check = Callable[[], None]


def _go_on() -> None:
    """Never stops."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Who can stand in for whom: `output` (firms,) and `sector` (firms,), and by sector what unseen sellers sell."""

    output: Vector
    sector: Places
    unseen: Vector

    @property
    def share(self) -> Vector:
        """What each firm sells of all that its sector sells (firms,)."""
        total = (np.bincount(self.sector, self.output, len(self.unseen)) + self.unseen)[self.sector]
        return np.asarray(np.divide(self.output, total, out=np.ones_like(total), where=total > 0))

    def passed(self, loss: Vector) -> Vector:
        """σ (firms, columns): what of a failure gets through to customers, as far as the sector cannot replace it."""
        share = self.share[:, None]
        lost = Adder(self.sector, len(self.unseen))(share * loss)
        return np.minimum(1.0, share / np.maximum(1.0 - lost, GONE)[self.sector])


@dataclass(frozen=True, slots=True)
class Web:
    """`firms` parties and the trades between them, `seller[e]` to `buyer[e]`.

    `group[e]` is the kind of input that the trade brings to its buyer: trades of one group stand in for each other, and
    a buyer makes as much as its scarcest group lets it. −1: nothing is made of it. Without `standing` σ is 1.
    """

    firms: int
    seller: Places
    buyer: Places
    group: Places
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class Blow:
    """What is lost at once, 0–1: by firms (`supply`: what they make; `demand`: what they buy), and on `trades`."""

    supply: Vector
    demand: Vector
    trades: Vector


def downstream(
    web: Web, inputs: Vector, blow: Blow, *, rounds: int | None = None, tolerance: float = 1e-9, check: Check = _go_on
) -> Vector:
    """Losses (firms, columns) for want of inputs; `inputs` (trades, columns) are shares of what the buyer needs."""
    used = np.flatnonzero(_reached(web.seller, web.buyer, blow.supply, blow.trades, web.firms) & (web.group >= 0))
    plan = _Plan(web.seller[used], web.group[used], web.buyer[used], blow.trades[used, None], inputs[used])
    return _settle(plan, blow.supply, web.standing, rounds, tolerance, check)


def upstream(
    web: Web, sales: Vector, blow: Blow, *, rounds: int | None = None, tolerance: float = 1e-9, check: Check = _go_on
) -> Vector:
    """Losses (firms, columns) for want of customers; `sales` (trades, columns) are shares of the seller's revenue.

    That a firm stops buying is passed on, but is no loss of its own: of that, only what its customers cause it, and
    what it stops making, is counted.
    """
    used = np.flatnonzero(_reached(web.buyer, web.seller, blow.demand, blow.trades, web.firms))
    plan = _Plan(web.buyer[used], web.seller[used], web.seller[used], blow.trades[used, None], sales[used])
    loss = _settle(plan, blow.demand, None, rounds, tolerance, check)
    free = np.flatnonzero(blow.demand > blow.supply)
    if len(free):
        caused = np.repeat(blow.supply[:, None], sales.shape[1], axis=1)
        if len(used):
            worst = plan.worst(plan.weights * plan.each(loss, None))
            caused[plan.hit] = np.clip(worst, caused[plan.hit], 1.0)
        loss[free] = caused[free]
    return loss


class _Plan:
    """Trades, each of a `group` of those that hit a firm together: `source` passes its loss on, at least `floor` of it.

    `hit` are the firms that lose.
    """

    def __init__(self, source: Places, group: Places, target: Places, floor: Vector, weights: Vector) -> None:
        self.source, self.floor, self.weights, self.stopped = source, floor, weights, bool(floor.any())
        _, first, of = np.unique(group, return_index=True, return_inverse=True)
        self._groups = Adder(of, len(first))
        self._layers = layered(target[first])
        self.hit = self._layers.targets

    def each(self, loss: Vector, standing: Standing | None) -> Vector:
        """How much of what each trade brings is lost (trades, columns)."""
        if not self.stopped:
            return (loss if standing is None else standing.passed(loss) * loss)[self.source]
        lost = np.maximum(loss[self.source], self.floor)
        return lost if standing is None else standing.passed(loss)[self.source] * lost

    def worst(self, passed: Vector) -> Vector:
        """What each firm loses when so much is passed over each trade: the sum of its worst group."""
        return self._layers.largest(self._groups(passed))


def _settle(
    plan: _Plan, start: Vector, standing: Standing | None, rounds: int | None, tolerance: float, check: Check
) -> Vector:
    """Runs to rest, or for so many rounds; columns that have come to rest are set aside."""
    loss = np.repeat(start[:, None], plan.weights.shape[1], axis=1)
    if not len(plan.source):
        return loss
    running, live = np.arange(loss.shape[1]), np.ones(loss.shape[1], dtype=bool)
    now, weights = loss.copy(), plan.weights
    for _ in count() if rounds is None else range(rounds):
        check()
        each = plan.each(now, standing)
        each *= weights
        worst = plan.worst(each)
        before = now[plan.hit]
        np.clip(worst, before, 1.0, out=worst)
        now[plan.hit] = worst
        live &= (worst - before).max(axis=0) > tolerance
        if live.mean() < THIN:
            loss[:, running] = now
            running, now, weights, live = running[live], now[:, live], weights[:, live], live[live]
            if not len(running):
                return loss
    loss[:, running] = now
    return loss


def _reached(source: Places, target: Places, start: Vector, stopped: Vector, firms: int) -> NDArray[np.bool_]:
    """Marks the trades on the way of a loss from `start` and from the trades that stop."""
    hit = start > 0
    hit[target[stopped > 0]] = True
    while True:
        new = np.zeros(firms, dtype=bool)
        new[target[hit[source]]] = True
        if not (new & ~hit).any():
            return hit[source] | (stopped > 0)
        hit |= new
