import csv
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from graph.errors import SettingsError, UnknownError
from graph.model import Claim
from qa.risk.concentrate import concentration
from qa.risk.envelope import Measure, Result
from qa.risk.lens import Lens
from qa.risk.report import Share
from tests.graph.samples import article, relation, year
from tests.risk.facts import bounded_share, holds, located, says, store, stored
from tests.risk.facts import share as share_of
from tests.shared import SHARED

ROTORS = (
    holds("Mill", "40", "the rotor market"),
    holds("Yard", "30", "rotor market"),
    holds("Forge", "20", "global rotor shipments"),
)


def share(owner: str, party: str, percent: str, **fields: object) -> tuple[Claim, Claim]:
    """A share, and that the party is a customer: a name must be in the graph to be taken for a party."""
    return share_of(owner, party, percent, **fields), relation(owner, "supplies", party)


def index(result: Result) -> tuple[object, object]:
    return result.measure.low, result.measure.high


def shares(result: Result) -> dict[str, Share]:
    return {row.cells[0].label: row.cells[1] for row in result.table("shares").rows}  # type: ignore[union-attr,misc]


def measures(result: Result) -> dict[str, Measure]:
    return {str(row.cells[0]): row.cells[1] for row in result.table("index").rows}  # type: ignore[misc]


def test_shares_of_a_market_and_a_rest_that_nobody_discloses() -> None:
    result = concentration(store(*ROTORS), "rotors")
    assert index(result) == (2900, 3000)
    assert (result.measure.value, result.measure.basis) == (None, "derived")
    assert result.measure.note == "highly concentrated (above 1,800)"
    assert [(label, found.value, found.basis) for label, found in shares(result).items()] == [
        ("Mill", 40, "disclosed"),
        ("Yard", 30, "disclosed"),
        ("Forge", 20, "disclosed"),
    ]
    assert [row.evidence for row in result.table("shares").rows] == [(1,), (2,), (3,)]
    found = measures(result)
    assert found["providers to reach 75 %"].value == 3
    assert found["three largest shares (CR-3)"].low == 90
    assert found["not disclosed, at most"].value == 10
    assert any("Up to 10 % of the market for rotor is not disclosed" in note for note in result.assumptions)
    assert [(p.label, p.value) for p in result.charts[0].points][-1] == ("not disclosed", 10.0)


def test_a_known_provider_without_a_share_is_listed_and_changes_no_bound() -> None:
    result = concentration(
        store(*ROTORS, relation("Smithy", "supplies", "Crane", qualifiers=(("item", "rotors"),))), "rotors"
    )
    assert index(result) == (2900, 3000)
    (row,) = result.table("unknown").rows
    assert (row.cells[0].label, row.cells[2]) == ("Smithy", "share not disclosed")  # type: ignore[union-attr]
    assert row.evidence == (4,)
    assert result.coverage.said.startswith("3 of 4 providers traced with a disclosed share")


def test_sources_that_differ_make_an_interval_and_are_shown() -> None:
    other = says("Other", holds("Mill", "50", "rotor market"))
    result = concentration(stored(says("Notes", *ROTORS), other), "rotors")
    assert (shares(result)["Mill"].low, shares(result)["Mill"].high) == (40, 50)
    assert (shares(result)["Mill"].value, shares(result)["Mill"].note) == (None, "sources differ")
    assert index(result) == (1600 + 900 + 400, 2500 + 900 + 400)
    assert [row.cells[3] for row in result.table("sources").rows] == [True, True]
    assert any("Where sources of one period differ" in note for note in result.assumptions)


def test_the_latest_period_counts_and_the_older_figure_is_shown() -> None:
    claims = (holds("Mill", "40", "rotors", period=year(2024)), holds("Mill", "55", "rotors", period=year(2025)))
    result = concentration(store(*claims), "rotors")
    assert (shares(result)["Mill"].value, shares(result)["Mill"].period) == (55, "2025")
    assert [(row.cells[2], row.cells[3]) for row in result.table("sources").rows] == [
        (date(2025, 12, 31), True),
        (date(2024, 12, 31), False),
    ]


def test_periods_that_are_put_together_are_stated() -> None:
    claims = (holds("Mill", "40", "rotors", period=year(2024)), holds("Yard", "30", "rotors", period=year(2025)))
    assert (
        "Shares of different periods are put together: 2024, 2025."
        in concentration(store(*claims), "rotors").assumptions
    )


