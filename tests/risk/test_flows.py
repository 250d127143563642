from datetime import date

import pytest

from graph.model import Claim, Period
from graph.store.oxigraph import OxigraphStore
from qa.risk.lens import Lens
from qa.risk.whatif.coupling import Coupled, Mode, couple
from qa.risk.whatif.flows import Flows, flows
from qa.risk.whatif.markets import level_of, tag_of
from qa.risk.whatif.payments import Known
from qa.risk.whatif.turnover import written
from tests.graph.samples import amount, article, exactly, metric, relation, year
from tests.risk.facts import bounded_share, buys, says, share, store, stored


def sells(seller: str, buyer: str, item: str = "", paid: str = "", **fields: object) -> Claim:
    named = (("amount", paid), ("item", item))
    return relation(seller, "supplies", buyer, qualifiers=tuple(q for q in named if q[1]), **fields)


def revenue(firm: str, value: str, unit: str = "USD", **fields: object) -> Claim:
    return metric(firm, "revenue", exactly(value, unit), **({"period": year(2025)} | fields))


def weights(graph: OxigraphStore, mode: Mode = "leontief", *, closed: bool = False) -> dict[str, tuple[float, ...]]:
    """“seller > buyer” → likely, low and high share of revenue, then of the input."""
    net = couple(flows(graph), mode, closed=closed)
    ends = (*net.sales.ends(), *net.inputs.ends())
    return {
        f"{trade.seller[2:]} > {trade.buyer[2:]}": tuple(round(float(end[n]), 4) for end in ends)
        for n, trade in enumerate(net.flows.trades)
    }


def basis(graph: OxigraphStore, mode: Mode = "leontief") -> list[tuple[str, str]]:
    net: Coupled = couple(flows(graph), mode)
    return list(zip(net.sales.basis, net.inputs.basis, strict=True))


def market(graph: OxigraphStore, firm: str) -> tuple[str, bool]:
    found = flows(graph).markets[f"e:{firm}"]
    return found.name, found.shared


def sizes(whole: Flows) -> dict[str, tuple[float, float]]:
    return {firm[2:]: (known.low, known.high) for firm, known in whole.revenues.items()}


def test_trades_go_from_seller_to_buyer_through_products_too() -> None:
    graph = store(
        sells("Alpha", "Beta"),
        relation("Gamma", "develops", "SeedChip"),
        relation("Beta", "uses", "SeedChip"),
        relation("Beta", "competesWith", "Gamma"),
        relation("Beta", "locatedIn", "China"),
    )
    found = flows(graph)
    assert [trade.pair for trade in found.trades] == [("e:alpha", "e:beta"), ("e:gamma", "e:beta")]
    assert [trade.items for trade in found.trades] == [(), ("SeedChip",)]
    assert [round(trade.confidence, 2) for trade in found.trades] == [0.9, 0.81]
    assert found.documents[found.claims_of(found.trades[0])[0].evidence[0].document].title == "Notes"


def test_disclosed_then_bounded_then_uniform_with_the_rest_as_one_more_party() -> None:
    graph = store(
        *(sells("Alpha", buyer) for buyer in ("Beta", "Gamma", "Delta")),
        share("Alpha", "Beta", "40"),
        bounded_share("Alpha", "Gamma", "20", "30"),
    )
    found = weights(graph)
    assert found["alpha > beta"][:3] == (0.4, 0.4, 0.4)
    assert found["alpha > gamma"][:3] == (0.25, 0.2, 0.3)
    assert found["alpha > delta"][:3] == (0.175, 0, 0.4)
    assert [sale for sale, _ in basis(graph)] == ["disclosed", "assumed", "disclosed"]


def test_customers_of_known_size_share_what_is_left_in_proportion() -> None:
    graph = store(sells("Alpha", "Beta"), sells("Alpha", "Gamma"), revenue("Beta", "300"), revenue("Gamma", "100"))
    found = weights(graph)
    assert (found["alpha > beta"][0], found["alpha > gamma"][0]) == (0.5, 0.1667)
    assert basis(graph)[0][0] == "imputed"


def test_two_suppliers_of_one_input_share_it_and_different_inputs_do_not() -> None:
    graph = store(
        sells("Alpha", "Beta", "memory modules"),
        sells("Gamma", "Beta", "modules"),
        sells("Delta", "Beta", "racks"),
    )
    found = weights(graph)
    assert [found[f"{seller} > beta"][3] for seller in ("alpha", "gamma", "delta")] == [0.3333, 0.3333, 0.5]
    assert market(graph, "alpha") == market(graph, "gamma") == ("module", True)
    assert market(graph, "delta") == ("rack", False)
    assert weights(graph, "linear")["delta > beta"][3] == 0.25


