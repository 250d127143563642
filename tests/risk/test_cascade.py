import numpy as np
import pytest
from scipy.sparse import coo_array, csr_array

from graph.errors import SettingsError
from qa.risk.cascade import StoppedError, esri, prepare, spread

ESSENTIAL, OTHER, NEGLIGIBLE = 2, 1, 0


def flows(firms, *edges):
    rows, columns, amounts = zip(*edges, strict=True)
    return csr_array((amounts, (rows, columns)), shape=(firms, firms), dtype=float)


def all_of(kind, sectors):
    return np.full((sectors, sectors), kind)


CHAIN = flows(3, (0, 1, 6), (1, 2, 4))


def test_a_chain_fails_in_full_with_its_first_link_when_the_input_is_essential() -> None:
    found = esri(CHAIN, [0, 1, 2], all_of(ESSENTIAL, 3), [0.5, 0, 0])
    assert found.downstream[:, 0] == pytest.approx([0.5, 0.5, 0.5])
    assert found.upstream[:, 0] == pytest.approx([0.5, 0, 0])
    assert found.esri == pytest.approx([0.5])
    assert found.rounds.tolist() == [3]


def test_orders_run_up_the_chain() -> None:
    found = esri(CHAIN, [0, 1, 2], all_of(ESSENTIAL, 3), [0, 0, 1])
    assert found.upstream[:, 0] == pytest.approx([1, 1, 1])
    assert found.downstream[:, 0] == pytest.approx([0, 0, 1])
    assert found.esri == pytest.approx([1])


def test_revenue_from_customers_that_are_not_known_holds_firms_up() -> None:
    found = esri(CHAIN, [0, 1, 2], all_of(ESSENTIAL, 3), [0, 0, 1], revenue=[12, 8, np.nan])
    assert found.upstream[:, 0] == pytest.approx([0.25, 0.5, 1])
    assert found.esri == pytest.approx([(6 * 0.25 + 4 * 0.5) / 10])


@pytest.mark.parametrize("kind", [ESSENTIAL, OTHER])
def test_cost_that_is_not_known_in_part_softens_the_loss_of_inputs(kind: int) -> None:
    found = esri(CHAIN, [0, 1, 2], all_of(kind, 3), [1, 0, 0], cost=[np.nan, 8, 16])
    assert found.downstream[:, 0] == pytest.approx([1, 6 / 8, 6 / 8 * 4 / 16])


@pytest.mark.parametrize(
    ("kind", "lost"),
    [(ESSENTIAL, 0.75), (OTHER, 0.3), (NEGLIGIBLE, 0)],
)
def test_two_suppliers_of_one_sector_share_what_it_is_to_the_customer(kind: int, lost: float) -> None:
    network = flows(5, (0, 4, 3), (1, 4, 1), (2, 4, 6))
    needs = np.ones((3, 3), dtype=int)
    needs[0, 2] = kind
    found = esri(network, [0, 0, 1, 1, 2], needs, [1, 0, 0, 0, 0], substitution=False)
    assert found.downstream[4, 0] == pytest.approx(lost)


def test_the_worst_essential_input_counts_and_the_others_add_up() -> None:
    network = flows(5, (0, 4, 5), (1, 4, 5), (2, 4, 2), (3, 4, 8))
    needs = np.zeros((5, 5), dtype=int)
    needs[:, 4] = [ESSENTIAL, ESSENTIAL, OTHER, OTHER, OTHER]
    shock = np.array([[0.2, 0.3, 1, 0, 0], [0.2, 0.3, 1, 1, 0]]).T
    found = esri(network, range(5), needs, shock, substitution=False)
    assert found.downstream[4] == pytest.approx([0.3, 0.5])  # 2/20 is less than .3; 2/20 + 8/20 is more


def test_a_customer_that_does_not_need_the_input_is_spared_but_its_orders_still_count() -> None:
    found = esri(CHAIN, [0, 1, 2], all_of(NEGLIGIBLE, 3), np.eye(3))
    assert found.downstream == pytest.approx(np.eye(3))
    assert found.upstream == pytest.approx(np.triu(np.ones((3, 3))))


def test_essentiality_is_read_as_supplier_by_customer() -> None:
    needs = np.array([[0, 2], [0, 0]])
    assert esri(flows(2, (0, 1, 1)), [0, 1], needs, [1, 0]).downstream[1, 0] == 1
    assert esri(flows(2, (0, 1, 1)), [0, 1], needs.T, [1, 0]).downstream[1, 0] == 0


def test_a_small_supplier_is_replaced_by_the_rest_of_its_sector() -> None:
    network = flows(4, (0, 2, 1), (1, 3, 9))
    found = esri(network, [0, 0, 1, 2], all_of(ESSENTIAL, 3), np.eye(4)[:, :2])
    assert found.downstream[2, 0] == pytest.approx(1 / 9)  # it sold 1 of what the other, with 9, can be asked for
    assert found.downstream[3, 1] == pytest.approx(1)  # the other cannot give 9
    kept = esri(network, [0, 0, 1, 2], all_of(ESSENTIAL, 3), np.eye(4)[:, :2], substitution=False)
    assert kept.downstream[2, 0] == 1


def test_nobody_stands_in_where_a_whole_sector_fails() -> None:
    network = flows(4, (0, 2, 1), (1, 3, 9))
    found = esri(network, [0, 0, 1, 2], all_of(ESSENTIAL, 3), [1, 1, 0, 0])
    assert found.downstream[:, 0] == pytest.approx([1, 1, 1, 1])


