"""Nouns by which one is called something of another: “X's partner”, “the parent of X”, “X as its chief executive”."""

from __future__ import annotations

from qa.draft import Draft
from qa.phrases import AUXILIARIES
from qa.query import Node
from qa.words import lemmas

CALLING = frozenset(
    lemmas(
        "be become have make name appoint call count regard see view treat consider number rank take use find remain"
        " keep stay turn choose pick select designate nominate elect hire promote"
    )
)
"""Verbs by which somebody is called, or becomes, what a noun says."""

_OF = {"of", "to", "for", "at", "in"}
_OWN = {"its", "their", "his", "her"}
_REACH = 4  # words between whose it is and the noun


def only_called(draft: Draft) -> bool:
    """Whether no verb but one of calling somebody something stands beside the relation's noun."""
    return not any(item.sense("verb") and draft.lemma(i) not in CALLING for i, item in enumerate(draft.items))


def called(draft: Draft, at: int, nodes: tuple[Node, ...]) -> tuple[Node, Node]:
    """Who is said to be what the noun at `at` says, and of whom: of the two or more that are named."""
    given = _led(draft, at, nodes) or _located(draft, at, nodes) or whose(draft, at)
    other = next((n for n in nodes if given is not None and n.ids != given.ids), None)
    if given is not None and other is not None:
        return other, given
    cases = dict(draft.cases)
    other = next((n for n in nodes[1:] if n.ids and cases.get(n.ids[0]) in ("to", "for")), nodes[1])
    return nodes[0], other


def _led(draft: Draft, at: int, nodes: tuple[Node, ...]) -> Node | None:
    """What a person among the names has a post at, whichever is named first."""
    people = draft.question.people
    if not any(s.name == "leads" for s in draft.items[at].all("noun")) or not any(people & {*n.ids} for n in nodes):
        return None
    return next((n for n in nodes if not people & {*n.ids}), None)


def _located(draft: Draft, at: int, nodes: tuple[Node, ...]) -> Node | None:
    """Whose seat a place among the names is."""
    placed = draft.question.placed
    if not any(s.name == "locatedIn" for s in draft.items[at].all("noun")) or not any(placed & {*n.ids} for n in nodes):
        return None
    return next((n for n in nodes if not placed & {*n.ids}), None)


def whose(draft: Draft, at: int) -> Node | None:
    """Of whom somebody is what the relation noun at `at` says: the possessor before it or the name behind it."""
    for k in range(at - 1, max(-1, at - 1 - _REACH), -1):
        if draft.lemma(k) == "'s":
            return _name(draft, k - 1)
        if draft.lemma(k) in _OWN or draft.lemma(k) in ("as", "for"):
            return next((n for i in range(k) if (n := _name(draft, i)) is not None), None)
        if draft.items[k].name or draft.items[k].sense("verb") or draft.lemma(k) in AUXILIARIES | _OF:
            break
    if draft.items[at - 1].name and at + 1 < len(draft.items) and draft.items[at + 1].name:
        return _name(draft, at - 1)
    if draft.items[at].text.lower().split()[-1] in _OF:
        return _name(draft, at + 1)
    if draft.lemma(at + 1) in _OF:
        return _name(draft, at + 2 + (draft.lemma(at + 2) in ("the", "both")))
    return None


def _name(draft: Draft, i: int) -> Node | None:
    name = draft.items[i].name if 0 <= i < len(draft.items) else None
    return Node(ids=name.ids, label=draft.items[i].text) if name is not None else None
