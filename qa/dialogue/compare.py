"""Edits that set something beside the last amount: the year before, another firm, more than that."""

from __future__ import annotations

from dataclasses import replace

from graph.model import Quantity
from qa.dialogue.periods import asked_period
from qa.dialogue.turn import Turn, base_of
from qa.query import Query

_AMOUNTS = {"fact", "contrast"}


def contrasted(turn: Turn) -> list[Query]:
    """“And compared with the year before?”, “How does that compare with X's?”: the last amount and another."""
    standing = turn.standing
    if not turn.leans("contrast") or standing.kind not in _AMOUNTS or (turn.metrics and not turn.nodes):
        return []
    last = replace(standing, kind="fact", inner=None)
    period = asked_period(turn.question, last.period or turn.context.period)
    if turn.nodes:
        other = replace(last, owner=turn.nodes[-1], about=(), period=period or last.period, words=(), soft=last.words)
    elif period is not None:
        other = replace(last, period=period)
    elif (before := turn.context.previous) is not None and before.kind == "fact" and before.metrics == last.metrics:
        other = before
    else:
        return []
    change = [replace(last, basis="change", unit=None)] if not turn.nodes and turn.question.relative else []
    return [*change, replace(last, kind="contrast", inner=other)]


def above(turn: Turn) -> list[Query]:
    """“Is X's more than that?”, “Who earns more than that?”, “Which of them have more than $10 billion?”"""
    less = turn.leans("less")
    said = _said(turn)
    if said is None and not (less or turn.leans("more")):
        return []
    standing = turn.standing
    metrics = turn.metrics if turn.metrics and (said or not _weak(turn)) else standing.metrics
    if not metrics:
        return []
    bar = _exact(said) if said else turn.context.amounts[0] if turn.context.amounts else None
    inner = base_of(turn.group) if turn.leans("of_these") and turn.listed else None
    soft = (*standing.soft, *standing.words) if metrics == standing.metrics else ()
    period = turn.question.period or standing.period
    found = Query("above", metrics=metrics, period=period, soft=soft, unit=standing.unit, inner=inner, quantity=bar)
    lowest = less or (said is not None and said.low is None)
    return [replace(found, owner=turn.nodes[0] if turn.nodes else None, lowest=lowest)]


def _said(turn: Turn) -> Quantity | None:
    """“more than $10 billion”, of those whom the last answer named."""
    said = turn.question.quantities[0] if turn.question.quantities else None
    bounded = said is not None and (said.low is None) != (said.high is None)
    return said if bounded and turn.listed and turn.leans("of_these") else None


def _exact(bound: Quantity) -> Quantity:
    """The amount of a bound: $10 billion of “more than $10 billion”."""
    value = bound.low if bound.low is not None else bound.high
    return Quantity(value, value, bound.unit)


def _weak(turn: Turn) -> bool:
    """Whether only a verb names the metric (“earns more than that”), which leaves it open."""
    return all(s.weak for i in turn.draft.metrics()[1] for s in turn.question.items[i].all("metric"))
