import csv
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import QueryError, SettingsError, UnknownError
from graph.model import Claim
from graph.store.oxigraph import OxigraphStore
from qa.risk.chokepoints import Failing, chokepoints
from qa.risk.concentrate import concentration
from qa.risk.envelope import Result
from qa.risk.holders.rollup import By, Groups
from qa.risk.lens import Lens
from qa.risk.supply.claimed import supply
from qa.risk.supply.cuts import cut_sets
from qa.risk.supply.gates import All, Any
from qa.risk.supply.supply_gates import Drawing, drawn
from tests.graph.samples import relation
from tests.risk.facts import holds, link, located, store
from tests.shared import SHARED

TURBINE = (
    link("blade", "partOf", "turbine"),
    link("shaft", "partOf", "turbine"),
    link("Xenon", "manufactures", "blade", subject="Company"),
    link("Yard", "manufactures", "blade", subject="Company"),
    link("Zinc", "manufactures", "shaft", subject="Company"),
)


def made(maker: str, thing: str) -> Claim:
    return link(maker, "manufactures", thing, subject="Company")


def cuts(result: Result) -> list[set[str]]:
    return [{entity.label for entity in row.cells[1]} for row in result.table("cuts").rows]  # type: ignore[union-attr]


def test_an_input_of_one_firm_and_an_input_of_two() -> None:
    result = chokepoints(store(*TURBINE), "turbine")
    assert cuts(result) == [{"Zinc"}, {"Xenon", "Yard"}]
    assert (result.measure.value, result.measure.unit, result.measure.basis) == (1, "count", "derived")
    assert (result.measure.low, result.measure.high) == (None, None)  # others may be known to nobody
    assert [row.evidence for row in result.table("cuts").rows] == [(1,), (2, 3)]
    assert result.table("cuts").rows[0].cells[2:] == (("shaft",), ("shaft", "turbine"))
    assert "1 of 3" not in result.coverage.said
    assert result.coverage.said.startswith("2 of 3 inputs traced with a provider that a claim names")


def test_the_toy_probability() -> None:
    failing = Failing({"Xenon": Decimal("0.1"), "yard": Decimal("0.2"), "e:zinc": Decimal("0.05")})
    result = chokepoints(store(*TURBINE), "turbine", failing=failing)
    assert (result.measure.unit, result.measure.basis) == ("probability", "assumed")
    assert (result.measure.value, result.measure.low, result.measure.high) == (Decimal("0.069"), Decimal("0.069"), None)
    assert [row.cells[4].value for row in result.table("cuts").rows] == [Decimal("0.05"), Decimal("0.02")]  # type: ignore[union-attr]


def test_a_missing_probability_leaves_a_range_and_an_assumed_one_is_labelled() -> None:
    some = chokepoints(store(*TURBINE), "turbine", failing=Failing({"Xenon": Decimal("0.1"), "Yard": Decimal("0.2")}))
    assert (some.measure.value, some.measure.low, some.measure.high) == (None, Decimal("0.02"), 1)
    each = chokepoints(store(*TURBINE), "turbine", failing=Failing({}, Decimal("0.1")))
    assert each.measure.value == Decimal("0.109")
    assert "A probability of 0.1 is assumed for each that none is given for." in each.assumptions


def test_without_probabilities_there_is_none() -> None:
    result = chokepoints(store(*TURBINE), "turbine")
    assert "probability" not in [column.key for column in result.table("cuts").columns]


