from __future__ import annotations

import numpy as np
import pytest

from graph.agreement.alike import HASHES, Alike
from graph.agreement.sketch import likeness, sketch


def numbers(first: int, last: int) -> np.ndarray:
    """So many different 32-bit numbers without order."""
    return (np.arange(first, last, dtype=np.uint64) * np.uint64(2_654_435_761)) & np.uint64(0xFFFFFFFF)


@pytest.mark.parametrize(("shared", "expected"), [(0, 0.0), (1_000, 1 / 3), (2_000, 1.0)])
def test_likeness_is_about_what_two_sets_share(shared: int, expected: float) -> None:
    a, b = sketch(numbers(0, 2_000)), sketch(numbers(2_000 - shared, 4_000 - shared))
    assert likeness(a, b) == pytest.approx(expected, abs=0.1)
    assert likeness(a, a) == 1.0


def test_a_set_in_parts_has_the_sketch_of_the_whole() -> None:
    whole = numbers(0, 10_000)
    parts = np.minimum(sketch(whole[:5_000]), sketch(whole[5_000:]))
    assert (sketch(whole) == parts).all()
    assert len(parts) == HASHES


def test_those_alike_are_found_and_others_are_not() -> None:
    index = Alike()
    for name, first in (("near", 200), ("far", 50_000)):
        index.add(name, sketch(numbers(first, first + 1_000)))
    assert index.find(sketch(numbers(0, 1_000))) == ["near"]
    assert Alike().find(sketch(numbers(0, 1_000))) == []
