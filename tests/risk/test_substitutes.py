from decimal import Decimal

import pytest

from graph.errors import QueryError, SettingsError, UnknownError
from graph.model import Claim
from qa.risk.envelope import Measure, Result
from qa.risk.interval import Interval
from qa.risk.substitutes import substitutes
from qa.risk.supply.headroom import cover
from tests.graph.samples import exactly, metric, relation
from tests.risk.facts import holds, link, located, share, store


def sold(seller: str, buyer: str, item: str) -> Claim:
    return relation(seller, "supplies", buyer, qualifiers=(("item", item),))


def used(firm: str, percent: str) -> Claim:
    return metric(firm, "capacity", exactly(percent, "percent"), basis="share", of="capacity", scope="plants")


SUPPLY = (
    sold("Mill", "Crane", "rotors"),
    sold("Yard", "Barge", "rotors"),
    holds("Mill", "40", "rotor market"),
    holds("Yard", "30", "rotor market"),
    holds("Forge", "20", "rotor market"),
)


def rows(result: Result) -> dict[str, dict[str, object]]:
    table = result.table("substitutes")
    keys = [column.key for column in table.columns]
    return {row.cells[1].label: dict(zip(keys, row.cells, strict=True)) for row in table.rows}  # type: ignore[union-attr]


def bounds(cell: object) -> tuple[Decimal | None, Decimal | None]:
    assert isinstance(cell, Measure)
    return cell.low, cell.high


def test_other_providers_largest_first_each_with_its_claims() -> None:
    result = substitutes(store(*SUPPLY), "e:mill", item="rotors")
    assert list(rows(result)) == ["Yard", "Forge"]
    assert [row["flag"] for row in rows(result).values()] == ["capacity not known"] * 2
    assert [row["standing"] for row in rows(result).values()] == ["provider"] * 2
    assert all(row.evidence for row in result.table("substitutes").rows)
    assert (result.measure.basis, result.measure.note) == (None, "no headroom is known")
    (lost,) = result.table("inputs").rows
    assert (lost.cells[0], bounds(lost.cells[2])) == ("rotors", (40, 40))


def test_headroom_from_share_and_use_of_capacity() -> None:
    result = substitutes(store(*SUPPLY, used("Yard", "75"), used("Forge", "80")), "e:mill", item="rotors")
    found = rows(result)
    assert bounds(found["Yard"]["spare"]) == (10, 10)  # 30 · 25/75
    assert bounds(found["Yard"]["covers"]) == (25, 25)  # of the 40 lost
    assert bounds(found["Forge"]["covers"]) == (Decimal("12.5"), Decimal("12.5"))
    assert (found["Yard"]["flag"], result.measure.value, result.measure.basis) == ("", Decimal("37.5"), "imputed")
    assert result.coverage.said.startswith("2 of 2 substitutes traced with a known headroom")


def test_one_headroom_that_is_not_known_leaves_the_upper_end_open() -> None:
    result = substitutes(store(*SUPPLY, used("Yard", "75")), "e:mill", item="rotors")
    assert (result.measure.value, result.measure.low, result.measure.high) == (None, 25, 100)


def test_what_is_lost_shrinks_by_what_is_taken_over() -> None:
    claims = (*SUPPLY, share("Crane", "Mill", "50", metric_name="capex"), used("Yard", "75"))
    result = substitutes(store(*claims), "e:mill", customer="e:crane")
    (row,) = result.table("loss").rows
    whole = row.cells[1]
    assert isinstance(whole, Measure)
    assert whole.what == "Crane's loss of output"
    assert whole.high is not None
    after = rows(result)["Yard"]["after"]
    assert isinstance(after, Measure)
    assert after.high is not None
    assert 0 < after.high < whole.high
    assert bounds(rows(result)["Forge"]["after"]) == (0, whole.high)


def test_a_supply_without_an_item_is_guessed_from_the_market_of_the_supplier() -> None:
    claims = (*SUPPLY[1:], relation("Mill", "supplies", "Crane"))
    result = substitutes(store(*claims), "e:mill", customer="e:crane")
    assert list(rows(result)) == ["Yard", "Forge"]
    assert any(note.startswith("No claim says what is supplied") for note in result.assumptions)


