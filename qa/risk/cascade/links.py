"""Who loses what when others lose: the shares Λ of the cascade, in the order that a round needs them.

A firm loses by groups of links: what it buys of one essential sector is a group, all that it buys of non-essential
sectors is one more; the other way round, what it sells is one. A group's loss is the sum of Λ times the loss at the
other end; a firm loses as much as the worst of its groups. That is the minimum over Π and the sum over 1 − Π of Diem et
al. 2022 (Scientific Reports 12:7719), said in losses.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from qa.risk.cascade.checks import added

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import coo_array, csr_array

    from qa.risk.cascade.checks import Places, Vector

GONE = 1e-12  # of a sector's sales: what is left below this share of them is rounding


@dataclass(frozen=True)
class Market:
    """What firms sell and in which sector: the rest of it stands in for one that fails, the more easily the smaller."""

    sales: Vector
    sector: Places

    @cached_property
    def total(self) -> Vector:
        """The sales of each sector."""
        return added(self.sector, self.sales, int(self.sector.max()) + 1)

    @cached_property
    def by_sector(self) -> csr_array:
        """Adds up losses of firms to lost sales of sectors."""
        from scipy.sparse import csr_array

        firms = np.arange(len(self.sector))
        return csr_array((self.sales, (self.sector, firms)), shape=(len(self.total), len(firms)))


def irreplaceable(sales: Vector, left: Vector, total: Vector) -> Vector:
    """σ of firms with such sales, whose sectors have so much of a total left to sell: what of a failure gets through.

    1 where nothing is left, or less than the firm itself sold.
    """
    none = left <= total * GONE
    return np.asarray(np.where(none, 1.0, np.minimum(1.0, sales / np.where(none, 1.0, left))))


@dataclass(frozen=True)
class Links:
    """`weights[g, j]` is Λ of what group g has from firm j; `owner[g]` the firm that loses by it, in ascending order.

    Without a `market` nobody is replaced (σ = 1).
    """

    weights: csr_array
    owner: Places
    market: Market | None = None

    @cached_property
    def by_source(self) -> csr_array:
        """The weights a row a firm that passes its loss on."""
        return self.weights.T.tocsr()

    @cached_property
    def first(self) -> Places:
        """Where the groups of each owner begin."""
        return np.flatnonzero(np.diff(self.owner, prepend=-1))

    def sums(self, loss: Vector) -> Vector:
        """What each group loses (groups, scenarios) when firms lose so much (n, scenarios)."""
        market = self.market
        if market is not None:
            sales, sector, total = market.sales[:, None], market.sector, market.total[:, None]
            left = total - market.by_sector @ loss
            loss = loss * irreplaceable(sales, left[sector], total[sector])
        return np.asarray(self.weights @ loss)


def downstream(
    flows: coo_array, sector: Places, essentiality: NDArray[np.int8], cost: Vector | None, substitutes: Market | None
) -> Links:
    """Λd: essential inputs as shares of what the customer buys of that sector, the others of all that it buys.

    `cost` is each customer's total, of which `flows` may know a part only: both are scaled down by that part.
    """
    from scipy.sparse import csr_array

    firms = flows.shape[0]
    bought = added(flows.col, flows.data, firms)
    need = essentiality[sector[flows.row], sector[flows.col]]
    kept = need > 0
    source, buyer, amount, need = (x[kept] for x in (flows.row, flows.col, flows.data, need))
    sectors = len(essentiality)
    group = buyer.astype(np.int64) * (sectors + 1) + np.where(need == 2, sector[source], sectors)
    order = np.argsort(group)
    group, source, buyer, amount = (x[order] for x in (group, source, buyer, amount))
    first = np.flatnonzero(np.diff(group, prepend=-1))
    ends = np.append(first, len(group))
    sums = np.add.reduceat(amount, first) if len(first) else amount
    essential = group[first] % (sectors + 1) < sectors
    owner = buyer[first].astype(np.int64)
    whole = np.where(essential, sums, bought[owner])
    if cost is not None:
        whole = whole * cost[owner] / bought[owner]
    weights = csr_array((amount / np.repeat(whole, np.diff(ends)), source, ends), shape=(len(first), firms))
    return Links(weights, owner, substitutes)


def upstream(flows: coo_array, revenue: Vector) -> Links:
    """Λu: each sale as a share of the seller's revenue."""
    weights = flows.tocsr()
    weights.data = weights.data / np.repeat(revenue, np.diff(weights.indptr))
    sellers = np.flatnonzero(np.diff(weights.indptr))
    return Links(weights[sellers], sellers.astype(np.int64))
