"""Many networks with the same links and amounts of their own, a column a draw, and how losses pass on in each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from qa.risk.cascade.groups import Groups, Layers, layers
from qa.risk.cascade.links import scarcity

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from qa.risk.cascade.checks import Places, Vector


@dataclass(frozen=True, slots=True)
class Pattern:
    """What all draws have in common one way: groups in their layers, and `links` group by group.

    `source` is whom a link leads to, as a place in the layers; `adds` sums links up to groups; `owner` and `essential`
    are those of each group.
    """

    layers: Layers
    links: Places
    source: Places
    adds: csr_array
    owner: Places
    essential: NDArray[np.bool_]

    def shares(self, amounts: Vector, known: Vector, total: Vector) -> Vector:
        """Λ (links, draws), when firms know so much (n, draws) of their totals (n, draws); 0 where there is no link."""
        part, owner = amounts[self.links], self.owner
        scale = _ratio(total, known)[owner]
        whole = np.where(self.essential[:, None], (self.adds @ part) * scale, total[owner])
        return _ratio(part, np.repeat(whole, np.diff(self.adds.indptr), axis=0))


def pattern(groups: Groups, source: Places, firms: int) -> Pattern:
    """Groups of links that lead to such sources."""
    from scipy.sparse import csr_array

    order = layers(groups.owner, firms)
    sizes = groups.size[order.groups]
    ends = np.concatenate([[0], np.cumsum(sizes)])
    links = groups.links[np.repeat(groups.ends[:-1][order.groups] - ends[:-1], sizes) + np.arange(ends[-1])]
    adds = csr_array((np.ones(len(links)), np.arange(len(links)), ends), shape=(len(sizes), len(links)))
    owner, essential = groups.owner[order.groups], groups.essential[order.groups]
    return Pattern(order, links, order.place[source[links]], adds, owner, essential)


@dataclass(frozen=True, slots=True)
class DrawnMarket:
    """The share (n, draws) of each firm in the sales of its sector; `adds` sums firms up to sectors."""

    share: Vector
    sector: Places
    adds: csr_array


def drawn_market(sales: Vector, sector: Places, sectors: int, firms: Places) -> DrawnMarket:
    """The market that such sales (n, draws) make, with firms in this order."""
    from scipy.sparse import csr_array

    count = np.arange(len(sector))
    moved, sold = sector[firms], sales[firms]
    adds = csr_array((np.ones(len(count)), (moved, count)), shape=(sectors, len(count)))
    return DrawnMarket(_ratio(sold, (adds @ sold)[moved]), moved, adds)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Links with shares Λ (links, draws) of their own in each draw; no market: σ = 1."""

    pattern: Pattern
    shares: Vector
    market: DrawnMarket | None = None

    @property
    def layers(self) -> Layers:
        """The order of groups and firms."""
        return self.pattern.layers

    def damage(self, loss: Vector) -> Vector:
        """σ times the loss."""
        market = self.market
        if market is None:
            return loss
        sigma = scarcity(market.adds @ (market.share * loss))[market.sector]
        return np.asarray(np.minimum(sigma * market.share, 1.0) * loss)

    def sums(self, damage: Vector) -> Vector:
        """What each group loses."""
        each = damage[self.pattern.source]
        each *= self.shares
        found: Vector = self.pattern.adds @ each
        return found

    def only(self, scenarios: NDArray[np.bool_]) -> Drawn:
        """Some of the draws."""
        market = self.market
        if market is not None:
            market = replace(market, share=market.share.compress(scenarios, axis=1))
        return replace(self, shares=self.shares.compress(scenarios, axis=1), market=market)


def _ratio(part: Vector, whole: Vector) -> Vector:
    return np.divide(part, whole, out=np.zeros(np.broadcast_shapes(part.shape, whole.shape)), where=whole > 0)