def test_a_market_share_stands_in_for_the_share_of_the_input() -> None:
    graph = store(
        sells("Alpha", "Beta", "foundry wafers"),
        sells("Gamma", "Beta", "foundry wafers"),
        metric("Alpha", "marketShare", exactly("60", "percent"), scope="foundry market", basis="level"),
        metric("Gamma", "marketShare", exactly("20", "percent"), scope="foundry market", basis="level"),
    )
    assert [weights(graph)[f"{seller} > beta"][3] for seller in ("alpha", "gamma")] == [0.6, 0.2]
    assert {inputs for _, inputs in basis(graph)} == {"imputed"}
    assert market(graph, "gamma") == ("foundry", True)


def test_amounts_in_full_leave_no_rest() -> None:
    graph = store(
        sells("Alpha", "Beta", "racks", "$30 million"),
        sells("Gamma", "Beta", "racks", "$10 million"),
        sells("Alpha", "Delta", "racks", "$10 million"),
    )
    found = weights(graph)
    assert found["alpha > beta"] == (0.75, 0.75, 0.75, 0.75, 0.75, 0.75)
    assert found["gamma > beta"] == (1, 1, 1, 0.25, 0.25, 0.25)


def test_amounts_of_some_are_weights_for_all() -> None:
    graph = store(
        sells("Alpha", "Beta", "racks", "USD 30"),
        sells("Gamma", "Beta", "racks", "USD 10"),
        sells("Delta", "Beta", "racks"),
    )
    found = weights(graph, closed=True)
    assert [found[f"{seller} > beta"][3] for seller in ("alpha", "gamma", "delta")] == [0.5, 0.1667, 0.3333]
    assert {inputs for _, inputs in basis(graph)} == {"imputed"}
    assert [found[f"{seller} > beta"][5] for seller in ("alpha", "gamma", "delta")] == [0.75, 0.25, 1]
    some = weights(store(sells("Alpha", "Beta", paid="USD 30"), sells("Alpha", "Gamma")))
    assert some["alpha > beta"][:3] == some["alpha > gamma"][:3] == (0.3333, 0, 1)


def test_revenue_that_is_more_than_the_known_sales_leaves_a_rest() -> None:
    graph = store(sells("Alpha", "Beta", paid="$30 million"), revenue("Alpha", "120000000"))
    assert weights(graph)["alpha > beta"][:3] == (0.25, 0.25, 0.25)


def test_revenue_that_is_less_than_the_known_sales_gives_way() -> None:
    graph = store(sells("Alpha", "Beta", paid="$30 million"), revenue("Alpha", "10000000"))
    assert weights(graph)["alpha > beta"][:3] == (1, 1, 1)


def test_a_share_of_all_purchases_bounds_the_share_of_the_input() -> None:
    graph = store(sells("Alpha", "Beta"), sells("Gamma", "Beta"), buys("Beta", "Alpha", "60"))
    assert weights(graph)["alpha > beta"][4:] == (0.6, 1)
    assert weights(graph, "linear")["alpha > beta"][3:] == (0.6, 0.6, 0.6)
    assert weights(graph, "linear")["gamma > beta"][5] == 0.4


def test_closed_graphs_have_no_rest() -> None:
    assert weights(store(sells("Alpha", "Beta")), closed=True)["alpha > beta"] == (1, 1, 1, 1, 1, 1)
    assert weights(store(sells("Alpha", "Beta")))["alpha > beta"] == (0.5, 0, 1, 0.5, 0, 1)


def test_sources_that_differ_make_a_range_and_shares_above_all_are_scaled_down() -> None:
    apart = stored(
        says("One", sells("Alpha", "Beta"), share("Alpha", "Beta", "30")), says("Two", share("Alpha", "Beta", "50"))
    )
    assert weights(apart)["alpha > beta"][:3] == (0.4, 0.3, 0.5)
    deals = sells("Alpha", "Beta"), sells("Alpha", "Gamma")
    above = store(*deals, share("Alpha", "Beta", "80"), share("Alpha", "Gamma", "80"))
    assert weights(above)["alpha > beta"][:3] == (0.5, 0.5, 0.8)


