from decimal import Decimal
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import QueryError, SettingsError
from graph.model import Claim, EntityRef
from graph.store.oxigraph import OxigraphStore
from qa.risk.cascade import StoppedError, spread
from qa.risk.envelope import Measure, Result
from qa.risk.simulate import simulate
from qa.risk.systemic import systemic
from qa.risk.whatif.coupling import Mode, couple
from qa.risk.whatif.flows import flows
from qa.risk.whatif.montecarlo import columns
from qa.risk.whatif.networks import network
from qa.risk.whatif.scenario import Scenario, Shock
from qa.risk.whatif.spread import Blow, downstream, upstream
from tests.graph.samples import relation
from tests.risk.facts import share, store
from tests.risk.test_simulate_properties import claims, deals

TIGHT = 1e-6  # the same for both: near a circle that loses everything they converge slowly, and stop where it says


def sells(seller: str, buyer: str, paid: str = "", **fields: Any) -> Claim:
    qualifiers = (("amount", paid),) if paid else ()
    return relation(seller, "supplies", buyer, qualifiers=qualifiers, **({"confidence": Decimal(1)} | fields))


def ranked(result: Result) -> dict[str, tuple[Decimal | None, ...]]:
    """Likely, low and high loss by firm, in order."""
    found = {}
    for row in result.table("firms").rows:
        measure = cast(Measure, row.cells[1])
        found[cast(EntityRef, row.cells[0]).label] = (measure.value, measure.low, measure.high)
    return found


def chain() -> OxigraphStore:
    return store(sells("Alpha", "Beta", "$10"), sells("Beta", "Gamma", "$10"), sells("Gamma", "Delta", "$10"))


def test_in_a_closed_chain_every_link_stops_all() -> None:
    result = systemic(chain(), closed=True, substitution=False, draws=0)
    assert ranked(result) == dict.fromkeys(("Alpha", "Beta", "Delta", "Gamma"), (100, 100, 100))
    assert result.entity == EntityRef("e:alpha", "Alpha", "Company")


def test_whom_all_buy_from_comes_first_with_its_evidence() -> None:
    graph = store(*(sells("Hub", f"Buyer {n}") for n in range(4)), sells("Buyer 0", "Buyer 1"))
    result = systemic(graph, draws=50)
    first = result.table("firms").rows[0]
    assert cast(EntityRef, first.cells[0]).label == "Hub"
    assert cast(Decimal, first.cells[4]) > 80
    assert {result.evidence[n - 1].document for n in first.evidence} == {next(iter(flows(graph).documents))}
    assert result.coverage.steps == 5
    assert result.coverage.disclosed == 0
    assert any("No firm's size is known" in note for note in result.assumptions)


def test_influence_is_that_of_the_star() -> None:
    graph = store(*(sells("Hub", f"Leaf {n}", "$1") for n in range(4)))
    influence = {
        cast(EntityRef, row.cells[0]).label: row.cells[-1] for row in systemic(graph, draws=0).table("firms").rows
    }
    assert influence["Hub"] == 30
    assert influence["Leaf 0"] == 10


@pytest.mark.parametrize("mode", ["linear", "leontief", "generalised"])
@pytest.mark.parametrize("substitution", [True, False])
def test_a_firm_loses_as_much_as_in_a_scenario_of_its_own(mode: Mode, substitution: bool) -> None:
    graph = store(
        sells("Alpha", "Gamma"),
        sells("Beta", "Gamma"),
        sells("Gamma", "Delta"),
        sells("Delta", "Alpha", confidence=Decimal("0.8")),
        share("Gamma", "Delta", "60"),
        relation("Alpha", "competesWith", "Beta"),
    )
    ranking = systemic(graph, mode=mode, substitution=substitution, draws=0)
    for firm, ends in ranked(ranking).items():
        scenario = Scenario((Shock("firm", firm),), mode=mode, substitution=substitution, draws=0)
        measure = simulate(graph, scenario).measure
        assert isinstance(measure, Measure)
        for ours, theirs in zip(ends, (measure.value, measure.low, measure.high), strict=True):
            assert ours == pytest.approx(theirs, abs=Decimal("0.001"))


@settings(deadline=None, max_examples=25)
@given(deals(), st.sampled_from(["linear", "leontief", "generalised"]))
def test_one_network_and_many_networks_agree(rows: Any, mode: Mode) -> None:
    graph = store(*claims(rows))
    net = couple(flows(graph), mode)
    inputs, sales = columns(net.inputs.ends(), net.certain), columns(net.sales.ends(), net.certain)
    found = spread(network(net, inputs[:, 0], sales[:, 0]), np.eye(net.web.firms), tolerance=TIGHT)
    for firm in range(net.web.firms):
        struck = np.eye(net.web.firms)[firm]
        blow = Blow(struck, struck, np.zeros(len(net.exists)))
        down = downstream(net.web, inputs[:, :1], blow, tolerance=TIGHT)[:, 0]
        up = upstream(net.web, sales[:, :1], blow, tolerance=TIGHT)[:, 0]
        assert down == pytest.approx(found.downstream[:, firm], abs=1e-5)
        assert up == pytest.approx(found.upstream[:, firm], abs=1e-5)


def test_the_same_call_gives_the_same_and_says_how_it_was_asked() -> None:
    graph = store(sells("Alpha", "Beta"), sells("Beta", "Gamma"))
    first, second = systemic(graph, draws=40, seed=3), systemic(graph, draws=40, seed=3)
    assert first.to_json() == second.to_json()
    assert first.asked["seed"] == 3
    assert first.asked["draws"] == 40


def test_what_cannot_be_ranked_is_a_clear_error() -> None:
    with pytest.raises(QueryError, match="no trade between firms"):
        systemic(store(relation("Alpha", "competesWith", "Beta")))
    with pytest.raises(SettingsError, match="draws is -1"):
        systemic(chain(), draws=-1)
    with pytest.raises(StoppedError):
        systemic(chain(), stop=lambda: True)
