"""The shares Λ of one network, group by group, and the market in which firms stand in for each other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from qa.risk.cascade.checks import added, rows
from qa.risk.cascade.groups import Groups, inputs, orders

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
    order = np.argsort(sector, kind="stable")
    by_buyer = flows[order].tocsc()  # a customer's suppliers by sector: to group them is hardly to sort them
    bought = np.asarray(by_buyer.sum(axis=0))
    source = order[by_buyer.indices]
    groups = inputs(source, np.repeat(np.arange(len(sector)), np.diff(by_buyer.indptr)), sector, essentiality)
    owner, amount = groups.owner, by_buyer.data[groups.links]
    sums = np.add.reduceat(amount, groups.ends[:-1]) if len(owner) else amount
    whole = np.where(groups.essential, sums * (cost[owner] / bought[owner]), cost[owner])
    return Links(_weights(amount, whole, source[groups.links], groups, len(sector)), owner, substitutes)


def upstream(flows: csr_array, revenue: Vector) -> Links:
    """Λu: each sale as a share of the seller's revenue."""
    groups = orders(rows(flows))
    amount, customer = flows.data[groups.links], flows.indices[groups.links]
    return Links(_weights(amount, revenue[groups.owner], customer, groups, len(revenue)), groups.owner)


def _weights(amount: Vector, whole: Vector, source: Places, groups: Groups, firms: int) -> csr_array:
    from scipy.sparse import csr_array

    shape = len(groups.owner), firms
    return csr_array((amount / np.repeat(whole, groups.size), source, groups.ends), shape=shape)
