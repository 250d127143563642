import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.risk.whatif.allot import Allotment, Part, Whole, allot


def rows(made: Allotment) -> list[tuple[float, float, float]]:
    ends = (made.value, made.low, made.high)
    return [tuple(round(float(end[n]), 6) for end in ends) for n in range(len(made.of))]  # type: ignore[misc]


def test_what_is_known_leaves_the_rest_to_the_others_and_to_one_more_party() -> None:
    made = allot([Whole((Part(0.5, 0.5), Part(), Part()))])
    assert rows(made) == [(0.5, 0.5, 0.5), (0.166667, 0, 0.5), (0.166667, 0, 0.5)]


def test_an_interval_counts_with_its_middle_and_bounds_what_it_leaves() -> None:
    assert rows(allot([Whole((Part(0.5, 1.0), Part()))])) == [(0.75, 0.5, 1), (0.125, 0, 0.5)]


def test_weights_divide_what_is_left() -> None:
    made = allot([Whole((Part(weight=3), Part(weight=1)), rest=4)])
    assert rows(made) == [(0.375, 0, 1), (0.125, 0, 1)]


def test_a_whole_without_a_rest_is_shared_out_in_full() -> None:
    assert rows(allot([Whole((Part(), Part()), rest=0)])) == [(0.5, 0, 1), (0.5, 0, 1)]
    assert rows(allot([Whole((Part(0.2, 0.4), Part()), rest=0)])) == [(0.3, 0.2, 0.4), (0.7, 0.6, 0.8)]


def test_two_intervals_cannot_both_be_at_their_high_end() -> None:
    made = allot([Whole((Part(0.4, 0.9), Part(0.3, 0.9)))])
    assert rows(made)[0][1:] == (0.4, 0.7)
    assert rows(made)[1][1:] == (0.3, 0.6)
    assert made.value.sum() <= 1


def test_shares_above_all_there_is_are_scaled_down_and_marked() -> None:
    made = allot([Whole((Part(0.8, 0.8), Part(0.8, 0.8), Part()))])
    assert rows(made) == [(0.5, 0.5, 0.8), (0.5, 0.5, 0.8), (0, 0, 0)]
    assert made.overfull.tolist() == [True]
    assert made.draw(np.random.default_rng(1), 50).sum(axis=0).max() <= 1 + 1e-9


def test_draws_are_around_the_likely_share_and_the_same_for_one_seed() -> None:
    made = allot([Whole((Part(0.2, 0.4), Part(weight=2), Part(weight=1))), Whole((Part(),))])
    draws = made.draw(np.random.default_rng(7), 20_000)
    assert draws.mean(axis=1) == pytest.approx(made.value, abs=0.01)
    assert np.array_equal(draws, made.draw(np.random.default_rng(7), 20_000))


def test_without_wholes_there_are_no_shares() -> None:
    made = allot([])
    assert made.value.shape == (0,)
    assert made.draw(np.random.default_rng(1), 3).shape == (0, 3)


def bounds() -> st.SearchStrategy[Part]:
    ends = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted)
    free = st.builds(Part, high=st.one_of(st.none(), st.floats(0, 1)), weight=st.floats(0.1, 10))
    return st.one_of(free, ends.map(lambda pair: Part(pair[0], pair[1])))


wholes = st.lists(
    st.builds(Whole, st.lists(bounds(), min_size=1, max_size=5).map(tuple), st.sampled_from([0.0, 1.0, 3.0])),
    min_size=1,
    max_size=4,
)


@settings(deadline=None, max_examples=200)
@given(wholes, st.integers(0, 1000))
def test_every_draw_lies_within_the_bounds_and_within_its_whole(given_: list[Whole], seed: int) -> None:
    made = allot(given_)
    draws = made.draw(np.random.default_rng(seed), 30)
    assert (draws >= made.low[:, None] - 1e-12).all()
    assert (draws <= made.high[:, None] + 1e-12).all()
    assert (np.add.reduceat(draws, made.starts, axis=0) <= 1 + 1e-9).all()
    assert (made.low <= made.value + 1e-12).all()
    assert (made.value <= made.high + 1e-12).all()
    assert (np.add.reduceat(made.value, made.starts) <= 1 + 1e-9).all()