def test_by_owner_and_country_the_shock_is_wider() -> None:
    owned = relation("Yard", "subsidiaryOf", "Mill")
    assert list(rows(substitutes(store(*SUPPLY, owned), "e:mill", item="rotors", by="owner"))) == ["Forge"]
    places = (located("Mill", "Japan"), located("Forge", "Japan"), located("Yard", "Germany"))
    result = substitutes(store(*SUPPLY, *places), "e:mill", item="rotors", by="country")
    assert list(rows(result)) == ["Yard"]
    assert bounds(result.table("inputs").rows[0].cells[2]) == (60, 60)


def test_a_country_stands_in_only_for_firms_that_nobody_names() -> None:
    places = (
        located("Mill", "Japan"),
        holds("Japan", "45", "rotors", place=True),
        holds("France", "5", "rotors", place=True),
    )
    assert list(rows(substitutes(store(*SUPPLY, *places), "e:mill", item="rotors"))) == ["Yard", "Forge", "France"]


def test_the_maker_of_a_designer_s_product_is_no_substitute_for_it() -> None:
    claims = (
        link("Mill", "develops", "Whirl 3", subject="Company"),
        link("Foundry", "manufactures", "Whirl 3", subject="Company"),
        link("Gust", "replaces", "Whirl 3"),
        link("Rival", "develops", "Gust", subject="Company"),
    )
    result = substitutes(store(*claims), "e:mill", item="Whirl 3")
    assert {name: (row["standing"], row["why"]) for name, row in rows(result).items()} == {
        "Rival": ("candidate", "replaces Whirl 3: Gust")
    }
    assert any("Candidates are named only as replacing" in note for note in result.assumptions)
    assert result.measure.note == "no other provider is known; that means unknown, not none"


def test_rivals_are_candidates_whichever_end_of_the_claim_they_stand_at() -> None:
    claims = (*SUPPLY, relation("Smithy", "competesWith", "Mill"), relation("Mill", "competesWith", "Anvil"))
    found = rows(substitutes(store(*claims), "e:mill", item="rotors"))
    assert [(name, row["standing"]) for name, row in found.items()][2:] == [
        ("Smithy", "candidate"),
        ("Anvil", "candidate"),
    ]
    denied = (*SUPPLY, relation("Smithy", "competesWith", "Mill", polarity=False))
    assert "Smithy" not in rows(substitutes(store(*denied), "e:mill", item="rotors"))


def test_without_a_trade_to_pass_it_on_the_loss_is_unknown_with_the_reason() -> None:
    result = substitutes(store(*SUPPLY[2:]), "e:mill", item="rotors")
    assert any(note.startswith("The loss cannot be computed") for note in result.assumptions)
    assert all(isinstance(row["after"], Measure) and row["after"].basis is None for row in rows(result).values())


@pytest.mark.parametrize(
    ("asked", "error", "message"),
    [
        ({"item": "sextants"}, QueryError, "no claim says that Mill supplies “sextants”; it is known to supply rotors"),
        ({"customer": "e:barge"}, QueryError, "no claim says that Mill supplies Barge"),
        ({"customer": "e:nobody"}, UnknownError, "nobody"),
        ({"by": "planet"}, SettingsError, "group by firm, owner or country"),
    ],
)
def test_what_cannot_be_asked(asked: dict[str, str], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        substitutes(store(*SUPPLY), "e:mill", **asked)  # type: ignore[arg-type]


def test_a_supplier_of_nothing_known() -> None:
    with pytest.raises(QueryError, match="no claim says what Crane supplies"):
        substitutes(store(*SUPPLY), "e:crane")


def test_cover_is_bounded_by_all_that_is_lost() -> None:
    def within(low: int, high: int) -> Interval:
        return Interval(Decimal(low), Decimal(high))

    assert cover(within(10, 20), within(40, 50)) == within(20, 50)
    assert cover(within(90, 95), within(40, 50)) == within(100, 100)
