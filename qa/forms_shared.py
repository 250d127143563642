"""Those who stand in the same relation to two: “which suppliers do X and Y share?”, “X's and Y's common customers”."""

from __future__ import annotations

from qa.asked import FIRMS
from qa.conditions import query
from qa.draft import Draft
from qa.query import Link, Query
from qa.words import lemmas

_SHARED = set(lemmas("share shared common joint mutual"))


def shared(draft: Draft) -> list[Query]:
    """The question for those who are something (a supplier, a customer) of both who are named."""
    nodes = draft.named()
    at = next((i for i, item in enumerate(draft.items) if item.sense("noun")), None)
    firms = [n for n in nodes if draft.question.kinds.get(n.ids[0]) in FIRMS]
    if at is None or len(nodes) != 2 or len(firms) != 2 or draft.yes_no or not _SHARED & {*draft.question.stems}:
        return []
    if draft.question.has("stake") or not draft.items[at].text.lower().endswith("s"):
        return []
    sense = draft.items[at].all("noun")[0]
    types = tuple(s.name for s in draft.items[at].all("class")) or FIRMS
    first, second = (Link((sense.name,), sense.side, node) for node in nodes)
    used = {i for i, item in enumerate(draft.items) if {*lemmas(item.text)} & _SHARED}
    found = query(
        "list",
        draft,
        {at, *used},
        nodes=nodes,
        wanted=types,
        noun=draft.items[at].text,
        link=first,
        restriction=second,
    )
    return [found]
