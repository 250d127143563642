from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from graph.errors import QueryError, SettingsError, UnknownError
from graph.model import Claim, Period
from qa.risk.customer.losses import Losses
from qa.risk.customers import customers
from qa.risk.envelope import Measure, Result
from qa.risk.lens import Lens
from qa.risk.report import Share
from tests.graph.samples import exactly, metric, relation, year
from tests.risk.facts import bounded_share, says, share, store, stored


def rows(result: Result, key: str) -> list[dict[str, Any]]:
    """The rows of a table as cells by column, with their evidence."""
    table = result.table(key)
    names = [column.key for column in table.columns]
    return [dict(zip(names, row.cells, strict=True)) | {"evidence": row.evidence} for row in table.rows]


def sells(customer: str, percent: str, **fields: Any) -> list[Claim]:
    """That the start-up supplies the customer, and the share of its revenue from there."""
    return [relation("Startup", "supplies", customer), share("Startup", customer, percent, **fields)]


def two_customers() -> list[Claim]:
    return [*sells("Lab", "62", period=year(2025)), *sells("Cloud", "24", period=year(2025))]


def test_the_top_customer_and_the_index() -> None:
    result = customers(store(*two_customers()), "e:startup")
    top = result.measure
    assert isinstance(top, Share)
    assert (top.whose, top.what, top.value, top.basis, top.period) == ("Startup", "revenue", 62, "disclosed", "2025")
    assert top.note == "largest customer: Lab"
    (reading,) = rows(result, "readings")
    assert (reading["hhi"].low, reading["hhi"].high) == (4420, 4616)
    assert (reading["concentrated"], reading["rest"].high, reading["reading"]) == (True, 14, "as named")
    quotes = {quote.n: quote.quote for quote in result.evidence}
    assert [quotes[n] for n in reading["evidence"]] == ["Sentence 1 of Notes.", "Sentence 3 of Notes."]


def test_common_control_with_evidence_is_one_customer() -> None:
    graph = store(*two_customers(), *(relation(firm, "subsidiaryOf", "Fund") for firm in ("Lab", "Cloud")))
    result = customers(graph, "e:startup")
    apart, together = rows(result, "readings")
    assert (apart["hhi"].low, apart["hhi"].high, apart["customers"]) == (4420, 4616, 2)
    assert (together["hhi"].low, together["hhi"].high, together["customers"]) == (7396, 7592, 1)
    assert len(together["evidence"]) == 4
    top = result.measure
    assert isinstance(top, Share)
    assert (top.value, top.basis, top.note) == (
        86,
        "derived",
        "largest customer: Lab and Cloud (under one owner, Fund)",
    )
    assert any("ASC 280-10-50-42" in note for note in result.assumptions)


def test_revenue_at_risk_is_share_times_probability() -> None:
    losses = Losses({"e:lab": Decimal("0.5"), "e:cloud": Decimal("0.25")})
    (reading,) = rows(customers(store(*two_customers()), "e:startup", losses=losses), "readings")
    risk: Measure = reading["at_risk"]
    assert (risk.value, risk.unit, risk.basis) == (37, "percent", "assumed")
    every = customers(store(*two_customers()), "e:startup", losses=Losses(every=Decimal("0.5")))
    assert rows(every, "readings")[0]["at_risk"].value == 43


def test_without_a_probability_the_risk_is_a_range() -> None:
    result = customers(store(*two_customers()), "e:startup")
    risk: Measure = rows(result, "readings")[0]["at_risk"]
    assert (risk.value, risk.low, risk.high, risk.basis) == (None, 0, 86, "assumed")
    assert any("Nobody gave a probability" in note for note in result.assumptions)


def test_the_risk_in_money_needs_the_revenue_of_that_period() -> None:
    losses = Losses(every=Decimal("0.5"))
    sold = metric("Startup", "revenue", exactly("510000000", "USD"), period=year(2025))
    (reading,) = rows(customers(store(*two_customers(), sold), "e:startup", losses=losses), "readings")
    assert (reading["money"].value, reading["money"].unit) == (219_300_000, "USD")
    assert len(reading["evidence"]) == 3
    for other in (
        metric("Startup", "revenue", exactly("510000000", "USD"), period=year(2024)),
        metric("Startup", "revenue", exactly("510000000", "USD"), period=year(2025), scope="chips"),
        metric("Startup", "revenue", exactly("510000000", "USD"), period=year(2025), modality="projected"),
    ):
        (reading,) = rows(customers(store(*two_customers(), other), "e:startup", losses=losses), "readings")
        assert (reading["money"].basis, reading["money"].note) == (None, "no revenue of that period is known")


def test_ranges_stay_ranges() -> None:
    graph = store(
        bounded_share("Startup", "Lab", "50", None), *(relation("Startup", "supplies", x) for x in ("Lab", "Cloud"))
    )
    result = customers(graph, "e:startup", losses=Losses(every=Decimal("0.5")))
    (reading,) = rows(result, "readings")
    assert (reading["hhi"].value, reading["hhi"].low, reading["hhi"].high) == (None, 2500, 10000)
    assert (reading["at_risk"].low, reading["at_risk"].high) == (25, 50)
    lab, cloud = rows(result, "customers")
    assert (lab["share"].low, lab["at_risk"].low) == (50, 25)
    assert (cloud["share"].value, cloud["at_risk"].basis) == (None, None)


