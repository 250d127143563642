import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from graph.errors import QueryError, SettingsError, UnknownError
from graph.model import Claim, EntityRef, Period
from graph.store.oxigraph import OxigraphStore
from qa.risk.cascade import StoppedError
from qa.risk.envelope import Measure, Result
from qa.risk.simulate import simulate
from qa.risk.whatif import montecarlo
from qa.risk.whatif.scenario import Override, Scenario, Shock
from tests.graph.samples import relation
from tests.risk.facts import bounded_share, share, store

SURE = {"confidence": Decimal(1)}
CLOSED = {"closed": True, "substitution": False, "draws": 0}


def sells(seller: str, buyer: str, item: str = "", paid: str = "", **fields: Any) -> Claim:
    named = (("amount", paid), ("item", item))
    return relation(seller, "supplies", buyer, qualifiers=tuple(q for q in named if q[1]), **(SURE | fields))


def run(graph: OxigraphStore, *shocks: Shock, **settings: Any) -> Result:
    return simulate(graph, Scenario(shocks, **settings))


def losses(result: Result, column: str = "loss") -> dict[str, tuple[Decimal | None, ...]]:
    """By firm: likely loss, low and high."""
    table = result.table("losses")
    at = [c.key for c in table.columns].index(column)
    found = {}
    for row in table.rows:
        firm, measure = row.cells[0], row.cells[at]
        assert isinstance(firm, EntityRef)
        assert isinstance(measure, Measure)
        found[firm.label] = (measure.value, measure.low, measure.high)
    return found


def likely(result: Result) -> dict[str, Decimal | None]:
    return {firm: ends[0] for firm, ends in losses(result).items()}


def chain() -> OxigraphStore:
    return store(sells("Alpha", "Beta", "racks", "$10"), sells("Beta", "Gamma", "modules", "$10"))


def test_a_chain_fails_in_full_from_its_first_link() -> None:
    result = run(chain(), Shock("firm", "Alpha", stops="selling"), **CLOSED)
    assert losses(result) == {"Alpha": (100, 100, 100), "Beta": (100, 100, 100), "Gamma": (100, 100, 100)}
    assert losses(result, "upstream")["Alpha"] == (0, 0, 0)
    assert (result.measure.value, result.measure.unit, result.entity) == (
        100,
        "percent",
        EntityRef("e:alpha", "Alpha", "Company"),
    )
    assert [path.share.value for path in result.paths] == [100, 100]
    assert [row.cells[:2] for row in result.table("tiers").rows] == [(0, 1), (1, 1), (2, 1)]


def test_orders_run_up_the_chain() -> None:
    result = run(chain(), Shock("firm", "Gamma", 0.5, "buying"), **CLOSED)
    assert likely(result) == {"Alpha": 50, "Beta": 50}
    assert "That a firm stops buying is no loss of its own output" in " ".join(result.assumptions)


def two_suppliers(item: str) -> OxigraphStore:
    return store(sells("Alpha", "Omega", "racks", "$60"), sells("Beta", "Omega", item, "$40"))


def test_suppliers_of_one_input_are_or_and_of_different_inputs_are_and() -> None:
    shock = Shock("firm", "Alpha", stops="selling")
    assert likely(run(two_suppliers("racks"), shock, **CLOSED))["Omega"] == 60
    assert likely(run(two_suppliers("modules"), shock, **CLOSED))["Omega"] == 100
    assert likely(run(two_suppliers("modules"), shock, mode="linear", **CLOSED))["Omega"] == 60


def test_who_can_stand_in_softens_the_likely_loss_and_not_the_highest() -> None:
    result = run(two_suppliers("racks"), Shock("firm", "Alpha", 0.5, "selling"), closed=True, draws=0)
    value, low, high = losses(result)["Omega"]
    assert value is not None
    assert low is not None
    assert value == low == pytest.approx(Decimal("25.7143"))
    assert high == 30


