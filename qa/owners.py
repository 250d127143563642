"""Whose amount a question asks for."""

from __future__ import annotations

from qa.draft import Draft
from qa.query import Node
from qa.words import lemmas

_LOSING = {*lemmas("lose")}
_OPEN = {"the", "its", "their", "a", "an"}
_PREPOSITIONS = {"from", "in", "at", "to", "for", "by", "with", "on", "into"}


def owner(draft: Draft, metric_at: tuple[int, ...]) -> Node | None:
    """Whose amount: the possessor before the metric, else “of X” after it, else the subject of the verb, else none."""
    items = draft.items
    at = metric_at[0] if metric_at else len(items)
    for i in range(at - 1, 0, -1):
        if draft.lemma(i) == "'s" and items[i - 1].name and not _ends_phrase(draft, i, at):
            return named_at(draft, i - 1)
    if draft.doer is not None:
        return named_at(draft, draft.doer)
    for i in range(at + 1, min(at + 4, len(items))):
        if draft.lemma(i) == "of" and i + 1 < len(items):
            found = draft.reader.np(i + 1)
            if found and (found[0].named or found[0].link):
                return found[0]
    supposed = _supposed_owner(draft)
    if supposed is not None:
        return supposed
    free = [i for i, item in enumerate(items) if item.name and i not in draft.supposed and i != draft.speaker_at()]
    counted = [i for i in free if draft.lemma(i - 1) == "many"]
    for i in (i for i in free if i not in counted or len(counted) == len(free)):
        if draft.lemma(i - 1) not in _PREPOSITIONS and not items[i].text.islower():
            return named_at(draft, i)
    if free:
        return named_at(draft, free[0])
    return described_at(draft)


def _supposed_owner(draft: Draft) -> Node | None:
    """Whom “its” stands for behind an if-clause: the one firm that it names, beside places; or the loser of two."""
    pointing = any(draft.lemma(i) in ("its", "their") for i in range(len(draft.items)) if i not in draft.supposed)
    named = [i for i in sorted(draft.supposed - draft.dating) if draft.items[i].name]
    firms = [i for i in named if (name := draft.items[i].name) and not draft.question.placed & {*name.ids}]
    loses = len(firms) > 1 and draft.lemma(firms[0] + 1) in _LOSING
    return named_at(draft, firms[0]) if pointing and (len(firms) == 1 or loses) else None


def _ends_phrase(draft: Draft, start: int, end: int) -> bool:
    return any(draft.lemma(k) in ("do", "be", "have", "come", "of", "in", "from") for k in range(start + 1, end))


def named_at(draft: Draft, i: int) -> Node:
    """The node of the name at an item."""
    name = draft.items[i].name
    return Node(ids=name.ids if name else (), label=draft.items[i].text)


def described_at(draft: Draft) -> Node | None:
    """“the company”, “the chip designer”: somebody of a class, to be found among those who have such a fact."""
    for i, item in enumerate(draft.items):
        kinds = tuple(dict.fromkeys(s.name for s in item.all("class")))
        if kinds and i and draft.lemma(i - 1) in _OPEN and not item.sense("metric"):
            return Node(label=item.text, types=kinds)
    return None
