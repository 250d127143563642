"""Forms about an act that a noun names and two take part in: “X's takeover of Y”, “the alliance of X with Y”."""

from __future__ import annotations

from dataclasses import dataclass

from qa.conditions import query
from qa.draft import Draft
from qa.query import Link, Node, Query

_OTHER = {"of", "in", "with", "at", "from", "for"}
_DOER = {"by"}
_SYMMETRIC = {"of", "between"}


@dataclass(frozen=True, slots=True)
class Event:
    """The act at an item, with who does it and whom it is done to, as far as they are named."""

    at: int
    relations: tuple[str, ...]
    doer: Node | None
    other: Node | None


def event(draft: Draft) -> Event | None:
    """The first act that the question names together with one of its parties at least."""
    for i, item in enumerate(draft.items):
        relations = tuple(s.name for s in item.all("event"))
        if not relations or i in draft.supposed:
            continue
        doer = _name(draft, i - 2) if draft.lemma(i - 1) == "'s" else None
        other: Node | None = None
        at = i + 1
        while draft.lemma(at) in _OTHER | _DOER | _SYMMETRIC:
            word = draft.lemma(at)
            name = _name(draft, at + 1)
            if name is None:
                break
            if word in _DOER or (word in _SYMMETRIC and doer is None and _joined(draft, at + 2)):
                doer = name
            else:
                other = name
            at += 2
            if _joined(draft, at):
                other, at = _name(draft, at + 1), at + 2
        if doer is not None or other is not None:
            return Event(i, relations, doer, other)
    return None


def _name(draft: Draft, i: int) -> Node | None:
    if not 0 <= i < len(draft.items):
        return None
    item = draft.items[i]
    return Node(ids=item.name.ids, label=item.text) if item.name else None


def _joined(draft: Draft, i: int) -> bool:
    """Whether “and” with another name stands there."""
    return draft.lemma(i) in ("and", "with") and _name(draft, i + 1) is not None


def happened(draft: Draft) -> list[Query]:
    """“Was X's takeover of Y called off?”, “Did the alliance between X and Y come about?”"""
    found = event(draft)
    if found is None or found.doer is None or found.other is None or not draft.yes_no:
        return []
    ended = draft.question.has("cancel")
    link = Link(found.relations, "object", found.other)
    pair = (found.doer, found.other)
    return [query("yesno", draft, {found.at}, nodes=pair, owner=found.doer, link=link, ended=ended, words=(), about=())]


def when(draft: Draft) -> list[Query]:
    """“When was X's takeover of Y completed?”"""
    found = event(draft)
    if found is None or found.doer is None or found.other is None:
        return []
    link = Link(found.relations, "object", found.other)
    return [query("when", draft, {found.at}, nodes=(found.doer, found.other), owner=found.doer, link=link, words=())]
