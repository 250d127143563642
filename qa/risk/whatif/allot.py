"""Shares of wholes: each part known, known within bounds, or free; what nobody discloses is a part of its own, the
rest.

    allot([Whole((Part(.5, 1), Part()))]) → value (.75, .125), low (.5, 0), high (1, .5)

Free parts and the rest share what the known ones leave: by their weights on average, as Dirichlet draws around that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qa.risk.whatif.segments import Adder

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    Vector = NDArray[np.float64]
    Places = NDArray[np.intp]
    Marks = NDArray[np.bool_]


TINY = 1e-12


@dataclass(frozen=True, slots=True)
class Part:
    """A share (0–1) between `low` and `high` if it is known, else free with a `weight` above 0 beside the others.

    A free part may still be known not to be above `high`.
    """

    low: float | None = None
    high: float | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Whole:
    """The known parts of one total; `rest` is the weight of what is not known of, 0 if the parts are all there is."""

    parts: tuple[Part, ...]
    rest: float = 1.0


@dataclass(frozen=True, slots=True)
class Allotment:
    """All parts of all wholes in order: likely `value`, exact bounds, and the whole that each is `of`.

    `overfull` marks wholes whose known parts exceed 1: they are scaled down to it, and the bounds reach to what is
    said.
    """

    value: Vector
    low: Vector
    high: Vector
    of: Places
    starts: Places
    free: Marks
    weight: Vector
    rest: Vector
    overfull: Marks

    def draw(self, rng: Generator, draws: int) -> Vector:
        """Shares drawn at random, shape (parts, draws); each within its bounds, each whole at most 1."""
        shape = (len(self.of), draws)
        shares = np.empty(shape)
        known = ~self.free
        width = (self.high - self.low)[known, None]
        shares[known] = self.low[known, None] + width * rng.random((int(known.sum()), draws))
        shares[self.free] = 0.0
        taken = self._within_one(shares)
        if self.free.any():
            shares[self.free] = self._free(rng, draws) * (1.0 - taken)[self.of[self.free]]
        return np.clip(shares, self.low[:, None], self.high[:, None], out=shares)

    def _within_one(self, shares: Vector) -> Vector:
        """Takes known shares that exceed their whole back towards their low ends; what is taken of each whole."""
        least = _sum(np.where(self.free, 0.0, self.low), self.of, len(self.starts))[:, None]
        add = Adder(self.of, len(self.starts))
        taken = add(shares)
        over: Marks = np.greater(taken, 1.0)
        full = np.any(over, axis=1)
        if full.any():
            factor = np.divide(1.0 - least, np.maximum(taken - least, TINY), out=np.ones_like(taken), where=over)
            rows = np.flatnonzero(full[self.of] & ~self.free)
            low = self.low[rows, None]
            shares[rows] = low + (shares[rows] - low) * np.clip(factor[self.of[rows]], 0.0, 1.0)
            taken = np.minimum(add(shares), 1.0)
        return taken

    def _free(self, rng: Generator, draws: int) -> Vector:
        """Dirichlet draws for the free parts, shape (free parts, draws): how they share what is left of their whole."""
        wholes = len(self.starts)
        parts = np.bincount(self.of[self.free], minlength=wholes)
        total = np.bincount(self.of[self.free], self.weight[self.free], wholes) + self.rest
        scale = (parts + (self.rest > 0)) / np.where(total > 0, total, 1.0)
        mine = _gamma(rng, self.weight[self.free] * scale[self.of[self.free]], draws)
        rest = _gamma(rng, self.rest * scale, draws)
        places = self.of[self.free]
        sums = Adder(places, wholes)(mine) + rest
        mine /= np.where(sums > 0, sums, 1.0)[places]
        return mine


def allot(wholes: Sequence[Whole]) -> Allotment:
    """The parts of some wholes, none of them empty, with their likely values and exact bounds."""
    flat = [part for whole in wholes for part in whole.parts]
    sizes = np.array([len(whole.parts) for whole in wholes], dtype=np.intp)
    of = np.repeat(np.arange(len(wholes)), sizes)
    starts = np.cumsum(sizes) - sizes
    free = np.array([part.low is None for part in flat], dtype=bool)
    low = np.array([part.low or 0.0 for part in flat])
    high = np.array([1.0 if part.high is None else min(part.high, 1.0) for part in flat])
    weight = np.array([part.weight if part.low is None else 0.0 for part in flat])
    rest = np.array([whole.rest for whole in wholes], dtype=float)
    sums = _sum(low, of, len(wholes))
    overfull = sums > 1.0 + 1e-9
    low = low / np.maximum(sums, 1.0)[of]
    room = np.maximum(1.0 - sums, 0.0)
    high = np.where(free, np.minimum(room[of], high), np.where(overfull[of], high, np.minimum(high, low + room[of])))
    low = np.where(
        _alone(free, of, rest), np.maximum(1.0 - _sum(np.where(free, 0.0, high), of, len(wholes)), 0)[of], low
    )
    made = Allotment(np.empty(0), low, np.maximum(low, high), of, starts, free, weight, rest, overfull)
    return _valued(made)


def _valued(made: Allotment) -> Allotment:
    """With the middle of the bounds of what is known, and for the free parts their weighted share of what is left."""
    middle = np.where(made.free, 0.0, (made.low + made.high) / 2)[:, None]
    wholes = len(made.starts)
    taken = made._within_one(middle)[:, 0] if wholes else np.zeros(0)
    total = np.bincount(made.of, made.weight, wholes) + made.rest
    given = made.weight * ((1.0 - taken) / np.where(total > 0, total, 1.0))[made.of]
    value = np.where(made.free, given, middle[:, 0])
    fields = {name: getattr(made, name) for name in Allotment.__slots__ if name != "value"}
    return Allotment(value=np.clip(value, made.low, made.high), **fields)


def _alone(free: Marks, of: Places, rest: Vector) -> Marks:
    """Marks the one free part of a whole without a rest: it takes all that the others leave."""
    count = np.bincount(of[free], minlength=len(rest))
    return np.asarray(free & ((count == 1) & (rest == 0))[of])


def _sum(values: Vector, of: Places, wholes: int) -> Vector:
    return np.bincount(of, values, wholes).astype(np.float64)


def _gamma(rng: Generator, shape: Vector, draws: int) -> Vector:
    """Gamma draws of unit scale, shape (len(shape), draws); exponential ones, ten times as fast, where the shape is
    1."""
    out = np.zeros((len(shape), draws))
    plain = np.abs(shape - 1.0) < 1e-12
    out[plain] = rng.standard_exponential((int(plain.sum()), draws))
    other = ~plain & (shape > 0)
    out[other] = rng.standard_gamma(shape[other, None], (int(other.sum()), draws))
    return out
