"""Ways round in a directed network that use certain edges: each once, the shortest first, within a number of steps."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Set
from dataclasses import dataclass

Edge = tuple[str, str]
Circle = tuple[str, ...]

STEPS = 2_000_000


@dataclass(frozen=True, slots=True)
class Circles:
    """`found`: the nodes of each way round in order, the smallest first. `complete`: up to this length it is all."""

    found: tuple[Circle, ...]
    complete: int


class _Search:
    def __init__(self, ahead: Mapping[str, Set[str]], steps: int) -> None:
        self.ahead = {node: sorted(others) for node, others in ahead.items()}
        self.back: dict[str, list[str]] = {}
        for node, others in self.ahead.items():
            for other in others:
                self.back.setdefault(other, []).append(node)
        self.left = steps

    @property
    def spent(self) -> bool:
        """Whether the steps are used up: what was found in the meantime is not all."""
        return self.left < 0

    def distances(self, goal: str, most: int) -> dict[str, int]:
        """How far nodes lie from `goal`, up to `most` steps."""
        near = {goal: 0}
        front = [goal]
        for distance in range(1, most + 1):
            ahead = []
            for node in front:
                for other in self.back.get(node, ()):
                    self.left -= 1
                    if other not in near:
                        near[other] = distance
                        ahead.append(other)
            front = ahead
        return near

    def ways(self, start: str, goal: str, length: int) -> Iterator[Circle]:
        """The ways from `start` to `goal` of exactly `length` steps that meet no node twice."""
        near = self.distances(goal, length)
        stack: list[Circle] = [(start,)] if near.get(start, length + 1) <= length else []
        while stack and not self.spent:
            way = stack.pop()
            left = length - len(way) + 1
            if left == 0:
                if way[-1] == goal:
                    yield way
                continue
            for other in reversed(self.ahead.get(way[-1], ())):
                self.left -= 1
                if other not in way and near.get(other, left) <= left - 1 and (other != goal or left == 1):
                    stack.append((*way, other))


def circles(
    ahead: Mapping[str, Set[str]],
    through: Collection[Edge],
    also: Collection[Edge],
    *,
    longest: int = 5,
    most: int = 1000,
    steps: int = STEPS,
) -> Circles:
    """Every way round of at most `longest` nodes with one edge of `through` and another one of `also`.

    Stops at `most` of them or after `steps`, and says up to which length it is complete; what it finds is the same
    on every run.
    """
    search = _Search(ahead, steps)
    first, second = frozenset(through), frozenset(also)
    found: dict[Circle, None] = {}
    for length in range(2, longest + 1):
        for start, goal in sorted(first):
            for way in search.ways(goal, start, length - 1):
                if counts(way, first, second):
                    found.setdefault(_turned(way))
                if len(found) > most:
                    return Circles(tuple(found)[:most], length - 1)
            if search.spent:
                return Circles(tuple(found), length - 1)
    return Circles(tuple(found), longest)


def edges(circle: Circle) -> Iterator[Edge]:
    """The edges of a way round, the last leads back to the first node."""
    return zip(circle, (*circle[1:], circle[0]), strict=True)


def counts(circle: Circle, first: Collection[Edge], second: Collection[Edge]) -> bool:
    """Whether it has an edge of the first and another one of the second."""
    one, other = [edge for edge in edges(circle) if edge in first], [edge for edge in edges(circle) if edge in second]
    return any(a != b for a in one for b in other)


def _turned(circle: Circle) -> Circle:
    """With the smallest node first: the same for every node it is found from."""
    at = circle.index(min(circle))
    return circle[at:] + circle[:at]