def test_a_customer_with_most_of_the_revenue_stops() -> None:
    graph = store(
        sells("Chipper", "Giant", "chips"),
        sells("Foundry", "Chipper", "wafers"),
        share("Chipper", "Giant", "80", **SURE),
        bounded_share("Foundry", "Chipper", "10", "20", **SURE),
    )
    result = run(graph, Shock("firm", "Giant", stops="buying"), draws=200)
    assert losses(result) == {"Chipper": (80, 80, 80), "Foundry": (12, 8, 16)}
    top = result.table("losses").rows[0]
    assert top.cells[1] == 1
    assert "Chipper supplies Giant (chips)" in str(top.cells[-1])
    assert {result.evidence[n - 1].quote for n in top.evidence} == {"Sentence 0 of Notes.", "Sentence 2 of Notes."}
    foundry = result.paths[1]
    assert [(s.source.label, s.target.label) for s in foundry.steps] == [("Foundry", "Chipper"), ("Chipper", "Giant")]
    assert (foundry.share.low, foundry.share.high) == (8, 16)
    assert result.coverage.steps == result.coverage.disclosed == 2


def test_what_nobody_discloses_is_anything_and_says_so() -> None:
    result = run(store(sells("Alpha", "Beta")), Shock("firm", "Beta", stops="buying"), draws=100)
    assert losses(result)["Alpha"] == (50, 0, 100)
    assert result.measure.basis == "assumed"
    assert result.coverage.disclosed == 0
    assert "1 of 1 shares of revenue are assumed: split evenly, or set." in result.assumptions


def test_a_claim_in_doubt_may_be_misread_and_if_it_is_right() -> None:
    graph = store(
        sells("Alpha", "Beta", confidence=Decimal("0.5")), share("Alpha", "Beta", "80", confidence=Decimal("0.5"))
    )
    result = run(graph, Shock("firm", "Beta", stops="buying"), draws=400)
    assert losses(result)["Alpha"] == (80, 0, 80)
    assert losses(result, "if_right")["Alpha"] == (None, 80, 80)
    low, high = losses(result, "draws")["Alpha"][1:]
    assert (low, high) == (0, 80)


def test_a_supply_may_stop_alone() -> None:
    graph = store(sells("Alpha", "Beta", "racks", "$30"), sells("Alpha", "Gamma", "racks", "$70"))
    result = run(graph, Shock("supply", "Alpha", 0.5, buyer="Gamma"), **CLOSED)
    assert likely(result) == {"Gamma": 50, "Alpha": 35}
    assert result.entity is None


def test_an_input_stops_wherever_it_is_traded() -> None:
    graph = store(
        sells("Alpha", "Beta", "HBM4", "$30"),
        sells("Gamma", "Delta", "HBM", "$30"),
        sells("Alpha", "Delta", "racks", "$10"),
    )
    result = run(graph, Shock("input", "HBM"), **CLOSED)
    assert likely(result) == {"Beta": 100, "Delta": 100, "Gamma": 100, "Alpha": 75}


def test_a_country_and_an_owner_strike_all_their_firms_with_the_claims_that_say_so() -> None:
    graph = store(
        sells("Alpha", "Beta", paid="$1"),
        sells("Gamma", "Beta", paid="$1"),
        relation("Alpha", "locatedIn", "China"),
        relation("Gamma", "subsidiaryOf", "Alpha"),
    )
    there = run(graph, Shock("country", "China", stops="selling"), **CLOSED)
    assert [row.cells[0] for row in there.table("shocks").rows] == [EntityRef("e:alpha", "Alpha", "Company")]
    assert there.table("shocks").rows[0].evidence
    owned = run(graph, Shock("owner", "Alpha", stops="selling"), **CLOSED)
    assert {row.cells[0].label for row in owned.table("shocks").rows} == {"Alpha", "Gamma"}  # type: ignore[union-attr]
    with pytest.raises(QueryError, match="no firm that trades is known to be in Taiwan"):
        run(store(sells("Alpha", "Beta"), relation("Omega", "locatedIn", "Taiwan")), Shock("country", "Taiwan"))