def test_open_and_approximate_figures_give_honest_bounds() -> None:
    half = concentration(store(holds("Mill", "50", "rotors", approx=True)), "rotors")
    assert index(half) == (2025, 5050)  # 45², and 55² + 45²
    above = concentration(store(holds("Mill", "70", "rotors", high=None)), "rotors")
    assert index(above) == (4900, 10000)
    assert any("about 60 % is 55–65 %" in note for note in half.assumptions)


@pytest.mark.parametrize(
    ("percents", "said"),
    [(("60", "40.5"), "100.5 %: rounding"), (("60", "60"), "120 %: they overlap or one is wrong")],
)
def test_shares_above_a_hundred_are_stated(percents: tuple[str, str], said: str) -> None:
    result = concentration(store(*(holds(f"Firm {n}", p, "rotors") for n, p in enumerate(percents))), "rotors")
    assert any(f"add up to {said}" in note for note in result.assumptions)
    assert result.measure.low == result.measure.high


def test_plans_changes_and_denials_are_no_shares() -> None:
    claims = (
        holds("Mill", "40", "rotors"),
        holds("Yard", "30", "rotors", modality="projected"),
        holds("Forge", "20", "rotors", polarity=False),
        holds("Smithy", "5", "rotors", basis="change"),
    )
    assert list(shares(concentration(store(*claims), "rotors"))) == ["Mill"]


def test_common_owners_count_as_one_where_claims_say_so() -> None:
    owned = (relation("Yard", "subsidiaryOf", "Mill"), relation("Forge", "subsidiaryOf", "Holding"))
    result = concentration(store(*ROTORS, *owned), "rotors", by="owner")
    assert index(result) == (4900 + 400, 4900 + 400 + 100)
    assert list(shares(result)) == ["Mill", "Holding"]
    assert shares(result)["Mill"].basis == "derived"
    assert result.table("shares").rows[0].evidence == (1, 2, 3)
    assert measures(result)["index if what is not disclosed belongs to Mill"].high == 6400 + 400


def test_owners_that_are_not_settled_are_counted_apart_and_said() -> None:
    owned = (relation("Yard", "subsidiaryOf", "Mill"), relation("Yard", "subsidiaryOf", "Forge"))
    result = concentration(store(*ROTORS, *owned), "rotors", by="owner")
    assert index(result) == (2900, 3000)
    note = {row.cells[0].label: row.cells[3] for row in result.table("shares").rows}["Yard"]  # type: ignore[union-attr]
    assert note == "owner not settled: Forge or Mill (disputed)"
    assert any("do not settle where they belong: Yard" in text for text in result.assumptions)


def test_by_country_a_country_s_own_share_goes_before_its_firms() -> None:
    claims = (
        *ROTORS,
        located("Mill", "Germany"),
        located("Yard", "Japan"),
        located("Forge", "Japan"),
        holds("Germany", "45", "rotors", place=True),
    )
    result = concentration(store(*claims), "rotors", by="country")
    assert [(label, s.low) for label, s in shares(result).items()] == [("Japan", 50), ("Germany", 45)]
    assert any("not added to the shares of countries that are disclosed: Mill" in note for note in result.assumptions)
    by_firm = concentration(store(*claims), "rotors")
    assert list(shares(by_firm)) == ["Mill", "Yard", "Forge"]
    assert any("left out of a report by firm or owner: Germany" in note for note in by_firm.assumptions)
    wrong = concentration(
        store(*ROTORS, located("Mill", "Germany"), holds("Germany", "35", "rotors", place=True)), "rotors", by="country"
    )
    assert any("The firms of Germany hold more" in note for note in wrong.assumptions)


def test_a_firm_of_no_known_country_is_in_one_of_those_with_a_share() -> None:
    claims = (holds("Mill", "40", "rotors"), holds("Germany", "60", "rotors", place=True))
    result = concentration(store(*claims, holds("Japan", "40", "rotors", place=True)), "rotors", by="country")
    assert index(result) == (5200, 5200)
    assert any("not added to the shares of countries that are disclosed: Mill" in note for note in result.assumptions)


def test_an_owner_may_hold_more_by_a_firm_whose_share_is_not_disclosed() -> None:
    claims = (
        holds("Mill", "40", "rotors"),
        relation("Yard", "supplies", "Crane", qualifiers=(("item", "rotors"),)),
        relation("Yard", "subsidiaryOf", "Mill"),
    )
    result = concentration(store(*claims), "rotors", by="owner")
    assert index(result) == (1600, 10000)
    assert (shares(result)["Mill"].value, shares(result)["Mill"].low, shares(result)["Mill"].high) == (None, 40, None)
    assert shares(result)["Mill"].note == "1 more without a disclosed share"


