"""Why a question has no reading, told so that whoever asked knows what the graph lacks."""

from __future__ import annotations

from qa import follow
from qa.answer import Truth
from qa.dialogue.context import Context
from qa.dialogue.turn import Turn
from qa.execute import execute
from qa.facts import View
from qa.focus import focus
from qa.parse import parse
from qa.understand import annotated
from qa.verbalise import sentence

_WHY = ("why", "how come")


def no_reading(view: View, turn: Turn, context: Context | None) -> str:
    """The reason: a name that is not known, a “why”, something pointed at that was not there, a day not told."""
    read = turn.question
    if read.unknown:
        return f"{', '.join(read.unknown)} is not in the graph"
    if read.has("why"):
        held = _held(view, read.text)
        return f"the graph holds that {held}, but not why" if held else "the graph holds what happened, not why"
    if context is not None and context.lost and follow.edits(turn):
        return "the question before was not understood, so nothing can be put in its place; ask it in full"
    pointing = follow.dangling(turn) if context is not None else ""
    if pointing:
        return f"nothing was said before that “{pointing}” could stand for; say whom you mean"
    if focus(read) == "when" and read.names:
        return f"no claim about {' and '.join(dict.fromkeys(hit.text for hit in read.names))} tells when that was"
    return "the question was not understood; name an entity and what you want to know of it"


def _held(view: View, text: str) -> str:
    """What the graph holds of the matter that a question asks the reason for, as a sentence; empty if nothing."""
    asked = next((text[len(w) :].strip() for w in _WHY if text.lower().startswith(w)), "")
    read = annotated(view, None)(asked, ())
    if not asked or not read.names:
        return ""
    for _, query in parse(read, view.lexicon):
        outcome = execute(view, query)
        if outcome.status == "answered" and Truth(True) in outcome.values and outcome.claims:
            return sentence(outcome.claims[0])
    return ""
