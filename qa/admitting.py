"""Which readings of a question its names admit: nobody supplies a technology, and a chip leads no firm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from graph.vocabulary import vocabulary
from qa.query import Link, Node, Query, Side

_ALIKE = (
    frozenset({"Company", "Organization"}),
    frozenset({"Chip", "Model", "Product", "Technology"}),
    frozenset({"Place", "Facility"}),
)
"""Types that sources take for one another, and so does a graph."""


def admitted(readings: list[tuple[str, Query]], kinds: Mapping[str, str]) -> list[tuple[str, Query]]:
    """The readings, first those whose relations can hold of those who are named; without relations that cannot where
    others of the same word can. `kinds`: the types of the named, by id.
    """
    fitted = [(name, _narrowed(query, kinds)) for name, query in readings]
    return sorted(fitted, key=lambda one: not _holds(one[1], kinds))


def can_be(relation: str, side: Side, types: tuple[str, ...]) -> bool:
    """Whether something of one of the types, or of a kindred one, can stand on that side of the relation.

    >>> can_be("leads", "subject", ("Chip",)), can_be("supplies", "object", ("Organization",))
    (False, True)
    """
    meant = vocabulary().relations[relation]
    sides = (*meant.domain, *meant.range) if meant.symmetric else meant.domain if side == "subject" else meant.range
    return not types or any({*types} & alike and {*sides} & alike for alike in _ALIKE) or bool({*types} & {*sides})


def _narrowed(query: Query, kinds: Mapping[str, str]) -> Query:
    link = query.link
    if link is None or query.kind == "speaker" or len(link.relations) < 2:
        return query
    kept = tuple(r for r in link.relations if _of(query, link, r, kinds))
    return replace(query, link=replace(link, relations=kept)) if kept else query


def _holds(query: Query, kinds: Mapping[str, str]) -> bool:
    link = query.link
    if link is None or query.kind == "speaker" or not link.relations:
        return True
    return any(_of(query, link, relation, kinds) for relation in link.relations)


def _of(query: Query, link: Link, relation: str, kinds: Mapping[str, str]) -> bool:
    """Whether the relation can hold of whom the question gives, and of whom it asks for or whether."""
    given: Side = "object" if link.asks == "subject" else "subject"
    if query.owner is not None:
        return can_be(relation, link.asks, _types(link.given, kinds)) and can_be(
            relation, given, _types(query.owner, kinds)
        )
    return can_be(relation, given, _types(link.given, kinds)) and can_be(relation, link.asks, query.wanted)


def _types(node: Node, kinds: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(kinds[i] for i in node.ids if i in kinds) or node.types
