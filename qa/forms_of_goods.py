"""Yes or no of goods as the subject: “have any X been delivered to Y?”, “is X made in Japan?”."""

from __future__ import annotations

from dataclasses import replace

from qa.conditions import query
from qa.draft import Draft
from qa.query import Link, Node, Query

_THINGS = {"Chip", "Model", "Product", "Technology"}
_MADE = ("manufactures", "develops", "supplies")
_WHERE = ("in", "at", "on")


def of_goods(draft: Draft, readings: list[Query]) -> list[Query]:
    """The readings, with those in which goods would supply somebody, or a place would make something, put right: it is
    asked whether anybody supplies them, and whether somebody makes it there.
    """
    return [_delivered(draft, q) or _made_there(draft, q) or q for q in readings]


def _delivered(draft: Draft, found: Query) -> Query | None:
    """“X has been delivered to Y”, “X goes to Y”: whether somebody supplies Y with X."""
    link, goods = found.link, found.owner
    if link is None or goods is None or link.relations != ("supplies",) or link.asks != "object":
        return None
    if not _is_thing(draft, goods) or _is_thing(draft, link.given):
        return None
    return replace(found, owner=None, link=Link(("supplies",), "subject", link.given), about=(*found.about, goods))


def _made_there(draft: Draft, found: Query) -> Query | None:
    """“X is made in Y”, a place: whether somebody makes X, and there."""
    link, place = found.link, found.owner
    if link is None or place is None or not {*link.relations} <= {*_MADE} or not link.given.named:
        return None
    if not {*place.ids} & draft.question.placed or dict(draft.cases).get(place.ids[0]) not in _WHERE:
        return None
    used = {i for i, item in enumerate(draft.items) if item.sense("verb")}
    making = tuple(name for name in link.relations if name != "develops") or link.relations
    made = query("yesno", draft, used, nodes=(link.given, place), link=Link(making, "subject", link.given))
    return replace(made, restriction=Link(("locatedIn",), "subject", place))


def _is_thing(draft: Draft, node: Node) -> bool:
    return bool(node.ids) and any(draft.question.kinds.get(i) in _THINGS for i in node.ids[:1])
