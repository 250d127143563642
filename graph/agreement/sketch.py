"""Sketches of large sets, by which their likeness is estimated (MinHash).

Written out because the usual library loads half a second of others, in every command that tells copies.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from graph.agreement.alike import HASHES

_AT_ONCE = 4_096
_HALF = np.uint64(32)
Sketch = npt.NDArray[np.uint64]


def _scattered(count: int, first: int) -> Sketch:
    """Numbers without a pattern, the same at every start (SplitMix64)."""
    made = np.arange(first, first + count, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    for shift, times in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        made = (made ^ (made >> np.uint64(shift))) * np.uint64(times)
    return (made ^ (made >> np.uint64(31)))[:, None]


_TIMES, _PLUS = _scattered(HASHES, 1) | np.uint64(1), _scattered(HASHES, HASHES + 1)


def sketch(items: npt.NDArray[np.uint64]) -> Sketch:
    """The least value of each of `HASHES` hash functions (multiply, add, upper half) over a set of 32-bit numbers."""
    least = np.full(HASHES, np.iinfo(np.uint64).max, dtype=np.uint64)
    for begin in range(0, len(items), _AT_ONCE):
        hashed = (_TIMES * items[begin : begin + _AT_ONCE] + _PLUS) >> _HALF
        np.minimum(least, hashed.min(axis=1), out=least)
    return least


def likeness(a: Sketch, b: Sketch) -> float:
    """About how much of what is in either set is in both, 0 to 1; off by .04 as a rule."""
    return float(np.mean(a == b))
