import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import SettingsError
from qa.risk.cascade import debtrank

RING = np.array([[0, 0.5, 0], [0, 0, 0.5], [0.5, 0, 0]])  # each exposed to the next with half of its equity


def test_ring_of_three() -> None:
    found = debtrank(RING * 8, [8, 8, 8], [0, 0, 0.5])
    assert found.h[:, 0] == pytest.approx([1 / 7, 2 / 7, 4 / 7])
    assert found.lost == pytest.approx([1 / 3])
    assert found.passed_on == pytest.approx([1 / 3 - 1 / 6])


def test_distress_runs_from_the_debtor_to_the_creditor_and_stops_at_its_equity() -> None:
    found = debtrank([[0, 30], [0, 0]], [10, 40], np.eye(2))
    assert found.h.tolist() == [[1, 1], [0, 1]]
    assert found.rounds.tolist() == [1, 2]
    assert found.lost == pytest.approx([0.2, 1])
    assert found.passed_on == pytest.approx([0, 0.2])


@pytest.mark.parametrize(
    ("exposure", "equity", "shock", "message"),
    [
        (-RING, [1, 1, 1], [0, 0, 1], "exposure holds a negative amount"),
        (RING * 0, [1, 1, 1], [0, 0, 1], "exposure holds no link at all"),
        (RING, [1, 0, 1], [0, 0, 1], "equity must be 3 numbers above 0"),
        (RING, [1, np.nan, 1], [0, 0, 1], "equity must be 3 numbers above 0"),
        (RING, [1, 1], [0, 0, 1], "equity must be 3 numbers above 0"),
        (RING, [1, 1, 1], [0, 0, 2], "outside 0 to 1"),
        (RING, [1, 1, 1], [0, 1], "shock has the shape 2"),
    ],
)
def test_bad_input(exposure: object, equity: object, shock: object, message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        debtrank(exposure, equity, shock)


@settings(deadline=None)
@given(st.integers(0, 2**32))
def test_plain_recursion_gives_the_same_and_more_shock_more_distress(seed: int) -> None:
    luck = np.random.default_rng(seed)
    exposure = luck.random((6, 6)) * (luck.random((6, 6)) < 0.4) + np.eye(6, k=1) * 0.1
    equity, shock = luck.uniform(0.5, 3, 6), luck.random((6, 2))
    found = debtrank(exposure, equity, shock, tolerance=1e-12)
    for k in range(2):
        before, now = np.zeros(6), shock[:, k]
        for _ in range(3000):
            before, now = now, np.minimum(1, now + exposure / equity[:, None] @ (now - before))
        assert found.h[:, k] == pytest.approx(now, abs=1e-7)
    milder = debtrank(exposure, equity, shock / 2)
    assert np.all(milder.h <= found.h + 1e-7)
