"""Which firms the others could least do without: each fails in turn, and all are ranked by what the network loses.

ESRI (Diem et al. 2022, Scientific Reports 12:7719), and beside it the influence vector of Acemoglu et al. (2012), which
knows of inputs only and of none that is essential.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from graph.contract import Json
from graph.errors import QueryError, SettingsError
from graph.model import Claim
from graph.store.protocol import Store
from qa.risk.cascade import spread
from qa.risk.cascade.pace import Pace
from qa.risk.cite import Citations
from qa.risk.envelope import Cell, Chart, Column, Measure, Result, Row, Table
from qa.risk.lens import Lens
from qa.risk.report import Basis
from qa.risk.simulate import WHAT, coverage
from qa.risk.tiers import influence
from qa.risk.whatif.coupling import Coupled, Mode, couple
from qa.risk.whatif.flows import flows
from qa.risk.whatif.montecarlo import HIGH, LIKELY, RIGHT, TOLERANCE, columns, percentiles, shares
from qa.risk.whatif.networks import network
from qa.risk.whatif.notes import assumptions
from qa.risk.whatif.scenario import MOST_DRAWS
from qa.risk.whatif.spread import Blow, downstream, upstream
from qa.risk.whatif.tables import bar, basis_of, drawn, loss
from qa.risk.whatif.tracing import Way, percent

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from qa.risk.whatif.allot import Vector

METHOD = (
    "systemic risk (ESRI, Diem et al. 2022): each firm stops in turn; what the network loses of its output, with "
    "shares as likely, at both ends of their bounds, and drawn at random"
)
INFLUENCE = (
    "Influence is the vector of Acemoglu et al. (2012) with a labour share of a half (assumed), in percent: how far a "
    "shock to a firm moves all output through inputs alone. It sums to less than 100, as unseen suppliers are nobody."
)
LABOUR = 0.5
LISTED, DRAWN, CITED = 100, 10, 4


def systemic(
    store: Store,
    *,
    lens: Lens | None = None,
    mode: Mode = "generalised",
    substitution: bool = True,
    closed: bool = False,
    draws: int = 200,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Result:
    """All firms by the share of the network's output that is lost if they stop, the largest first.

    The first ten are compared over `draws` networks as well. Raises QueryError for a graph without trades,
    SettingsError for draws out of range, StoppedError when `stop()` is true.
    """
    if not 0 <= draws <= MOST_DRAWS:
        raise SettingsError(f"draws is {draws}: give 0 (bounds only) to {MOST_DRAWS}")
    look = lens or Lens()
    whole = flows(store, look)
    if not whole.trades:
        raise QueryError(
            "the graph holds no trade between firms, so none can be ranked; add claims that name suppliers"
        )
    net = couple(whole, mode, closed=closed, substitution=substitution)
    pace = Pace(progress, stop)
    index = _indices(net, pace)
    order = sorted(range(len(index)), key=lambda n: (-index[n, LIKELY], -index[n, HIGH], n))
    compared = _Compared(order[:DRAWN], _compare(net, order[:DRAWN], draws, seed, pace)) if draws else None
    return _Ranking(net, look, index, order, compared, mode, substitution, closed, draws, seed).result()


@dataclass(frozen=True, slots=True)
class _Compared:
    """The losses (firms, draws) of some rows."""

    rows: Sequence[int]
    losses: Vector

    def of(self, row: int) -> Vector | None:
        """Percentiles of one row's losses."""
        return percentiles(self.losses[list(self.rows).index(row)]) if row in self.rows else None

    def first(self, row: int) -> float:
        """How often a row's loss was the largest; those alike share the draw."""
        top = self.losses == self.losses.max(axis=0)
        return float((top[list(self.rows).index(row)] / top.sum(axis=0)).mean())


def _indices(net: Coupled, pace: Pace) -> Vector:
    """What the network loses (firms, 4) when each firm stops: likely, low, high, and low if all claims are right."""
    from scipy.sparse import eye_array

    inputs, sales = columns(net.inputs.ends(), net.certain), columns(net.sales.ends(), net.certain)
    everyone = eye_array(net.web.firms, format="csc")
    found = []
    for end in range(inputs.shape[1]):
        one = network(net, inputs[:, end], sales[:, end], standing=end != HIGH)
        found.append(spread(one, everyone, tolerance=TOLERANCE, losses=False, stop=pace.stop).esri)
        pace.done(end + 1, inputs.shape[1])
    return np.stack(found, axis=1)


def _compare(net: Coupled, rows: Sequence[int], draws: int, seed: int, pace: Pace) -> Vector:
    """What the network loses (rows, draws) when each of these firms stops."""
    weight = net.size.value / net.size.value.sum()
    found = np.zeros((len(rows), draws))
    begin = 0
    for inputs, sales in shares(net, draws, seed):
        block = slice(begin, begin + inputs.shape[1])
        for n, row in enumerate(rows):
            struck = np.zeros(net.web.firms)
            struck[row] = 1.0
            blow = Blow(struck, struck, np.zeros(len(net.exists)))
            down = downstream(net.web, inputs, blow, tolerance=TOLERANCE, check=pace.check)
            up = upstream(net.web, sales, blow, tolerance=TOLERANCE, check=pace.check)
            found[n, block] = weight @ np.maximum(down, up)
        begin = block.stop
        pace.done(begin, draws)
    return found


