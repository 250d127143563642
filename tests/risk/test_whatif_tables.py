"""A table of sales comes in as any claims do, and plays as the published equations have it."""

from __future__ import annotations

import numpy as np
import pytest

from graph.store.oxigraph import OxigraphStore
from qa.risk.cascade import esri
from qa.risk.envelope import Measure
from qa.risk.simulate import simulate
from qa.risk.whatif.coupling import couple
from qa.risk.whatif.flows import flows
from qa.risk.whatif.montecarlo import columns
from qa.risk.whatif.scenario import Scenario, Shock
from qa.risk.whatif.spread import Blow, downstream, upstream
from tests.ingest.tables.made import read

MAPPING = """
source: {title: Sales between sectors, publisher: Example Statistics}
claims:
  - subject: {name: seller, type: Organization}
    predicate: supplies
    object: {name: buyer, type: Organization}
    period: {is: "2025"}
    qualifiers: {amount: {column: paid, unit: USD, scale: million}}
"""
SALES = {
    ("Farms", "Mills"): 40,
    ("Mines", "Mills"): 10,
    ("Mills", "Shops"): 60,
    ("Mines", "Shops"): 30,
    ("Shops", "Farms"): 20,
    ("Shops", "Mines"): 5,
}
FIRMS = ("Farms", "Mills", "Mines", "Shops")


@pytest.fixture(scope="module")
def graph() -> OxigraphStore:
    rows = "\n".join(f"{seller},{buyer},{paid}" for (seller, buyer), paid in SALES.items())
    batches, _ = read(f"seller,buyer,paid\n{rows}\n", MAPPING)
    store = OxigraphStore()
    for batch in batches:
        store.put(batch)
    return store


@pytest.mark.parametrize("mode", ["linear", "leontief"])
def test_losses_are_those_of_the_amounts(graph: OxigraphStore, mode: str) -> None:
    net = couple(flows(graph), mode, closed=True, substitution=False)  # type: ignore[arg-type]
    assert [f.label for f in net.flows.firms.values()] == list(FIRMS)
    amounts = np.zeros((4, 4))
    for (seller, buyer), paid in SALES.items():
        amounts[FIRMS.index(seller), FIRMS.index(buyer)] = paid
    shock = np.array([0.4, 0, 0, 0])
    needs = np.full((4, 4), 1 if mode == "linear" else 2)
    found = esri(amounts, [0, 1, 2, 3], needs, shock, substitution=False, tolerance=1e-10)
    struck = Blow(shock, shock, np.zeros(len(SALES)))
    inputs, sales = columns(net.inputs.ends(), net.certain), columns(net.sales.ends(), net.certain)
    assert downstream(net.web, inputs[:, :1], struck)[:, 0] == pytest.approx(found.downstream[:, 0], abs=1e-6)
    assert upstream(net.web, sales[:, :1], struck)[:, 0] == pytest.approx(found.upstream[:, 0], abs=1e-6)
    assert net.size.value.tolist() == [40e6, 60e6, 40e6, 25e6]


def test_the_row_of_the_table_is_the_evidence(graph: OxigraphStore) -> None:
    scenario = Scenario((Shock("firm", "Farms", 0.4, "selling"),), mode="linear", closed=True, draws=0)
    result = simulate(graph, scenario)
    mills = next(row for row in result.table("losses").rows if getattr(row.cells[0], "label", "") == "Mills")
    assert isinstance(mills.cells[3], Measure)
    assert mills.cells[3].value is not None
    assert mills.cells[3].value > 10
    quote = result.evidence[mills.evidence[0] - 1].quote
    assert all(part in quote for part in ("Farms", "Mills", "40"))
    assert result.coverage.disclosed == result.coverage.steps
