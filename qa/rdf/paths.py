"""Ways between classes over the links of a graph."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from qa.rdf.profile import Profile, Step

LONGEST = 3
_MOST = 400
_HUB = 25


class Paths:
    """Simple paths of at most three steps, remembered. A junction between two classes does not count as a step."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self.between: Callable[[str, str], tuple[tuple[Step, ...], ...]] = lru_cache(maxsize=5000)(self._between)

    def _between(self, source: str, target: str) -> tuple[tuple[Step, ...], ...]:
        """Paths from one class to another, the shortest first. From a class to itself there is at least one step."""
        found: list[tuple[Step, ...]] = []
        layer: list[tuple[Step, ...]] = [()]
        for _ in range(LONGEST):
            grown = []
            for path in layer:
                at = path[-1].target if path else source
                for step in self._profile.near.get(at, ()):
                    if path and self._back_again(path, step):
                        continue
                    longer = (*path, step)
                    if step.target == target:
                        found.append(longer)
                    grown.append(longer)
            if len(found) > _MOST or len(grown) > 20_000:
                break
            layer = grown
        return tuple(sorted(found, key=self.cost)[:_MOST])

    def _back_again(self, path: tuple[Step, ...], step: Step) -> bool:
        """Whether a step undoes the last one where that leads back to the same node."""
        last = path[-1]
        if step != last.reverse:
            return False
        return bool(step.join) or (not step.back and self._profile.properties[step.prop].single)

    def cost(self, path: tuple[Step, ...]) -> float:
        """What a path costs if no word of the question speaks for it."""
        cost = 0.0
        for step in path:
            cost += 1.0
            cost += 0.2 if step.join else 0.0
            cost += 0.1 if len(self._profile.near.get(step.target, ())) > _HUB else 0.0
        for a in path[:-1]:
            cls = self._profile.classes.get(a.target)
            if cls and cls.junction:
                cost -= 0.7
        return cost

    def many(self, path: tuple[Step, ...]) -> bool:
        """Whether a path can lead to several nodes from one."""
        return any(self._step_many(s) for s in path)

    def _step_many(self, step: Step) -> bool:
        if step.join:
            return not self._profile.properties[step.join].unique
        prop = self._profile.properties[step.prop]
        return not prop.single if not step.back else prop.distinct != prop.count
