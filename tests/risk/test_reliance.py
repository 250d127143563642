from decimal import Decimal
from itertools import pairwise
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from graph.errors import QueryError, SettingsError, UnknownError
from graph.model import Claim, EntityRef
from qa.risk.cascade import StoppedError
from qa.risk.envelope import Measure, Result
from qa.risk.reliance import Side, over_tiers, reliance
from qa.risk.report import Share
from qa.risk.tiers import tier
from tests.graph.samples import relation
from tests.risk.facts import buys, share, store
from tests.risk.test_simulate_properties import FIRMS, claims, deals

SURE: dict[str, Any] = {"confidence": Decimal(1)}


def sells(seller: str, buyer: str, **fields: Any) -> Claim:
    return relation(seller, "supplies", buyer, **(SURE | fields))


def parties(result: Result, column: int = 2) -> dict[str, tuple[Decimal | None, ...]]:
    """By party: likely share, low and high."""
    found = {}
    for row in result.table("parties").rows:
        cell = cast("Share | Measure", row.cells[column])
        found[cast(EntityRef, row.cells[0]).label] = (cell.value, cell.low, cell.high)
    return found


def test_a_chain_multiplies_over_tiers() -> None:
    graph = store(
        sells("Beta", "Alpha"),
        sells("Gamma", "Beta"),
        buys("Alpha", "Beta", "60", **SURE),
        buys("Beta", "Gamma", "20", **SURE),
    )
    result = reliance(graph, "e:alpha", draws=20)
    assert parties(result) == {"Beta": (60, 60, 60), "Gamma": (12, 12, 12)}
    assert isinstance(result.measure, Share)
    assert (result.measure.value, result.measure.whose, result.measure.what) == (60, "Alpha", "purchases")
    (path,) = [path for path in result.paths if len(path.steps) == 2]
    assert path.share.value == 12
    only = reliance(graph, "e:alpha", to="e:gamma", draws=20)
    assert parties(only) == {"Gamma": (12, 12, 12)}
    assert len({result.evidence[n - 1].quote for n in result.table("parties").rows[1].evidence}) == 4


def test_customers_are_shares_of_revenue() -> None:
    graph = store(sells("Alpha", "Beta"), share("Alpha", "Beta", "80", **SURE))
    result = reliance(graph, "e:alpha", side="customers", draws=0)
    assert parties(result) == {"Beta": (80, 80, 80)}
    assert isinstance(result.measure, Share)
    assert result.measure.basis == "disclosed"


def test_what_nobody_discloses_is_anything_and_the_draws_say_how_sure_the_order_is() -> None:
    graph = store(sells("Beta", "Alpha"), sells("Gamma", "Alpha"), buys("Alpha", "Beta", "40", **SURE))
    result = reliance(graph, "e:alpha", draws=400)
    assert parties(result) == {"Beta": (40, 40, 40), "Gamma": (30, 0, 60)}
    first = {cast(EntityRef, row.cells[0]).label: cast(Decimal, row.cells[5]) for row in result.table("parties").rows}
    assert first["Beta"] == pytest.approx(Decimal(67), abs=10)
    assert first["Beta"] + first["Gamma"] == 100
    assert any("shares of inputs are assumed" in note for note in result.assumptions)


def test_a_claim_in_doubt_leaves_the_lower_bound_open() -> None:
    graph = store(
        sells("Beta", "Alpha", confidence=Decimal("0.6")), buys("Alpha", "Beta", "40", confidence=Decimal("0.6"))
    )
    result = reliance(graph, "e:alpha", draws=50)
    assert parties(result) == {"Beta": (40, 0, 40)}
    assert parties(result, 3) == {"Beta": (None, 40, 40)}


def test_where_no_trade_leads_it_is_unknown() -> None:
    result = reliance(store(sells("Beta", "Alpha")), "e:beta")
    assert isinstance(result.measure, Share)
    assert (result.measure.value, result.measure.basis) == (None, None)
    assert "unknown, not nothing" in result.measure.note
    assert not result.table("parties").rows


def test_wrong_calls_are_clear_errors() -> None:
    graph = store(sells("Beta", "Alpha"))
    with pytest.raises(QueryError, match="asked about itself"):
        reliance(graph, "e:alpha", to="e:alpha")
    with pytest.raises(UnknownError):
        reliance(graph, "e:nobody")
    with pytest.raises(SettingsError, match="tiers 0"):
        reliance(graph, "e:alpha", tiers=0)
    with pytest.raises(StoppedError):
        reliance(graph, "e:alpha", stop=lambda: True)


@settings(deadline=None, max_examples=40)
@given(deals(), st.sampled_from(["suppliers", "customers"]), st.booleans(), st.integers(1, 5))
def test_the_bounds_contain_every_draw(rows: Any, side: Side, closed: bool, tiers: int) -> None:
    graph = store(*claims(rows), *(relation("Omega", "competesWith", firm) for firm in FIRMS))
    result = reliance(graph, "e:alpha", side=side, closed=closed, tiers=tiers, draws=40)
    drawn = parties(result, 4)
    for party, (value, low, high) in parties(result).items():
        numbers = [low, *(drawn[party][n] for n in (1, 0, 2)), high]
        assert all(cast(Decimal, a) <= cast(Decimal, b) + Decimal("0.001") for a, b in pairwise(numbers))
        assert cast(Decimal, low) <= cast(Decimal, value) <= cast(Decimal, high)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.integers(1, 4))
def test_tiers_add_up_as_powers_of_the_matrix(seed: int, tiers: int) -> None:
    rng = np.random.default_rng(seed)
    matrix = np.triu(rng.random((6, 6)) * (rng.random((6, 6)) < 0.5), 1) / 6
    source, target = np.nonzero(matrix)
    found = over_tiers(source, target, matrix[source, target][:, None], 0, tiers, 6)[:, 0]
    powers = sum(tier(csr_array(matrix), 0, k) for k in range(1, tiers + 1))
    assert found == pytest.approx(np.minimum(powers, 1))
