from datetime import date
from decimal import Decimal

import pytest

from graph.errors import QueryError, SettingsError, UnknownError
from graph.model import Claim, Period
from qa.risk.exposure import exposure
from qa.risk.report import Party, Report
from tests.graph.samples import amount, article, exactly, metric, relation, year
from tests.risk.facts import bounded_share, buys, says, share, store, stored


def party(parties: tuple[Party, ...], label: str) -> Party:
    return next(p for p in parties if p.entity.label == label)


def labels(parties: tuple[Party, ...]) -> list[tuple[int, str]]:
    return [(p.tier, p.entity.label) for p in parties]


def test_shares_of_a_chain_multiply() -> None:
    graph = store(
        relation("Beta", "supplies", "Alpha"),
        relation("Gamma", "supplies", "Beta"),
        buys("Alpha", "Beta", "60"),
        buys("Beta", "Gamma", "20"),
    )
    report = exposure(graph, "e:alpha")
    assert labels(report.suppliers) == [(1, "Beta"), (2, "Gamma")]
    direct, indirect = report.suppliers
    assert (direct.share.value, direct.share.basis, direct.share.what) == (60, "disclosed", "capital expenditure")
    assert (indirect.share.value, indirect.share.low, indirect.share.high) == (12, 12, 12)
    assert (indirect.share.whose, indirect.share.basis) == ("Alpha", "derived")
    path = indirect.paths[0]
    assert [(s.source.label, s.target.label, s.share.value) for s in path.steps] == [
        ("Alpha", "Beta", 60),
        ("Beta", "Gamma", 20),
    ]
    assert report.coverage.steps == report.coverage.disclosed == 2


def test_exposure_to_one_party_lists_every_path() -> None:
    graph = store(
        *(relation("Gamma", "supplies", buyer) for buyer in ("Beta", "Delta")),
        buys("Alpha", "Beta", "60"),
        buys("Beta", "Gamma", "20"),
        buys("Alpha", "Delta", "30"),
        buys("Delta", "Gamma", "50"),
    )
    report = exposure(graph, "e:alpha", to="e:gamma")
    assert (report.share.value, report.share.whose) == (27, "Alpha")
    assert [path.share.value for path in report.paths] == [15, 12]
    assert [path.steps[0].target.label for path in report.paths] == ["Delta", "Beta"]
    assert report.all_tiers is not None
    assert report.all_tiers.low == 27


def test_customers_are_a_list_of_their_own() -> None:
    graph = store(relation("Maker", "supplies", "Cloud"), share("Maker", "Cloud", "40", period=year(2025)))
    report = exposure(graph, "e:maker")
    assert not report.suppliers
    customer = party(report.customers, "Cloud")
    assert (customer.share.whose, customer.share.what, customer.share.value) == ("Maker", "revenue", 40)
    assert customer.share.period == "2025"


def test_unknown_is_not_zero() -> None:
    report = exposure(store(relation("Beta", "supplies", "Alpha")), "e:alpha", to="e:beta")
    share_ = report.share
    assert (share_.value, share_.low, share_.high, share_.basis) == (None, None, None, None)
    assert report.coverage.disclosed == 0
    nothing = exposure(store(relation("Beta", "supplies", "Alpha")), "e:beta")
    assert not nothing.suppliers
    lonely = exposure(store(metric("Alpha", "revenue", exactly("5", "USD"))), "e:alpha")
    assert "unknown, not independent" in lonely.coverage.said


def test_bounds_are_kept() -> None:
    graph = store(
        *(relation("Beta", "supplies", buyer) for buyer in ("Gamma", "Delta")),
        bounded_share("Alpha", "Beta", "70", None),
        bounded_share("Beta", "Gamma", None, "50"),
        bounded_share("Beta", "Delta", "10", "20"),
    )
    report = exposure(graph, "e:alpha")
    beta, gamma, delta = [party(report.customers, name).share for name in ("Beta", "Gamma", "Delta")]
    assert (beta.value, beta.low, beta.high) == (None, 70, 100)
    assert (gamma.value, gamma.low, gamma.high) == (None, 0, 50)
    assert (delta.low, delta.high) == (7, 20)


def test_disclosed_shares_bound_the_rest() -> None:
    graph = store(
        *(relation("Maker", "supplies", buyer) for buyer in ("Cloud", "Phones", "Cars")),
        share("Maker", "Cloud", "40", period=year(2025)),
        share("Maker", "Phones", "35", period=year(2025)),
    )
    cars = party(exposure(graph, "e:maker").customers, "Cars").share
    assert (cars.value, cars.low, cars.high, cars.basis) == (None, 0, 25, "derived")