def test_customers_of_a_firm_by_what_it_discloses() -> None:
    result = concentration(
        store(
            *share("Mill", "Crane", "60"),
            bounded_share("Mill", "Barge", "10", "20"),
            relation("Mill", "supplies", "Barge"),
        ),
        "e:mill",
    )
    assert result.title == "Concentration of Mill's revenue by firm"
    assert index(result) == (3700, 3600 + 100 + 900)
    assert result.asked["side"] == "customers"
    found = concentration(store(*share("Mill", "Crane", "60")), "e:mill", side="suppliers")
    assert (found.measure.basis, found.measure.note) == (
        None,
        "no claim discloses a share of Mill's purchases",
    )


def test_shares_listed_in_one_sentence_for_customers_without_names() -> None:
    listed = [share_of("Mill", "direct customers", p, period=year(2025)) for p in ("22", "15", "11")]
    sentence = ("Three direct customers made up 22 %, 15 % and 11 % of Mill's sales in 2025.", *listed)
    group = ("Mill's customers in the north took 48 %.", share_of("Mill", "customers in the north", "48"))
    result = concentration(stored(article("Filing", sentence, group)), "e:mill")
    assert list(shares(result)) == [f"one of “direct customers” ({p} %)" for p in (22, 15, 11)]
    assert index(result) == (22**2 + 15**2 + 11**2, 22**2 + 15**2 + 11**2 + 52**2)
    assert any("parties it does not name" in note for note in result.assumptions)
    assert [row.cells[0] for row in result.table("unknown").rows] == ["customers in the north"]


def test_two_figures_of_one_group_without_a_period_are_no_two_parties() -> None:
    twice = [share_of("Mill", "its five largest customers", p) for p in ("50", "45")]
    sentence = ("The five largest customers made up 50 %, after 45 % before.", *twice)
    result = concentration(stored(article("Filing", sentence)), "e:mill")
    assert result.measure.basis is None


@pytest.mark.parametrize(
    ("customers", "low", "high"),
    [
        ((("Desert Fund", "87"),), 7569, 7738),
        ((("Sand University", "62"), ("Desert Fund", "24")), 4420, 4616),
    ],
)
def test_published_bounds_of_a_chip_start_up(customers: tuple[tuple[str, str], ...], low: int, high: int) -> None:
    held = store(*(claim for c, p in customers for claim in share("Wafer Start", c, p)))
    assert index(concentration(held, "e:wafer-start")) == (low, high)


def test_published_bounds_of_two_customers_under_common_control() -> None:
    claims = [*share("Wafer Start", "Sand University", "62"), *share("Wafer Start", "Desert Fund", "24")]
    control = [relation(c, "subsidiaryOf", "Emirate") for c in ("Sand University", "Desert Fund")]
    assert index(concentration(store(*claims, *control), "e:wafer-start", by="owner")) == (7396, 7592)
    assert index(concentration(store(*claims), "e:wafer-start", by="owner")) == (4420, 4616)


def test_a_wrong_secondary_source_shows_as_a_range() -> None:
    right = says("Filing", *share("Wafer Start", "Sand University", "62", period=year(2025)))
    wrong = says("Blog", *share("Wafer Start", "Sand University", "86", period=year(2025)))
    result = concentration(stored(right, wrong), "e:wafer-start")
    assert (shares(result)["Sand University"].low, shares(result)["Sand University"].high) == (62, 86)
    assert len(result.table("sources").rows) == 2


def paid(seller: str, buyer: str, amount: str) -> Claim:
    return relation(seller, "supplies", buyer, qualifiers=(("amount", amount),), period=year(2025))


def test_amounts_stand_in_where_no_share_is_disclosed() -> None:
    claims = (paid("Mill", "Crane", "USD 60"), paid("Yard", "Crane", "USD 30"), paid("Forge", "Crane", "USD 10"))
    result = concentration(store(*claims, relation("Kiln", "supplies", "Crane")), "e:crane", side="suppliers")
    assert [(name, s.value, s.basis) for name, s in shares(result).items()] == [
        ("Mill", 60, "derived"),
        ("Yard", 30, "derived"),
        ("Forge", 10, "derived"),
    ]
    assert index(result) == (4600, 4600)
    assert [row.cells[0].label for row in result.table("unknown").rows] == ["Kiln"]  # type: ignore[union-attr]
    assert any(note.startswith("No share is disclosed: shares are of the amounts") for note in result.assumptions)


