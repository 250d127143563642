"""All dependences within some tiers of a party: what reaches it, how strongly, and by which paths."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from qa.risk.paths.dependence import Arc
from qa.risk.paths.shares import START, Bounds

Arcs = Mapping[str, tuple[Arc, ...]]
Trail = tuple[Arc, ...]
End = Callable[[Arc], str]

PATHS = 10
SEARCHED = 2000


def dependee(arc: Arc) -> str:
    """The end to walk to when asking on whom a party depends."""
    return arc.target.id


def depender(arc: Arc) -> str:
    """The end to walk to when asking who depends on a party."""
    return arc.source.id


@dataclass(frozen=True, slots=True)
class _Way:
    """A trail with what makes it strong: the product of its shares (0–1, 0 if not known) and its weakest evidence."""

    trail: Trail
    product: float
    evidence: int

    def on(self, arc: Arc) -> _Way:
        share = arc.share.value if arc.share.value is not None else arc.share.low
        factor = float(share) / 100 if share else 0.0
        return _Way((*self.trail, arc), self.product * factor, min(self.evidence, arc.grounds[0].evidence))

    @property
    def strength(self) -> tuple[float, int]:
        return self.product, self.evidence


@dataclass(slots=True)
class Reach:
    """One party: its nearest `tier`, the bounds `at` that tier and over all (`total`), the best trail of each."""

    tier: int
    at: Bounds
    total: Bounds
    trails: list[Trail] = field(default_factory=list)


def walk(arcs: Arcs, start: str, tiers: int, end: End) -> dict[str, Reach]:
    """Every party within `tiers` steps of `start`, by id. Walks end when they come back to `start`.

    Row `start` of B + B² + … + B^tiers with B read as an interval matrix; time grows with arcs × tiers, cycles or not.
    """
    reached: dict[str, Reach] = {}
    front: dict[str, tuple[Bounds, _Way]] = {start: (START, _Way((), 1.0, sys.maxsize))}
    for tier in range(1, tiers + 1):
        ahead: dict[str, tuple[Bounds, _Way]] = {}
        for node, (bounds, way) in front.items():
            for arc in arcs.get(node, ()):
                other = end(arc)
                if other == start:
                    continue
                new = bounds.through(arc.share)
                longer = way.on(arc)
                if other in ahead:
                    known, best = ahead[other]
                    ahead[other] = known.plus(new), best if best.strength >= longer.strength else longer
                else:
                    ahead[other] = new, longer
        for node, (bounds, way) in ahead.items():
            if node not in reached:
                reached[node] = Reach(tier, bounds, bounds, [way.trail])
                continue
            reach = reached[node]
            reach.total = reach.total.plus(bounds)
            if simple(way.trail, end):
                reach.trails.append(way.trail)
        front = ahead
    return reached


def between(arcs: Arcs, start: str, goal: str, tiers: int, back: Arcs) -> list[Trail]:
    """The strongest paths from `start` to `goal` that visit no party twice; `back` are the same arcs by target."""
    near = {goal: 0}
    front = [goal]
    for distance in range(1, tiers + 1):
        front = [n for node in front for arc in back.get(node, ()) if (n := arc.source.id) not in near]
        near.update(dict.fromkeys(front, distance))
    found: list[Trail] = []
    stack: list[tuple[str, Trail, frozenset[str]]] = [(start, (), frozenset((start,)))]
    while stack and len(found) < SEARCHED:
        node, trail, seen = stack.pop()
        if node == goal:
            found.append(trail)
            continue
        for arc in arcs.get(node, ()):
            other = arc.target.id
            if other not in seen and near.get(other, tiers) + len(trail) + 1 <= tiers:
                stack.append((other, (*trail, arc), seen | {other}))
    return sorted(found, key=strength, reverse=True)[:PATHS]


def strength(trail: Trail) -> tuple[float, int, int]:
    """Order of trails: the larger the product of what is known; then fewer steps; then better evidence."""
    way = _Way((), 1.0, sys.maxsize)
    for arc in trail:
        way = way.on(arc)
    return way.product, -len(trail), way.evidence


def simple(trail: Trail, end: End) -> bool:
    """Whether no party is visited twice."""
    nodes = [end(arc) for arc in trail]
    return len(set(nodes)) == len(nodes)
