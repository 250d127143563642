"""Whom “the buyer”, “the supplier”, “its owner” mean: who has that role in what was asked before."""

from __future__ import annotations

from dataclasses import replace

from qa.dialogue.turn import Turn, amount_of, topic
from qa.query import Link, Node, Query, Side

# In an amount that goes from one to the other: who pays, and whom or for what.
_PAYING = {"price", "investment"}
_DEALS = ("acquires", "investsIn")


def in_roles(turn: Turn, roles: tuple[tuple[str, Side], ...]) -> list[Node]:
    """Those who have one of the roles in the last question, else in the one before; none if unclear."""
    context = turn.context
    found: list[Node] = []
    for query in (context.standing, context.previous, context.group, *reversed(context.row)):
        if query is None or found:
            continue
        asked = amount_of(topic(query))
        one = _answer(turn) if query in (context.standing, context.group) else None
        for relation, side in roles:
            node = _standing(asked, relation, side, one)
            if node is not None and node.ids not in [n.ids for n in found]:
                found.append(node)
    return found if len(found) == 1 else []


def _answer(turn: Turn) -> Node | None:
    refs = turn.context.refs
    return Node(ids=(refs[0].id,), label=refs[0].label) if len(refs) == 1 else None


def _standing(query: Query, relation: str, side: Side, one: Node | None) -> Node | None:
    """Who stands on a side of a relation in a question: whom it names, or the one that it was answered with."""
    if query.inner is not None and query.link is None:
        return _standing(query.inner, relation, side, one)
    if query.link is not None and relation in query.link.relations:
        return _of_link(query, query.link, side, one)
    money = bool(_PAYING & {*query.metrics[:1]}) and relation in _DEALS
    if not money or query.owner is None or not query.owner.named:
        return None
    if side == "subject":
        return query.owner
    return query.about[0] if len(query.about) == 1 else None


def _of_link(query: Query, link: Link, side: Side, one: Node | None) -> Node | None:
    given = link.given if link.given.named else None
    if query.kind in ("yesno", "when"):
        return query.owner if side == "subject" else given
    return one if link.asks == side else replace(given) if given is not None else None
