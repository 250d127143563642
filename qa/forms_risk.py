"""Forms of risk in plain words: how far one depends on another, what goes if that goes, single points of failure."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.conditions import query
from qa.draft import Draft
from qa.query import Node, Query

_DEGREE = re.compile(
    r"^(?:how (?:much|far|heavily|strongly|deeply|badly|closely)|(?:to )?what (?:extent|degree)) (?:do|did|does|is)\b"
)
_SINGLE = ("single point", "sole source", "single source", "choke", "bottleneck", "depend on most", "critical supplier")


_LOSES = re.compile(
    r"^what (?:would|will|does|could|might) (?:(?!\bif\b).)+ (?:lose|suffer|forfeit) if\b", re.IGNORECASE
)
"""“What would X lose if Y left?” asks for what hangs on Y, not for X's losses."""


def risk(draft: Draft) -> list[Query]:
    """“How exposed is X to Y?”, “What happens to X if Y stops buying?”, “Single points of failure for X?”"""
    supposed = tuple(
        Node(ids=n.ids, label=draft.items[i].text) for i in sorted(draft.supposed) if (n := draft.items[i].name)
    )
    main = tuple(n for n in draft.named() if all(n.ids != s.ids for s in supposed))
    if not supposed and len(main) == 2 and _how_far(draft):
        return [_asked(draft, main[0], main[1:])]
    if any(s.side == "object" for i in draft.items[:3] for s in i.all("noun")) and not supposed:
        return []
    lower = draft.question.text.lower()
    if not main:
        return []
    if any(word in lower for word in _SINGLE) and not supposed:
        return [_asked(draft, main[0], ())]
    share = draft.question.has("share")
    feared = draft.question.has("risk") or _LOSES.search(draft.question.text)
    if supposed and not draft.first("say") and (share or feared) and draft.metrics()[0][:1] != ("marketShare",):
        return [replace(_asked(draft, main[0], supposed), report="what if")]
    if supposed or draft.question.has("say") or not draft.question.has("risk") or len(main) < 2 or draft.yes_no:
        return []
    return [_asked(draft, main[0], main[1:2])]


def _how_far(draft: Draft) -> bool:
    """“How much does X rely on Y?”, “To what extent does X depend on Y?”."""
    opening = draft.question.text.lower()
    leans = [i for i in draft.items if any(s.name == "dependsOn" for s in i.all("verb"))]
    return _DEGREE.match(opening) is not None and bool(leans)


def _asked(draft: Draft, whose: Node, on: tuple[Node, ...]) -> Query:
    everything = set(range(len(draft.items)))
    return query(
        "risk",
        draft,
        everything,
        nodes=(whose, *on),
        metrics=("revenue",),
        owner=whose,
        options=on,
        about=(),
        basis="share",
        unit="percent",
        wish=None,
    )
