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
    from scipy.sparse import csr_array

    from qa.risk.cascade.checks import Places, Vector

GONE = 1e-12  # of a sector's sales: what is left below this share of them is rounding


@dataclass(frozen=True)
class Market:
    """What firms sell, as shares of their sectors' sales. The rest of a sector stands in for a firm that fails.

    σ is a firm's share ÷ the part of its sector's sales that is left, at most 1. Where nothing is left it is 1, too.
    """

    share: Vector
    sector: Places
    sectors: int

    @cached_property
    def by_sector(self) -> csr_array:
        """Adds up losses of firms to the lost part of each sector's sales."""
        from scipy.sparse import csr_array

        firms = np.arange(len(self.sector))
        return csr_array((self.share, (self.sector, firms)), shape=(self.sectors, len(firms)))


def market(sales: Vector, sector: Places, sectors: int) -> Market:
    """The market of firms with such sales."""
    total = added(sector, sales, sectors)[sector]
    return Market(np.divide(sales, total, out=np.zeros_like(sales), where=total > 0), sector, sectors)


def scarcity(lost: Vector) -> Vector:
    """1 ÷ what is left when so much of a sector's sales is lost."""
    return np.asarray(1.0 / np.maximum(1.0 - lost, GONE))


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
        """The weights, a row a firm that passes its loss on."""
        return self.weights.T.tocsr()


def downstream(
    flows: csr_array, sector: Places, essentiality: NDArray[np.int8], cost: Vector, substitutes: Market | None
) -> Links:
    """Λd: essential inputs as shares of what the customer buys of that sector, the others of all that it buys.

    `cost` is all that each customer buys; where `flows` knows less of it, both are scaled down to the part known.
    """
    from scipy.sparse import csr_array

    firms, other = len(sector), len(essentiality)
    order = np.argsort(sector, kind="stable")
    by_buyer = flows[order].tocsc()  # suppliers in the order of sectors: nearly sorted for below
    bought = np.asarray(by_buyer.sum(axis=0))
    source = order[by_buyer.indices]
    buyer = np.repeat(np.arange(firms), np.diff(by_buyer.indptr))
    need = essentiality[sector[source], sector[buyer]]
    group = buyer * (other + 1) + np.where(need == 2, sector[source], other)
    kept = np.argsort(group, kind="stable")
    if not need.all():
        kept = kept[need[kept] > 0]
    group, source, amount = group[kept], source[kept], by_buyer.data[kept]
    first = np.flatnonzero(np.diff(group, prepend=-1))
    ends = np.append(first, len(group))
    owner, kind = np.divmod(group[first], other + 1)
    known = cost[owner] / bought[owner]
    sums = np.add.reduceat(amount, first) if len(first) else amount
    whole = np.where(kind < other, sums * known, cost[owner])
    weights = csr_array((amount / np.repeat(whole, np.diff(ends)), source, ends), shape=(len(first), firms))
    return Links(weights, owner, substitutes)


def upstream(flows: csr_array, revenue: Vector) -> Links:
    """Λu: each sale as a share of the seller's revenue."""
    from scipy.sparse import csr_array

    shares = flows.data / np.repeat(revenue, np.diff(flows.indptr))
    weights = csr_array((shares, flows.indices, flows.indptr), shape=flows.shape)
    sellers = np.flatnonzero(np.diff(weights.indptr))
    return Links(weights[sellers], sellers)
