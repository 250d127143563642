"""Edits that set something beside the last amount: the year before, another firm, more than that."""

from __future__ import annotations

from dataclasses import replace

from qa.dialogue.periods import asked_period
from qa.dialogue.turn import Turn, base_of
from qa.query import Query

_AMOUNTS = {"fact", "contrast"}


def contrasted(turn: Turn) -> list[Query]:
    """“And compared with the year before?”, “How does that compare with X's?”: the last amount and another."""
    if not turn.leans("contrast") or turn.last.kind not in _AMOUNTS or (turn.metrics and not turn.nodes):
        return []
    last = replace(turn.last, kind="fact", inner=None)
    period = asked_period(turn.question, last.period)
    if turn.nodes:
        other = replace(last, owner=turn.nodes[-1], about=(), period=period or last.period, words=(), soft=last.words)
    elif period is not None:
        other = replace(last, period=period)
    else:
        return []
    return [replace(last, kind="contrast", inner=other)]


def above(turn: Turn) -> list[Query]:
    """“Is X's more than that?”, “Who earns more than that?”, “Which of them have revenue above $10 billion?”"""
    more, less = turn.leans("more"), turn.leans("less")
    said = turn.question.quantities[0] if turn.question.quantities else None
    picked = turn.leans("of_these") and turn.listed
    named = said is not None and picked and (turn.question.has("highest") or _over(turn))
    if not (more or less or named):
        return []
    bar = said if named else turn.context.amounts[0] if turn.context.amounts else None
    metrics = turn.metrics if turn.metrics and (named or not _weak(turn)) else turn.last.metrics
    if not metrics:
        return []
    inner = base_of(turn.last) if picked else None
    owner = turn.nodes[0] if turn.nodes else None
    lowest = less or (named and (turn.question.has("lowest") or _under(turn)))
    period = turn.question.period or turn.last.period
    return [Query("above", metrics=metrics, owner=owner, quantity=bar, lowest=lowest, inner=inner, period=period)]


def _weak(turn: Turn) -> bool:
    """Whether only a verb names the metric (“earns more than that”), which leaves it open."""
    return all(s.weak for i in turn.draft.metrics()[1] for s in turn.question.items[i].all("metric"))


def _over(turn: Turn) -> bool:
    return bool({"above", "over", "exceed"} & {t.lemma for t in turn.question.tokens}) or _under(turn)


def _under(turn: Turn) -> bool:
    return bool({"below", "under"} & {t.lemma for t in turn.question.tokens})
