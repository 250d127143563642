"""Losses passed on along the links of those firms alone whose loss rose, in all scenarios of a block at once.

Losses only ever rise, so the sum of each group is kept and added to. A pair of firm and scenario is a place in flat
arrays: scenario · firms + firm.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from qa.risk.cascade.links import scarcity

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from qa.risk.cascade.checks import Places, Vector
    from qa.risk.cascade.links import Links

WIDE = 0.06  # of all links: a scenario that follows more of them in a round is left to whole products, then cheaper


class Frontier:
    """A block of scenarios, one a row: `loss` (scenarios, n) so far, and the `rounds` that it took.

    `live` are the scenarios that go on here, `wide` those to go on elsewhere; the others have settled.
    """

    def __init__(self, links: Links, shock: csr_array) -> None:
        scenarios, self._firms = shock.shape
        self._links, self._groups = links, links.weights.shape[0]
        self.loss = np.zeros(shock.shape)
        self.rounds: Places = np.zeros(scenarios, dtype=np.int64)
        self.live: NDArray[np.bool_] = np.ones(scenarios, dtype=bool)
        self.wide: NDArray[np.bool_] = np.zeros(scenarios, dtype=bool)
        self._loss = self.loss.reshape(-1)
        self._passed = np.zeros(self._loss.size)  # what of the losses, times σ, the groups have had
        self._sums = np.zeros(scenarios * self._groups)
        self._mark = np.zeros(self._loss.size, dtype=np.int32)
        self._lost = np.zeros((scenarios, links.market.sectors if links.market else 0))
        self._due: Places = np.repeat(np.arange(scenarios), np.diff(shock.indptr)) * self._firms + shock.indices
        self._loss[self._due] = shock.data
        self._lose_sales(self._due, shock.data)

    def step(self, tolerance: float, wait: float) -> None:
        """One round of all that is live and does not turn out to be wide."""
        at, damage = self._pending(wait)
        row = at // self._firms
        follow = self._links.by_source
        begin = follow.indptr[at % self._firms]
        count = follow.indptr[at % self._firms + 1] - begin
        wide = np.bincount(row, count, len(self.live)) > WIDE * follow.nnz
        if wide.any():
            self.wide |= wide
            self.live &= ~wide
            narrow = ~wide[row]
            at, damage, row, begin, count = (x[narrow] for x in (at, damage, row, begin, count))
        link = np.repeat(begin - np.cumsum(count) + count, count) + np.arange(count.sum())
        row = np.repeat(row, count)
        group = follow.indices[link]
        place = group + row * self._groups
        np.add.at(self._sums, place, follow.data[link] * np.repeat(damage - self._passed[at], count))
        self._passed[at] = damage
        worst = self._raise(self._links.owner[group] + row * self._firms, self._sums[place])
        self.rounds[self.live] += 1
        self.live &= worst > tolerance
        self._due = self._due[self.live[self._due // self._firms]]

    def _pending(self, wait: float) -> tuple[Places, Vector]:
        """Places with enough to pass on that was not, and all that they pass on: σ times the loss."""
        at, market = self._due, self._links.market
        damage = self._loss[at]
        if market is not None:
            row, firm = np.divmod(at, self._firms)
            rare = scarcity(self._lost)[row, market.sector[firm]]
            damage = damage * np.minimum(1.0, market.share[firm] * rare)
        enough = damage - self._passed[at] > wait
        return at[enough], damage[enough]

    def _raise(self, at: Places, to: Vector) -> Vector:
        """Raise losses at places, which may repeat, to at least so much; the largest rise of each scenario."""
        order = np.arange(len(at), dtype=np.int32)
        before = self._loss[at]
        np.maximum.at(self._loss, at, np.minimum(to, 1.0))
        rise = self._loss[at] - before
        self._mark[at] = order
        one = (self._mark[at] == order) & (rise > 0)
        at, before, rise = at[one], before[one], rise[one]
        self._lose_sales(at, rise)
        if self._links.market is None:
            self._due = at  # what waits is due again when it rises; σ may raise what is passed on of any firm hit
        else:
            self._due = np.concatenate([self._due, at[before == 0]])
        worst = np.zeros(len(self.rounds))
        np.maximum.at(worst, at // self._firms, rise)
        return worst

    def _lose_sales(self, at: Places, rise: Vector) -> None:
        market = self._links.market
        if market is not None:
            row, firm = np.divmod(at, self._firms)
            np.add.at(self._lost, (row, market.sector[firm]), market.share[firm] * rise)
