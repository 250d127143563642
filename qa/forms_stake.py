"""Forms that ask for a stake: “what percentage of X does Y own?”."""

from __future__ import annotations

from qa.conditions import query
from qa.draft import Draft
from qa.owners import described_at, named_at
from qa.query import Node, Query
from qa.words import lemmas


def stake(draft: Draft) -> list[Query]:
    """“What percentage of X does Y own?”, “How much of X belongs to Y?”, “How large is Y's stake in X?”"""
    items = draft.items
    held = draft.question.has("share")
    words = [i for i in range(len(items)) if items[i].sense("stake") and not items[i].sense("share")]
    words = [i for i in words if items[i].text.lower() != "share in" or (i + 1 < len(items) and items[i + 1].name)]
    words += [i for i in range(len(items)) if held and any(s.name == "investsIn" for s in items[i].all("verb"))]
    words += _possessed(draft) if not words else []
    at = draft.wh
    asks = draft.question.has("share") or (at is not None and draft.lemma(at) in ("how", "what"))
    if not words or not (asks or "stak" in draft.question.stems or draft.question.unit == "percent"):
        return []
    paid = {"pay", "cost", "spend", "worth", "pric", "invest"} & {*draft.question.stems}
    if draft.question.has("highest") or "marketShare" in _first(draft.metrics()[0]) or paid:
        return []
    holder, target = _holding(draft)
    whose = holder or target or described_at(draft)
    return [
        query(
            "fact",
            draft,
            set(words),
            nodes=(whose, target),
            metrics=("investment",),
            owner=whose,
            about=(target,) if target is not None and holder is not None else (),
            basis="share",
            unit="percent",
            soft=("own", "stake", "share"),
        )
    ]


def _possessed(draft: Draft) -> list[int]:
    """The verb of “how much of X does Y have”: a part of somebody is a stake."""
    at, doer = draft.first("share"), draft.doer
    if at is None or doer is None or at + 1 >= len(draft.items) or not draft.items[at + 1].name:
        return []
    return [doer + 1] if draft.lemma(doer + 1) in _HAVING else []


_HAVING = set(lemmas("have own hold control possess"))


def _first(names: tuple[str, ...]) -> tuple[str, ...]:
    return names[:1]


def _holding(draft: Draft) -> tuple[Node | None, Node | None]:
    """Who holds the stake, and in whom: the latter stands behind “of”, “in” or an ownership noun."""
    named = [
        i for i, item in enumerate(draft.items) if item.name and i not in draft.excepted and i != draft.speaker_at()
    ]
    before = {i: draft.items[i - 1].text.lower() if i else "" for i in named}
    inside = [i for i in named if before[i].split()[-1:] in (["of"], ["in"]) and not before[i].endswith("hands of")]
    target = inside[-1] if inside else None
    holder = next((i for i in named if i != target), None)
    return (
        named_at(draft, holder) if holder is not None else None,
        named_at(draft, target) if target is not None else None,
    )
