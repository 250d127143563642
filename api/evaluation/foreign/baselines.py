"""What is had without a parser: keywords on one hop, and names with the shortest path. Each is a page on purpose."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from api.evaluation.foreign.asked import REFUSED, Said
from api.evaluation.foreign.cells import cell
from api.evaluation.foreign.facts import Facts, Link, Node, stems

KEYWORDS, PATHS, PASSAGES = "keywords, one hop", "labels, shortest path", "BM25 passages"
_HOW_MANY = (("how", "many"), ("number", "of"), ("count", "the"))
_HOPS = 3
_WIDEST = 5000


class KeywordHop:
    """The longest name of a question, the best property and class by their words; one hop from the one by the other."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def ask(self, question: str) -> Said:
        """Values of the property at the name, names of the class, or how many; refused where there is none of them."""
        facts, asked = self._facts, stems(question)
        class_, fit = facts.best(facts.classes, asked)
        named = facts.mentions(question)
        property_, share = facts.best(facts.properties if named or not class_ else facts.held_by(class_), asked)
        if named:
            found, sure = self._at(max(named, key=lambda n: len(facts.label(n))), property_), share
        elif class_ is not None:
            members = facts.classes[class_]
            found, sure = members if counts(asked) or property_ is None else self._values(members, property_), fit
        else:
            return REFUSED
        if counts(asked):
            return Said("answered", ((cell(len(found)),),), sure) if found else REFUSED
        return _rows(facts, found, sure)

    def _at(self, node: Node, property_: str | None) -> list[Node]:
        """What the property links with a node or, for a value, with what has that value."""
        holders = [s for _, s in self._facts.into[node]] if node not in self._facts.out else [node]
        if property_ is None:
            return holders if holders != [node] else []
        return self._values(holders, property_) or [s for p, s in self._facts.into[node] if p == property_]

    def _values(self, nodes: Iterable[Node], property_: str) -> list[Node]:
        return [value for node in nodes for p, value in self._facts.out.get(node, ()) if p == property_]


class ShortestPath:
    """From the names of a question along the fewest links to the property or class that it asks for."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def ask(self, question: str) -> Said:
        """The ends of the shortest chains; between two names without a property, what lies between them."""
        facts, asked = self._facts, stems(question)
        named = facts.mentions(question)
        if not named:
            return REFUSED
        property_, share = facts.best(facts.properties, asked)
        class_, fit = facts.best(facts.classes, asked)
        if property_ is not None:
            found = self._reach(named[0], lambda link: link[0] == property_)
        elif class_ is not None:
            members = set(facts.classes[class_])
            found = self._reach(named[0], lambda link: link[1] in members)
        else:
            found = self._between(named[0], named[1]) if len(named) > 1 else []
        if counts(asked) and found:
            return Said("answered", ((cell(len(found)),),), max(share, fit))
        return _rows(facts, found, max(share, fit))

    def _links(self, node: Node) -> Sequence[Link]:
        return (*self._facts.out.get(node, ()), *self._facts.into.get(node, ()))

    def _reach(self, start: Node, wanted: Callable[[Link], bool]) -> list[Node]:
        """All nodes at which a wanted link arrives first, by the number of links from the start."""
        frontier, seen = [start], {start}
        for _ in range(_HOPS):
            links = [link for node in frontier[:_WIDEST] for link in self._links(node) if link[1] not in seen]
            if ends := list(dict.fromkeys(link[1] for link in links if wanted(link))):
                return ends
            frontier = list(dict.fromkeys(node for _, node in links))
            seen.update(frontier)
        return []

    def _between(self, one: Node, other: Node) -> list[Node]:
        near = {node for _, node in self._links(one)}
        return [node for node in dict.fromkeys(n for _, n in self._links(other)) if node in near]


def counts(asked: Sequence[str]) -> bool:
    """Whether the stems of a question ask for a number of things."""
    return any(pair in _HOW_MANY for pair in pairwise(asked))


def _rows(facts: Facts, found: Sequence[Node], confidence: float) -> Said:
    if not found:
        return REFUSED
    return Said("answered", tuple((facts.cell(node),) for node in found), confidence)
