"""Losses passed on round by round until they rise no more, a block of scenarios at a time.

A scenario begins on its frontier: only the links of firms whose loss rose are followed. If a good part of all links
comes to be followed, whole sparse products are cheaper, and it goes on with those. It drops out when it has settled.

On the frontier a firm passes a rise of its loss on once it adds up to a thousandth of the tolerance: what waits is far
below what the tolerance itself leaves undone, and most of a network is in reach of smaller ripples.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from qa.risk.cascade.frontier import Frontier
from qa.risk.cascade.sweep import shared, sweep

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from qa.risk.cascade.checks import Places, Vector
    from qa.risk.cascade.links import Links

WAIT = 1e-3  # of the tolerance


def settle(links: Links, shock: csr_array, tolerance: float, check: Callable[[], None]) -> tuple[Vector, Places]:
    """Losses (n, scenarios) that shocks (scenarios, n) end in, and the rounds that each scenario took.

    A scenario has settled when no loss of it rose by more than `tolerance` in a round. `check` is called every round.
    """
    frontier = Frontier(links, shock)
    while frontier.live.any():
        check()
        frontier.step(tolerance, tolerance * WAIT)
    wide = np.flatnonzero(frontier.wide)
    if wide.size:
        final, rounds = sweep(shared(links), frontier.loss[wide].T, tolerance, check)
        frontier.loss[wide] = final.T
        frontier.rounds[wide] += rounds
    return frontier.loss.T, frontier.rounds
