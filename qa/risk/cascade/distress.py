"""DebtRank, the linear one: how distress passes on between parties that are exposed to each other.

Battiston, Puliga, Kaushik, Tasca and Caldarelli (2012), “DebtRank: too central to fail?”, Scientific Reports 2:541;
without its rule that a party passes distress on only once: Bardoscia, Battiston, Caccioli and Caldarelli (2015), PLoS
ONE 10:e0130406.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from graph.errors import SettingsError
from qa.risk.cascade import checks

if TYPE_CHECKING:
    from qa.risk.cascade.checks import Places, Vector


@dataclass(frozen=True, slots=True)
class Distress:
    """`h` (n, k) is the share of its equity that each party loses in the end, `rounds` (k,) how many it took.

    `lost` (k,) is the share of all equity that is lost, `passed_on` (k,) the part of it that the shock itself did not
    take. One shock (n,) is one column.
    """

    h: Vector
    rounds: Places
    lost: Vector
    passed_on: Vector


def debtrank(exposure: Any, equity: Any, shock: Any, *, tolerance: float = 1e-9) -> Distress:
    """h(t+1) = min(1, h(t) + Λ[h(t) − h(t−1)]) from h(0) = shock, Λ_ij = `exposure[i, j]` / `equity[i]`.

    `exposure[i, j]` is what party i loses if j fails in full (its claim on j, or its sales to it), so distress runs
    from column to row; `equity` (n,) is what each can lose. `shock` (n,) or (n, k), 0 to 1. A scenario ends with the
    first round in which no h rises by more than `tolerance`. Raises SettingsError for input that makes no sense.
    """
    found = checks.amounts(exposure, "exposure")
    parties = found.shape[0]
    own = np.asarray(equity, dtype=np.float64)
    if own.shape != (parties,) or not np.all(np.isfinite(own) & (own > 0)):
        raise SettingsError(f"equity must be {parties} numbers above 0; leave out a party that has nothing to lose")
    checks.fraction(tolerance, "tolerance")
    begin = checks.shocks(shock, parties).toarray()
    passing = found.copy()
    passing.data /= own[checks.rows(found)]
    final, rounds = begin.copy(), np.zeros(begin.shape[1], dtype=np.int64)
    live, now, rise = np.arange(begin.shape[1]), begin, begin
    while live.size:
        later = np.minimum(1.0, now + passing @ rise)
        now, rise = later, later - now
        final[:, live] = now
        rounds[live] += 1
        going = rise.max(axis=0) > tolerance
        live, now, rise = live[going], now[:, going], rise[:, going]
    weight = own / own.sum()
    return Distress(final, rounds, weight @ final, weight @ (final - begin))
