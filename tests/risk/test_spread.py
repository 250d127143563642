"""One shock over many networks gives what the cascade for one network gives."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from qa.risk.cascade import StoppedError, esri
from qa.risk.cascade.pace import Pace
from qa.risk.whatif.spread import Blow, Standing, Web, downstream, upstream
from tests.shared import SHARED, needs_shared

TIGHT = 1e-6  # the same for both: near a circle that loses everything 1e-12 takes for ever


def web_of(
    amounts: NDArray[np.float64], sector: NDArray[np.intp], need: int, *, substitution: bool
) -> tuple[Web, NDArray[np.float64], NDArray[np.float64]]:
    """A network of amounts as shares: of what a buyer pays a sector (or all, if not essential), and of sales."""
    seller, buyer = np.nonzero(amounts)
    kind = sector[seller] if need == 2 else np.zeros(len(seller), dtype=np.intp)
    group = buyer * 100 + kind
    bought = np.array([amounts[seller[group == g], buyer[group == g]].sum() for g in group])
    standing = Standing(amounts.sum(axis=1), sector, np.zeros(int(sector.max()) + 1)) if substitution else None
    web = Web(len(amounts), seller, buyer, group, standing)
    paid = amounts[seller, buyer]
    return web, paid / bought, paid / amounts.sum(axis=1)[seller]


def blow(size: NDArray[np.float64], trades: int) -> Blow:
    return Blow(size, size, np.zeros(trades))


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10_000), st.sampled_from([1, 2]), st.booleans())
def test_it_agrees_with_the_cascade_of_one_network(seed: int, need: int, substitution: bool) -> None:
    rng = np.random.default_rng(seed)
    amounts = rng.random((8, 8)) * (rng.random((8, 8)) < 0.3)
    np.fill_diagonal(amounts, 0)
    amounts[0, 1] = 1.0
    sector = rng.integers(0, 3, 8).astype(np.intp)
    shock = rng.random(8) * (rng.random(8) < 0.4)
    web, inputs, sales = web_of(amounts, sector, need, substitution=substitution)
    found = esri(amounts, sector, np.full((3, 3), need), shock, substitution=substitution, tolerance=TIGHT)
    struck = blow(shock, len(web.seller))
    down, up = (
        downstream(web, inputs[:, None], struck, tolerance=TIGHT),
        upstream(web, sales[:, None], struck, tolerance=TIGHT),
    )
    assert down[:, 0] == pytest.approx(found.downstream[:, 0], abs=1e-4)
    assert up[:, 0] == pytest.approx(found.upstream[:, 0], abs=1e-4)


def chain() -> Web:
    """0 sells to 1, 1 to 2."""
    return Web(3, np.array([0, 1]), np.array([1, 2]), np.array([0, 1]))


def test_columns_run_apart_from_each_other() -> None:
    shares = np.array([[1.0, 0.5, 0.0], [1.0, 0.5, 1.0]])
    lost = downstream(chain(), shares, blow(np.array([1.0, 0, 0]), 2))
    assert lost.tolist() == [[1, 1, 1], [1, 0.5, 0], [1, 0.25, 0]]


def test_a_horizon_ends_it_early() -> None:
    lost = downstream(chain(), np.ones((2, 1)), blow(np.array([1.0, 0, 0]), 2), rounds=1)
    assert lost[:, 0].tolist() == [1, 1, 0]


def test_a_trade_that_stops_hits_both_ends_and_leaves_them_standing() -> None:
    stopped = Blow(np.zeros(3), np.zeros(3), np.array([0.0, 0.5]))
    shares = np.array([[0.4], [0.8]])
    assert downstream(chain(), shares, stopped)[:, 0].tolist() == [0, 0, 0.4]
    assert upstream(chain(), shares, stopped)[:, 0] == pytest.approx([0.16, 0.4, 0])


def test_who_stops_buying_loses_no_sales_of_its_own() -> None:
    quiet = Blow(np.zeros(3), np.array([0, 0, 1.0]), np.zeros(2))
    assert upstream(chain(), np.array([[0.5], [0.8]]), quiet)[:, 0] == pytest.approx([0.4, 0.8, 0])


def test_inputs_that_nothing_is_made_of_pass_nothing_on() -> None:
    web = Web(2, np.array([0]), np.array([1]), np.array([-1]))
    assert downstream(web, np.ones((1, 1)), blow(np.array([1.0, 0]), 1))[:, 0].tolist() == [1, 0]


def test_scale_of_outputs_changes_nothing() -> None:
    def lost(scale: float) -> NDArray[np.float64]:
        standing = Standing(np.array([3.0, 1.0, 1.0]) * scale, np.array([0, 0, 1]), np.zeros(2))
        web = Web(3, np.array([0, 1]), np.array([2, 2]), np.array([0, 0]), standing)
        return downstream(web, np.array([[0.6], [0.4]]), blow(np.array([0.5, 0, 0]), 2))

    assert lost(1.0) == pytest.approx(lost(1e-9), abs=1e-9)


def test_it_stops_when_asked_to() -> None:
    with pytest.raises(StoppedError, match="stopped before its end"):
        downstream(chain(), np.ones((2, 1)), blow(np.array([1.0, 0, 0]), 2), check=Pace(stop=lambda: True).check)


@needs_shared
@pytest.mark.shared
def test_the_reference_cases_come_out_in_a_column_too() -> None:
    assert SHARED is not None
    cases = json.loads((SHARED / "data" / "risk_reference" / "esri_glcascade_reference.json").read_text())
    played = 0
    for case in cases:
        levels = {level for row in case["essentiality"] for level in row}
        if len(levels) > 1 or case["costs"] is not None or case["psi_columns"] != "identity":
            continue
        amounts = np.zeros((case["n"], case["n"]))
        for seller, buyer, paid in case["edges"]:
            amounts[seller, buyer] += paid
        sector = np.array(case["sector"], dtype=np.intp)
        web, inputs, sales = web_of(amounts, sector, levels.pop(), substitution=case["substitution"])
        if case["revenue"] is not None:
            sales = amounts[web.seller, web.buyer] / np.array(case["revenue"])[web.seller]
        for firm in range(case["n"]):
            struck = blow(np.eye(case["n"])[firm], len(web.seller))
            down, up = downstream(web, inputs[:, None], struck), upstream(web, sales[:, None], struck)
            assert down[:, 0] == pytest.approx(case["h_loss_down"][firm], abs=1e-6), case["name"]
            assert up[:, 0] == pytest.approx(case["h_loss_up"][firm], abs=1e-6), case["name"]
        played += 1
    assert played >= 4
