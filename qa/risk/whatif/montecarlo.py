"""Monte Carlo over what is not known of a network: trades that may not be there, shares within their bounds. Seeded.

A trade is there as often as its confidence says. Known shares are drawn evenly between their bounds, the others and
the rest as a Dirichlet draw of what is left (allot.py). Nothing depends on the shock, so a larger one never loses less.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from graph.errors import SettingsError
from qa.risk.cascade.pace import Pace
from qa.risk.whatif.coupling import Coupled
from qa.risk.whatif.spread import Blow, downstream, upstream

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qa.risk.whatif.allot import Vector

CELLS = 200_000  # numbers in one block of draws
TOLERANCE = 1e-6  # of a firm's output; what a report shows of a loss ends there
KEPT = 60_000_000  # numbers that all draws together may leave: half a gigabyte
WATCHED = 200
PERCENTILES = (5, 50, 95)


@dataclass(frozen=True, slots=True)
class Ends:
    """Losses (firms, 4) with shares as likely, at their low and high ends, and low where all claims are right.

    Every draw lies between `low` and `high`: `low` leaves every trade out of which it is not sure that it is there.
    """

    downstream: Vector
    upstream: Vector

    @property
    def loss(self) -> Vector:
        """The worse of the two."""
        return np.maximum(self.downstream, self.upstream)


LIKELY, LOW, HIGH, RIGHT = range(4)


@dataclass(frozen=True, slots=True)
class Draws:
    """What the draws made of it: percentiles (firms, 3) of losses, how often each firm outside the shock was the
    hardest hit, the loss `total` (draws,) of the whole network, and for watched trades the rank correlation with it.

    `drivers` are (trade, "inputs" or "sales", correlation), the strongest first.
    """

    loss: Vector
    hardest: Vector
    total: Vector
    drivers: tuple[tuple[int, str, float], ...]


def ends(net: Coupled, blow: Blow, *, rounds: int | None = None) -> Ends:
    """The likely losses and their exact bounds: losses rise with every share, so both ends of all shares bound them.

    At the high end nobody stands in for a failing supplier, as no claim tells of capacity to spare.
    """
    alone = replace(net.web, standing=None)
    inputs = columns(net.inputs.ends(), net.certain)
    down = downstream(net.web, inputs, blow, rounds=rounds)
    down[:, HIGH] = downstream(alone, inputs[:, [HIGH]], blow, rounds=rounds)[:, 0]
    return Ends(down, upstream(net.web, columns(net.sales.ends(), net.certain), blow, rounds=rounds))


def shares(net: Coupled, draws: int, seed: int) -> Iterator[tuple[Vector, Vector]]:
    """Blocks of drawn shares of inputs and of sales, (trades, draws of the block) each, 0 where the trade is not
    there."""
    rng = np.random.default_rng(seed)
    size = max(1, CELLS // max(1, len(net.exists), len(net.inputs.shares.of)))
    for first in range(0, draws, size):
        count = min(size, draws - first)
        there = rng.random((len(net.exists), count)) < net.exists[:, None]
        inputs = net.inputs.shares.draw(rng, count)[net.inputs.at]
        sales = net.sales.shares.draw(rng, count)[net.sales.at]
        yield inputs * there, sales * there


def simulate_draws(
    net: Coupled,
    blow: Blow,
    bounds: Ends,
    draws: int,
    seed: int,
    *,
    rounds: int | None = None,
    pace: Pace | None = None,
) -> Draws:
    """Losses over `draws` networks. Raises StoppedError when told to stop, SettingsError for too many."""
    pace = pace or Pace()
    hit = np.flatnonzero(bounds.loss[:, HIGH] > 0)
    outside = hit[(blow.supply[hit] == 0) & (blow.demand[hit] == 0)]
    watched = _watched(net, blow, bounds)
    rows = len(hit) + sum(map(len, watched.values()))
    if rows * draws > KEPT:
        raise SettingsError(f"{draws:,} draws of so many firms do not fit into memory: give at most {KEPT // rows:,}")
    kept = np.zeros((len(hit), draws))
    seen = {side: np.zeros((len(places), draws)) for side, places in watched.items()}
    weight = net.size.value / net.size.value.sum()
    total, done = np.zeros(draws), 0
    for inputs, sales in shares(net, draws, seed):
        block = slice(done, done + inputs.shape[1])
        down = downstream(net.web, inputs, blow, rounds=rounds, tolerance=TOLERANCE, check=pace.check)
        up = upstream(net.web, sales, blow, rounds=rounds, tolerance=TOLERANCE, check=pace.check)
        loss = np.maximum(down, up)
        kept[:, block], total[block] = loss[hit], weight @ loss
        seen["inputs"][:, block], seen["sales"][:, block] = inputs[watched["inputs"]], sales[watched["sales"]]
        done = block.stop
        pace.done(done, draws)
    return Draws(
        loss=_spread(kept, hit, len(weight)),
        hardest=_hardest(kept[np.isin(hit, outside)], outside, len(weight)),
        total=total,
        drivers=_drivers(watched, seen, total),
    )


def percentiles(values: Vector) -> Vector:
    """5th, 50th and 95th along the last axis, that axis last."""
    return np.moveaxis(np.percentile(values, PERCENTILES, axis=-1), 0, -1)


def columns(ends: tuple[Vector, Vector, Vector], certain: NDArray[np.bool_]) -> Vector:
    """Shares as likely, low (0 where the trade is in doubt), high, and low if all claims are right."""
    value, low, high = ends
    return np.stack([value, np.where(certain, low, 0.0), high, low], axis=1)


def _spread(values: Vector, hit: NDArray[np.intp], firms: int) -> Vector:
    out = np.zeros((firms, len(PERCENTILES)))
    if len(hit):
        out[hit] = percentiles(values)
    return out


def _hardest(loss: Vector, outside: NDArray[np.intp], firms: int) -> Vector:
    """How often each firm lost the most; firms that lose alike share the draw, one in which nobody loses is
    nobody's."""
    often = np.zeros(firms)
    if loss.size:
        most = loss.max(axis=0)
        top = (loss == most) & (most > 0)
        often[outside] = (top / np.maximum(top.sum(axis=0), 1)).mean(axis=1)
    return often


