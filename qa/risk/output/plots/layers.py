"""Puts the ends of links in columns: from who depends on the left to whom it depends on, tier by tier."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa.risk.envelope import Point

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Layers:
    """`places[label]` is (column, row from the top); `links` run between places. `inward`: all lead to one end.

    What did not fit a column stands in it as one place, “and k more”.
    """

    places: Mapping[str, tuple[int, float]]
    links: tuple[Point, ...]
    columns: int
    rows: int
    inward: bool

    def back(self, link: Point) -> bool:
        """Whether a link does not lead to a later column: it closes a cycle."""
        return self.places[link.target][0] <= self.places[link.label][0]


def layers(points: Sequence[Point], shown: int = SHOWN) -> Layers:
    """The columns of links with at most `shown` places and one “and k more” each."""
    sources = list(dict.fromkeys(p.label for p in points))
    targets = list(dict.fromkeys(p.target for p in points))
    starts = [name for name in sources if name not in set(targets)]
    ends = [name for name in targets if name not in set(sources)]
    inward = len(ends) < len(starts)
    depth = _depths(points, ends if inward else starts, inward)
    columns = max(depth.values()) + 1
    column = {name: columns - 1 - tier if inward else tier for name, tier in depth.items()}
    kept = _kept(points, column, shown)
    links = _merged(points, kept)
    places = _rows(links, {kept[name]: place for name, place in column.items()}, inward)
    return Layers(places, links, columns, max(int(2 * abs(row)) + 1 for _, row in places.values()), inward)


def _depths(points: Sequence[Point], first: Sequence[str], inward: bool) -> dict[str, int]:
    """The fewest links from the first ends; ends that only a cycle reaches begin anew."""
    after: defaultdict[str, list[str]] = defaultdict(list)
    for point in points:
        near, far = (point.target, point.label) if inward else (point.label, point.target)
        after[near].append(far)
    depth: dict[str, int] = {}
    for begin in (list(first), *([name] for name in after)):
        front, tier = [name for name in begin if name not in depth], 0
        while front:
            depth |= dict.fromkeys(front, tier)
            front = list(dict.fromkeys(far for name in front for far in after[name] if far not in depth))
            tier += 1
    return depth


def _kept(points: Sequence[Point], column: Mapping[str, int], shown: int) -> dict[str, str]:
    """Each label, or “and k more” for what does not fit its column: the weakest links go first."""
    strength: defaultdict[str, float] = defaultdict(float)
    for point in points:
        for name in (point.label, point.target):
            strength[name] = max(strength[name], point.value or point.low or 0.0)
    members: defaultdict[int, list[str]] = defaultdict(list)
    for name, place in column.items():
        members[place].append(name)
    kept: dict[str, str] = {}
    for place, names in members.items():
        ranked = sorted(names, key=lambda name: -strength[name])
        cut = len(ranked) if len(ranked) <= shown + 1 else shown
        more = f"and {len(ranked) - cut} more" + " " * place
        kept |= {name: name if n < cut else more for n, name in enumerate(ranked)}
    return kept


def _merged(points: Sequence[Point], kept: Mapping[str, str]) -> tuple[Point, ...]:
    """The links between what is shown; several that fall together say no number."""
    links: dict[tuple[str, str], Point] = {}
    for point in points:
        ends = (kept[point.label], kept[point.target])
        plain = ends == (point.label, point.target) and ends not in links
        links[ends] = point if plain else Point(ends[0], None, target=ends[1])
    return tuple(link for ends, link in links.items() if ends[0] != ends[1])


def _rows(links: Sequence[Point], column: Mapping[str, int], inward: bool) -> dict[str, tuple[int, float]]:
    """Each column around the middle, ordered by where its neighbours of the column before stand."""
    members: defaultdict[int, list[str]] = defaultdict(list)
    for name, place in column.items():
        members[place].append(name)
    places: dict[str, tuple[int, float]] = {}
    for place in sorted(members, reverse=inward):
        ordered = sorted(members[place], key=lambda name: (name.startswith("and "), _middle(name, links, places)))
        half = (len(ordered) - 1) / 2
        places |= {name: (place, n - half) for n, name in enumerate(ordered)}
    return places


def _middle(name: str, links: Sequence[Point], places: Mapping[str, tuple[int, float]]) -> float:
    ends = [link.label if link.target == name else link.target for link in links if name in (link.label, link.target)]
    rows = [places[end][1] for end in ends if end in places]
    return sum(rows) / len(rows) if rows else 0.0
