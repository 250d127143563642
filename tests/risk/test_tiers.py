import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from graph.errors import QueryError, SettingsError
from graph.views.sparse import share_matrix
from qa.risk.tiers import all_tiers, all_tiers_into, influence, multipliers, output_for, tier
from tests.risk.io_tables import coefficients
from tests.shared import SHARED

LEONTIEF = csr_array([[0.15, 0.25], [0.2, 0.05]])


def test_chain_multiplies_its_shares() -> None:
    chain = share_matrix([("a", "b", 0.6), ("b", "c", 0.2)])
    assert chain.nodes == ("a", "b", "c")
    assert tier(chain.matrix, 0, 1) == pytest.approx([0, 0.6, 0])
    assert tier(chain.matrix, 0, 2) == pytest.approx([0, 0, 0.12])
    assert all_tiers(chain.matrix, 0) == pytest.approx([0, 0.6, 0.12])
    assert all_tiers_into(chain.matrix, 2) == pytest.approx([0.12, 0.2, 0])
    assert chain.index("c") == 2
    assert chain.index("d") is None


def test_shares_of_one_pair_add_up() -> None:
    assert share_matrix([("a", "b", 0.2), ("a", "b", 0.3)]).matrix[0, 1] == pytest.approx(0.5)


def test_leontief_inverse_and_demand() -> None:
    inverse = np.column_stack([output_for(LEONTIEF, unit) for unit in np.eye(2)])
    assert inverse == pytest.approx(np.array([[1.254125, 0.330033], [0.264026, 1.122112]]), abs=1e-6)
    assert output_for(LEONTIEF, np.array([600.0, 1500.0])) == pytest.approx([1247.5248, 1841.5842], abs=1e-4)
    assert multipliers(LEONTIEF) == pytest.approx([1.518152, 1.452145], abs=1e-6)


def test_two_firms_in_a_cycle() -> None:
    cycle = share_matrix([("a", "b", 0.5), ("b", "a", 0.5)])
    assert all_tiers(cycle.matrix, 0) == pytest.approx([1 / 3, 2 / 3])


@pytest.mark.parametrize("around", [1.0, 1.2])
def test_cycle_of_a_hundred_percent_has_no_sum(around: float) -> None:
    cycle = share_matrix([("a", "b", around), ("b", "a", 1.0)])
    with pytest.raises(QueryError, match="around a cycle"):
        all_tiers(cycle.matrix, 0)


def test_influence_of_a_star_is_pagerank() -> None:
    import networkx as nx

    edges = [("hub", "hub"), *((f"spoke {n}", "hub") for n in range(4))]
    star = share_matrix([(source, target, 1.0) for source, target in edges])
    found = influence(star.matrix, 0.5)
    assert found == pytest.approx([0.6, 0.1, 0.1, 0.1, 0.1])
    ranks = nx.pagerank(nx.DiGraph(edges), alpha=0.5, tol=1e-12)
    assert found == pytest.approx([ranks[node] for node in star.nodes])


def test_influence_of_a_ring_is_even() -> None:
    ring = share_matrix([(str(n), str((n + 1) % 5), 1.0) for n in range(5)])
    assert influence(ring.matrix, 0.5) == pytest.approx([0.2] * 5)


@pytest.mark.parametrize("alpha", [0.0, -0.1, 1.5])
def test_influence_wants_a_labour_share(alpha: float) -> None:
    with pytest.raises(SettingsError, match="alpha"):
        influence(LEONTIEF, alpha)


shares = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 5), st.floats(0.01, 0.1)), max_size=20, unique_by=lambda s: s[:2]
)


@settings(deadline=None)
@given(shares)
def test_all_tiers_is_the_sum_of_tiers_and_at_least_the_first(rows: list[tuple[int, int, float]]) -> None:
    matrix = share_matrix([(str(a), str(b), share) for a, b, share in rows] + [("0", "1", 0.0)])
    start = matrix.index("0")
    assert start is not None
    total = all_tiers(matrix.matrix, start)
    assert total == pytest.approx(sum(tier(matrix.matrix, start, k) for k in range(1, 40)), abs=1e-6)
    assert np.all(total >= tier(matrix.matrix, start, 1) - 1e-12)


@pytest.mark.shared
@pytest.mark.skipif(SHARED is None, reason="no ../shared beside this checkout")
def test_bea_output_multipliers() -> None:
    assert SHARED is not None
    names, matrix = coefficients(SHARED / "data" / "bea")
    reference = json.loads((SHARED / "data" / "risk_reference" / "misc_reference_2.json").read_text())[
        "bea_detail_2017"
    ]
    found = multipliers(matrix)
    chips = names.index("334413")
    for code, expected in reference.items():
        place = names.index(code)
        assert found[place] == pytest.approx(expected["output_multiplier"], abs=1e-6)
        assert matrix[chips, place] == pytest.approx(expected["direct_334413"], abs=1e-6)
        total = all_tiers(matrix.T.tocsr(), place)[chips] + (1 if code == "334413" else 0)
        assert total == pytest.approx(expected["total_334413"], abs=1e-6)


@pytest.mark.shared
@pytest.mark.skipif(SHARED is None, reason="no ../shared beside this checkout")
def test_leontief_and_influence_reference() -> None:
    assert SHARED is not None
    reference = json.loads((SHARED / "data" / "risk_reference" / "misc_reference.json").read_text())
    table = reference["leontief_MB2"]
    inputs = csr_array(table["A"])
    assert inputs.toarray() == pytest.approx(LEONTIEF.toarray())
    inverse = np.column_stack([output_for(inputs, unit) for unit in np.eye(2)])
    assert inverse == pytest.approx(np.array(table["L"]), abs=1e-6)
    assert output_for(inputs, np.array([600.0, 1500.0])) == pytest.approx(table["x_for_f_600_1500"], abs=1e-4)
    assert multipliers(inputs) == pytest.approx(table["output_multipliers"], abs=1e-6)
    networks = {
        "influence_star5": share_matrix([("0", "0", 1.0), *((str(n), "0", 1.0) for n in range(1, 5))]),
        "influence_cycle5": share_matrix([(str(n), str((n + 1) % 5), 1.0) for n in range(5)]),
    }
    for name, network in networks.items():
        found = influence(network.matrix, 0.5)
        assert found == pytest.approx(reference[name]["v"])
        assert found.sum() == pytest.approx(reference[name]["sum"])
        assert np.linalg.norm(found) == pytest.approx(reference[name]["norm2"])  # what shocks do not average out of