def test_an_unnamed_customer_bounds_nobody() -> None:
    graph = store(relation("Maker", "supplies", "Cloud"), share("Maker", "Customer A", "40"))
    assert exposure(graph, "e:maker").groups[0].part == "Customer A"
    named = store(
        relation("Maker", "supplies", "Cloud"),
        metric("Customer A", "revenue", exactly("40", "percent"), basis="share", of="Maker's revenue"),
    )
    report = exposure(named, "e:maker")
    assert party(report.customers, "Customer A").share.value == 40
    assert party(report.customers, "Cloud").share.high is None


@pytest.mark.parametrize("modality", ["possible", "projected", "opinion"])
def test_what_is_not_affirmed_is_no_dependence(modality: str) -> None:
    graph = store(relation("Beta", "supplies", "Alpha", modality=modality), relation("Alpha", "competesWith", "Beta"))
    assert not exposure(graph, "e:alpha").suppliers


def test_a_denial_is_no_dependence() -> None:
    graph = store(relation("Beta", "supplies", "Alpha", polarity=False), relation("Alpha", "competesWith", "Beta"))
    assert not exposure(graph, "e:alpha").suppliers


def test_products_lead_to_those_behind_them() -> None:
    """Cloud runs Doubao on the H20: it depends on the chip and its designer first, on the chip's foundry second."""
    graph = store(
        relation("Cloud", "develops", "Doubao"),
        relation("Doubao", "uses", "H20"),
        relation("Nvidia", "develops", "H20"),
        relation("TSMC", "manufactures", "H20"),
        relation("Toolmaker", "supplies", "TSMC"),
    )
    report = exposure(graph, "e:cloud")
    assert sorted(labels(report.suppliers)) == [(1, "H20"), (1, "Nvidia"), (2, "TSMC"), (3, "Toolmaker")]
    behind = party(report.suppliers, "Nvidia").paths[0].steps[0]
    assert [item.label for item in behind.through] == ["Doubao", "H20"]
    assert len(behind.claims) == 3
    foundry = exposure(graph, "e:tsmc")
    assert labels(foundry.customers) == [(1, "Nvidia")]


def test_a_kind_of_thing_stands_for_none_of_its_makers() -> None:
    """HBM is made by several firms: whoever uses it depends on the memory, not on each firm that makes some."""
    graph = store(
        relation("Cloud", "uses", "HBM"),
        relation("Huawei", "develops", "HBM"),
        relation("HBM", "dependsOn", "Toolmaker"),
    )
    assert sorted(labels(exposure(graph, "e:cloud").suppliers)) == [(1, "HBM"), (2, "Toolmaker")]
    assert labels(exposure(graph, "e:huawei").suppliers) == [(1, "Toolmaker")]


def test_nobody_in_particular_is_a_group() -> None:
    graph = store(
        relation("Maker", "dependsOn", "largest customers"),
        relation("Maker", "supplies", "Cloud"),
        share("Maker", "largest customers", "60"),
    )
    report = exposure(graph, "e:maker")
    assert [(group.part, group.share.value) for group in report.groups] == [("largest customers", 60)]
    assert party(report.customers, "Cloud").share.basis is None
    buyers = metric("direct customers", "revenue", exactly("60", "percent"), basis="share", of="Maker's revenue")
    report = exposure(store(buyers, relation("Maker", "supplies", "Cloud")), "e:maker")
    assert [(group.part, group.share.value) for group in report.groups] == [("direct customers", 60)]


@pytest.mark.parametrize(
    ("of", "what"),
    [
        ("the chip designer's orders", "order book"),
        ("the company’s total orders", "order book"),
        ("the memory unit's orders", None),
        ("the chip designer's data-centre orders", None),
    ],
)
def test_a_described_owner_is_the_owner(of: str, what: str | None) -> None:
    found = exposure(
        store(relation("Maker", "supplies", "Cloud"), share("Maker", "Cloud", "50", metric_name="orders", of=of)),
        "e:maker",
    )
    assert party(found.customers, "Cloud").share.basis == (what and "disclosed")
    assert [group.share.what for group in found.groups] == ([] if what else [f"order book ({of})"])
    if what:
        assert found.customers[0].share.what == what


def test_a_pair_is_covered_by_what_lies_between_them() -> None:
    graph = store(
        relation("Beta", "supplies", "Alpha"),
        relation("Gamma", "supplies", "Beta"),
        relation("Delta", "supplies", "Alpha"),
    )
    assert exposure(graph, "e:alpha").coverage.steps == 3
    assert exposure(graph, "e:alpha", to="e:gamma").coverage.steps == 2