@dataclass(frozen=True, slots=True)
class _Ranking:
    """The result in the making."""

    net: Coupled
    look: Lens
    index: Vector
    order: Sequence[int]
    compared: _Compared | None
    mode: Mode
    substitution: bool
    closed: bool
    draws: int
    seed: int

    def result(self) -> Result:
        """The whole report."""
        net, order = self.net, self.order
        cited = Citations(net.flows.documents)
        firms = list(net.flows.firms.values())
        moved = influence(_purchases(net), LABOUR)
        rows = tuple(
            Row((firms[row], *self._cells(row), percent(float(moved[row]))), cited.cite(_claims(net, row)))
            for row in order[:LISTED]
        )
        bars = tuple(bar(firms[row].label, self.index[row]) for row in order[:20])
        top = order[0]
        return Result(
            kind="systemic",
            title="Whom the network could least do without",
            entity=firms[top],
            measure=loss(
                f"loss of the network's output if {firms[top].label} stops", self.index[top], _basis(net, top)
            ),
            tables=(Table("firms", "If it stops", _columns(), rows, "Losses in percent of the output of all firms."),),
            coverage=coverage(net.flows, np.arange(len(net.flows.trades))),
            method=METHOD,
            assumptions=tuple(self._notes()),
            evidence=cited.quotes,
            charts=(Chart("bars", "Loss of all output if it stops", "percent", bars),),
            as_of=self.look.as_of,
            known_at=self.look.known_at,
            asked=self._asked(),
        )

    def _cells(self, row: int) -> tuple[Cell, ...]:
        """What is measured of one firm."""
        basis, ends = _basis(self.net, row), self.index[row]
        right, high = percent(float(ends[RIGHT])), percent(float(ends[HIGH]))
        over = self.compared.of(row) if self.compared else None
        return (
            loss(f"{WHAT} if it stops", ends, basis),
            Measure("loss if all claims are right", "percent", None, right, high, basis),
            drawn(over, basis) if over is not None else None,
            percent(self.compared.first(row)) if self.compared and over is not None else None,
            percent(float(self.net.size.value[row] / self.net.size.value.sum())),
        )

    def _notes(self) -> Iterator[str]:
        numbers = range(len(self.net.flows.trades))
        ways: tuple[Way, ...] = ("downstream", "upstream")
        everything = [(n, way) for n in numbers for way in ways]
        yield from assumptions(self.net, everything, self.mode, self.closed, self.draws)
        yield INFLUENCE
        if len(self.order) > LISTED:
            yield f"{len(self.order) - LISTED} further firms are not listed: at most {LISTED}, largest first."

    def _asked(self) -> Json:
        own = {name: getattr(self, name) for name in ("mode", "substitution", "closed", "draws", "seed")}
        return own | {name: getattr(self.look, name) for name in ("impute", "min_confidence", "include_unreliable")}


def _columns() -> tuple[Column, ...]:
    return (
        Column("firm", "Firm"),
        Column("loss", "Loss of all output"),
        Column("if_right", "If all claims are right"),
        Column("draws", "Over the draws (5 % to 95 %)"),
        Column("first", "First of these in % of draws"),
        Column("own", "Its own part of output, %"),
        Column("influence", "Influence, %"),
    )


def _purchases(net: Coupled) -> csr_array:
    """Shares of all purchases, a row a buyer."""
    from scipy.sparse import csr_array

    linear = couple(net.flows, "linear")
    value, _, _ = linear.inputs.ends()
    return csr_array((value, (net.web.buyer, net.web.seller)), shape=(net.web.firms, net.web.firms))


def _touching(net: Coupled, row: int) -> list[tuple[int, Way]]:
    """The trades over which a loss leaves a firm."""
    down = np.flatnonzero((net.web.seller == row) & (net.web.group >= 0))
    up = np.flatnonzero(net.web.buyer == row)
    return [(int(n), "downstream") for n in down] + [(int(n), "upstream") for n in up]


def _basis(net: Coupled, row: int) -> Basis:
    return basis_of(net, _touching(net, row))


def _claims(net: Coupled, row: int) -> list[Claim]:
    """Claims of the trades that pass most on, a few of them."""
    value = {"downstream": net.inputs.ends()[0], "upstream": net.sales.ends()[0]}
    found = sorted(_touching(net, row), key=lambda pair: (-value[pair[1]][pair[0]], pair))
    return [claim for n, _ in found[:CITED] for claim in net.flows.claims_of(net.flows.trades[n])[:1]]
