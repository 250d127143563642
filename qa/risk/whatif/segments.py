"""Sums and maxima of rows that belong together, for many columns at once: sparse products outrun `reduceat`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vector = NDArray[np.float64]
    Places = NDArray[np.intp]


class Adder:
    """Adds row e of a table to row `of[e]` of the result, which has `size` rows."""

    def __init__(self, of: Places, size: int) -> None:
        from scipy.sparse import csr_array

        rows = np.arange(len(of))
        self._matrix = csr_array((np.ones(len(of)), (of, rows)), shape=(size, len(of)))

    def __call__(self, table: Vector) -> Vector:
        """The sums (size, columns)."""
        return np.asarray(self._matrix @ table)


@dataclass(frozen=True, slots=True)
class Layers:
    """Rows by the target that they belong to: a layer has at most one row of each target, the first one a row of all.

    `targets` are those of the first layer; `places` of a later layer say where in `targets` its rows belong.
    """

    targets: Places
    first: Places
    later: tuple[tuple[Places, Places], ...]

    def largest(self, values: Vector) -> Vector:
        """The largest row of each target, column by column."""
        found = values[self.first]
        for places, rows in self.later:
            found[places] = np.maximum(found[places], values[rows])
        return found


def layered(target: Places) -> Layers:
    """The layers of rows with these targets."""
    order = np.argsort(target, kind="stable")
    targets, begin, counts = np.unique(target[order], return_index=True, return_counts=True)
    later = []
    for depth in range(1, int(counts.max(initial=0))):
        places = np.flatnonzero(counts > depth)
        later.append((places, order[begin[places] + depth]))
    return Layers(targets, order[begin], tuple(later))
