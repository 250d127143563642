import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import random_array

from graph.errors import SettingsError
from qa.risk.cascade import tiers_from

FORK = np.zeros((6, 6))
FORK[0, 1] = FORK[1, 2] = FORK[3, 2] = FORK[2, 4] = 0.1


def test_customers_and_suppliers_over_all_tiers() -> None:
    assert tiers_from(FORK, 0).tolist() == [0, 1, 2, -1, 3, -1]
    assert tiers_from(FORK, 4, upstream=True).tolist() == [3, 2, 1, 2, 0, -1]
    assert tiers_from(FORK, [0, 3]).tolist() == [0, 1, 1, 0, 2, -1]


@pytest.mark.parametrize("start", [-1, 6, 0.5, [], [0, 7]])
def test_a_start_that_is_no_firm(start: object) -> None:
    with pytest.raises(SettingsError, match="give firms by their numbers, 0 to 5"):
        tiers_from(FORK, start)  # type: ignore[arg-type]


@settings(deadline=None)
@given(st.integers(0, 2**32), st.booleans())
def test_tiers_are_shortest_paths(seed: int, upstream: bool) -> None:
    flows = random_array((12, 12), density=0.12, rng=np.random.default_rng(seed)) + np.eye(12, k=11)
    graph = nx.from_numpy_array(np.asarray(flows), create_using=nx.DiGraph)
    expected = nx.single_source_shortest_path_length(graph.reverse() if upstream else graph, 3)
    assert tiers_from(flows, 3, upstream=upstream).tolist() == [expected.get(n, -1) for n in range(12)]
