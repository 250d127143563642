"""How probable it is that a target stops, from its minimal cuts and the probabilities that firms fail, each by itself.

Inclusion and exclusion over the cuts where they are few; else bounds: at least the most probable cut and Bonferroni's
S1 − S2, at most 1 − Π(1 − P(cut)) (Esary and Proschan 1963, valid as shared firms only make cuts fail together).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import prod

from graph.errors import SettingsError

EXPANDED = 14
PAIRED = 2000


@dataclass(frozen=True, slots=True)
class Chance:
    """From `low` to `high`; `exact` where both are one number."""

    low: float
    high: float

    @property
    def exact(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high


def top_event(cuts: Sequence[frozenset[str]], failing: Mapping[str, float]) -> Chance:
    """The probability that all events of at least one cut fail. No cuts: 0.

    Raises SettingsError for an event without a probability and for one outside 0–1.
    """
    check(failing, {event for cut in cuts for event in cut})
    if len(cuts) <= EXPANDED:
        found = _expanded(cuts, failing)
        return Chance(found, found)
    each = [prod(failing[event] for event in cut) for cut in cuts]
    high = 1 - prod(1 - one for one in each)
    low = max(each)
    if len(cuts) <= PAIRED:
        pairs = sum(prod(failing[event] for event in a | b) for a, b in combinations(cuts, 2))
        low = max(low, sum(each) - pairs)
    return Chance(low, max(high, low))


def check(failing: Mapping[str, float], needed: Collection[str] = ()) -> None:
    """Raises SettingsError for a probability outside 0–1, or one that is needed and missing."""
    wrong = next((event for event, chance in sorted(failing.items()) if not 0 <= chance <= 1), None)
    if wrong is not None:
        raise SettingsError(f"the probability of {wrong} is {failing[wrong]}: give a number from 0 to 1")
    missing = sorted(set(needed) - set(failing))
    if missing:
        raise SettingsError(f"no probability is given for {', '.join(missing)}")


def _expanded(cuts: Sequence[frozenset[str]], failing: Mapping[str, float]) -> float:
    """Σ P(cut) − Σ P(two cuts) + …: a set of cuts happens if all events in any of them fail."""
    total = 0.0
    for size in range(1, len(cuts) + 1):
        sign = 1 if size % 2 else -1
        for some in combinations(cuts, size):
            total += sign * prod(failing[event] for event in frozenset().union(*some))
    return min(max(total, 0.0), 1.0)
