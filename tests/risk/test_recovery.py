import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import SettingsError
from qa.risk.survival.recovery import Provision, shortfall, time_to_survive
from tests.shared import SHARED


def provision(
    capacity: list[float],
    demand: list[float],
    stock: list[float],
    loss: list[float] | None = None,
    makes: list[list[int]] | None = None,
) -> Provision:
    table = np.ones((len(capacity), len(demand))) if makes is None else np.array(makes)
    return Provision(
        np.array(capacity, float),
        np.array(demand, float),
        np.array(stock, float),
        np.array(loss or [1.0] * len(demand), float),
        table.astype(bool),
    )


def test_a_stock_lasts_as_long_as_it_fills_the_gap() -> None:
    plan = provision([10], [10], [30])
    assert time_to_survive(plan, [0]) == pytest.approx(3)
    assert time_to_survive(plan) is None
    assert shortfall(plan, [0], 3).cost == 0
    assert shortfall(plan, [0], 5).missing == pytest.approx([20])


def test_spare_capacity_of_the_others_counts() -> None:
    plan = provision([6, 6], [10], [8])
    assert time_to_survive(plan, [0]) == pytest.approx(2)
    assert time_to_survive(plan, [0, 1]) == pytest.approx(0.8)


def test_who_can_make_what_decides() -> None:
    """Provider 1 could stand in for the first input only; the second has one provider and a stock of two periods."""
    plan = provision([10, 15], [10, 5], [0, 10], makes=[[1, 1], [1, 0]])
    assert time_to_survive(plan, [1]) == pytest.approx(2)
    assert time_to_survive(plan, [0]) == pytest.approx(2)
    assert time_to_survive(provision([10, 9], [10, 5], [2, 10], makes=[[1, 1], [1, 0]]), [0]) == pytest.approx(2)


def test_the_dearest_input_is_made_first() -> None:
    plan = provision([10, 5], [8, 8], [0, 0], loss=[1, 100])
    found = shortfall(plan, [0], 2)
    assert found.missing == pytest.approx([16, 6])
    assert found.cost == pytest.approx(16 + 600)


def test_nothing_used_up_lasts_for_ever() -> None:
    assert time_to_survive(provision([1], [0], [0]), [0]) is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"capacity": [-1]}, "a capacity is -1"),
        ({"stock": [float("nan")]}, "a stock is nan"),
        ({"stock": [1, 2]}, "a stock and a loss for every input"),
        ({"makes": [[1], [1]]}, "1 providers and 1 inputs"),
    ],
)
def test_numbers_that_make_no_sense(change: dict[str, list[float]], message: str) -> None:
    fields = {"capacity": [1.0], "demand": [1.0], "stock": [1.0]} | change
    with pytest.raises(SettingsError, match=message):
        provision(**fields)  # type: ignore[arg-type]


def test_outages_that_make_no_sense() -> None:
    plan = provision([1], [1], [1])
    with pytest.raises(SettingsError, match="lasts -1 periods"):
        shortfall(plan, [0], -1)
    with pytest.raises(SettingsError, match="no provider 3: they are numbered 0 to 0"):
        time_to_survive(plan, [3])


amounts = st.integers(0, 20)


@st.composite
def plans(draw: st.DrawFn) -> Provision:
    n, m = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    rows = [[draw(amounts) for _ in range(m)] for _ in range(2)] + [[draw(st.integers(1, 20)) for _ in range(m)]]
    makes = [[draw(st.integers(0, 1)) for _ in range(m)] for _ in range(n)]
    return provision([draw(amounts) for _ in range(n)], *rows, makes=makes)


@settings(max_examples=60, deadline=None)
@given(plans(), st.integers(1, 12), st.integers(1, 12))
def test_a_longer_outage_never_costs_less(plan: Provision, a: int, b: int) -> None:
    """And costs grow at least in proportion: the stock helps a short outage most."""
    short, long = sorted((a, b))
    first, second = (shortfall(plan, [0], t).cost for t in (short, long))
    assert first <= second + 1e-6
    assert first * long <= second * short + 1e-6


@settings(max_examples=60, deadline=None)
@given(plans(), st.integers(1, 12))
def test_nothing_is_short_just_as_long_as_the_network_survives(plan: Provision, periods: int) -> None:
    lasts = time_to_survive(plan, [0])
    missing = shortfall(plan, [0], periods).missing.sum()
    assert (missing < 1e-6) == (lasts is None or periods <= lasts + 1e-6)


@settings(max_examples=30, deadline=None)
@given(plans())
def test_losing_more_never_helps(plan: Provision) -> None:
    alone, all_out = time_to_survive(plan, [0]), time_to_survive(plan, range(len(plan.capacity)))
    assert all_out is None or alone is None or all_out <= alone + 1e-6
    if alone is not None:
        assert all_out is not None


@pytest.mark.shared
@pytest.mark.skipif(SHARED is None, reason="no ../shared beside this checkout")
def test_the_toy_network() -> None:
    """The reference gives costs and times, not the network. Those of three providers of one input that is used up as
    fast as all make it determine one up to units: outages of 2 periods, gaps of 4, 7 and 10 on a stock of 9, and a loss
    of 25,000 a unit ((7·2 − 9) : (10·2 − 9) = 125 : 275).
    """
    assert SHARED is not None
    path = SHARED / "data" / "risk_reference" / "misc_reference.json"
    plan = provision([4, 7, 10], [21], [9], loss=[25_000])
    for node, cost, time in json.loads(path.read_text())["ford_ttr_tts"]:
        out = [] if node is None else [node]
        assert shortfall(plan, out, 2).cost == pytest.approx(cost)
        lasts = time_to_survive(plan, out)
        assert (999.0 if lasts is None else round(lasts, 4)) == time