def _watched(net: Coupled, blow: Blow, bounds: Ends) -> dict[str, NDArray[np.intp]]:
    """The trades that may matter for the spread of the draws: not known exactly, and a loss may pass over them."""
    web, found = net.web, {}
    sides = (
        ("inputs", net.inputs.ends(), np.maximum(bounds.downstream[:, HIGH], blow.supply), web.seller, web.buyer),
        ("sales", net.sales.ends(), np.maximum(bounds.upstream[:, HIGH], blow.demand), web.buyer, web.seller),
    )
    for side, (value, low, high), loss, source, target in sides:
        width = np.where(net.certain, high - low, np.maximum(high, value))
        weight = width * np.maximum(loss[source], blow.trades) * net.size.value[target]
        if side == "inputs":
            weight = np.where(web.group >= 0, weight, 0.0)
        order = np.argsort(-weight, kind="stable")[:WATCHED]
        found[side] = order[weight[order] > 0]
    return found


def _drivers(
    watched: dict[str, NDArray[np.intp]], seen: dict[str, Vector], total: Vector
) -> tuple[tuple[int, str, float], ...]:
    """Spearman's rank correlation of each watched share with the network's loss, where it stands out from noise."""
    if len(total) < 2 or np.ptp(total) <= 0:
        return ()
    from scipy.stats import rankdata

    ranked = rankdata(total) - (len(total) + 1) / 2
    found = []
    for side, places in watched.items():
        if not len(places):
            continue
        ranks = rankdata(seen[side], axis=1) - (len(total) + 1) / 2
        norms = np.sqrt((ranks**2).sum(axis=1) * (ranked**2).sum())
        rho = np.divide(ranks @ ranked, norms, out=np.zeros(len(places)), where=norms > 0)
        found += [(int(place), side, float(value)) for place, value in zip(places, rho, strict=True)]
    noise = 2 / len(total) ** 0.5
    return tuple(sorted((r for r in found if abs(r[2]) > noise), key=lambda r: (-abs(r[2]), r[0], r[1])))
