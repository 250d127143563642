"""Edits that ask for the last amount otherwise: its growth, in another currency, as it was, as others saw it."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.dialogue.periods import asked_period, relative_period
from qa.dialogue.turn import Turn, amount_of
from qa.direction import DOWN, UP, way
from qa.query import Query
from qa.words import lemmas

_ANALYSTS = set(lemmas("analyst consensus street"))
_FORESEEING = set(
    lemmas("expect expected forecast predict estimate reckon hope look pencil guide guidance see project")
)
_MOVED = {
    *UP,
    *DOWN,
    *lemmas("change growth move differ better worse higher lower rate improvement year-on-year annual"),
}
_GROWTH = set(lemmas("growth increase rise change decline improvement"))
_FROM = set(lemmas("from"))
_NOW = set(lemmas("now today currently nowadays"))
_COMPARED = set(lemmas("more less larger smaller bigger fewer"))
_LESS = set(lemmas("less lower smaller fewer worse"))
_HAVING = set(lemmas("fast quickly sharply strongly steeply have had be go come per cent percent percentage"))


def restated(turn: Turn) -> list[Query]:
    """“Up by how much?”, “In dollars?”, “What was it before?”, “And now?”, “What had analysts expected?”"""
    last = amount_of(turn.last)
    if last.kind != "fact" or not last.metrics or turn.metrics_named or turn.question.names or turn.question.unknown:
        return []
    for edit in (_converted, _earlier, _of_analysts, _foreseen, _changed, _latest):
        found = edit(turn, last)
        if found:
            return found
    return []


def _converted(turn: Turn, last: Query) -> list[Query]:
    """“In dollars, please”, “What is that in euros?”: the same amount in another currency."""
    unit = turn.question.unit
    other = unit is not None and len(unit) == 3 and unit.isupper()
    if not other or not turn.only() or turn.question.period is not None:
        return []
    return [replace(last, unit=unit)]


def _changed(turn: Turn, last: Query) -> list[Query]:
    """“By how much did that grow?”, “Growth?”, “Is it up or down?”: its change, as told or as two amounts show."""
    stems = {*turn.question.stems}
    if turn.question.relative and "than" in stems and turn.only(_MOVED, _HAVING, _COMPARED):
        year = asked_period(turn.question, turn.dated)
        low = bool(stems & _LESS)
        return [replace(last, kind="outdone", inner=replace(last, period=year), lowest=low)] if year else []
    asks = turn.draft.wh is not None or turn.draft.yes_no or "how" in stems or stems & _GROWTH
    if not asks or not stems & _MOVED or not turn.only(_MOVED, _HAVING):
        return []
    told = replace(
        last, basis="change", unit=None, stage="", way=way(turn.question.stems), against=turn.question.against
    )
    period = asked_period(turn.question, turn.dated)
    told = replace(told, period=period or last.period)
    before = turn.context.previous
    if before is not None and before.kind == "fact" and replace(before, period=last.period) == last:
        first, then = sorted((before, last), key=_start)
        return [replace(told, period=then.period), replace(then, kind="contrast", inner=first)]
    if last.period is None or last.basis is not None or last.stage:
        return [told]
    year = relative_period("year before", last.period)
    return [told, replace(last, kind="contrast", inner=replace(last, period=year))] if year else [told]


def _start(query: Query) -> str:
    return query.period.start.isoformat() if query.period is not None and query.period.start is not None else ""


def _earlier(turn: Turn, last: Query) -> list[Query]:
    """“What was it before?”, “Up from what?”: as it stood before it was revised, or where it came from."""
    if turn.leans("before_that"):
        return [replace(last, stage="before"), replace(last, kind="moved", period=None)]
    stems = {*turn.question.stems}
    open_end = bool(_FROM_ALONE.search(turn.words)) or bool(stems & {"what", "where"})
    if not (stems & _FROM and open_end and turn.only(_MOVED, _HAVING)):
        return []
    steady = not _OF_A_DAY & {*last.metrics}
    spans = [relative_period(f"{unit} before", turn.dated) for unit in ("year", "quarter") if steady]
    earlier = [replace(last, period=span, wish=None, latest=False) for span in spans if span is not None]
    return [replace(last, stage="before"), *(earlier or [replace(last, kind="moved", period=None)] if steady else [])]


_OF_A_DAY = {"investment", "orders", "price"}  # of which there is another one every time, and no figure before
_FROM_ALONE = re.compile(r"\bfrom\W*$", re.I)


def _latest(turn: Turn, last: Query) -> list[Query]:
    """“And now?”: the latest that is known of it."""
    now = {*turn.question.stems} & _NOW and turn.only(_NOW) and turn.question.period is None
    return [replace(last, period=None, stage="", latest=True)] if now else []


def _of_analysts(turn: Turn, last: Query) -> list[Query]:
    """“What had analysts expected?”: what others had said that it would be."""
    if not foreseen_by_analysts(turn) or not turn.only(_ANALYSTS, _FORESEEING, _HAVING):
        return []
    return [of_analysts(last)]


def foreseen_by_analysts(turn: Turn) -> bool:
    """Whether it asks for what others than the firm had expected."""
    stems = {*turn.question.stems}
    return bool(stems & _ANALYSTS and stems & _FORESEEING)


def of_analysts(query: Query) -> Query:
    """The same amount as others had said that it would be."""
    return replace(query, soft=("analyst",), voices=("analysts",), wish="future", strict_kind=True, stage="")


def _foreseen(turn: Turn, last: Query) -> list[Query]:
    """“What does it expect for next year?”: the same amount as it is foreseen, of all the subject."""
    period = asked_period(turn.question, turn.dated)
    stems = {*turn.question.stems}
    if period is None or turn.draft.wh is None or not stems & _FORESEEING or not turn.only(_FORESEEING, _HAVING):
        return []
    level = replace(last, basis=None, unit=None, scope=(), stage="", period=period) if last.basis else last
    foreseen = replace(level, period=period, scope=(), stage="", wish="future")
    return [foreseen, replace(foreseen, basis="change", unit=None)]
