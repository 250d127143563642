"""Executing questions for a path: the shortest chain of relations between two entities.

The index says which entities lie near enough to the goal; only the claims between those are read, so that a chain
through a much-mentioned firm does not read all that is said of it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from graph.model import Claim, EntityRef
from graph.vocabulary import vocabulary
from qa.facts import View
from qa.outcome import Outcome, unknown
from qa.query import Node, Query
from qa.run_fact import hedges
from qa.sparql import Pattern

_REACH = 4
_BUDGET = 400
"""Entities whose claims are read in search of a chain of one length."""
_PRUNED = 2
"""Steps before the goal from which on the index tells who is near enough; all who are farther would be nearly all."""

_Came = dict[str, tuple[str, Claim] | None]


def run_path(view: View, query: Query) -> Outcome:
    """A shortest chain of affirmed relations between two entities, with a claim for each step; places do not connect.

    Of what is only planned or possible, if nothing affirmed joins them.
    """
    start, goal = query.options
    if not {*start.ids} & {*goal.ids}:
        near = _Near(view, goal)
        for hedged in (False, True):
            for length in range(1, _REACH + 1):
                claims = _chain(view, start, near, length, hedged=hedged)
                if claims:
                    return _told(view, claims, start)
    return unknown(f"no chain of up to {_REACH} relations joins {start.label} and {goal.label}")


class _Near:
    """Who lies within so many steps of the goal, by any claims."""

    def __init__(self, view: View, goal: Node) -> None:
        self.goal = goal
        self._view = view
        self._within = [frozenset(goal.ids)]
        self._looked = 0

    def of(self, others: frozenset[str], steps: int) -> frozenset[str]:
        """Those of the others from whom so many steps may lead to the goal: looked up from their side, as long as they
        have fewer claims than those who are a step nearer.
        """
        if not others or steps < len(self._within):
            return others & self._within[steps] if others else others
        nearer = self.within(steps - 1)
        self._looked += self._claims(others)
        if self._looked >= self._claims(nearer):
            return others & self.within(steps)
        return (others & nearer) | self._view.facts.store.touching(tuple(sorted(others)), tuple(sorted(nearer)))

    def _claims(self, ids: frozenset[str]) -> int:
        entities = self._view.facts.names.entities
        return sum(entities[i].claims for i in ids if i in entities)

    def within(self, steps: int) -> frozenset[str]:
        """The entities from which so many steps may lead to the goal."""
        while len(self._within) <= steps:
            last = self._within[-1]
            self._within.append(last | self._view.facts.neighbours(tuple(sorted(last))))
        return self._within[steps]


def _chain(view: View, start: Node, near: _Near, length: int, *, hedged: bool) -> list[Claim]:
    """The claims of a chain of exactly so many steps, none if there is none; the best attested step first."""
    came: _Came = dict.fromkeys(start.ids)
    queue = deque((i, length) for i in start.ids)
    opened = 0
    while queue and opened < _BUDGET:
        at, left = queue.popleft()
        others = view.facts.neighbours((at,))
        others -= came.keys()
        if left - 1 <= _PRUNED:
            others = near.of(others, left - 1)
        if not others:
            continue
        opened += 1
        for claim in _steps(view, at, others, hedged=hedged):
            other = claim.object if claim.subject.id == at else claim.subject
            if not isinstance(other, EntityRef) or other.id in came:
                continue
            came[other.id] = (at, claim)
            if other.id in near.goal.ids:
                return list(_back(came, other.id))[::-1]
            if left > 1 and other.type != "Place":
                queue.append((other.id, left - 1))
    return []


def _steps(view: View, at: str, others: frozenset[str], *, hedged: bool) -> list[Claim]:
    """The relations of one entity to some others, best attested first."""
    relations, ends = vocabulary().relations, tuple(sorted(others))
    ways = (Pattern(subjects=(at,), objects=ends), Pattern(subjects=ends, objects=(at,)))
    held = [c for way in ways for c in view.aside(way) if c.predicate in relations]
    found = [c for c in held if c.affirmed or (hedged and c.polarity)]
    return sorted(found, key=lambda c: (c.modality != "asserted", -len(c.evidence), c.id))


def _back(came: _Came, end: str) -> Iterator[Claim]:
    """The claims of a chain from its end."""
    while (step := came[end]) is not None:
        end, claim = step
        yield claim


def _told(view: View, claims: list[Claim], start: Node) -> Outcome:
    """The chain with those on it in their order."""
    first = claims[0]
    refs = [first.subject if first.subject.id in start.ids else first.object]
    for claim in claims:
        pair = claim.subject, claim.object
        refs.append(pair[1] if pair[0] == refs[-1] else pair[0])
        ends = tuple(sorted({e.id for e in pair if isinstance(e, EntityRef)}))
        view.claims(Pattern(subjects=ends, objects=ends))
    named = tuple(ref for ref in refs if isinstance(ref, EntityRef))
    return Outcome("answered", named, tuple(claims), " – ".join(ref.label for ref in named), hedges(claims))