def test_a_sentence_is_cited_once_for_all_it_says() -> None:
    sentence = "Beta sells Alpha resists and robots."
    deals = [relation("Beta", "supplies", "Alpha", qualifiers=(("item", item),)) for item in ("resists", "robots")]
    (quote,) = exposure(stored(article("Notes", (sentence, *deals))), "e:alpha").evidence
    assert (quote.n, quote.quote, set(quote.claims)) == (1, sentence, {deal.id for deal in deals})
    assert sorted(quote.edges) == ["Beta supplies Alpha (resists)", "Beta supplies Alpha (robots)"]


def test_own_products_are_no_dependence() -> None:
    graph = store(
        relation("ByteDance", "develops", "SeedChip"),
        relation("ByteDance", "uses", "SeedChip"),
        relation("TSMC", "manufactures", "SeedChip"),
    )
    assert labels(exposure(graph, "e:bytedance").suppliers) == [(1, "TSMC")]


def test_parts_and_needs_are_suppliers() -> None:
    graph = store(relation("EUV lithography", "partOf", "H20"), relation("H20", "dependsOn", "China"))
    assert labels(exposure(graph, "e:h20").suppliers) == [(1, "China"), (1, "EUV lithography")]


def test_a_supplier_that_depends_on_its_customer() -> None:
    graph = store(relation("Startup", "supplies", "Giant"), relation("Startup", "dependsOn", "Giant"))
    report = exposure(graph, "e:startup")
    assert not report.suppliers
    assert len(party(report.customers, "Giant").paths[0].steps[0].claims) == 2


def test_cycles_end_and_say_so() -> None:
    graph = store(buys("Alpha", "Beta", "100"), buys("Beta", "Gamma", "100"), buys("Gamma", "Beta", "100"))
    report = exposure(graph, "e:alpha", tiers=6)
    beta = party(report.suppliers, "Beta")
    assert beta.share.value == 100
    assert beta.total.low == 300
    assert "cycle" in beta.total.note
    endless = exposure(graph, "e:alpha", to="e:beta").all_tiers
    assert endless is not None
    assert (endless.low, endless.basis) == (None, None)
    assert "around a cycle" in endless.note


def test_the_latest_affirmed_figure_counts() -> None:
    graph = store(
        share("Maker", "Cloud", "20", period=year(2024)),
        share("Maker", "Cloud", "30", period=year(2025)),
        share("Maker", "Cloud", "50", period=year(2026), modality="projected"),
        share("Maker", "Cloud", "90", period=year(2027), modality="possible"),
        relation("Maker", "supplies", "Cloud"),
    )
    found = exposure(graph, "e:maker").customers[0].share
    assert (found.value, found.period) == (30, "2025")
    assert found.note == "2 other figures left out"


def test_sources_that_differ_make_a_range() -> None:
    graph = stored(
        says("One", share("Maker", "Cloud", "45", period=year(2025))),
        says("Two", share("Maker", "Cloud", "54", period=year(2025)), relation("Maker", "supplies", "Cloud")),
    )
    found = exposure(graph, "e:maker").customers[0].share
    assert (found.value, found.low, found.high, found.note) == (None, 45, 54, "sources differ")


def test_shares_of_a_part_stay_apart() -> None:
    graph = store(
        relation("Maker", "supplies", "Cloud"),
        share("Maker", "Cloud", "50", of="Maker's data-centre revenue"),
        share("Maker", "five largest customers", "41", approx=True),
    )
    report = exposure(graph, "e:maker")
    assert report.customers[0].share.basis is None
    parts = {group.part: (group.share.what, group.share.value) for group in report.groups}
    assert parts == {"Cloud": ("revenue (Maker's data-centre revenue)", 50), "five largest customers": ("revenue", 41)}
    assert report.groups[0].evidence


def market(supplier: str, percent: str, scope: str) -> Claim:
    return metric(supplier, "marketShare", exactly(percent, "percent"), scope=scope)


def test_market_share_is_imputed_only_for_the_product_supplied() -> None:
    graph = store(
        relation("Beta", "supplies", "Alpha", qualifiers=(("item", "photoresists"),)),
        relation("Gamma", "supplies", "Alpha", qualifiers=(("item", "robots"),)),
        market("Beta", "80", "the photoresist market"),
        market("Gamma", "60", "the photoresist market"),
    )
    beta, gamma = (party(exposure(graph, "e:alpha").suppliers, name).share for name in ("Beta", "Gamma"))
    assert (beta.value, beta.low, beta.high, beta.basis) == (80, None, None, "imputed")
    assert beta.what == "purchases of photoresists"
    assert "market for the photoresist market" in beta.note
    assert gamma.basis is None
    left = exposure(graph, "e:alpha", impute="no").suppliers
    assert all(found.share.basis is None for found in left)


