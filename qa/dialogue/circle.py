"""Whom a turn means by “them”, “the two”, “each” after the amounts of several were asked for one by one."""

from __future__ import annotations

from dataclasses import replace

from qa.dialogue.bind import MANY, MANYS
from qa.dialogue.rows import alike, counted, owners
from qa.dialogue.turn import Turn
from qa.query import Query

_COUNTED = {"two", "three", "four", "five", "both", "each"}


def circled(turn: Turn) -> Turn:
    """The turn with those of the row as the group that it points to, if it points to several."""
    row = turn.context.row
    words = {t.text.lower() for t in turn.question.tokens}
    if len(row) < 2 or not words & (MANY | MANYS | _COUNTED) or turn.question.names:
        return turn
    if turn.standing.kind not in ("fact", "row") or (
        turn.standing.kind == "fact" and turn.standing != replace(row[-1], only="")
    ):
        return turn
    terms = counted(turn, alike(row))
    ids = owners(terms)
    entities = turn.names.entities
    refs = tuple(entities[i].ref for i in ids if i in entities)
    if len(refs) < 2:
        return turn
    group = Query("row", noun="owners", terms=terms)
    return replace(turn, context=replace(turn.context, refs=refs, group=group, standing=group, query=group))
