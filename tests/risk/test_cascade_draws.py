import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from graph.errors import SettingsError
from qa.risk.cascade import StoppedError, esri, esri_draws

FORK = ([0, 1], [2, 2])  # two suppliers of one sector, one customer
NEEDS = [[2, 2], [2, 2]]


def drawn(amounts: object, **more: object):
    return esri_draws(*FORK, amounts, [0, 0, 1], NEEDS, [1, 0, 0], substitution=False, **more)  # type: ignore[arg-type]


def test_each_draw_is_a_network_of_its_own() -> None:
    found = drawn([[1, 3, 0, 0], [1, 1, 1, 0]])
    assert found.downstream[2] == pytest.approx([0.5, 0.75, 0, 0])
    assert found.esri == pytest.approx([0.5, 0.75, 0, 0])  # the customer sells nothing; without a link nothing is lost


def test_totals_of_firms_are_kept_where_the_draw_does_not_exceed_them() -> None:
    found = drawn([[1, 3], [1, 1]], cost=[0, 0, 3])
    assert found.downstream[2] == pytest.approx([0.5 * 2 / 3, 0.75])
    by_draw = drawn([[1, 3], [1, 1]], cost=[[0, 0], [0, 0], [4, 8]])
    assert by_draw.downstream[2] == pytest.approx([0.25, 0.375])


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32), st.booleans(), st.booleans(), st.sampled_from([1e-10, 1e-2]))
def test_draws_are_what_each_gives_alone(seed: int, substitution: bool, totals: bool, tolerance: float) -> None:
    luck = np.random.default_rng(seed)
    firms, links, draws, sectors = 8, 20, 5, 3
    supplier, customer = luck.integers(0, firms, links), luck.integers(0, firms, links)
    amounts = luck.lognormal(0, 1, (links, draws)) * (luck.random((links, draws)) < 0.6)
    amounts[0] += 0.1
    sector, needs = luck.integers(0, sectors, firms), luck.choice(3, (sectors, sectors))
    shock = luck.random((firms, draws)) * (luck.random((firms, draws)) < 0.4)
    revenue, cost = (_total(end, amounts, firms) * 1.3 if totals else None for end in (supplier, customer))
    given = {"substitution": substitution, "tolerance": tolerance}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("qa.risk.cascade.draws.BLOCK", 2 * links)
        patch.setattr("qa.risk.cascade.rounds.WAIT", 0.0)
        found = esri_draws(
            supplier, customer, amounts, sector, needs, shock, revenue=revenue, cost=cost, **given  # type: ignore[arg-type]
        )  # fmt: skip
        for d in range(draws):
            flows = np.zeros((firms, firms))
            np.add.at(flows, (supplier, customer), amounts[:, d])
            whole = {} if revenue is None or cost is None else {"revenue": revenue[:, d], "cost": cost[:, d]}
            alone = esri(flows, sector, needs, shock[:, d], **given, **whole)  # type: ignore[arg-type]
            assert found.downstream[:, d] == pytest.approx(alone.downstream[:, 0], abs=1e-9)
            assert found.upstream[:, d] == pytest.approx(alone.upstream[:, 0], abs=1e-9)
            assert found.esri[d] == pytest.approx(alone.esri[0], abs=1e-9)
            assert found.rounds[d] == alone.rounds[0]


def _total(end: NDArray[np.int64], amounts: NDArray[np.float64], firms: int) -> NDArray[np.float64]:
    total = np.zeros((firms, amounts.shape[1]))
    np.add.at(total, end, amounts)
    return total


def test_progress_and_stop_and_the_index_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.risk.cascade.draws.BLOCK", 4)
    heard: list[tuple[int, int]] = []
    found = drawn(np.ones((2, 3)), losses=False, progress=lambda *at: heard.append(at))
    assert heard == [(2, 3), (3, 3)]
    assert found.downstream.shape == (3, 0)
    assert found.esri == pytest.approx([0.5] * 3)
    with pytest.raises(StoppedError):
        drawn(np.ones((2, 3)), stop=lambda: True)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"amounts": [1, 2]}, "amounts has the shape 2; give a row a link and a column a draw"),
        ({"amounts": np.ones((0, 2))}, "amounts has the shape 0 × 2"),
        ({"amounts": [[1], [-1]]}, "amounts holds a number that is negative"),
        ({"amounts": [[1], [np.nan]]}, "not finite"),
        ({"supplier": [0]}, "supplier must be 2 whole numbers"),
        ({"customer": [2, 0.5]}, "customer must be 2 whole numbers"),
        ({"customer": [2, 3]}, "customer holds a firm that is not among the 3"),
        ({"shock": np.ones((3, 2))}, "shock has the shape 3 × 2"),
        ({"revenue": [1, 2]}, "revenue has the shape 2"),
    ],
)
def test_bad_input_is_one_clear_line(wrong: dict[str, object], message: str) -> None:
    asked = {"supplier": FORK[0], "customer": FORK[1], "amounts": [[1], [1]], "sector": [0, 0, 1]}
    asked |= {"essentiality": NEEDS, "shock": [1, 0, 0]}
    with pytest.raises(SettingsError, match=message) as caught:
        esri_draws(**(asked | wrong))
    assert "\n" not in str(caught.value)
