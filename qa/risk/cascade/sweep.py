"""Losses passed on by whole sparse products: for scenarios in which most of a network is hit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qa.risk.cascade.links import Links, Market, scarcity

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from qa.risk.cascade.checks import Places, Vector

THIN = 0.75  # of the scenarios that are carried along: when fewer are not settled, the others are dropped


@dataclass(frozen=True, slots=True)
class Layers:
    """Links in the order in which whole products are fastest: the largest of each owner's groups comes of plain slices.

    The first layer holds the first group of each owner, the second the second of those that have one, and so on, owners
    of many groups first. `sizes` of the layers; `firms` are the owners in that order, then those that own nothing.
    """

    weights: csr_array
    sizes: list[int]
    firms: Places
    market: Market | None

    def worst(self, passed: Vector) -> Vector:
        """The largest loss by any group of each owner (owners, scenarios)."""
        sums: Vector = self.weights @ passed
        begin = self.sizes[0]
        found = sums[:begin]
        for size in self.sizes[1:]:
            np.maximum(found[:size], sums[begin : begin + size], out=found[:size])
            begin += size
        return found

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


def layered(links: Links) -> Layers:
    """Links put into layers."""
    from scipy.sparse import csr_array

    groups, firms = links.weights.shape
    first = np.flatnonzero(np.diff(links.owner, prepend=-1))
    count = np.diff(np.append(first, groups))
    ranking = np.argsort(-count, kind="stable")
    rank = np.arange(groups) - np.repeat(first, count)
    sizes = np.bincount(rank, minlength=1)
    target = (np.cumsum(sizes) - sizes)[rank] + np.repeat(_inverse(ranking), count)
    owners = links.owner[first][ranking]
    idle = np.ones(firms, dtype=bool)
    idle[owners] = False
    order = np.concatenate([owners, np.flatnonzero(idle)])
    weights = links.weights[_inverse(target)]
    columns = _inverse(order).astype(weights.indices.dtype)[weights.indices]
    market = links.market
    moved = None if market is None else Market(market.share[order], market.sector[order], market.sectors)
    return Layers(csr_array((weights.data, columns, weights.indptr), shape=weights.shape), sizes.tolist(), order, moved)


def sweep(
    layers: Layers, loss: Vector, passed: Vector, tolerance: float, wait: float, check: Callable[[], None]
) -> tuple[Vector, Places]:
    """From losses (n, scenarios) so far, and what of them was passed on, to final losses; and the rounds it took."""
    final, rounds = loss, np.zeros(loss.shape[1], dtype=np.int64)
    loss, passed = loss[layers.firms], passed[layers.firms]
    at, live = np.arange(loss.shape[1]), np.ones(loss.shape[1], dtype=bool)  # scenarios here, and those not settled
    while live.any():
        check()
        more = layers.damage(loss) - passed
        more *= more > wait
        passed += more
        worst = layers.worst(passed)
        owned = loss[: len(worst)]
        np.minimum(worst, 1.0, out=worst)
        np.maximum(worst, owned, out=worst)
        rise = (worst - owned).max(axis=0, initial=0.0)
        owned[:] = worst
        rounds[at[live]] += 1
        settled = live & (rise <= tolerance)
        if settled.any():
            final[np.ix_(layers.firms, at[settled])] = loss[:, settled]
            live &= ~settled
        if live.mean() < THIN:
            at, loss, passed, live = at[live], loss[:, live], passed[:, live], live[live]
    return final, rounds


def _inverse(order: Places) -> Places:
    found = np.empty(len(order), dtype=np.int64)
    found[order] = np.arange(len(order))
    return found
