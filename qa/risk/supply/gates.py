"""Supply as a graph of AND and OR, and what fails in it when something does, in time linear in its size.

    gates = {"target": All(("a", "b")), "a": Any(("x", "y")), "b": Any(("z",))}
    lost(gates, {"z"}) → {"z", "b", "target"}

A name without a gate is a basic event (a firm). Failure spreads from what is hit: an `All` fails with the first of its
children, an `Any` with the last of them. That is the least fixed point of failing: around a circle (a chip maker needs
scanners that need chips) what nobody hits keeps running, as it does today. The least fixed point of working would call
every circle dead from the start, since none of it could be made first. The price: two that only pass on to each other
what neither makes keep each other up. An `Any` without children stands for providers that nobody names: it never fails.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from graph.errors import QueryError


@dataclass(frozen=True, slots=True)
class All:
    """Works while all of its children do."""

    children: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Works while one of its children does."""

    children: tuple[str, ...]


Gates: TypeAlias = "Mapping[str, All | Any]"


class Spread:
    """The gates made ready to be asked again and again what fails; a question costs what it touches."""

    def __init__(self, gates: Gates) -> None:
        self._needed: dict[str, int] = {}
        """How many failing children take a gate down."""
        self._above: defaultdict[str, list[str]] = defaultdict(list)
        for name, gate in gates.items():
            children = tuple(dict.fromkeys(gate.children))
            self._needed[name] = 1 if isinstance(gate, All) else len(children)
            for child in children:
                self._above[child].append(name)

    def order(self, without: Iterable[str], until: str | None = None) -> list[str]:
        """All that fails without these: they themselves, then others as they fail; no further than `until`."""
        failed = dict.fromkeys(without)
        waiting = deque(failed)
        left: dict[str, int] = {}
        while waiting and until not in failed:
            for gate in self._above.get(waiting.popleft(), ()):
                left[gate] = left.get(gate, self._needed[gate]) - 1
                if left[gate] == 0 and gate not in failed:
                    failed[gate] = None
                    waiting.append(gate)
        return list(failed)


def lost(gates: Gates, without: Collection[str]) -> set[str]:
    """All that fails when these do, they themselves included."""
    return set(Spread(gates).order(without))


def works(gates: Gates, target: str, without: Collection[str]) -> bool:
    """Whether the target can still be made without these."""
    return target not in Spread(gates).order(without, target)


def events(gates: Gates, target: str) -> frozenset[str]:
    """The basic events below the target. Raises QueryError if it is in no gate at all."""
    return frozenset(name for name in below(gates, target) if name not in gates)


def below(gates: Gates, target: str) -> list[str]:
    """The target and all below it, each once."""
    if target not in gates and not any(target in gate.children for gate in gates.values()):
        raise QueryError(f"“{target}” stands nowhere in the supply graph")
    found = {target: None}
    waiting = [target]
    while waiting:
        gate = gates.get(waiting.pop())
        for child in gate.children if gate else ():
            if child not in found:
                found[child] = None
                waiting.append(child)
    return list(found)
