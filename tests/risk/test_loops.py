from dataclasses import replace
from typing import Any

import pytest

from graph.errors import SettingsError, UnknownError
from graph.model import Claim
from qa.risk.envelope import Measure, Result
from qa.risk.loops import loops
from qa.risk.money import in_dollars
from tests.graph.samples import amount, exactly, metric, ref, relation, year
from tests.risk.facts import says, store, stored


def invests(payer: str, payee: str, money: str | None = None, **fields: Any) -> Claim:
    qualifiers = (("amount", money),) if money else ()
    return relation(payer, "investsIn", payee, qualifiers=qualifiers, **fields)


def rows(result: Result, key: str) -> list[dict[str, Any]]:
    table = result.table(key)
    return [dict(zip([c.key for c in table.columns], row.cells, strict=True)) for row in table.rows]


def firms(result: Result) -> list[list[str]]:
    return [[firm.label for firm in row["firms"]] for row in rows(result, "loops")]


def test_an_investor_that_sells_to_the_firm_it_backs() -> None:
    graph = store(invests("Maker", "Lab", "$5 billion"), relation("Maker", "supplies", "Lab"))
    result = loops(graph)
    assert (firms(result), result.measure.value) == ([["Lab", "Maker"]], 1)
    (loop,) = rows(result, "loops")
    assert (loop["standing"], loop["money"].low, loop["legs_with_amount"]) == ("affirmed", 5_000_000_000, "1 of 2")
    assert loop["said"] == ("Lab buys from Maker", "Maker invests in Lab")
    bought, put = rows(result, "legs")
    assert (put["amount"].value, put["amount"].unit, put["amount"].basis) == (5_000_000_000, "USD", "disclosed")
    assert (bought["amount"].basis, bought["modality"]) == (None, "asserted")
    assert [quote.quote for quote in result.evidence] == ["Sentence 1 of Notes.", "Sentence 0 of Notes."]


def test_trade_alone_or_stakes_alone_are_no_loop() -> None:
    assert firms(loops(store(relation("A", "supplies", "B"), relation("B", "supplies", "A")))) == []
    assert firms(loops(store(invests("A", "B"), invests("B", "A")))) == []
    assert firms(loops(store(invests("A", "B"), relation("B", "supplies", "A")))) == []
    assert "does not say that there is none" in loops(store(invests("A", "B"))).assumptions[0]


def test_a_longer_way_round() -> None:
    graph = store(invests("Maker", "Lab"), relation("Cloud", "supplies", "Lab"), relation("Maker", "supplies", "Cloud"))
    assert firms(loops(graph)) == [["Cloud", "Maker", "Lab"]]
    assert firms(loops(graph, longest=2)) == []
    assert firms(loops(graph, "e:cloud")) == [["Cloud", "Maker", "Lab"]]


def test_who_uses_a_product_buys_from_who_made_it() -> None:
    graph = store(
        invests("Maker", "Lab"),
        relation("Lab", "develops", "Doubao"),
        relation("Doubao", "uses", "SeedChip"),
        relation("Maker", "develops", "SeedChip"),
    )
    assert firms(loops(graph)) == [["Lab", "Maker"]]
    assert rows(loops(graph), "legs")[0]["claims"] == ("Doubao uses SeedChip",)
    assert len(loops(graph).evidence) == 4


def test_a_kind_of_thing_is_bought_from_nobody_in_particular() -> None:
    graph = store(invests("SK hynix", "Lab"), relation("Lab", "uses", "HBM"), relation("SK hynix", "develops", "HBM"))
    assert firms(loops(graph)) == []


def test_the_catalogues_maker_is_an_assumption() -> None:
    result = loops(store(invests("Nvidia", "Lab"), relation("Lab", "uses", "H20")))
    assert firms(result) == [["Lab", "Nvidia"]]
    assert "H20 is sold by Nvidia, its maker in the catalogue." in result.assumptions


def test_an_order_names_what_is_bought() -> None:
    order = metric("Lab", "orders", exactly("30000000000", "USD"), scope="SeedChip", period=year(2026))
    graph = store(invests("Maker", "Lab", "$5 billion"), order, relation("Maker", "develops", "SeedChip"))
    bought = rows(loops(graph), "legs")[0]
    assert (bought["amount"].value, bought["period"]) == (30_000_000_000, ("2026",))
    assert rows(loops(graph), "loops")[0]["money"].low == 35_000_000_000