@pytest.mark.parametrize(
    ("failing", "error", "message"),
    [
        (Failing({"Sextant": Decimal("0.1")}), QueryError, "“Sextant” has a probability"),
        (Failing({"Zinc": Decimal("1.1")}), SettingsError, "the probability of Zinc is 1.1"),
    ],
)
def test_bad_probabilities(failing: Failing, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        chokepoints(store(*TURBINE), "turbine", failing=failing)


def test_by_owner_and_by_country() -> None:
    owned = (relation("Xenon", "subsidiaryOf", "Holding"), relation("Yard", "subsidiaryOf", "Holding"))
    by_owner = chokepoints(store(*TURBINE, *owned), "turbine", by="owner")
    assert cuts(by_owner) == [{"Holding"}, {"Zinc"}]
    places = (located("Xenon", "Japan"), located("Yard", "Germany"), located("Zinc", "Japan"))
    assert cuts(chokepoints(store(*TURBINE, *places), "turbine", by="country")) == [{"Japan"}]


def test_a_supplier_s_supplier_is_reached_within_the_tiers() -> None:
    more = (link("Zinc", "uses", "furnace", subject="Company"), made("Oven", "furnace"))
    assert {"Oven"} in cuts(chokepoints(store(*TURBINE, *more), "turbine"))
    near = chokepoints(store(*TURBINE, *more), "turbine", how=Drawing(tiers=1))
    assert {"Oven"} not in cuts(near)
    assert any("beyond 1 tiers are not followed" in note for note in near.assumptions)


def test_kinds_of_an_input_stand_for_each_other() -> None:
    kinds = (link("steel shaft", "kindOf", "shaft"), made("Quarry", "steel shaft"))
    assert cuts(chokepoints(store(*TURBINE, *kinds), "turbine")) == [{"Quarry", "Zinc"}, {"Xenon", "Yard"}]
    used = (
        link("Mill", "uses", "oak beam", subject="Company"),
        link("Mill", "uses", "pine beam", subject="Company"),
        link("oak beam", "kindOf", "beam"),
        link("pine beam", "kindOf", "beam"),
        made("Oak", "oak beam"),
        made("Pine", "pine beam"),
    )
    assert cuts(chokepoints(store(*used), "e:mill")) == [{"Oak", "Pine"}]


def test_a_firm_as_target_is_not_its_own_chokepoint() -> None:
    claims = (relation("Zinc", "supplies", "Mill", qualifiers=(("item", "shafts"),)), *TURBINE)
    result = chokepoints(store(*claims), "e:mill")
    assert cuts(result) == [{"Zinc"}]
    assert result.title == "Chokepoints of Mill by firm"


def test_a_supply_without_an_item_counts_only_if_asked_for() -> None:
    claims = (*TURBINE, relation("Oven", "supplies", "Zinc"))
    plain = chokepoints(store(*claims), "turbine")
    assert {"Oven"} not in cuts(plain)
    (note,) = [note for note in plain.assumptions if note.startswith("Supplies of which no claim says")]
    assert note.endswith("1; they are not counted. Each an input of its own, the single points of failure would be 2.")
    assert [row.cells[2] for row in plain.table("unknown").rows] == ["no claim says what is supplied"]
    worst = chokepoints(store(*claims), "turbine", how=Drawing(unnamed=True))
    assert {"Oven"} in cuts(worst)


def test_relying_on_parties_named_together() -> None:
    assert cuts(chokepoints(store(relation("Mill", "dependsOn", "Forge")), "e:mill")) == [{"Forge"}]


def test_too_small_a_provider_is_no_alternative() -> None:
    claims = (*TURBINE, holds("Midget", "1", "shafts", low=None, high="2"), holds("Zinc", "98", "shafts"))
    result = chokepoints(store(*claims), "turbine")
    assert {"Zinc"} in cuts(result)
    assert any("at most 2 % of a market are no alternative: Midget" in note for note in result.assumptions)
    every = chokepoints(store(*claims), "turbine", how=Drawing(negligible=Decimal(0)))
    assert {"Zinc"} not in cuts(every)
    only = chokepoints(store(link("cog", "partOf", "clock"), holds("Midget", "1", "cog")), "clock")
    assert cuts(only) == [{"Midget"}]


def test_a_country_s_share_is_that_of_its_firms_where_they_are_known() -> None:
    claims = (*TURBINE, located("Zinc", "Japan"), holds("Japan", "90", "shafts", place=True))
    assert {"Zinc"} in cuts(chokepoints(store(*claims), "turbine"))
    other = (*TURBINE, located("Zinc", "Japan"), holds("Germany", "50", "shafts", place=True))
    result = chokepoints(store(*other), "turbine")
    assert {"Zinc", "Germany"} in cuts(result)
    assert "A country with a share whose firms no claim names stands for them: Germany." in result.assumptions


def test_circles_end() -> None:
    claims = (
        *TURBINE,
        link("Zinc", "uses", "turbine", subject="Company"),
        made("Builder", "turbine"),
    )
    assert cuts(chokepoints(store(*claims), "turbine")) == [{"Builder"}, {"Zinc"}, {"Xenon", "Yard"}]


def test_nothing_known_is_unknown_and_not_safe() -> None:
    result = chokepoints(store(link("cog", "partOf", "clock")), "clock")
    assert (result.measure.value, result.measure.basis) == (None, None)
    assert result.measure.note.startswith("no claim names a provider")
    assert cuts(result) == []
    with pytest.raises(UnknownError, match="no claim names providers"):
        chokepoints(store(), "sextant")


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ({"tiers": 0}, "follow between 1 and 10 tiers"),
        ({"negligible": Decimal(100)}, "a percentage from 0 to below 100"),
    ],
)
def test_settings_out_of_range(bad: dict[str, object], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        Drawing(**bad)  # type: ignore[arg-type]


NETWORK = (
    *TURBINE,
    link("Xenon", "uses", "furnace", subject="Company"),
    link("Yard", "uses", "furnace", subject="Company"),
    made("Oven", "furnace"),
    relation("Oven", "dependsOn", "Zinc"),
    link("steel shaft", "kindOf", "shaft"),
    made("Quarry", "steel shaft"),
    relation("Quarry", "subsidiaryOf", "Oven"),
    holds("Midget", "1", "blades"),
)


@settings(max_examples=15, deadline=None)
@given(st.permutations(NETWORK), st.sampled_from(("firm", "owner")))
def test_the_order_of_claims_does_not_matter(claims: list[Claim], by: By) -> None:
    found = chokepoints(store(*claims), "turbine", by=by)
    expected = chokepoints(store(*NETWORK), "turbine", by=by)
    assert cuts(found) == cuts(expected)
    assert found.assumptions == expected.assumptions


@settings(max_examples=15, deadline=None)
@given(st.sets(st.sampled_from(("Alpha", "Beta", "Gamma")), min_size=1))
def test_another_provider_never_adds_a_single_point(more: set[str]) -> None:
    def single(*claims: Claim) -> set[str]:
        return {firm for cut in cuts(chokepoints(store(*claims), "turbine")) if len(cut) == 1 for firm in cut}

    assert single(*NETWORK, *(made(firm, "shaft") for firm in sorted(more))) <= single(*NETWORK)


def test_dominators_see_only_alternatives() -> None:
    """In a graph of OR every way leads past nobody in particular, though without Zinc there is no turbine."""
    import networkx as nx

    gates = {"turbine": All(("blade", "shaft")), "blade": Any(("Xenon", "Yard")), "shaft": Any(("Zinc",))}
    ways = nx.DiGraph([(child, name) for name, gate in gates.items() for child in gate.children])
    ways.add_edges_from(("ore", firm) for firm in ("Xenon", "Yard", "Zinc"))
    assert nx.immediate_dominators(ways, "ore")["turbine"] == "ore"
    assert cut_sets(gates, "turbine").sets[0] == {"Zinc"}


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


COUNTRIES = {
    "AUT": "Austria",
    "CAN": "Canada",
    "CHE": "Switzerland",
    "CHN": "China",
    "DEU": "Germany",
    "FRA": "France",
    "GBR": "United Kingdom",
    "JPN": "Japan",
    "KOR": "South Korea",
    "NLD": "Netherlands",
    "SGP": "Singapore",
    "TWN": "Taiwan",
    "USA": "United States",
}


def _chip_supply(folder: Path) -> Iterator[Claim]:
    providers = {row["provider_id"]: row for row in _rows(folder, "providers.csv")}
    for row in _rows(folder, "provision.csv"):
        share, provider = row["share_provided"].rstrip("%"), providers[row["provider_id"]]
        country = provider["provider_type"] == "country"
        name = COUNTRIES.get(row["provider_name"], row["provider_name"])
        if share:
            yield holds(name, share, row["provided_name"], place=country)
        elif row["negligible_market_share"]:
            yield holds(name, "2", row["provided_name"], low=None, place=country)
        if not country:
            yield made(name, row["provided_name"])
            yield located(name, COUNTRIES.get(provider["country"], provider["country"]))
    for row in _rows(folder, "sequence.csv"):
        if row["goes_into_name"]:
            yield link(row["input_name"], "partOf", row["goes_into_name"])
        if row["is_type_of_name"]:
            yield link(row["input_name"], "kindOf", row["is_type_of_name"])


@pytest.fixture(scope="module")
def chips() -> OxigraphStore:
    assert SHARED is not None
    return store(*_chip_supply(SHARED / "data" / "eto"))


@pytest.mark.shared
@pytest.mark.skipif(SHARED is None, reason="no development data beside the checkout")
def test_inputs_of_semiconductors_with_a_single_firm(chips: OxigraphStore) -> None:
    graph = supply(chips, Lens())
    drawing = drawn(graph, graph.refs["e:finished-logic-chip"], Groups(graph.seen, "firm"), Drawing())
    firms = {
        drawing.inputs[key].label: [s.provider.party.label for s in sources if s.provider.party.type == "Company"]
        for key, sources in drawing.sources.items()
    }
    single = {item: found for item, found in firms.items() if len(found) == 1}
    assert single == {"EUV scanners": ["ASML"], "Crystal growing furnaces": ["PVA TePla"]}


@pytest.mark.shared
@pytest.mark.skipif(SHARED is None, reason="no development data beside the checkout")
def test_what_stops_a_logic_chip(chips: OxigraphStore) -> None:
    result = chokepoints(chips, "finished logic chip")
    assert cuts(result)[0] == {"PVA TePla"}
    assert result.table("cuts").rows[0].cells[2] == ("Crystal growing furnaces",)
    assert {"Screen", "Tokyo Electron"} in cuts(result)
    assert all(len(cut) <= 3 for cut in cuts(result))
    assert cuts(chokepoints(chips, "finished logic chip", by="country"))[:2] == [{"Germany"}, {"Japan"}]


@pytest.mark.shared
@pytest.mark.skipif(SHARED is None, reason="no development data beside the checkout")
def test_dominators_of_a_logic_chip_are_steps_and_no_firm(chips: OxigraphStore) -> None:
    import networkx as nx

    graph = supply(chips, Lens())
    drawing = drawn(graph, graph.refs["e:finished-logic-chip"], Groups(graph.seen, "firm"), Drawing())
    ways = nx.DiGraph([(child, name) for name, gate in drawing.gates.items() for child in gate.children])
    ways.add_edges_from(("ore", event) for event in drawing.groups)
    above = nx.immediate_dominators(ways, "ore")
    passed, at = [], drawing.target
    while at != "ore":
        passed.append(at)
        at = above[at]
    assert "t|e:testing" in passed
    assert not [name for name in passed if name[0] in "pe"]


@pytest.mark.shared
@pytest.mark.skipif(SHARED is None, reason="no development data beside the checkout")
def test_two_firms_of_one_country_that_halted_together() -> None:
    assert SHARED is not None
    cases = json.loads((SHARED / "data" / "risk_reference" / "backtest_cases.json").read_text())
    case = next(one for one in cases if one["id"] == "neon_ukraine_2022")
    low, high = re.findall(r"\d+", case["share"])[:2]
    firms = [claim for firm in case["suppliers"] for claim in (made(firm, case["input"]), located(firm, "Ukraine"))]
    held = store(*firms, holds("Ukraine", low, case["input"], low=low, high=high, place=True))
    assert cuts(chokepoints(held, case["input"])) == [set(case["suppliers"])]
    assert cuts(chokepoints(held, case["input"], by="country")) == [{"Ukraine"}]
    shares = concentration(held, case["input"], by="country")
    assert (shares.measure.low, shares.measure.high) == (45**2, 45**2 + 55**2)