def test_the_rest_is_split_evenly_only_when_asked() -> None:
    graph = store(
        *(relation(name, "supplies", "Alpha") for name in ("Beta", "Gamma", "Delta")), buys("Alpha", "Beta", "40")
    )
    report = exposure(graph, "e:alpha", impute="even")
    gamma = party(report.suppliers, "Gamma").share
    assert (gamma.value, gamma.low, gamma.high, gamma.basis) == (30, 0, 60, "imputed")
    assert any("Evenly" in note for note in report.assumptions)


def test_shares_that_overlap_are_noted() -> None:
    graph = store(relation("Beta", "competesWith", "Gamma"), buys("Alpha", "Beta", "70"), buys("Alpha", "Gamma", "60"))
    assert any("above 100 %" in note for note in exposure(graph, "e:alpha").assumptions)


def test_periods_that_are_over_are_noted() -> None:
    ended = Period(date(2023, 1, 1), date(2024, 6, 30), "until mid-2024")
    graph = store(relation("Beta", "supplies", "Alpha", period=ended))
    report = exposure(graph, "e:alpha")
    assert labels(report.suppliers) == [(1, "Beta")]
    assert any(note.startswith("1 of the dependences") for note in report.assumptions)


def test_as_of_and_confidence_narrow_the_claims() -> None:
    graph = stored(
        says("Early", relation("Beta", "supplies", "Alpha"), published=date(2025, 1, 1)),
        says("Late", relation("Gamma", "supplies", "Alpha", confidence=Decimal("0.4")), published=date(2026, 1, 1)),
    )
    assert labels(exposure(graph, "e:alpha").suppliers) == [(1, "Beta"), (1, "Gamma")]
    assert labels(exposure(graph, "e:alpha", as_of=date(2025, 6, 1)).suppliers) == [(1, "Beta")]
    assert labels(exposure(graph, "e:alpha", min_confidence=0.5).suppliers) == [(1, "Beta")]
    graph.put(says("New", relation("Delta", "supplies", "Alpha")))
    assert (1, "Delta") in labels(exposure(graph, "e:alpha").suppliers)


def test_the_envelope() -> None:
    graph = store(relation("Beta", "supplies", "Alpha"), share("Beta", "Alpha", "12.5", attributed_to="Beta"))
    report: Report = exposure(graph, "e:beta", to="e:alpha")
    row = report.to_json()
    assert {
        "value",
        "low",
        "high",
        "basis",
        "coverage",
        "method",
        "assumptions",
        "paths",
        "evidence",
        "as_of",
    } <= row.keys()
    assert (row["report"], row["value"], row["unit"], row["whose"], row["what"]) == (
        "exposure",
        12.5,
        "percent",
        "Beta",
        "revenue",
    )
    first, second = row["evidence"]
    assert first["edge"] == "Beta supplies Alpha"
    assert (second["quote"], second["modality"], second["attributed_to"]) == (
        "Sentence 1 of Notes.",
        "asserted",
        "Beta",
    )
    assert (second["n"], second["title"], second["published"]) == (2, "Notes", "2026-03-01")
    assert row["customer_dependence"][0]["paths"][0]["steps"][0]["evidence"] == [1, 2]


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"tiers": 0}, SettingsError, "tiers is 0"),
        ({"tiers": 11}, SettingsError, "between 1 and 10"),
        ({"min_confidence": 1.5}, SettingsError, "from 0 to 1"),
        ({"to": "e:alpha"}, QueryError, "about itself"),
        ({"to": "e:nobody"}, UnknownError, "e:nobody"),
    ],
)
def test_errors(arguments: dict[str, object], error: type[Exception], message: str) -> None:
    graph = store(relation("Beta", "supplies", "Alpha"))
    with pytest.raises(error, match=message):
        exposure(graph, "e:alpha", **arguments)  # type: ignore[arg-type]


def test_an_impossible_share_is_no_disclosure() -> None:
    graph = store(
        relation("Maker", "supplies", "Cloud"),
        metric("Maker", "revenue", amount("130", "130", "percent"), basis="share", scope="Cloud"),
    )
    assert exposure(graph, "e:maker").customers[0].share.basis is None
