"""Minimal cut sets: the smallest sets of firms whose failing together stops a target, up to three of them.

Bottom up: the cuts of an `All` are those of its children together, the cuts of an `Any` every choice of one cut from
each of them, joined. What is above the order asked for or holds another cut is dropped at once. Around a circle this is
repeated until nothing is new, which gives exactly the sets from which failure spreads to the target (gates.py). The
method is that of fault trees (Vesely et al., Fault Tree Handbook, NUREG-0492, 1981).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from graph.errors import QueryError, SettingsError
from qa.risk.gates import All, Gates, below

MAX_ORDER = 3
MOST = 2_000_000

Family = frozenset[int]
"""Cuts of one node; each is a set of basic events as bits."""


@dataclass(frozen=True, slots=True)
class Cuts:
    """The minimal cuts of at most `order` events, smallest first. `complete`: there is none of a higher order."""

    sets: tuple[frozenset[str], ...]
    order: int
    complete: bool


def cut_sets(gates: Gates, target: str, order: int = MAX_ORDER) -> Cuts:
    """The minimal cuts of the target. Raises SettingsError for an order but 1–3, QueryError for a target that stands
    nowhere in the gates, and for a graph with too many cuts to list.
    """
    if not 1 <= order <= MAX_ORDER:
        raise SettingsError(f"order is {order}: ask for cut sets of 1 to {MAX_ORDER}")
    names = below(gates, target)
    bits = {name: 1 << n for n, name in enumerate(sorted(name for name in names if name not in gates))}
    finding = _Finding(gates, order, {name: frozenset((bit,)) for name, bit in bits.items()})
    for group in _components(gates, names):
        finding.settle(group)
    events = {bit: name for name, bit in bits.items()}
    sets = (frozenset(events[1 << i] for i in _ones(cut)) for cut in finding.found.get(target, ()))
    return Cuts(tuple(sorted(sets, key=lambda one: (len(one), sorted(one)))), order, not finding.cropped)


class _Finding:
    """Cuts of each node as far as they are known. `cropped`: something was dropped for its size."""

    def __init__(self, gates: Gates, order: int, found: dict[str, Family]) -> None:
        self.gates, self.order, self.found, self.cropped = gates, order, found, False

    def settle(self, group: Sequence[str]) -> None:
        """Find the cuts of nodes that lead to each other, repeating until nothing is new."""
        changed = True
        while changed:
            changed = False
            for name in group:
                new = self._cuts(name)
                changed = changed or new != self.found.get(name, frozenset())
                self.found[name] = new
            if len(group) == 1:
                return

    def _cuts(self, name: str) -> Family:
        """The cuts of a node by those of its children as far as they are known."""
        gate = self.gates.get(name)
        if gate is None:
            return self.found[name]
        families = [self.found.get(child, frozenset()) for child in dict.fromkeys(gate.children)]
        if isinstance(gate, All):
            return minimal(cut for family in families for cut in family)
        return self._joined(families)

    def _joined(self, families: Sequence[Family]) -> Family:
        """Every choice of one cut from each family. A single event that is a cut of all of them goes ahead."""
        if not families or not all(families):
            return frozenset()
        common = frozenset.intersection(*families)
        shared = 0
        for cut in common:
            if cut.bit_count() == 1:
                shared |= cut
        joined: Family = frozenset((0,))
        for family in sorted(families, key=len):
            rest = [cut for cut in family if not cut & shared]
            if len(rest) * len(joined) > MOST:
                raise QueryError(f"too many cut sets of up to {self.order} to list: ask for a lower order")
            wide = {a | b for a in joined for b in rest}
            joined = minimal(cut for cut in wide if cut.bit_count() <= self.order)
            self.cropped = self.cropped or any(cut.bit_count() > self.order for cut in wide)
        return minimal((*(cut for cut in common if cut & shared == cut), *joined))


def minimal(cuts: Iterable[int]) -> Family:
    """Those that hold no other one."""
    kept: set[int] = set()
    for cut in sorted(set(cuts), key=int.bit_count):
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
