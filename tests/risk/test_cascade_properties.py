from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from qa.risk.cascade import Cascade, esri
from tests.risk.plain_esri import PlainEsri

TIGHT = 1e-10
LOOSE = 0.0123456789


@dataclass(frozen=True)
class Case:
    """A small network with self-supply, cycles, sectors without firms and several shocks, all by chance."""

    flows: NDArray[np.float64]
    sector: NDArray[np.int64]
    essentiality: NDArray[np.int64]
    shock: NDArray[np.float64]
    substitution: bool
    revenue: NDArray[np.float64]
    cost: NDArray[np.float64]

    def run(self, **changed: object) -> Cascade:
        asked = {
            "substitution": self.substitution,
            "tolerance": TIGHT,
            "revenue": self.revenue,
            "cost": self.cost,
            **changed,
        }
        given = {name: asked.pop(name, getattr(self, name)) for name in ("flows", "sector", "essentiality", "shock")}
        return esri(**given, **asked)  # type: ignore[arg-type]

    def plain(self) -> PlainEsri:
        edges = [(int(i), int(j), float(self.flows[i, j])) for i, j in zip(*np.nonzero(self.flows), strict=True)]
        return PlainEsri(
            len(self.flows),
            edges,
            self.sector.tolist(),
            self.essentiality.tolist(),
            self.substitution,
            self.revenue.tolist(),
            self.cost.tolist(),
        )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    firms, sectors = draw(st.integers(2, 9)), draw(st.integers(1, 4))
    luck = np.random.default_rng(draw(st.integers(0, 2**32)))
    links = luck.random((firms, firms)) < draw(st.sampled_from([0.1, 0.3, 0.7]))
    flows = np.where(links, luck.lognormal(0, 2, (firms, firms)), 0)
    flows[0, 1] += 1
    whole = 1 + draw(st.sampled_from([0.05, 0.5]))  # what is not known keeps cycles from running forever
    return Case(
        flows,
        luck.integers(0, sectors, firms),
        luck.choice(3, (sectors, sectors), p=[0.1, 0.5, 0.4]),
        luck.random((firms, 3)) * (luck.random((firms, 3)) < 0.4),
        draw(st.booleans()),
        flows.sum(1) * whole,
        flows.sum(0) * whole,
    )


few = settings(deadline=None, max_examples=60)


@few
@given(cases(), st.sampled_from([0.0, 0.06, 1e9]), st.sampled_from([TIGHT, LOOSE]))
def test_frontier_and_sweep_give_what_a_full_recomputation_gives(case: Case, wide: float, tolerance: float) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("qa.risk.cascade.frontier.WIDE", wide)
        patch.setattr("qa.risk.cascade.rounds.WAIT", 0.0)
        found = case.run(tolerance=tolerance)
    plain = case.plain()
    for k, shock in enumerate(case.shock.T.tolist()):
        (down, down_rounds), (up, up_rounds) = plain.downstream(shock, tolerance), plain.upstream(shock, tolerance)
        assert found.downstream[:, k] == pytest.approx(down, abs=1e-9)
        assert found.upstream[:, k] == pytest.approx(up, abs=1e-9)
        assert found.esri[k] == pytest.approx(plain.esri(shock, tolerance), abs=1e-9)
        assert found.rounds[k] == max(down_rounds, up_rounds)


@few
@given(cases(), st.sampled_from([0.0, 0.06, 1e9]), st.sampled_from([TIGHT, LOOSE]))
def test_rises_that_wait_leave_less_undone_than_the_tolerance_does(case: Case, wide: float, tolerance: float) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("qa.risk.cascade.frontier.WIDE", wide)
        found = case.run(tolerance=tolerance)
    plain = case.plain()
    for k, shock in enumerate(case.shock.T.tolist()):
        assert found.downstream[:, k] == pytest.approx(plain.downstream(shock, tolerance)[0], abs=tolerance)
        assert found.upstream[:, k] == pytest.approx(plain.upstream(shock, tolerance)[0], abs=tolerance)


@few
@given(cases())
def test_the_currency_changes_nothing(case: Case) -> None:
    cents = case.run(flows=case.flows * 0.01, revenue=case.revenue * 0.01, cost=case.cost * 0.01)
    found = case.run()
    assert cents.esri == pytest.approx(found.esri, abs=1e-9)
    assert cents.downstream == pytest.approx(found.downstream, abs=1e-9)
    assert cents.upstream == pytest.approx(found.upstream, abs=1e-9)


@few
@given(cases(), st.floats(0, 1))
def test_a_larger_shock_never_helps(case: Case, part: float) -> None:
    small, large = case.run(shock=case.shock * part), case.run()
    assert np.all(small.downstream <= large.downstream + 1e-7)
    assert np.all(small.upstream <= large.upstream + 1e-7)
    assert np.all(small.esri <= large.esri + 1e-7)


@few
@given(cases(), st.integers(0, 2**32))
def test_the_order_of_firms_does_not_matter(case: Case, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(case.flows))
    moved = case.run(
        flows=case.flows[np.ix_(order, order)],
        sector=case.sector[order],
        shock=case.shock[order],
        revenue=case.revenue[order],
        cost=case.cost[order],
    )
    found = case.run()
    assert moved.esri == pytest.approx(found.esri, abs=1e-9)
    assert moved.downstream == pytest.approx(found.downstream[order], abs=1e-9)
    assert moved.upstream == pytest.approx(found.upstream[order], abs=1e-9)


@few
@given(cases(), st.sampled_from([0.0, 0.06, 1e9]))
def test_a_batch_is_its_scenarios_one_by_one(case: Case, wide: float) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("qa.risk.cascade.frontier.WIDE", wide)
        together = case.run(tolerance=LOOSE)
        for k in range(case.shock.shape[1]):
            alone = case.run(shock=case.shock[:, k], tolerance=LOOSE)
            assert alone.downstream[:, 0] == pytest.approx(together.downstream[:, k], abs=1e-9)
            assert alone.upstream[:, 0] == pytest.approx(together.upstream[:, k], abs=1e-9)
            assert (alone.esri[0], alone.rounds[0]) == (pytest.approx(together.esri[k]), together.rounds[k])


@few
@given(cases(), st.booleans())
def test_losses_are_shares_and_not_less_than_the_shock(case: Case, closed: bool) -> None:
    found = case.run(tolerance=LOOSE, **({"revenue": None, "cost": None} if closed else {}))
    for losses in (found.downstream, found.upstream):
        assert np.all((losses >= case.shock) & (losses <= 1))
    assert np.all((found.esri >= 0) & (found.esri <= 1 + 1e-12))
