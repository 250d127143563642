"""The outages of a plan worked out: how long the firm lasts, what the outage costs, at worst and at best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qa.risk.survival.plan import Plan, Range
from qa.risk.survival.recovery import Provision, Shortfall, shortfall, time_to_survive

if TYPE_CHECKING:
    from qa.risk.survival.recovery import Vector


@dataclass(frozen=True, slots=True)
class Outage:
    """The suppliers that are out (by their place in the plan), how long it lasts, and what comes of it."""

    out: tuple[int, ...]
    recover: Range | None
    lasts: tuple[float | None, float | None]
    open: bool
    cost: tuple[float, float | None] | None
    worst: Shortfall | None = None


def outage(plan: Plan, out: tuple[int, ...]) -> Outage:
    """What comes of the loss of the suppliers `out` together."""
    known = [plan.makers[i].recover for i in out]
    back = [recover for recover in known if recover is not None]
    recover = None
    if len(back) == len(known):
        highs = [r.high for r in back]
        recover = Range(max(r.low for r in back), None if None in highs else max(h for h in highs if h is not None))
    worst, best = _provision(plan, worst=True), _provision(plan, worst=False)
    lasts = (time_to_survive(worst, out), time_to_survive(best, out))
    open_ = any(r is not None and r.high is None for r in _supply(plan, out))
    if recover is None or recover.high is None:
        return Outage(out, recover, lasts, open_, None)
    dear = shortfall(worst, out, recover.high)
    cost = (0.0 if open_ else shortfall(best, out, recover.low).cost, dear.cost)
    return Outage(out, recover, lasts, open_, cost, dear)


def _supply(plan: Plan, out: tuple[int, ...]) -> list[Range | None]:
    """What may be larger than is known: stocks, and capacities of those that are not out."""
    return [*(need.stock for need in plan.needs), *(m.capacity for i, m in enumerate(plan.makers) if i not in out)]


def _provision(plan: Plan, *, worst: bool) -> Provision:
    def scarce(values: Sequence[Range | None]) -> Vector:
        return np.array([_end(value, low=worst) for value in values], float)

    def heavy(values: Sequence[Range | None]) -> Vector:
        return np.array([_end(value, low=not worst) for value in values], float)

    makes = np.array([[need.name in maker.makes for need in plan.needs] for maker in plan.makers], bool)
    return Provision(
        capacity=scarce([maker.capacity for maker in plan.makers]),
        demand=heavy([need.demand for need in plan.needs]),
        stock=scarce([need.stock for need in plan.needs]),
        loss=heavy([need.loss for need in plan.needs]),
        makes=makes,
    )


def _end(value: Range | None, *, low: bool) -> float:
    if value is None:
        return 0.0
    return value.low if low or value.high is None else value.high