@pytest.mark.parametrize("modality", ["projected", "possible"])
def test_a_plan_is_shown_as_a_plan(modality: str) -> None:
    graph = store(invests("Maker", "Lab", "up to $5 billion", modality=modality), relation("Maker", "supplies", "Lab"))
    (loop,) = rows(loops(graph), "loops")
    assert loop["standing"] == "with a plan"
    put = rows(loops(graph), "legs")[1]
    assert (put["modality"], put["amount"].value, put["amount"].high) == (f"plan ({modality})", None, 5_000_000_000)


def test_a_ceiling_is_no_money_known() -> None:
    order = metric("Lab", "orders", exactly("30000000000", "USD"), scope="SeedChip", period=year(2026))
    made = relation("Maker", "develops", "SeedChip")
    ceiling = store(invests("Maker", "Lab", "up to $5 billion"), relation("Maker", "supplies", "Lab"))
    assert rows(loops(ceiling), "loops")[0]["money"].low is None
    both = store(invests("Maker", "Lab", "up to $5 billion"), order, made)
    assert rows(loops(both), "loops")[0]["money"].low == 30_000_000_000


def test_denials_and_opinions_make_no_leg() -> None:
    for fields in ({"polarity": False}, {"modality": "opinion"}):
        assert firms(loops(store(invests("Maker", "Lab", **fields), relation("Maker", "supplies", "Lab")))) == []


def test_units_count_as_their_owner() -> None:
    graph = store(
        invests("Maker", "Lab"),
        relation("Maker Cloud", "supplies", "Lab"),
        relation("Maker Cloud", "subsidiaryOf", "Maker"),
    )
    assert firms(loops(graph)) == [["Lab", "Maker"]]
    assert len(loops(graph).evidence) == 3
    held = replace(relation("Agency", "acquires", "Maker"), subject=ref("Agency", "Organization"))
    agency = store(invests("Maker", "Lab"), relation("Maker", "supplies", "Lab"), held)
    assert firms(loops(agency)) == [["Lab", "Maker"]]


def test_agreements_count_if_they_name_an_amount() -> None:
    put = invests("Maker", "Lab")
    assert firms(loops(store(put, relation("Maker", "partnersWith", "Lab")))) == []
    deal = relation("Maker", "partnersWith", "Lab", qualifiers=(("amount", "$2 billion"),))
    assert rows(loops(store(put, deal)), "loops")[0]["said"][0] == "Lab has an agreement with Maker"


def test_several_amounts_on_one_leg() -> None:
    graph = stored(
        says("One", invests("Maker", "Lab", "$5 billion"), relation("Maker", "supplies", "Lab")),
        says("Two", invests("Maker", "Lab", "$7 billion")),
    )
    measure: Measure = rows(loops(graph), "legs")[1]["amount"]
    assert (measure.value, measure.low, measure.note) == (None, 7_000_000_000, "the largest of 2 amounts")


def test_the_most_money_first() -> None:
    graph = store(
        *(relation(maker, "supplies", lab) for maker, lab in (("M1", "L1"), ("M2", "L2"))),
        invests("M1", "L1", "¥10 billion"),
        invests("M2", "L2", "$9 billion"),
    )
    assert firms(loops(graph)) == [["L2", "M2"], ["L1", "M1"]]


def test_money_in_dollars() -> None:
    assert in_dollars(amount("1", None, "watt")) is None
    assert in_dollars(exactly("7254700000", "CNY")).low == 1_000_000_000  # type: ignore[union-attr]


def test_a_dense_graph_ends_and_says_so() -> None:
    names = [f"Firm {i}" for i in range(14)]
    graph = store(*(c for a in names for b in names if a < b for c in (invests(a, b), relation(a, "supplies", b))))
    result = loops(graph)
    assert result.measure.value is None
    assert result.measure.low == 1000
    assert any("The search stopped early" in note for note in result.assumptions)
    assert any("950 further loops are not listed" in note for note in result.assumptions)


def test_bad_input() -> None:
    with pytest.raises(SettingsError, match="longest is 6: loops of 2 to 5 firms are looked for"):
        loops(store(invests("A", "B")), longest=6)
    with pytest.raises(UnknownError):
        loops(store(invests("A", "B")), "e:nobody")
