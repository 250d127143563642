"""Forms about a deal or a connection as a whole: a number that a sentence states, paths, the party to an order."""

from __future__ import annotations

from qa.asked import FIRMS
from qa.conditions import query
from qa.draft import Draft
from qa.focus import counted
from qa.query import Query


def path(draft: Draft) -> list[Query]:
    """“How are X and Y connected?”"""
    nodes = draft.named()
    asked = not draft.yes_no or draft.question.stems[:2] == ("be", "there")
    if not draft.question.has("path") or len(nodes) != 2 or not asked:
        return []
    return [query("path", draft, set(), nodes=nodes, options=nodes)]


def stated(draft: Draft) -> list[Query]:
    """“How many companies took part in X's round?”: a number that a sentence about X gives with the noun asked for."""
    wh = draft.wh
    if wh is None or draft.lemma(wh + 1) != "many" or draft.question.unit is not None:
        return []
    head = counted(draft.question, wh)
    named = draft.named()
    if head is None or not named:
        return []
    noun = " ".join(draft.items[k].text for k in range(wh + 2, head + 1))
    return [query("stated", draft, set(range(wh, head + 1)), nodes=(), about=named, noun=noun)]


def counterparty(draft: Draft) -> list[Query]:
    """“Who was behind the $10 billion order that X mentioned?”: the other side of a deal known by its amount."""
    names, at = draft.metrics()
    if not draft.question.quantities or not {"orders", "investment", "price"} & set(names):
        return []
    named = draft.named()
    return [query("counterparty", draft, set(at), nodes=named, metrics=("orders",), options=named, wanted=FIRMS)]