def test_an_unnamed_largest_customer_counts() -> None:
    graph = store(share("Startup", "largest customer", "79", period=year(2025)), relation("Startup", "supplies", "Lab"))
    result = customers(graph, "e:startup")
    assert isinstance(result.measure, Share)
    assert (result.measure.value, result.measure.note) == (79, "largest customer: largest customer (no name given)")
    assert result.measure.claims
    five = store(share("Startup", "five largest customers", "90"), relation("Startup", "supplies", "Lab"))
    assert customers(five, "e:startup").measure.basis is None
    assert [row["part"] for row in rows(customers(five, "e:startup"), "unnamed")] == ["five largest customers"]


@pytest.mark.parametrize(
    ("claims", "flag"),
    [
        (sells("Lab", "62"), "watch"),
        (sells("Lab", "6"), "none seen"),
        ([relation("Startup", "supplies", "Lab")], "none seen"),
        ([*sells("Lab", "62"), relation("Lab", "develops", "SeedChip")], "warning"),
        ([*sells("Lab", "62"), relation("Lab", "develops", "SeedChip", modality="projected")], "watch"),
        ([relation("Startup", "supplies", "Lab"), relation("Lab", "develops", "SeedChip")], "watch"),
        ([*sells("Lab", "62"), relation("Lab", "develops", "SeedChip", polarity=False)], "watch"),
    ],
)
def test_flags(claims: list[Any], flag: str) -> None:
    result = customers(store(relation("Startup", "develops", "H20"), *claims), "e:startup")
    assert [row["flag"] for row in rows(result, "customers")] == [flag]


def test_signs_come_with_their_evidence() -> None:
    graph = store(*sells("Lab", "62"), relation("Startup", "develops", "H20"), relation("Lab", "develops", "SeedChip"))
    found = [row for row in rows(customers(graph, "e:startup"), "signals") if row["state"] == "found"]
    assert [(row["sign"], row["claims"]) for row in found] == [
        ("own product of the same kind", ("Lab develops SeedChip",))
    ]
    quotes = {quote.n: quote.quote for quote in customers(graph, "e:startup").evidence}
    assert [quotes[n] for n in found[0]["evidence"]] == ["Sentence 3 of Notes."]


def test_contradictory_shares_are_said() -> None:
    result = customers(store(*sells("Lab", "80"), *sells("Cloud", "70")), "e:startup")
    assert any("above 100 %" in note for note in result.assumptions)
    (reading,) = rows(result, "readings")
    assert (reading["hhi"].low, reading["hhi"].high, reading["rest"].high) == (11300, 11300, 0)


def test_two_sources_that_differ_make_a_range() -> None:
    graph = stored(
        says("One", *sells("Lab", "60", period=year(2025))),
        says("Two", share("Startup", "Lab", "70", period=year(2025))),
    )
    top = customers(graph, "e:startup").measure
    assert isinstance(top, Share)
    assert (top.value, top.low, top.high) == (None, 60, 70)


def test_nobody_is_known_to_buy() -> None:
    result = customers(store(metric("Startup", "revenue", exactly("5", "USD"))), "e:startup")
    assert (result.measure.basis, result.table("customers").rows) == (None, ())
    assert "unknown, not independent" in result.coverage.said


def test_as_of_leaves_out_what_came_later() -> None:
    graph = stored(
        says("Early", *sells("Lab", "40", period=year(2024)), published=date(2025, 1, 1)),
        says("Late", share("Startup", "Lab", "70", period=year(2025)), published=date(2026, 1, 1)),
    )
    then = customers(graph, "e:startup", lens=Lens(as_of=date(2025, 6, 1))).measure
    assert (then.value, customers(graph, "e:startup").measure.value) == (40, 70)


def test_bad_input() -> None:
    graph = store(*two_customers(), relation("Other", "supplies", "Lab"))
    with pytest.raises(SettingsError, match="losing e:lab is 3: give a number from 0 to 1"):
        Losses({"e:lab": Decimal(3)})
    with pytest.raises(QueryError, match="e:other is no customer of Startup in the graph; its customers: Lab, Cloud"):
        customers(graph, "e:startup", losses=Losses({"e:other": Decimal(1)}))
    with pytest.raises(UnknownError):
        customers(graph, "e:nobody")


def test_a_firm_that_sells_to_itself_is_no_customer() -> None:
    graph = store(relation("Startup", "supplies", "Startup"), relation("Startup", "supplies", "Lab"))
    assert [row["customer"].label for row in rows(customers(graph, "e:startup"), "customers")] == ["Lab"]


def test_json_has_the_envelope() -> None:
    out = customers(store(*two_customers()), "e:startup", losses=Losses(every=Decimal("0.5"))).to_json()
    assert (out["report"], out["value"], out["unit"], out["asked"]["every"]) == ("customers", 62, "percent", "0.5")
    assert [row["share"]["value"] for row in out["tables"]["customers"]] == [62, 24]


def test_period_over_is_an_end() -> None:
    over = relation("Startup", "supplies", "Lab", period=Period(None, date(2025, 12, 31), "until the end of 2025"))
    result = customers(store(over), "e:startup")
    assert (rows(result, "signals")[0]["sign"], rows(result, "signals")[0]["state"]) == ("stops buying", "found")
