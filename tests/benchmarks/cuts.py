"""Cut sets against trying every set of firms, and how they grow with the supply graph."""

import random
import time
from itertools import combinations

from qa.risk.supply.cuts import cut_sets
from qa.risk.supply.gates import All, Any, Gates, Spread, events
from tests.benchmarks.measures import Row


def supply(inputs: int, firms: int, seed: int = 7) -> Gates:
    """A made-up target of many inputs with one to six providers each; a third of the firms need an input in turn."""
    random_ = random.Random(seed)
    gates: dict[str, All | Any] = {"target": All(tuple(f"input {n}" for n in range(inputs)))}
    for n in range(inputs):
        makers = random_.sample(range(firms), random_.randint(1, 6))
        gates[f"input {n}"] = Any(tuple(f"firm {m}" for m in makers))
    for m in range(firms):
        needs = (f"input {random_.randrange(inputs)}",) if m % 3 == 0 else ()
        gates[f"firm {m}"] = All((f"event {m}", *needs))
    return gates


def by_trying(gates: Gates, target: str, order: int) -> set[frozenset[str]]:
    """Every set of events that stops the target and holds no other, by spreading each."""
    spread, found = Spread(gates), set[frozenset[str]]()
    below = sorted(events(gates, target))
    for size in range(1, order + 1):
        for some in map(frozenset, combinations(below, size)):
            if not any(cut <= some for cut in found) and target in spread.order(some, target):
                found.add(some)
    return found


def cuts() -> list[Row]:
    """The ratio of both in this process, and time a node from 2,000 to 20,000 inputs as a ratio."""
    gates = supply(40, 100)
    cut_sets(gates, "target")  # networkx is imported by the first
    started = time.perf_counter()
    found = cut_sets(gates, "target")
    quick = time.perf_counter() - started
    started = time.perf_counter()
    tried = by_trying(gates, "target", 3)
    slow = time.perf_counter() - started
    if tried != set(found.sets):
        raise AssertionError("the two ways find different cut sets")
    small, large = (_time(inputs) for inputs in (2_000, 20_000))
    detail = f"40 inputs of 100 firms, {len(tried)} cut sets of up to three"
    growth = "2,000 and 20,000 inputs, as many firms"
    return [
        Row("cut sets against trying every set", slow / quick, "times", 20, False, detail),
        Row("cut sets: time an input, large to small", large / small, "times", 3, True, growth),
    ]


def _time(inputs: int) -> float:
    gates = supply(inputs, inputs)
    started = time.perf_counter()
    cut_sets(gates, "target")
    return (time.perf_counter() - started) / inputs
