"""A coupled network with one share for every trade, in the form that `qa.risk.cascade` plays many shocks through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from qa.risk.cascade import Network
from qa.risk.cascade.links import Links, Market
from qa.risk.whatif.coupling import Coupled

if TYPE_CHECKING:
    from qa.risk.whatif.allot import Places, Vector


def network(net: Coupled, inputs: Vector, sales: Vector, *, standing: bool = True) -> Network:
    """One network of shares in the form of `qa.risk.cascade`, for many shocks; without `standing` nobody stands in."""
    web = net.web
    made = web.standing if standing else None
    market = Market(made.share, made.sector.astype(np.int64), len(made.unseen)) if made else None
    used = np.flatnonzero(web.group >= 0)
    down = _links(web.firms, web.buyer[used], web.group[used], web.seller[used], inputs[used], market)
    up = _links(web.firms, web.seller, web.seller, web.buyer, sales, None)
    return Network(net.size.value, down, up)


def _links(
    firms: int,
    owner: Places,
    group: Places,
    source: Places,
    weights: Vector,
    market: Market | None,
) -> Links:
    from scipy.sparse import csr_array

    order = np.lexsort((source, group, owner))
    owner, group, source, weights = owner[order], group[order], source[order], weights[order]
    new = np.r_[True, (owner[1:] != owner[:-1]) | (group[1:] != group[:-1])][: len(owner)]
    first = np.flatnonzero(new)
    matrix = csr_array((weights, source, np.append(first, len(owner))), shape=(len(first), firms))
    return Links(matrix, owner[first].astype(np.int64), market)
