"""Losses passed on by whole products: for scenarios in which most of a network is hit, or with weights of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from qa.risk.cascade.groups import Layers, layers
from qa.risk.cascade.links import Links, Market, scarcity

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from qa.risk.cascade.checks import Places, Vector

THIN = 0.75  # of the scenarios that are carried along: when fewer are not settled, the others are dropped


class Passing(Protocol):
    """How losses (n, scenarios) pass on, firms in the order of the layers."""

    @property
    def layers(self) -> Layers:
        """The order of groups and firms."""

    def damage(self, loss: Vector) -> Vector:
        """σ times the loss."""

    def sums(self, damage: Vector) -> Vector:
        """What each group loses (groups, scenarios)."""

    def only(self, scenarios: NDArray[np.bool_]) -> Passing:
        """The same for some of the scenarios."""


@dataclass(frozen=True, slots=True)
class Shared:
    """Links that all scenarios have in common."""

    layers: Layers
    weights: csr_array
    market: Market | None

    def damage(self, loss: Vector) -> Vector:
        """σ times the loss."""
        market = self.market
        if market is None:
            return loss
        sigma = scarcity(market.by_sector @ loss)[market.sector]
        sigma *= market.share[:, None]
        np.minimum(sigma, 1.0, out=sigma)
        sigma *= loss
        return sigma

    def sums(self, damage: Vector) -> Vector:
        """What each group loses."""
        found: Vector = self.weights @ damage
        return found

    def only(self, scenarios: NDArray[np.bool_]) -> Shared:  # noqa: ARG002
        """Itself."""
        return self


def shared(links: Links) -> Shared:
    """Links put in the order of their layers."""
    from scipy.sparse import csr_array

    order = layers(links.owner, links.weights.shape[1])
    weights = links.weights[order.groups]
    columns = order.place.astype(weights.indices.dtype)[weights.indices]
    market = links.market
    if market is not None:
        market = Market(market.share[order.firms], market.sector[order.firms], market.sectors)
    return Shared(order, csr_array((weights.data, columns, weights.indptr), shape=weights.shape), market)


def sweep(by: Passing, loss: Vector, tolerance: float, check: Callable[[], None]) -> tuple[Vector, Places]:
    """From losses (n, scenarios) so far to final ones; and the rounds it took."""
    final, rounds, firms = loss.copy(), np.zeros(loss.shape[1], dtype=np.int64), by.layers.firms
    loss = loss[firms]
    at, live = np.arange(loss.shape[1]), np.ones(loss.shape[1], dtype=bool)  # scenarios here, and those not settled
    while live.any():
        check()
        worst = _worst(by.sums(by.damage(loss)), by.layers.sizes)
        owned = loss[: len(worst)]
        np.minimum(worst, 1.0, out=worst)
        np.maximum(worst, owned, out=worst)
        rise = (worst - owned).max(axis=0, initial=0.0)
        owned[:] = worst
        rounds[at[live]] += 1
        settled = live & (rise <= tolerance)
        if settled.any():
            final[np.ix_(firms, at[settled])] = loss[:, settled]
            live &= ~settled
        if live.mean() < THIN:
            by, at, loss, live = by.only(live), at[live], loss.compress(live, axis=1), live[live]
    return final, rounds


def _worst(sums: Vector, sizes: list[int]) -> Vector:
    """The largest of each owner's groups (owners, scenarios), in place."""
    begin = sizes[0]
    found = sums[:begin]
    for size in sizes[1:]:
        np.maximum(found[:size], sums[begin : begin + size], out=found[:size])
        begin += size
    return found
