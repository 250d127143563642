"""A scenario by DebtRank: the sales that firms lose to distressed customers, against the equity they can lose them
from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graph.errors import SettingsError
from qa.risk.cascade import debtrank
from qa.risk.cite import Citations
from qa.risk.envelope import Chart, Column, Measure, Result, Row, Table
from qa.risk.notes import AFFIRMED, unreliable
from qa.risk.report import Coverage
from qa.risk.whatif.coupling import Coupled
from qa.risk.whatif.finding import Finder
from qa.risk.whatif.scenario import Scenario, asked
from qa.risk.whatif.shocks import Struck
from qa.risk.whatif.tables import bar
from qa.risk.whatif.tracing import percent
from qa.risk.whatif.turnover import written

if TYPE_CHECKING:
    from qa.risk.whatif.allot import Places, Vector

METHOD = (
    "DebtRank without the rule of one passing (Battiston et al. 2012, Bardoscia et al. 2015): a seller loses what it "
    "sells to a customer, times the customer's distress, against its own equity"
)
NOTES = (
    "A firm whose equity the scenario does not give is left out: distress neither reaches nor passes it.",
    "What a firm sells to a customer in a year is what it loses if that customer fails.",
)


def distress(finder: Finder, scenario: Scenario, net: Coupled, struck: Struck) -> Result:
    """The share of all given equity that a scenario destroys, and of each firm's own; bounds from those of the sales.

    Raises SettingsError if the scenario gives no equity for a firm that it strikes, or strikes anything but firms.
    """
    equity = {finder.firm(name).id: _amount(name, text) for name, text in scenario.equity.items()}
    missing = [firm.label for firm, _, _ in struck.firms if firm.id not in equity]
    if struck.trades or missing:
        what = (
            f"give the equity of {', '.join(missing)}" if missing else "debtrank takes shocks to firms, not to trades"
        )
        raise SettingsError(f"{what}, or use method esri")
    rows = [row for row, firm in enumerate(net.flows.firms) if firm in equity]
    own = np.array([equity[firm] for firm in net.flows.firms if firm in equity])
    start = np.maximum(struck.blow.supply, struck.blow.demand)[rows]
    kept = np.flatnonzero(np.isin(net.web.seller, rows) & np.isin(net.web.buyer, rows))
    place = {row: at for at, row in enumerate(rows)}
    at = [place[int(n)] for n in net.web.seller[kept]], [place[int(n)] for n in net.web.buyer[kept]]
    lost, all_ = _ends(net, kept, at, own, start)
    return _result(net, struck, scenario, finder, rows, kept, lost, all_)


def _ends(
    net: Coupled, kept: Places, at: tuple[list[int], list[int]], own: Vector, start: Vector
) -> tuple[Vector, Vector]:
    """Equity lost as likely, at least and at most: of each firm (firms, 3), and of all (3,)."""
    from scipy.sparse import csr_array

    value, low, high = net.sales.ends()
    low = np.where(net.certain, low, 0.0)
    columns, totals = [], []
    for share, size in ((value, net.size.value), (low, net.size.low), (high, net.size.high)):
        sales = (share * size[net.web.seller])[kept]
        if not sales.any():
            columns.append(start)
            totals.append(float(own @ start / own.sum()))
            continue
        found = debtrank(csr_array((sales, at), shape=(len(own), len(own))), own, start)
        columns.append(found.h[:, 0])
        totals.append(float(found.lost[0]))
    return np.stack(columns, axis=1), np.array(totals)


def _result(
    net: Coupled,
    struck: Struck,
    scenario: Scenario,
    finder: Finder,
    rows: list[int],
    kept: Places,
    lost: Vector,
    all_: Vector,
) -> Result:
    cited = Citations(net.flows.documents)
    firms = list(net.flows.firms.values())
    order = sorted(range(len(rows)), key=lambda n: (-lost[n, 0], -lost[n, 2], n))
    claims = {n: net.flows.claims_of(net.flows.trades[n]) for n in kept}
    lines = []
    for n in (n for n in order if lost[n, 2] > 0):
        behind = [claim for trade in kept if net.web.seller[trade] == rows[n] for claim in claims[int(trade)]]
        lines.append(Row((firms[rows[n]], _measure("loss of equity", lost[n])), cited.cite(behind)))
    columns = (Column("firm", "Firm"), Column("loss", "Loss of equity"))
    points = tuple(bar(firms[rows[n]].label, lost[n]) for n in order[:20])
    distinct = {claim.id: claim for found in claims.values() for claim in found}
    documents = {item.document for claim in distinct.values() for item in claim.evidence}
    disclosed = sum(net.flows.trades[n].weighed for n in kept)
    lens = finder.lens
    return Result(
        kind="simulate",
        title=f"What if: {scenario.said}",
        entity=None,
        measure=_measure("loss of all equity given", all_),
        tables=(Table("losses", "Who loses", columns, tuple(lines), "Losses in percent of a firm's equity."),),
        coverage=Coverage(len(kept), disclosed, len(distinct), len(documents)),
        method=METHOD,
        assumptions=(AFFIRMED, *NOTES, *struck.notes, *unreliable(net.flows.left_out)),
        evidence=cited.quotes,
        charts=(Chart("bars", "Loss of equity by firm", "percent", points),),
        as_of=lens.as_of,
        known_at=lens.known_at,
        asked=asked(scenario, lens),
    )


def _measure(what: str, ends: Vector) -> Measure:
    value, low, high = (percent(float(x)) for x in ends)
    return Measure(what, "percent", value, low, high, "assumed")


def _amount(name: str, text: str) -> float:
    bounds = written(text)
    if bounds is None or bounds[1] <= 0:
        raise SettingsError(f"the equity of {name}, “{text}”, is no amount above 0; write $3 billion or 1200000")
    return (bounds[0] + bounds[1]) / 2
