"""Forms for a figure that no source states: it is made of others that are stated. They come last."""

from __future__ import annotations

from dataclasses import replace

from qa.draft import Draft
from qa.plan_parts import derived, figures_of, governs, of_metrics, planned, share_mark, single, term
from qa.query import Query


def unstated(draft: Draft) -> list[Query]:
    """“X's operating margin”, from a profit; “how many dollars of X's sales are A's”, from a share; and the reverse."""
    if any(draft.question.has(kind) for kind in ("change", "difference", "highest", "lowest", "sum", "average")):
        return []
    return _by_its_parts(draft) or _in_money(draft) or _in_percent(draft)


def _by_its_parts(draft: Draft) -> list[Query]:
    """A metric that is defined by two others."""
    names, at = draft.metrics()
    told = next((t for t in derived().values() if names[:1] == (t.get("stated"),)), None)
    whose = single(draft)
    return [of_metrics(draft, told["op"], tuple(told["of"]), whose, {*at})] if told and whose else []


def _in_money(draft: Draft) -> list[Query]:
    """A share of the revenue as an amount, where money is asked for."""
    named = [n for n in draft.named() if not n.label.islower()]
    much = draft.wh is not None and draft.lemma(draft.wh) == "how" and draft.lemma(draft.wh + 1) == "much"
    unit = draft.question.unit
    money = much and draft.first("share") is None if unit is None else unit.isupper()
    found = _part_and_whole(draft) if money and len(named) in (1, 2) else None
    if found is None:
        return []
    part, whole = found
    part = replace(part, basis="share", unit="percent", about=tuple(named[1:]))
    return [planned(draft, "product", (part, whole), named[0])] if part.words or part.about else []


def _in_percent(draft: Draft) -> list[Query]:
    """The amount of a part as a share of the whole."""
    mark, whose = share_mark(draft), single(draft)
    found = _part_and_whole(draft) if mark is not None and whose is not None else None
    if found is None or mark is None or not any(governs(draft, mark, f.at) for f in figures_of(draft)):
        return []
    return [planned(draft, "percent", found, whose)] if found[0].words else []


def _part_and_whole(draft: Draft) -> tuple[Query, Query] | None:
    """The revenue from what the rest of the question names, and all of it."""
    figures = figures_of(draft)
    if {f.metric for f in figures} != {"revenue"}:
        return None
    whole = term(draft, "revenue", set(), {f.at for f in figures})
    named_by = next((f for f in figures if f.firm), figures[0])
    part = term(draft, "revenue", {*range(len(draft.items))}, {named_by.at})
    return replace(part, words=(*part.words, *part.soft), soft=()), whole
