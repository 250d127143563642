"""Edits that leave some of those out whom the last answer was about: “apart from X?”, “and the others?”"""

from __future__ import annotations

from dataclasses import replace

from qa.dialogue.rows import owners
from qa.dialogue.turn import FIGURES, Turn, base_of
from qa.query import Node, Query
from qa.words import lemmas

_WITHOUT = set(lemmas("without minus"))
_STATE = set(lemmas("government state"))
_LIGHT = set(
    lemmas("apart aside except excluding besides without minus leaving leave out count counted then else them")
)


def excepted(turn: Turn) -> list[Query]:
    """“And apart from X?”: the same of the others; “and the others?”: those whom the last condition left."""
    last = turn.standing
    if turn.leans("rest") and last.kind == "among":
        return [replace(last, negated=not last.negated)]
    out = _left_out(turn)
    if not out or turn.metrics or turn.question.period is not None:
        return []
    if last.kind == "row":
        terms = tuple(q for q in last.terms if not set(owners((q,))) & {i for n in out for i in n.ids})
        return [replace(last, terms=terms)] if 1 < len(terms) < len(last.terms) else []
    if last.kind == "list":
        return [replace(last, without=(*last.without, *out))]
    if last.kind in (*FIGURES, "tally", "among") and last.inner is not None:
        inner = last.inner if last.kind != "among" else base_of(last)
        fewer = Query("among", inner=inner, without=out)
        return [fewer if last.kind == "among" else replace(last, inner=fewer)]
    return []


def _left_out(turn: Turn) -> tuple[Node, ...]:
    """Those whom the turn leaves out; of the state, if it was the only one among those named, by that word."""
    stems = {*turn.question.stems}
    named = {t.lemma for hit in turn.question.names for t in turn.question.tokens if hit.start <= t.start < hit.end}
    said = {s for item in turn.question.items for s in lemmas(item.text) if s[0].isalnum()} - turn.lexicon.light - named
    if said - _LIGHT - _STATE:
        return ()
    if turn.draft.left_out:
        return turn.draft.left_out
    if not (turn.question.has("except") or turn.question.has("excepted") or stems & _WITHOUT):
        return ()
    if turn.nodes:
        return turn.nodes
    states = [ref for ref in turn.context.refs if ref.type == "Place"]
    return (Node(ids=(states[0].id,), label=states[0].label),) if stems & _STATE and len(states) == 1 else ()