def test_amounts_within_bounds_make_shares_within_bounds() -> None:
    claims = (paid("Mill", "Crane", "USD 50 to USD 75"), paid("Yard", "Crane", "USD 25"))
    found = shares(concentration(store(*claims), "e:crane", side="suppliers"))
    assert [(name, s.low, s.high) for name, s in found.items()] == [
        ("Mill", Decimal("66.666666667"), 75),
        ("Yard", 25, Decimal("33.333333333")),
    ]


def test_one_amount_alone_is_no_share() -> None:
    result = concentration(store(paid("Mill", "Crane", "USD 60")), "e:crane", side="suppliers")
    assert result.measure.basis is None


def test_older_figures_of_a_customer_are_shown_and_do_not_count() -> None:
    then, now = (share_of("Mill", "Crane", p, period=year(y)) for p, y in (("35", 2024), ("60", 2025)))
    result = concentration(store(then, now, relation("Mill", "supplies", "Crane")), "e:mill")
    assert shares(result)["Crane"].value == 60
    assert [(row.cells[2], row.cells[3]) for row in result.table("sources").rows] == [
        (date(2025, 12, 31), True),
        (date(2024, 12, 31), False),
    ]


def test_narrower_markets_are_pointed_to() -> None:
    result = concentration(store(*ROTORS, holds("Mill", "80", "marine rotors")), "rotors")
    assert [(row.cells[0].label, row.cells[1]) for row in result.table("narrower").rows] == [("marine rotors", 1)]  # type: ignore[union-attr]


def test_a_market_in_a_place_is_another_market() -> None:
    claims = (*ROTORS, holds("Mill", "90", "rotors in Japan"), holds("Yard", "5", "Japan's rotor market"))
    assert index(concentration(store(*claims), "rotors in Japan")) == (8125, 8150)
    assert index(concentration(store(*claims), "rotors")) == (2900, 3000)


def test_what_nobody_knows_names_the_markets_there_are() -> None:
    with pytest.raises(UnknownError, match="shares are known for: rotor"):
        concentration(store(*ROTORS), "sextants")
    with pytest.raises(UnknownError, match="no claim gives shares of a market"):
        concentration(store(), "sextants")


@pytest.mark.parametrize("percent", [0, 101])
def test_a_threshold_out_of_range(percent: int) -> None:
    with pytest.raises(SettingsError, match="more than 0 and at most 100"):
        concentration(store(*ROTORS), "rotors", percent=Decimal(percent))


def test_grouping_by_something_else() -> None:
    with pytest.raises(SettingsError, match="group by firm, owner or country"):
        concentration(store(*ROTORS), "rotors", by="planet")  # type: ignore[arg-type]


def test_the_lens_decides_what_counts() -> None:
    doubtful = says("Doubtful", holds("Smithy", "10", "rotors", confidence=Decimal("0.3")))
    held = stored(says("Notes", *ROTORS), doubtful)
    assert "Smithy" in shares(concentration(held, "rotors"))
    sure = concentration(held, "rotors", lens=Lens(min_confidence=0.5))
    assert "Smithy" not in shares(sure)
    assert sure.asked["min_confidence"] == 0.5


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.shared
@pytest.mark.skipif(SHARED is None, reason="no development data beside the checkout")
def test_semiconductor_inputs_by_country_through_claims() -> None:
    assert SHARED is not None
    folder = SHARED / "data" / "eto"
    countries = {r["provider_id"] for r in _rows(folder, "providers.csv") if r["provider_type"] == "country"}
    rows = [r for r in _rows(folder, "provision.csv") if r["share_provided"] and r["provider_id"] in countries]
    claims = [holds(r["provider_name"], r["share_provided"].rstrip("%"), r["provided_name"], place=True) for r in rows]
    names = {r["provided_id"]: r["provided_name"] for r in rows}
    held = store(*claims)
    path = SHARED / "data" / "risk_reference" / "eto_concentration_reference.json"
    for row in json.loads(path.read_text())["concentration"]:
        if "hhi_raw" in row:
            result = concentration(held, names[row["id"]], by="country")
            assert result.measure.low == Decimal(str(row["hhi_raw"])), row["name"]
            assert measures(result)["providers to reach 75 %"].high == row["n_countries_75pct"], row["name"]
