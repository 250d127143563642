from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from graph.errors import SettingsError
from qa.risk.envelope import Result
from qa.risk.survival.plan import build_plan, read_plan
from qa.risk.survive import survive
from tests.graph.samples import amount, article, exactly, metric, relation
from tests.risk.facts import store, stored

PLAN: dict[str, Any] = {
    "period": "week",
    "unit": "wafers",
    "money": "USD",
    "inputs": {"HBM": {"demand": 100, "stock": 150, "loss": 2000}},
    "suppliers": {"North": {"capacity": 70, "recover": 8}, "South": {"capacity": 40, "recover": [1, 2]}},
}


def plan(**changes: Any) -> dict[str, Any]:
    return PLAN | changes


def rows(result: Result, key: str) -> list[dict[str, Any]]:
    table = result.table(key)
    return [dict(zip([c.key for c in table.columns], row.cells, strict=True)) for row in table.rows]


def graph(*claims: Any) -> Any:
    return store(relation("North", "supplies", "Maker"), *claims)


def test_each_supplier_alone() -> None:
    """Without North 60 units a week are missing: 150 last 2.5 weeks. Without South 30 are: 5 weeks, longer than 2."""
    result = survive(graph(), "e:maker", build_plan(PLAN))
    north, south = rows(result, "outages")
    assert (north["lost"], north["survives"].value, north["survives"].unit) == ("North", 2.5, "weeks")
    assert (north["verdict"], north["cost"].value, north["cost"].unit) == (
        "does not survive",
        (480 - 150) * 2000,
        "USD",
    )
    assert (south["survives"].value, south["verdict"], south["cost"].value) == (5, "survives", 0)
    assert (result.measure.value, result.measure.note) == (2.5, "without North")  # type: ignore[union-attr]
    assert result.measure.basis == "assumed"


def test_who_fills_in_and_what_stays_missing() -> None:
    filled = [row for row in rows(survive(graph(), "e:maker", build_plan(PLAN)), "fill_in") if row["lost"] == "North"]
    assert [(row["maker"], row["input"], row["units"].value) for row in filled] == [
        ("South", "HBM", 320),
        ("nobody", "HBM", 330),
    ]


def test_lost_together() -> None:
    (both,) = rows(survive(graph(), "e:maker", build_plan(PLAN), lost=["South", "North"]), "outages")
    assert (both["lost"], both["survives"].value) == ("South and North", 1.5)
    assert (both["recovers"].low, both["recovers"].high) == (8, 8)


def test_ranges_make_bounds() -> None:
    needs = {"HBM": {"demand": [100, 110], "stock": [120, 150], "loss": 1}}
    north, _ = rows(survive(graph(), "e:maker", build_plan(plan(inputs=needs))), "outages")
    assert (north["survives"].low, north["survives"].value, north["survives"].high) == (
        Decimal("1.714286"),
        None,
        2.5,
    )


def test_verdict_is_open_where_the_bounds_lie_on_both_sides() -> None:
    makers = {"North": {"capacity": 70, "recover": [2, 3]}, "South": {"capacity": 40}}
    north, south = rows(survive(graph(), "e:maker", build_plan(plan(suppliers=makers))), "outages")
    assert north["verdict"] == "open: within the bounds it may or may not"
    assert (south["verdict"], south["cost"].basis) == ("time to recover not given", None)


def test_others_that_can_make_it_all() -> None:
    makers = {"North": {"capacity": 100}, "South": {"capacity": 100}}
    result = survive(graph(), "e:maker", build_plan(plan(suppliers=makers)))
    assert [row["verdict"] for row in rows(result, "outages")] == ["survives for ever", "survives for ever"]
    assert result.measure.note == "for ever"


def test_capacity_and_stock_from_claims() -> None:
    batch = article(
        "Capacities",
        ("North can start 3,044 wafers a month.", metric("North", "capacity", exactly("3043.75", "wafers/month"))),
        ("Maker has 500 HBM wafers in stock.", metric("Maker", "inventory", exactly("500", "count"), scope="HBM")),
        ("South may add capacity.", metric("South", "capacity", exactly("9", "wafers/month"), modality="possible")),
    )
    needs = {"HBM": {"demand": 1000}}
    makers = {"North": {}, "South": {"capacity": 500}}
    result = survive(stored(batch), "e:maker", build_plan(plan(inputs=needs, suppliers=makers)))
    numbers = {row["what"]: row for row in rows(result, "numbers")}
    assert numbers["capacity of North"]["value"].value == 700
    assert (numbers["capacity of North"]["source"], numbers["capacity of South"]["source"]) == ("claims", "plan")
    assert {row["lost"]: row["survives"].value for row in rows(result, "outages")} == {
        "North": 1,
        "South": Decimal("1.666667"),
    }
    assert [quote.quote for quote in result.evidence] == [
        "Maker has 500 HBM wafers in stock.",
        "North can start 3,044 wafers a month.",
    ]


