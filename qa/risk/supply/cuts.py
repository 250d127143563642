"""Minimal cut sets: the smallest sets of firms whose failing together stops a target, up to three of them.

Bottom up: the cuts of an `All` are those of its children together, the cuts of an `Any` every choice of one cut from
each of them, joined. What is above the order asked for or holds another cut is dropped at once. Around a circle this is
repeated until nothing is new, which gives exactly the sets from which failure spreads to the target (gates.py). The
method is that of fault trees (Vesely et al., Fault Tree Handbook, NUREG-0492, 1981).
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from operator import and_, or_

from graph.errors import QueryError, SettingsError
from qa.risk.supply.gates import All, Gates, below

MAX_ORDER = 3
MOST = 2_000_000


@dataclass(frozen=True, slots=True)
class Cuts:
    """The minimal cuts of at most `order` events, smallest first. `complete`: there is none of a higher order."""

    sets: tuple[frozenset[str], ...]
    order: int
    complete: bool


@dataclass(frozen=True, slots=True)
class Family:
    """The cuts of one node, events as bits: those of one event together in `singles`, the others apart."""

    singles: int = 0
    others: frozenset[int] = frozenset()


NONE = Family()


def cut_sets(gates: Gates, target: str, order: int = MAX_ORDER) -> Cuts:
    """The minimal cuts of the target. Raises SettingsError for an order but 1–3, QueryError for a target that stands
    nowhere in the gates, and for a graph with too many cuts to list.
    """
    if not 1 <= order <= MAX_ORDER:
        raise SettingsError(f"order is {order}: ask for cut sets of 1 to {MAX_ORDER}")
    names = below(gates, target)
    events = sorted(name for name in names if name not in gates)
    finding = _Finding(gates, order, {name: Family(1 << n) for n, name in enumerate(events)})
    for group in _components(gates, names):
        finding.settle(group)
    family = finding.found.get(target, NONE)
    cuts = [1 << i for i in _ones(family.singles)] + list(family.others)
    sets = (frozenset(events[i] for i in _ones(cut)) for cut in cuts)
    return Cuts(tuple(sorted(sets, key=lambda one: (len(one), sorted(one)))), order, not finding.cropped)


class _Finding:
    """Cuts of each node as far as they are known. `cropped`: something was dropped for its size."""

    def __init__(self, gates: Gates, order: int, found: dict[str, Family]) -> None:
        self.gates, self.order, self.found, self.cropped = gates, order, found, False

    def settle(self, group: Sequence[str]) -> None:
        """Find the cuts of nodes that lead to each other: again whenever those of a child are new."""
        inside = set(group)
        above: defaultdict[str, list[str]] = defaultdict(list)
        for name in group:
            for child in _children(self.gates, name):
                if child in inside:
                    above[child].append(name)
        waiting, queued = deque(group), set(group)
        while waiting:
            name = waiting.popleft()
            queued.discard(name)
            new = self._cuts(name)
            if new != self.found.get(name, NONE):
                self.found[name] = new
                waiting.extend(parent for parent in above[name] if parent not in queued)
                queued.update(above[name])

    def _cuts(self, name: str) -> Family:
        """The cuts of a node by those of its children as far as they are known."""
        gate = self.gates.get(name)
        if gate is None:
            return self.found[name]
        families = [self.found.get(child, NONE) for child in dict.fromkeys(gate.children)]
        if len(families) == 1:
            return families[0]
        if isinstance(gate, All):
            singles = reduce(or_, (family.singles for family in families), 0)
            return _family(singles, (cut for family in families for cut in family.others))
        return self._joined(families)

    def _joined(self, families: Sequence[Family]) -> Family:
        """Every choice of one cut from each family. An event that alone is a cut of all of them goes ahead."""
        if not families or NONE in families:
            return NONE
        shared = reduce(and_, (family.singles for family in families))
        joined: Iterable[int] = (0,)
        for family in sorted(families, key=lambda one: one.singles.bit_count() + len(one.others)):
            cuts = [1 << i for i in _ones(family.singles & ~shared)]
            cuts += [cut for cut in family.others if not cut & shared]
            joined = self._pairs(list(joined), cuts)
        return _family(shared, (cut for cut in joined if cut))

    def _pairs(self, some: Sequence[int], others: Sequence[int]) -> frozenset[int]:
        """Each of the one joined with each of the others, as far as they are no larger than asked for."""
        if len(some) * len(others) > MOST:
            raise QueryError(f"too many cut sets of up to {self.order} to list: ask for a lower order")
        wide = {a | b for a in some for b in others}
        kept = {cut for cut in wide if cut.bit_count() <= self.order}
        self.cropped = self.cropped or len(kept) < len(wide)
        return _minimal(kept)


def _family(singles: int, others: Iterable[int]) -> Family:
    """A family without what holds another cut; a cut of one event may stand among the others."""
    cuts = set(others)
    for cut in cuts:
        if cut.bit_count() == 1:
            singles |= cut
    return Family(singles, _minimal(cut for cut in cuts if not cut & singles))


def _minimal(cuts: Iterable[int]) -> frozenset[int]:
    """Those that hold no other one."""
    kept: set[int] = set()
    for cut in sorted(cuts, key=int.bit_count):
        if not any(part in kept for part in _parts(cut)):
            kept.add(cut)
    return frozenset(kept)


def _parts(cut: int) -> Iterable[int]:
    """All subsets of a small set but itself and the empty one."""
    ones = [1 << i for i in _ones(cut)]
    return (sum(some) for size in range(1, len(ones)) for some in combinations(ones, size))


def _ones(cut: int) -> Iterable[int]:
    while cut:
        low = cut & -cut
        yield low.bit_length() - 1
        cut ^= low


def _components(gates: Gates, names: Sequence[str]) -> Iterable[list[str]]:
    """The names in groups that lead to each other, children before parents."""
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(names)
    graph.add_edges_from((child, name) for name in names for child in _children(gates, name))
    groups = nx.condensation(graph)
    return ([*groups.nodes[n]["members"]] for n in nx.topological_sort(groups))


def _children(gates: Gates, name: str) -> tuple[str, ...]:
    gate = gates.get(name)
    return gate.children if gate else ()
