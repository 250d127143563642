"""The form that asks what somebody is."""

from __future__ import annotations

from qa.conditions import query
from qa.draft import Draft
from qa.owners import named_at
from qa.query import Query
from qa.words import lemmas

_RELATING = {*lemmas("up down at under against behind over above below top between with without by from for")}


def profile(draft: Draft) -> list[Query]:
    """“What is X?”, “Who is X?”, “Tell me about X”: everything of one entity."""
    named = [i for i, item in enumerate(draft.items) if item.name]
    alone = bool(named) and all(i in named or item.text in "?.!" for i, item in enumerate(draft.items))
    if len(named) != 1 or not (draft.question.has("profile") or alone):
        return []
    node = named_at(draft, named[0])
    rest = query("profile", draft, set(), nodes=(node,), owner=node)
    busy = any(item.sense("verb") or item.sense("metric") for item in draft.items if not item.sense("profile"))
    plain = not busy and not rest.words and not rest.names and not rest.soft and rest.period is None
    plain = plain and not any(item.token and item.token.lemma in _RELATING for item in draft.items)
    return [rest] if plain else []