def test_a_claim_without_an_upper_bound_leaves_the_time_open() -> None:
    held = metric("Maker", "inventory", amount("500", None, "wafers"), scope="HBM")
    needs = {"HBM": {"demand": 100}}
    makers = {"North": {"capacity": 70, "recover": 9}}
    result = survive(graph(held), "e:maker", build_plan(plan(inputs=needs, suppliers=makers)))
    (north,) = rows(result, "outages")
    assert (north["survives"].low, north["survives"].high) == (5, None)
    assert north["verdict"] == "open: within the bounds it may or may not"


def test_what_was_asked_runs_again() -> None:
    result = survive(graph(), "e:maker", build_plan(PLAN), lost=["North"])
    asked = result.to_json()["asked"]
    assert build_plan(asked["plan"]) == build_plan(PLAN)
    assert survive(graph(), "e:maker", build_plan(asked["plan"]), lost=asked["lost"]) == result


def test_what_nobody_gives_is_asked_for() -> None:
    needs = {"HBM": {"demand": 100}}
    makers = {"North": {}, "South": {"capacity": 40}}
    with pytest.raises(SettingsError) as problem:
        survive(graph(), "e:maker", build_plan(plan(inputs=needs, suppliers=makers)))
    assert str(problem.value) == (
        "no claim gives capacity of North, stock of HBM in wafers: put capacity and stock into the plan"
    )


def test_suppliers_that_the_plan_leaves_out_are_named() -> None:
    result = survive(graph(relation("West", "supplies", "Maker")), "e:maker", build_plan(PLAN))
    assert "The graph names further suppliers of Maker that are not in the plan: West." in result.assumptions


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"period": "fortnight"}, "period “fortnight”: give one of day, week, month, quarter, year"),
        ({"inputs": {}}, "no inputs; give them by name"),
        ({"suppliers": None}, "no suppliers; give them by name"),
        ({"inputs": {"HBM": {"stock": 5}}}, "input HBM: no demand"),
        ({"inputs": {"HBM": {"demand": -1}}}, "demand is -1: give a number from 0 up, or"),
        ({"inputs": {"HBM": {"demand": [5, 1]}}}, "demand is [5, 1]: give a number"),
        ({"inputs": {"HBM": {"demand": "many"}}}, "demand is many: give a number"),
        ({"inputs": {"HBM": {"demnad": 5}}}, "“demnad” is no field; did you mean demand?"),
        ({"suppliers": {"North": {"makes": ["HBN"]}}}, "makes HBN, which is no input of the plan; did you mean HBM?"),
        ({"suppliers": {"North": 5}}, "supplier North: expected fields (capacity, makes, recover), found int"),
        ({"stocks": {}}, "“stocks” is no field"),
    ],
)
def test_plans_that_make_no_sense(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(SettingsError) as problem:
        build_plan(plan(**changes))
    assert message in str(problem.value)
    assert "\n" not in str(problem.value)


def test_a_supplier_that_is_not_in_the_plan() -> None:
    with pytest.raises(SettingsError, match="East is no supplier of the plan: it has North, South"):
        survive(graph(), "e:maker", build_plan(PLAN), lost=["East"])


def test_yaml_and_csv_are_the_same_plan(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(
        "period: week\nunit: wafers\nmoney: USD\ninputs:\n  HBM: {demand: 100, stock: 150, loss: 2000}\n"
        "suppliers:\n  North: {capacity: 70, recover: 8}\n  South: {capacity: 40, makes: [HBM], recover: [1, 2]}\n"
    )
    (tmp_path / "p.csv").write_text(
        "kind,name,period,unit,money,demand,stock,loss,capacity,makes,recover\n"
        "plan,,week,wafers,USD,,,,,,\ninput,HBM,,,,100,150,2000,,,\n"
        "supplier,North,,,,,,,70,HBM,8\nsupplier,South,,,,,,,40,HBM,1..2\n"
    )
    assert read_plan(tmp_path / "p.yaml") == read_plan(tmp_path / "p.csv") == build_plan(PLAN)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("p.yaml", "a: [", "is no YAML"),
        ("p.yaml", "- 1", "expected fields (period, unit, money, inputs, suppliers), found list"),
        ("p.csv", "kind,name\nmaker,North\n", "a row of the kind “maker”: give plan, input or supplier"),
    ],
)
def test_files_that_are_no_plan(tmp_path: Path, name: str, text: str, message: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(SettingsError) as problem:
        read_plan(tmp_path / name)
    assert message in str(problem.value)
    with pytest.raises(SettingsError, match="cannot be read"):
        read_plan(tmp_path / "none.yaml")
