"""Forms that ask which, or how many, have an amount above or below another."""

from __future__ import annotations

from dataclasses import replace

from graph.model import Quantity
from qa.conditions import query
from qa.draft import Draft
from qa.forms_parts import KINDS, PAYERS
from qa.forms_sum import listed_names
from qa.forms_time import ABOVE, BELOW
from qa.query import Query
from qa.words import lemmas


def beyond(draft: Draft) -> list[Query]:
    """“How many of X, Y and Z have an M above A?”, “Which of X and Y …?”, “How many customers …?”"""
    wh, bars = draft.wh, draft.question.quantities
    many = wh is not None and draft.lemma(wh) == "how" and draft.lemma(wh + 1) == "many"
    if wh is None or len(bars) != 1 or not (many or draft.lemma(wh) in ("which", "who", "what")):
        return []
    names, at = draft.metrics()
    bar = bars[0]
    if bar.unit == "percent" and "market" in draft.question.stems:
        names = ("marketShare",)
    value = bar.low if bar.low is not None else bar.high
    stems = {*draft.question.stems}
    if not names or value is None or (bar.low is not None and bar.low == bar.high and not (ABOVE | BELOW) & stems):
        return []
    exact = Quantity(value, value, bar.unit)
    below = bool(BELOW & stems) or bar.low is None
    listed = listed_names(draft)
    named = [n for n in draft.named() if not n.label.islower()]
    near = range(wh + 1 + many, min(wh + 6, len(draft.items)))
    head = next((i for i in near if {*lemmas(draft.items[i].text)} & KINDS), None)
    firms = any(s.name == "Company" for i in near for s in draft.items[i].all("class"))
    if many and len(listed) < 2 and len(named) == 1 and head is not None:
        return [_parts(draft, exact, head, below=below)]
    related = any(item.all("noun") and not item.all("class") for item in draft.items)
    if len(listed) < 2 and (related or not firms or (named and names[0] != "marketShare")):
        return []
    inner = query("above", draft, set(at), nodes=listed, metrics=names, quantity=exact, lowest=below, about=())
    held = tuple(s for n in named if n not in listed for s in lemmas(n.label))
    inner = replace(inner, options=listed if len(listed) > 1 else (), soft=(*inner.soft, *held))
    return [Query("tally", inner=inner) if many else inner]


def _parts(draft: Draft, bar: Quantity, head: int, *, below: bool) -> Query:
    """The parts, such as customers, whose share in an amount of somebody lies above the bar."""
    names = tuple(s.name for item in draft.items for s in item.all("metric") if not s.weak and s.name != "marketShare")
    whose = next(n for n in draft.named() if not n.label.islower())
    share = bar.unit == "percent"
    found = query("parts", draft, set(), nodes=(whose,), metrics=names[:1] or ("revenue",), owner=whose, noun="count")
    kind = tuple(lemmas(draft.items[head].text))
    return replace(
        found,
        basis="share" if share else None,
        quantity=bar,
        lowest=below,
        soft=kind if {*kind} & PAYERS else (),
        words=(),
        about=(),
        names=(),
    )
