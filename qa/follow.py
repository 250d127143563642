"""Follow-up questions as edits of the last typed query: which edit a turn makes, and the queries that come of it."""

from __future__ import annotations

from qa.dialogue.aspects import dated, others, reversed_, valued
from qa.dialogue.compare import above, contrasted
from qa.dialogue.cues import without
from qa.dialogue.narrow import counted, narrowed, ordered, recalled, summed
from qa.dialogue.refer import either, referred
from qa.dialogue.swap import measured, projected, substituted
from qa.dialogue.turn import Edit, Turn, stands_alone
from qa.focus import QUESTION_WORDS
from qa.phrases import AUXILIARIES
from qa.query import Query
from qa.words import tokens

_SHORT = 3
_POINTING = (
    *("of_these", "contrast", "more", "less", "count", "total", "how_much", "same_time"),
    *("recall", "source", "sorted", "else", "what_sum", "what_stake", "what_time", "reversed"),
)

_WHOLE = (
    "count",
    "total",
    "how_much",
    "recall",
    "source",
    "sorted",
    "else",
    "what_sum",
    "what_stake",
    "what_time",
    "reversed",
)  # cues that leave nothing to ask by itself


def readings(turn: Turn) -> list[tuple[str, Query]]:
    """The readings of a turn as a follow-up, each with the edit that makes it; none if it stands alone."""
    if not _leans(turn) or _beyond(turn):
        return []
    for name, edit in EDITS.items():
        found = edit(turn)
        if found:
            return [(name, query) for query in found]
    return []


def dangling(turn: Turn) -> str:
    """What a turn points with though there is nothing for it to point at; empty if it says all by itself."""
    if beyond := _beyond(turn):
        return beyond
    if turn.points or stands_alone(turn.parsed):
        return turn.points
    return turn.question.text.rstrip("?!. ") if any(turn.leans(cue) for cue in _WHOLE) else ""


def _beyond(turn: Turn) -> str:
    """A place (“the third one”) that the last answer's list does not have, as it is put; empty if none is."""
    refs = turn.context.refs
    for p in turn.pronouns:
        if p.place and (len(refs) < 2 or abs(p.place) > len(refs)):
            return " ".join(item.text for item in turn.question.items[p.at : p.end])
    return ""


def _leans(turn: Turn) -> bool:
    """Whether a turn needs the one before: it points back, or is too short to say what it is about."""
    if any(turn.leans(cue) for cue in _POINTING) or turn.question.relative or turn.pronouns:
        return True
    if all(item.name or item.text in "?.!" for item in turn.question.items):
        return True
    short = len([t for t in turn.question.tokens if t.text[0].isalnum()]) <= _SHORT
    if not (turn.elliptic or short or _bare(turn)):
        return False
    shorthand = (_bare(turn) or _merely(turn)) and bool(turn.metrics) and turn.last.kind == "fact"
    return not stands_alone(turn.parsed) or shorthand or bool(ordered(turn))


def _bare(turn: Turn) -> bool:
    """Whether it is no full question: it has neither a question word nor an auxiliary at its head."""
    return turn.draft.wh is None and not turn.draft.yes_no


def _merely(turn: Turn) -> bool:
    """Whether nothing but “and”, “what about” makes it a question."""
    rest = without("elliptic", turn.question.text)
    return rest is not None and not {t.lemma for t in tokens(rest)} & (QUESTION_WORDS | AUXILIARIES)


EDITS: dict[str, Edit] = {
    "others": others,
    "measure": measured,
    "value": valued,
    "time": dated,
    "reversal": reversed_,
    "recall": recalled,
    "count": counted,
    "total": summed,
    "comparison": contrasted,
    "amount": above,
    "order": ordered,
    "refinement": narrowed,
    "either": either,
    "reference": referred,
    "projection": projected,
    "substitution": substituted,
}
