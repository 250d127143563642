"""What-if cascades over a supply network: the economic systemic risk index of Diem, Borsos, Reisch, Kertész and Thurner
(2022), “Quantifying firm-level economic systemic risk from nation-wide supply networks”, Scientific Reports 12:7719.

A shock spreads two ways that do not touch: to customers, who miss inputs, and to suppliers, who miss orders. A firm
loses by the worse of the two. The index is the share of all sales in the network that is lost.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from qa.risk.cascade import checks
from qa.risk.cascade.links import Links, downstream, market, upstream
from qa.risk.cascade.outcome import Cascade, room
from qa.risk.cascade.pace import Pace
from qa.risk.cascade.rounds import settle

if TYPE_CHECKING:
    from qa.risk.cascade.checks import Vector

BLOCK = 64 * 2**20  # bytes of working memory that one block of scenarios may take


@dataclass(frozen=True, slots=True)
class Network:
    """A supply network made ready for any number of shocks. `sales` (n,) are those of each firm that are known."""

    sales: Vector
    down: Links
    up: Links

    @property
    def firms(self) -> int:
        """How many."""
        return len(self.sales)


def esri(
    flows: Any,
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
    """Losses that shocks end in, for a network and its shocks in one call: `prepare` and `spread`, see there."""
    network = prepare(flows, sector, essentiality, substitution=substitution, revenue=revenue, cost=cost)
    return spread(network, shock, tolerance=tolerance, losses=losses, progress=progress, stop=stop)


def prepare(
    flows: Any, sector: Any, essentiality: Any, *, substitution: bool = True, revenue: Any = None, cost: Any = None
) -> Network:
    """Check a network and work out its shares Λ.

    `flows[i, j]` are the sales of firm i to firm j (sparse or dense), `sector` (n,) numbers from 0,
    `essentiality[k, l]` what inputs from sector k are to customers in sector l: 0 negligible, 1 non-essential,
    2 essential. With `substitution` a firm that fails hits its customers by σ, its share of what its sector still
    sells; without, σ = 1.

    `revenue` and `cost` (n,) are all that a firm sells and buys, known customers and suppliers or not; NaN: not known.
    Losses of orders are then shares of revenue, and losses of inputs are scaled by the part of the cost that `flows`
    knows. Without them the known links stand for all, so that in a network closed in itself hardly any firm escapes.

    A firm's sales to itself count as any other: it is then a customer and a supplier of itself.

    Raises SettingsError for anything that makes no sense, in one line.
    """
    found = checks.amounts(flows)
    firms = found.shape[0]
    numbers, needs = checks.sectors(sector, essentiality, firms)
    sales = np.asarray(found.sum(axis=1))
    whole = checks.total(cost, checks.added(found.indices, found.data, firms), "cost", "purchases")
    down = downstream(found, numbers, needs, whole, market(sales, numbers, len(needs)) if substitution else None)
    return Network(sales, down, upstream(found, checks.total(revenue, sales, "revenue", "sales")))


def spread(
    network: Network,
    shock: Any,
    *,
    tolerance: float = 1e-2,
    losses: bool = True,
    progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Cascade:
    """Losses that shocks to a network end in.

    `shock` (n,), or (n, k) for k scenarios, sparse or dense: the share of each firm's output that fails, 0 to 1. A
    scenario ends, each way by itself, with the first round in which no loss rises by more than `tolerance`. Without
    `losses` only the index is kept, for more scenarios than memory holds losses of.

    `progress(done, all)` is called after each block of scenarios; when `stop()` is true, StoppedError is raised.
    """
    initial = checks.shocks(shock, network.firms)
    checks.fraction(tolerance, "tolerance")
    scenarios = initial.shape[1]
    found, pace = room(network.firms, scenarios, losses), Pace(progress, stop)
    for block in pace.blocks(scenarios, _width(network)):
        start = initial[:, block].T
        down = settle(network.down, start, tolerance, pace.check)
        up = settle(network.up, start, tolerance, pace.check)
        found.put(block, network.sales, down, up)
    return found


def _width(network: Network) -> int:
    """Scenarios in a block."""
    places = max(links.weights.shape[0] for links in (network.down, network.up)) + 4 * network.firms
    return max(1, int(BLOCK // (8 * places)))
