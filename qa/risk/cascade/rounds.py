"""Losses passed on round by round until they rise no more, a block of scenarios at a time.

A block begins on its frontier: only the links of firms whose loss rose are followed, whichever scenario they are of.
Once a good part of all links would be followed, whole sparse products are cheaper, and it goes on with those. Both give
the same losses; losses only ever rise, so a group's sum is kept and added to. A scenario that has settled drops out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from qa.risk.cascade.links import irreplaceable

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qa.risk.cascade.checks import Places, Vector
    from qa.risk.cascade.links import Links

WIDE = 0.05  # of all links in all live scenarios: from here on whole products are cheaper


def settle(links: Links, shock: Vector, tolerance: float, check: Callable[[], None]) -> tuple[Vector, Places]:
    """Losses (scenarios, n) that a shock (scenarios, n) ends in, and the rounds that each scenario took.

    A scenario has settled when no loss of it rose by more than `tolerance` in a round. `check` is called every round.
    """
    frontier = Frontier(links, shock)
    while frontier.live.any():
        check()
        if not frontier.step(tolerance):
            break
    live = np.flatnonzero(frontier.live)
    if live.size:
        wide, more = sweep(links, np.ascontiguousarray(frontier.loss[live].T), tolerance, check)
        frontier.loss[live] = wide.T
        frontier.rounds[live] += more
    return frontier.loss, frontier.rounds


class Frontier:
    """Scenarios whose losses are still local. `loss` (scenarios, n) is what came of them so far."""

    def __init__(self, links: Links, shock: Vector) -> None:
        self.loss = shock.copy()
        self.rounds: Places = np.zeros(len(shock), dtype=np.int64)
        self.live: NDArray[np.bool_] = np.ones(len(shock), dtype=bool)
        self._links = links
        self._firms, self._groups = links.weights.shape[1], links.weights.shape[0]
        self._flat = self.loss.reshape(-1)
        self._passed = np.zeros(self._flat.size)  # the part of each firm's loss, times σ, that its groups have had
        self._sums = np.zeros(len(shock) * self._groups)
        self._mark = np.zeros(self._flat.size, dtype=np.int32)
        self._hit = np.flatnonzero(self._flat)  # firm and scenario, as places in the flat losses
        market = links.market
        self._lost = np.zeros((len(shock), len(market.total))) if market else None  # of the sales of each sector
        self._drop_sales(self._hit, self._flat[self._hit])

    def step(self, tolerance: float) -> bool:
        """One round. False, and nothing done, if it is too wide to be followed link by link."""
        at = self._hit
        damage = self._damage(at)
        risen = damage > self._passed[at]
        at, damage = at[risen], damage[risen]
        row, follow = at // self._firms, self._links.by_source
        begin = follow.indptr[at % self._firms]
        count = follow.indptr[at % self._firms + 1] - begin
        if count.sum() > WIDE * follow.nnz * self.live.sum():
            return False
        link = np.repeat(begin - np.cumsum(count) + count, count) + np.arange(count.sum())
        row = np.repeat(row, count)
        group = follow.indices[link]
        place = group + row * self._groups
        np.add.at(self._sums, place, follow.data[link] * np.repeat(damage - self._passed[at], count))
        self._passed[at] = damage
        worst = self._raise(self._links.owner[group] + row * self._firms, self._sums[place])
        self.rounds[self.live] += 1
        self.live &= worst > tolerance
        self._hit = self._hit[self.live[self._hit // self._firms]]
        return True

    def _damage(self, at: Places) -> Vector:
        """σ times the loss."""
        market = self._links.market
        if market is None or self._lost is None:
            return self._flat[at]
        row, firm = np.divmod(at, self._firms)
        sector = market.sector[firm]
        total = market.total[sector]
        return irreplaceable(market.sales[firm], total - self._lost[row, sector], total) * self._flat[at]

    def _raise(self, at: Places, to: Vector) -> Vector:
        """Raise losses at places, which may repeat, to at least so much; the largest rise of each scenario."""
        order = np.arange(len(at), dtype=np.int32)
        before = self._flat[at]
        np.maximum.at(self._flat, at, np.minimum(to, 1.0))
        rise = self._flat[at] - before
        self._mark[at] = order
        one = (self._mark[at] == order) & (rise > 0)
        at, before, rise = at[one], before[one], rise[one]
        self._drop_sales(at, rise)
        self._hit = np.concatenate([self._hit, at[before == 0]])
        worst = np.zeros(len(self.rounds))
        np.maximum.at(worst, at // self._firms, rise)
        return worst

    def _drop_sales(self, at: Places, rise: Vector) -> None:
        market = self._links.market
        if market is not None and self._lost is not None:
            row, firm = np.divmod(at, self._firms)
            np.add.at(self._lost, (row, market.sector[firm]), market.sales[firm] * rise)


def sweep(links: Links, loss: Vector, tolerance: float, check: Callable[[], None]) -> tuple[Vector, Places]:
    """The same by whole sparse products: losses (n, scenarios) so far to final ones, and the rounds that it took."""
    final, rounds = loss, np.zeros(loss.shape[1], dtype=np.int64)
    live, now = np.arange(loss.shape[1]), loss.copy()
    owners = links.owner[links.first]
    while live.size:
        check()
        sums = links.sums(now)
        worst = np.maximum.reduceat(sums, links.first, axis=0) if len(owners) < len(sums) else sums
        before = now[owners]
        raised = np.clip(worst, before, 1.0)
        now[owners] = raised
        rounds[live] += 1
        settled = (raised - before).max(axis=0, initial=0.0) <= tolerance
        if settled.any():
            final[:, live[settled]] = now[:, settled]
            live, now = live[~settled], now[:, ~settled]
    return final, rounds
