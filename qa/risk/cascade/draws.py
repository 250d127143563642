"""Cascades where each draw has amounts of its own on the same links: the Monte Carlo of a network not known exactly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from graph.errors import SettingsError
from qa.risk.cascade import checks
from qa.risk.cascade.drawn import Drawn, Pattern, drawn_market, pattern
from qa.risk.cascade.groups import inputs, orders
from qa.risk.cascade.outcome import Cascade, room
from qa.risk.cascade.pace import Pace
from qa.risk.cascade.sweep import sweep

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from qa.risk.cascade.checks import Places, Vector

BLOCK = 2**18  # amounts in a block of draws


def esri_draws(
    supplier: Any,
    customer: Any,
    amounts: Any,
    sector: Any,
    essentiality: Any,
    shock: Any,
    *,
    substitution: bool = True,
    tolerance: float = 1e-2,
    revenue: Any = None,
    cost: Any = None,
    losses: bool = True,
    progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Cascade:
    """`esri` for many networks at once: in draw d, `supplier[e]` sells `amounts[e, d]` to `customer[e]`.

    An amount of 0 means that the draw does not have the link. `shock`, `revenue` and `cost` are (n,), or (n, draws)
    with a column for each draw; where the amounts of a draw add up to more than a revenue or a cost, their sum stands
    in its place. Nothing is lost in a draw without links. All else, and the result with a column a draw, is as with
    `esri`.
    """
    firms = np.size(sector)
    numbers, needs = checks.sectors(sector, essentiality, firms)
    seller, buyer, drawn = _links(supplier, customer, amounts, firms)
    checks.fraction(tolerance, "tolerance")
    draws = drawn.shape[1]
    initial = _columns(checks.shocks(shock, firms).toarray(), firms, draws, "shock")
    firm = _Firms(numbers, len(needs), _adding(seller, firms), _adding(buyer, firms), substitution)
    totals = [None if x is None else _columns(x, firms, draws, n) for x, n in ((revenue, "revenue"), (cost, "cost"))]
    down = pattern(inputs(seller, buyer, numbers, needs), seller, firms)
    up = pattern(orders(seller), buyer, firms)
    found, pace = room(firms, draws, losses), Pace(progress, stop)
    for block in pace.blocks(draws, max(1, BLOCK // len(drawn))):
        sales, *ways = firm.ways(down, up, drawn[:, block], *(None if x is None else x[:, block] for x in totals))
        ends = [sweep(way, initial[:, block], tolerance, pace.check) for way in ways]
        found.put(block, sales, ends[0], ends[1])
    return found


@dataclass(frozen=True, slots=True)
class _Firms:
    """The firms of all draws; `sells` and `buys` add up the amounts of each one's links."""

    sector: Places
    sectors: int
    sells: csr_array
    buys: csr_array
    substitution: bool

    def ways(
        self, down: Pattern, up: Pattern, amounts: Vector, revenue: Vector | None, cost: Vector | None
    ) -> tuple[Vector, Drawn, Drawn]:
        """The sales of each firm (n, draws), and how losses pass on downstream and upstream."""
        sales, bought = self.sells @ amounts, self.buys @ amounts
        revenues = sales if revenue is None else np.fmax(sales, revenue)
        costs = bought if cost is None else np.fmax(bought, cost)
        market = drawn_market(sales, self.sector, self.sectors, down.layers.firms) if self.substitution else None
        inputs_lost = Drawn(down, down.shares(amounts, bought, costs), market)
        return sales, inputs_lost, Drawn(up, up.shares(amounts, sales, revenues))


def _links(supplier: Any, customer: Any, amounts: Any, firms: int) -> tuple[Places, Places, Vector]:
    """Checked: firms by number, amounts with a column a draw."""
    drawn = np.asarray(amounts, dtype=np.float64)
    if drawn.ndim != 2 or not drawn.size:
        raise SettingsError(f"amounts has the shape {checks.shape(drawn)}; give a row a link and a column a draw")
    ends = []
    for given, name in ((supplier, "supplier"), (customer, "customer")):
        end = np.asarray(given)
        if end.shape != drawn.shape[:1] or not np.issubdtype(end.dtype, np.integer):
            raise SettingsError(f"{name} must be {len(drawn)} whole numbers, one for each row of amounts")
        if end.min() < 0 or end.max() >= firms:
            raise SettingsError(f"{name} holds a firm that is not among the {firms} of sector; number them from 0")
        ends.append(end.astype(np.int64))
    if not np.all(np.isfinite(drawn) & (drawn >= 0)):
        raise SettingsError("amounts holds a number that is negative or not finite; give sales, 0 where there are none")
    return ends[0], ends[1], drawn


def _columns(given: Any, firms: int, draws: int, name: str) -> Vector:
    """Numbers of firms, one column or one a draw, as one a draw."""
    found = np.asarray(given, dtype=np.float64)
    if found.shape not in ((firms,), (firms, 1), (firms, draws)):
        raise SettingsError(f"{name} has the shape {checks.shape(found)}; give {firms} numbers, or a column a draw")
    return np.broadcast_to(found.reshape(firms, -1), (firms, draws))


def _adding(firm: Places, firms: int) -> csr_array:
    from scipy.sparse import csr_array

    return csr_array((np.ones(len(firm)), (firm, np.arange(len(firm)))), shape=(firms, len(firm)))
