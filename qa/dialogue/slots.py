"""Whose place somebody new takes in the last question: that of the one behind the same preposition, or of the kind."""

from __future__ import annotations

from dataclasses import replace

from qa.dialogue.turn import Turn
from qa.query import Link, Node, Query

_ALIKE = ({"from", "by"}, {"to", "for", "into"}, {"in", "at", "on"})

_KIN = {"Organization": "Company", "Technology": "Product", "Chip": "Product", "Model": "Product"}
_ADDING = {"from", "by", "in", "with"}
_CONDITIONED = ("fact", "list", "seek", "count")


def filled(turn: Turn, last: Query) -> Query | None:
    """The last question with those whom the turn names in the places that are theirs; None if that is not clear.

    Of a kind that the question does not hold yet, they set one more condition: “and in memory?”.
    """
    asked = dict(turn.draft.cases)
    old = _named(last)
    taken: dict[str, Node] = {}
    beside: list[Node] = []
    for node in turn.nodes:
        case = asked.get(node.ids[0], "")
        found = _place(turn, last, node, case, [o for o in old if o.ids[0] not in taken])
        if found is not None:
            taken[found.ids[0]] = node
        elif last.kind in _CONDITIONED and (case or len(turn.nodes) > 1) and _another(turn, last, node, case, old):
            beside.append(node)
        else:
            return None
    if not taken and not beside:
        return None
    alone = turn.nodes[0].ids[0] if len(turn.nodes) == 1 else ""
    filled_in = replace(_exchanged(last, taken), put=alone)
    cases = (*filled_in.cases, *((n.ids[0], asked.get(n.ids[0], "")) for n in beside))
    return replace(filled_in, about=(*filled_in.about, *beside), cases=cases) if beside else filled_in


def _another(turn: Turn, last: Query, node: Node, case: str, old: list[Node]) -> bool:
    """Whether somebody has a part that nobody of the question has yet: another kind of thing, or “from X” of a sum."""
    cases = dict(last.cases)
    like = [o for o in old if _alike(turn, node, o)]
    return not like or (case in _ADDING and all(cases.get(o.ids[0]) == "" for o in like))


def fits(turn: Turn, last: Query) -> bool:
    """Whether somebody whom the turn names is of a kind with somebody of the question."""
    return any(_alike(turn, node, old) for node in turn.nodes for old in _named(last))


def _alike(turn: Turn, node: Node, old: Node) -> bool:
    entities = turn.names.entities
    kinds = [{_KIN.get(entities[i].type, entities[i].type) for i in n.ids if i in entities} for n in (node, old)]
    return bool(kinds[0] & kinds[1])


def _place(turn: Turn, last: Query, node: Node, case: str, old: list[Node]) -> Node | None:
    """The one of the old ones whose place a new one takes."""
    cases = dict(last.cases)
    alike = next((kin for kin in _ALIKE if case in kin), {case})
    for meant in ({case}, alike):
        behind = [o for o in old if cases.get(o.ids[0]) in meant]
        if len(behind) == 1 and (case or len(turn.nodes) > 1):
            return behind[0]
    before = next((o for o in old if o.ids[0] == last.put), None)
    if before is not None and not case:
        return before
    like = [o for o in old if _alike(turn, node, o)]
    open_ = len(like) == 1 and len(old) > 1 and not (case and like[0].ids[0] in cases)
    return like[0] if open_ else None


def _named(query: Query) -> list[Node]:
    """Those whom a question names, wherever they stand in it, each once."""
    inner = _named(query.inner) if query.inner is not None else []
    links = [n for link in (query.link, query.restriction) if link is not None for n in _of(link.given)]
    nodes = [*_of(query.owner), *links, *query.options, *query.about, *inner]
    return list({n.ids[0]: n for n in nodes if n.named}.values())


def _of(node: Node | None) -> list[Node]:
    if node is None:
        return []
    return [node] if node.named else _of(node.link.given if node.link is not None else None)


def _exchanged(query: Query, taken: dict[str, Node]) -> Query:
    """The question with other nodes for some, by their first id."""

    def other(node: Node) -> Node:
        if node.named:
            return taken.get(node.ids[0], node)
        return replace(node, link=joined(node.link)) if node.link is not None else node

    def joined(link: Link | None) -> Link | None:
        return replace(link, given=other(link.given)) if link is not None else None

    return replace(
        query,
        owner=other(query.owner) if query.owner is not None else None,
        link=joined(query.link),
        restriction=joined(query.restriction),
        options=tuple(map(other, query.options)),
        about=tuple(map(other, query.about)),
        inner=_exchanged(query.inner, taken) if query.inner is not None else None,
        cases=tuple((taken[i].ids[0] if i in taken else i, case) for i, case in query.cases),
    )