def test_a_firm_that_supplies_itself_is_its_own_customer() -> None:
    network = flows(2, (0, 0, 1), (0, 1, 1), (1, 0, 1))
    found = esri(network, [0, 1], all_of(OTHER, 2), [0, 0.5], substitution=False, tolerance=1e-12)
    # x = 1/2 · x + 1/2 · .5 for firm 0 both ways
    assert found.downstream[:, 0] == pytest.approx([0.5, 0.5])
    assert found.upstream[:, 0] == pytest.approx([0.5, 0.5])


def test_each_scenario_stops_by_itself() -> None:
    found = esri(CHAIN, [0, 1, 2], all_of(ESSENTIAL, 3), np.array([[0, 0, 0], [1, 0, 0], [0, 0.004, 0]]).T)
    assert found.rounds.tolist() == [1, 3, 1]
    assert found.esri[0] == 0
    assert found.downstream[:, 2] == pytest.approx([0, 0.004, 0.004])  # within the tolerance, so not followed further


def test_dense_sparse_and_repeated_links_are_the_same_network() -> None:
    needs, shock = all_of(ESSENTIAL, 3), np.eye(3)
    expected = esri(CHAIN, [0, 1, 2], needs, shock)
    halves = coo_array(([3.0, 3.0, 4.0, 0.0], ([0, 0, 1, 2], [1, 1, 2, 0])), shape=(3, 3))
    for form in (CHAIN.toarray(), CHAIN.toarray().tolist(), CHAIN.tocsc(), halves):
        found = esri(form, [0, 1, 2], needs, csr_array(shock))
        assert np.array_equal(found.esri, expected.esri)
        assert np.array_equal(found.downstream, expected.downstream)


def test_the_index_alone_in_blocks_with_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.risk.cascade.engine.BLOCK", 300)
    network = prepare(CHAIN, [0, 1, 2], all_of(ESSENTIAL, 3))
    heard: list[tuple[int, int]] = []
    found = spread(network, np.eye(3), losses=False, progress=lambda *at: heard.append(at))
    assert found.downstream.shape == found.upstream.shape == (3, 0)
    assert heard == [(2, 3), (3, 3)]
    assert found.esri == pytest.approx(esri(CHAIN, [0, 1, 2], all_of(ESSENTIAL, 3), np.eye(3)).esri)


def test_a_simulation_can_be_stopped() -> None:
    asked = iter([False, True])
    with pytest.raises(StoppedError, match="stopped before its end"):
        esri(CHAIN, [0, 1, 2], all_of(ESSENTIAL, 3), np.eye(3), stop=lambda: next(asked))


GOOD = {"flows": CHAIN, "sector": [0, 1, 2], "essentiality": all_of(2, 3), "shock": [1, 0, 0]}


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"flows": -CHAIN}, r"flows holds a negative amount \(from 0 to 1\)"),
        ({"flows": CHAIN * np.nan}, "flows holds a number that is not finite"),
        ({"flows": CHAIN * np.inf}, "flows holds a number that is not finite"),
        ({"flows": CHAIN[:2]}, "flows has the shape 2 × 3"),
        ({"flows": [["a"]]}, "flows is no table of numbers"),
        ({"flows": csr_array((3, 3))}, "no link at all"),
        ({"flows": csr_array((3, 3)), "shock": []}, "no link at all"),
        ({"sector": [0, 1]}, "sector has the shape 2; give one number for each of 3 firms"),
        ({"sector": [0, 1, 3]}, "sector 3 is not among the 3 sectors"),
        ({"sector": [0, 1, -1]}, "sector -1 is not among"),
        ({"sector": [0, 1, 1.5]}, "whole numbers"),
        ({"essentiality": all_of(3, 3)}, "a value other than 0"),
        ({"essentiality": all_of(1.5, 3)}, "a value other than 0"),
        ({"essentiality": [[1, 2]]}, "essentiality has the shape 1 × 2"),
        ({"shock": [1, 0]}, "shock has the shape 2; give 3 numbers"),
        ({"shock": 1}, "shock has the shape single number"),
        ({"shock": np.zeros((3, 0))}, "shock has the shape 3 × 0"),
        ({"shock": [1.1, 0, 0]}, "outside 0 to 1"),
        ({"shock": [-0.1, 0, 0]}, "outside 0 to 1"),
        ({"shock": [np.nan, 0, 0]}, "outside 0 to 1"),
        ({"tolerance": 0}, "tolerance is 0"),
        ({"revenue": [5, 4, 0]}, "revenue of firm 0 is 5, but its known sales add up to 6"),
        ({"cost": [0, 6, 3]}, "cost of firm 2 is 3, but its known purchases add up to 4"),
        ({"cost": [0, 6]}, "cost has the shape 2"),
    ],
)
def test_bad_input_is_one_clear_line(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(SettingsError, match=message) as caught:
        esri(**(GOOD | wrong))
    assert "\n" not in str(caught.value)


def test_losses_that_would_not_fit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.risk.cascade.outcome.MOST", 2 * 8 * 3 * 100)
    network = prepare(CHAIN, [0, 1, 2], all_of(ESSENTIAL, 3))
    assert spread(network, csr_array((3, 100))).downstream.shape == (3, 100)
    with pytest.raises(SettingsError, match=r"the losses of 3 firms in 101 scenarios .* losses=False"):
        spread(network, csr_array((3, 101)))
