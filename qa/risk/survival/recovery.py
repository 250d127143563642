"""Time to survive and cost until recovery, by linear programs (Simchi-Levi et al. 2015, Interfaces 45(5):375–390).

Providers make inputs, each at most its capacity a period; inputs are used up at a rate and have a stock. While a
provider is out, the others fill in as best they can:

    cost of t periods:  min Σ f_j l_j   subject to   Σ_i y_ij + l_j ≥ d_j t − s_j,   Σ_j y_ij ≤ c_i t,   y, l ≥ 0
    time to survive:    max t           subject to   the same with l = 0

Times are in the period of the rates; any unit does as long as all rates share it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from graph.errors import SettingsError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vector = NDArray[np.float64]

TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Provision:
    """`capacity` (n,) of the providers, `demand`, `stock` and `loss` a unit (m,) of the inputs, `makes` (n, m).

    `makes[i, j]`: provider i can make input j. Raises SettingsError for shapes that do not fit and for numbers that are
    negative or not finite.
    """

    capacity: Vector
    demand: Vector
    stock: Vector
    loss: Vector
    makes: NDArray[np.bool_]

    def __post_init__(self) -> None:
        inputs = len(self.demand)
        if len(self.stock) != inputs or len(self.loss) != inputs or self.makes.shape != (len(self.capacity), inputs):
            raise SettingsError(
                f"{len(self.capacity)} providers and {inputs} inputs need a table of that size of who makes what, "
                f"and a demand, a stock and a loss for every input"
            )
        for name in ("capacity", "demand", "stock", "loss"):
            values = getattr(self, name)
            wrong = values[~(np.isfinite(values) & (values >= 0))]
            if len(wrong):
                raise SettingsError(f"a {name} is {wrong[0]:g}: give numbers from 0 up")

    def without(self, out: Iterable[int]) -> Provision:
        """The same with the providers `out` making nothing. Raises SettingsError for a number that is no provider."""
        capacity = self.capacity.copy()
        for provider in out:
            if not 0 <= provider < len(capacity):
                raise SettingsError(f"there is no provider {provider}: they are numbered 0 to {len(capacity) - 1}")
            capacity[provider] = 0.0
        return Provision(capacity, self.demand, self.stock, self.loss, self.makes)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What an outage costs at best, `missing` (m,): the units of each input that nobody makes in time.

    `made` (n, m) is what each provider makes of each input to attain that.
    """

    cost: float
    missing: Vector
    made: Vector


def shortfall(provision: Provision, out: Iterable[int], periods: float) -> Shortfall:
    """The least cost of an outage of the providers `out` that lasts `periods`. Raises SettingsError below 0."""
    if not 0 <= periods < np.inf:
        raise SettingsError(f"an outage lasts {periods:g} periods: give a number from 0 up")
    left = provision.without(out)
    ways, sums, uses = _rows(left)
    inputs = len(left.demand)
    met = np.hstack([-sums, -np.eye(inputs)])
    held = np.hstack([uses, np.zeros((len(left.capacity), inputs))])
    found = _solve(
        np.concatenate([np.zeros(ways), left.loss]),
        np.vstack([met, held]),
        np.concatenate([left.stock - left.demand * periods, left.capacity * periods]),
    )
    if found is None:  # the cost is bounded by losing everything: only a broken solver comes here
        raise SettingsError("the numbers of the outage lie too far apart for the solver: use units of like size")
    missing = np.where(found[ways:] < TOLERANCE, 0.0, found[ways:])
    made = np.zeros(left.makes.shape)
    made[np.nonzero(left.makes)] = found[:ways]
    return Shortfall(float(missing @ left.loss), missing, made)


def time_to_survive(provision: Provision, out: Iterable[int] = ()) -> float | None:
    """For how many periods no input runs short while the providers `out` make nothing; None: for ever."""
    left = provision.without(out)
    ways, sums, uses = _rows(left)
    met = np.hstack([-sums, left.demand[:, None]])
    held = np.hstack([uses, -left.capacity[:, None]])
    goal = np.zeros(ways + 1)
    goal[-1] = -1.0
    found = _solve(goal, np.vstack([met, held]), np.concatenate([left.stock, np.zeros(len(left.capacity))]))
    return None if found is None else float(found[-1])


def _rows(provision: Provision) -> tuple[int, Vector, Vector]:
    """How many y there are, which of them make each input (m, y), and which each provider makes (n, y)."""
    who, what = np.nonzero(provision.makes)
    ways = len(who)
    sums, uses = np.zeros((len(provision.demand), ways)), np.zeros((len(provision.capacity), ways))
    sums[what, np.arange(ways)] = 1.0
    uses[who, np.arange(ways)] = 1.0
    return ways, sums, uses


def _solve(goal: Vector, rows: Vector, limits: Vector) -> Vector | None:
    """The x ≥ 0 of least goal·x with rows·x ≤ limits; None where there is no least one (0 periods always do)."""
    from scipy.optimize import linprog

    found = linprog(goal, A_ub=rows, b_ub=limits, method="highs")
    return found.x if found.status == 0 else None