def test_the_latest_longest_revenue_counts_as_a_year_in_dollars() -> None:
    quarter = (date(2025, 10, 1), date(2025, 12, 31))
    graph = store(
        revenue("Alpha", "100"),
        revenue("Alpha", "30", period=Period(*quarter, "")),
        revenue("Beta", "72547", "CNY"),
        revenue("Gamma", "10", period=None),
        metric("Delta", "revenue", exactly("7", "USD"), scope="chips", period=year(2025)),
        *(sells(seller, "Omega") for seller in ("Alpha", "Beta", "Gamma", "Delta")),
    )
    assert sizes(flows(graph)) == {"alpha": (100, 100), "beta": (10_000, 10_000), "gamma": (10, 40)}


def test_an_order_without_a_period_bounds_the_amount_from_above() -> None:
    order = metric("Alpha", "orders", exactly("300", "USD"), scope="Beta")
    (trade,) = flows(store(sells("Alpha", "Beta"), order)).trades
    assert trade.amount is not None
    assert (trade.amount.low, trade.amount.high) == (0, 300)
    dated = metric("Beta", "orders", exactly("300", "USD"), scope="Alpha", period=year(2026))
    (trade,) = flows(store(sells("Alpha", "Beta"), dated)).trades
    assert trade.amount == Known(300, 300, "disclosed", trade.amount.claims if trade.amount else ())


def test_rivals_share_a_market_and_a_place_is_none() -> None:
    graph = store(
        sells("Alpha", "Beta", "turbines"),
        sells("Gamma", "Beta"),
        relation("Gamma", "competesWith", "Alpha"),
        metric("Delta", "marketShare", exactly("60", "percent"), scope="China's market", basis="level"),
        sells("Delta", "Beta"),
    )
    assert market(graph, "gamma") == ("turbine", True)
    assert market(graph, "delta") == ("what Delta sells", False)


@pytest.mark.parametrize(
    ("item", "tag"), [("HBM4", {"hbm"}), ("AI servers", {"server"}), ("H100", set()), ("the company", set())]
)
def test_what_an_item_is(item: str, tag: set[str]) -> None:
    assert tag_of(item) == tag


def test_rented_computing_is_not_essential_and_the_reason_is_told() -> None:
    graph = store(sells("Alpha", "Beta", "cloud"), sells("Gamma", "Beta", "racks"))
    markets = flows(graph).markets
    assert level_of(markets["e:alpha"])[0] == "non-essential"
    assert level_of(markets["e:gamma"]) == ("essential", "")
    net = couple(flows(graph), "generalised")
    assert net.level.tolist() == [1, 2]
    assert [bool(why) for why in net.whys] == [True, False]


def test_the_lens_decides_which_claims_make_trades() -> None:
    graph = store(sells("Alpha", "Beta"), sells("Beta", "Gamma", confidence=exactly("0.5", "count").low))
    assert len(flows(graph).trades) == 2
    assert len(flows(graph, Lens(min_confidence=0.8)).trades) == 1
    assert not flows(graph, Lens(as_of=date(2020, 1, 1))).trades


def test_the_order_of_claims_does_not_matter() -> None:
    claims = [sells("Alpha", "Beta", "racks"), sells("Gamma", "Beta", "racks"), share("Alpha", "Beta", "40")]
    assert weights(store(*claims)) == weights(store(*reversed(claims)))


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("$3 billion", (3e9, 3e9)),
        ("72547 CNY", (1e4, 1e4)),
        ("CNY 72547", (1e4, 1e4)),
        ("USD 12.5", (12.5, 12.5)),
        ("XYZ 5", None),
        ("250", (250, 250)),
        ("much", None),
        ("-4", None),
    ],
)
def test_amounts_as_they_are_written(text: str, bounds: tuple[float, float] | None) -> None:
    assert written(text) == bounds


def test_an_amount_without_both_ends_is_no_revenue() -> None:
    graph = store(metric("Alpha", "revenue", amount("5", None, "USD"), period=year(2025)), sells("Alpha", "Beta"))
    assert not flows(graph).revenues


def test_supplies_to_itself_are_no_trade() -> None:
    graph = stored(article("Loop", ("Alpha sells to Alpha and Beta.", sells("Alpha", "Alpha"), sells("Alpha", "Beta"))))
    assert [trade.pair for trade in flows(graph).trades] == [("e:alpha", "e:beta")]
    assert flows(graph).notes == ("What a firm supplies to itself is left out (1 claim).",)