def test_overrides_take_the_place_of_claims_and_are_assumed() -> None:
    graph = store(sells("Alpha", "Beta"), relation("Gamma", "competesWith", "Alpha"))
    shock = Shock("firm", "Beta", stops="buying")
    set_ = run(graph, shock, overrides=(Override(seller="Alpha", buyer="Beta", share=0.3),), draws=0)
    assert losses(set_)["Alpha"] == (30, 30, 30)
    assert set_.measure.basis == "assumed"
    added = run(graph, shock, overrides=(Override(seller="Gamma", buyer="Beta", add=True, share=0.6),), draws=0)
    assert losses(added)["Gamma"] == (60, 60, 60)
    assert any("set by the scenario against the claims" in note for note in added.assumptions)
    removed = run(graph, shock, overrides=(Override(seller="Alpha", buyer="Beta", remove=True),), draws=0)
    assert not losses(removed)
    level = run(
        store(sells("Alpha", "Beta", "racks")),
        Shock("firm", "Alpha", stops="selling"),
        overrides=(Override(input="racks", level="negligible"),),
        draws=0,
    )
    assert likely(level) == {"Alpha": 100}
    market = run(
        two_suppliers("modules"),
        Shock("firm", "Alpha", stops="selling"),
        overrides=(Override(firm="Beta", market="rack"), Override(firm="Alpha", market="rack")),
        **CLOSED,
    )
    assert likely(market)["Omega"] == 60


def test_a_trade_that_had_ended_is_not_struck() -> None:
    ended = Period(None, date(2025, 6, 30), "until June 2025")
    graph = store(sells("Alpha", "Beta", period=ended), sells("Gamma", "Beta"))
    before = run(graph, Shock("firm", "Beta", stops="buying", day=date(2025, 1, 1)), draws=0)
    after = run(graph, Shock("firm", "Beta", stops="buying", day=date(2026, 1, 1)), draws=0)
    assert set(likely(before)) == {"Alpha", "Gamma"}
    assert set(likely(after)) == {"Gamma"}


def test_a_horizon_keeps_the_loss_near() -> None:
    assert likely(run(chain(), Shock("firm", "Alpha", stops="selling"), horizon=1, **CLOSED)) == {
        "Alpha": 100,
        "Beta": 100,
    }


def test_cycles_settle() -> None:
    ring = store(*(sells(a, b, f"part {a}") for a, b in (("Alpha", "Beta"), ("Beta", "Gamma"), ("Gamma", "Alpha"))))
    assert likely(run(ring, Shock("firm", "Alpha", stops="selling"), substitution=False, draws=0)) == {
        "Alpha": 100,
        "Beta": 50,
        "Gamma": 25,
    }


def test_the_same_scenario_gives_the_same_bytes() -> None:
    graph = store(sells("Alpha", "Beta"), sells("Beta", "Gamma"), share("Alpha", "Beta", "40"))
    first, second = (
        json.dumps(run(graph, Shock("firm", "Gamma", stops="buying"), draws=300).to_json()) for _ in range(2)
    )
    assert first == second
    assert "took" not in first
    asked = json.loads(first)["asked"]["scenario"]
    assert (asked["shocks"], asked["seed"], asked["draws"]) == (
        [{"firm": "Gamma", "size": 1.0, "stops": "buying"}],
        1,
        300,
    )


def test_the_draws_lie_within_the_bounds_and_name_what_drives_them() -> None:
    graph = store(
        sells("Alpha", "Beta", confidence=Decimal("0.7")),
        sells("Gamma", "Beta"),
        bounded_share("Gamma", "Beta", "20", "30"),
    )
    result = run(graph, Shock("firm", "Beta", stops="buying"), draws=500)
    for firm, (middle, low, high) in losses(result, "draws").items():
        assert losses(result)[firm][1] <= low <= middle <= high <= losses(result)[firm][2]  # type: ignore[operator]
    driver = result.table("drivers").rows[0]
    assert driver.cells[0] == EntityRef("e:alpha", "Alpha", "Company")
    assert driver.cells[3] == 70
    (distribution,) = [chart for chart in result.charts if chart.kind == "distribution"]
    assert len(distribution.points) == 500
    hardest = {row.cells[0].label: row.cells[-2] for row in result.table("losses").rows}  # type: ignore[union-attr]
    assert sum(hardest.values()) == pytest.approx(100)  # type: ignore[arg-type]


def test_a_firm_without_trades_strikes_nobody_that_is_known() -> None:
    graph = store(sells("Alpha", "Beta"), relation("Gamma", "competesWith", "Alpha"))
    result = run(graph, Shock("firm", "Gamma"))
    assert (result.measure.value, result.measure.low, result.measure.high, result.measure.basis) == (None,) * 4
    assert result.measure.note == "No trade of Gamma is known: whom it would strike is unknown."


@pytest.mark.parametrize(
    ("shock", "error", "said"),
    [
        (Shock("firm", "Alpfa"), UnknownError, "did you mean Alpha"),
        (Shock("firm", "China"), QueryError, "China is a Place and neither buys nor sells"),
        (Shock("supply", "Beta", buyer="Alpha"), QueryError, "no supply of Beta to Alpha is known"),
        (Shock("input", "racs"), UnknownError, "did you mean `racks`"),
    ],
)
def test_a_name_that_is_not_there_is_a_clear_error(shock: Shock, error: type[Exception], said: str) -> None:
    graph = store(sells("Alpha", "Beta", "racks"), relation("Alpha", "locatedIn", "China"))
    with pytest.raises(error, match=said):
        run(graph, shock)


def test_an_empty_graph_and_a_self_supply_are_clear_errors() -> None:
    with pytest.raises(QueryError, match="holds no trade between firms"):
        run(store(relation("Alpha", "competesWith", "Beta")), Shock("firm", "Alpha"))
    loop = Override(seller="Alpha", buyer="Alpha", add=True)
    with pytest.raises(SettingsError, match="cannot supply itself"):
        run(chain(), Shock("firm", "Alpha"), overrides=(loop,))
    with pytest.raises(SettingsError, match="`amount: lots` is no amount of money"):
        run(chain(), Shock("firm", "Alpha"), overrides=(Override(seller="Alpha", buyer="Beta", amount="lots"),))


def test_shares_over_all_there_is_are_scaled_down_and_said() -> None:
    graph = store(
        sells("Alpha", "Beta"),
        sells("Alpha", "Gamma"),
        share("Alpha", "Beta", "80", **SURE),
        share("Alpha", "Gamma", "80", **SURE),
    )
    result = run(graph, Shock("firm", "Beta", stops="buying"), draws=100)
    assert losses(result)["Alpha"] == (50, 50, 80)
    assert any("Alpha's revenue add up to above 100 %" in note for note in result.assumptions)


def test_more_draws_than_memory_holds_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(montecarlo, "KEPT", 1000)
    with pytest.raises(SettingsError, match="500 draws of so many firms do not fit into memory: give at most"):
        run(chain(), Shock("firm", "Alpha"), draws=500)


def test_progress_is_told_and_a_stop_is_heard() -> None:
    told: list[tuple[int, int]] = []
    scenario = Scenario((Shock("firm", "Gamma"),), draws=50)
    simulate(chain(), scenario, progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (50, 50)
    with pytest.raises(StoppedError):
        simulate(chain(), scenario, stop=lambda: True)


def test_debtrank_takes_equity_from_the_scenario() -> None:
    graph = store(sells("Alpha", "Beta", paid="$50"), sells("Beta", "Gamma", paid="$50"))
    equity = {"Alpha": "$100", "Beta": "$100", "Gamma": "$100"}
    shock = Shock("firm", "Gamma")
    result = run(graph, shock, method="debtrank", equity=equity)
    assert likely(result) == {"Gamma": 100, "Beta": 50, "Alpha": 25}
    assert result.measure.value == pytest.approx(Decimal("58.3333"))
    assert "DebtRank" in result.method
    with pytest.raises(SettingsError, match="give the equity of Gamma"):
        run(graph, shock, method="debtrank", equity={"Alpha": "$100"})


def test_bytedance_stops_buying_and_cambricon_loses(gold: OxigraphStore) -> None:
    result = run(gold, Shock("firm", "ByteDance", stops="buying"), draws=200)
    low, high = losses(result, "if_right")["Cambricon"][1:]
    assert (low, high) == (50, 100)
    row = next(row for row in result.table("losses").rows if row.cells[0].label == "Cambricon")  # type: ignore[union-attr]
    quotes = " ".join(result.evidence[n - 1].quote for n in row.evidence)
    assert "More than half of the chip designer's orders come from ByteDance" in quotes
