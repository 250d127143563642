"""Follow-up questions as edits of the last typed query: which edit a turn makes, and the queries that come of it."""

from __future__ import annotations

from qa.dialogue.aspects import dated, others, paid, reversed_, valued
from qa.dialogue.circle import circled
from qa.dialogue.compare import above, contrasted
from qa.dialogue.complete import completed, incomplete, that_thing
from qa.dialogue.cues import without
from qa.dialogue.leave import excepted
from qa.dialogue.narrow import by_deal, counted, narrowed, ordered, recalled, summed
from qa.dialogue.pointed import pointed
from qa.dialogue.refer import bindable, country_of, either, referred
from qa.dialogue.restate import restated
from qa.dialogue.roles import in_roles
from qa.dialogue.rows import compares, together
from qa.dialogue.scope import parted
from qa.dialogue.swap import measured, projected, same_parts, substituted
from qa.dialogue.turn import Edit, Turn, stands_alone
from qa.focus import QUESTION_WORDS
from qa.phrases import AUXILIARIES, PREPOSITIONS
from qa.query import Query
from qa.words import tokens

_SHORT = 3
_POINTING = (
    *("of_these", "contrast", "more", "less", "count", "total", "how_much", "same_time"),
    *("recall", "source", "sorted", "else", "what_sum", "what_stake", "what_time", "reversed"),
    *("denied", "firmness", "rest"),
    *("part_of", "part_share", "whole_of", "before_that"),
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
    around = circled(turn)
    parts = [] if turn.context.lost else [("part", query) for query in parted(turn)]
    for name, edit in EDITS.items():
        if found := edit(around if name in _OF_SEVERAL else turn):
            if turn.context.lost and name not in _AFTER_LOST:
                return []
            found = [q for q in found if not parts or q.metrics != _OF_A_MARKET]
            others = [*((name, query) for query in found), *(("part of year", q) for q in same_parts(turn, found))]
            return [*others, *parts] if turn.question.unknown else [*parts, *others]
    return parts


def edits(turn: Turn) -> bool:
    """Whether a turn only edits what was asked before it, which one that was not understood does not let it do."""
    if not _leans(turn) or turn.context.query is None:
        return False
    around = circled(turn)
    found = (name for name, edit in EDITS.items() if edit(around if name in _OF_SEVERAL else turn))
    return bool(parted(turn)) or next(found, "") not in {"", *_AFTER_LOST}


def whole(turn: Turn) -> bool:
    """Whether it is a question in full, which says by itself what is asked."""
    words = [t for t in turn.question.tokens if t.text[0].isalnum()]
    return not _bare(turn) and not turn.elliptic and len(words) > _SHORT


def dangling(turn: Turn) -> str:
    """What a turn points with though there is nothing for it to point at; empty if it says all by itself."""
    if beyond := _beyond(turn):
        return beyond
    if turn.points or (stands_alone(turn.parsed) and not compares(turn)):
        return turn.points
    if compares(turn):
        return turn.question.text.rstrip("?!. ")
    return turn.question.text.rstrip("?!. ") if any(turn.leans(cue) for cue in _WHOLE) else ""


def _beyond(turn: Turn) -> str:
    """A place (“the third one”) that the last answer's list does not have, as it is put; empty if none is."""
    refs = turn.context.refs
    if (thing := that_thing(turn)) and not bindable(turn):
        return thing
    for p in turn.pronouns:
        if p.roles and not in_roles(turn, p.roles):
            return " ".join(item.text for item in turn.question.items[p.at : p.end])
        if p.home and not any(country_of(ref) == p.home for ref in refs):
            return " ".join(item.text for item in turn.question.items[p.at : p.end])
        if p.place and (len(refs) < 2 or abs(p.place) > len(refs)):
            return " ".join(item.text for item in turn.question.items[p.at : p.end])
    return ""


def _leans(turn: Turn) -> bool:
    """Whether a turn needs the one before: it points back, or is too short to say what it is about."""
    if any(turn.leans(cue) for cue in _POINTING) or turn.question.relative or turn.pronouns:
        return True
    if any(edit(turn) for edit in _SURE) or incomplete(turn) or paid(turn) or _possessive(turn):
        return True
    if all(item.name or item.text in "?.!" for item in turn.question.items):
        return True
    short = len([t for t in turn.question.tokens if t.text[0].isalnum()]) <= _SHORT
    if not (turn.elliptic or short or _bare(turn)):
        return False
    shorthand = (_bare(turn) or _merely(turn)) and bool(turn.metrics) and turn.last.kind == "fact"
    return not stands_alone(turn.parsed) or shorthand or bool(ordered(turn))


def _possessive(turn: Turn) -> bool:
    """Whether it ends with somebody whose thing it leaves out: “what was X's?”"""
    items = [item for item in turn.question.items if item.text[0].isalnum() or item.text == "'s"]
    last = next((i for i in range(len(items) - 1, 0, -1) if items[i].text == "'s"), None)
    if last is None or not items[last - 1].name:
        return False
    return all(item.token is not None and item.token.lemma in PREPOSITIONS | {"the"} for item in items[last + 1 :])


def _bare(turn: Turn) -> bool:
    """Whether it is no full question: it has neither a question word nor an auxiliary at its head."""
    return turn.draft.wh is None and not turn.draft.yes_no


def _merely(turn: Turn) -> bool:
    """Whether nothing but “and”, “what about” makes it a question."""
    rest = without("elliptic", turn.words)
    return rest is not None and not {t.lemma for t in tokens(rest)} & (QUESTION_WORDS | AUXILIARIES)


_OF_A_MARKET = ("marketShare",)
"""What “how much of it” does not ask for where a part of the last amount is meant."""

_AFTER_LOST = {"others", "recall", "reference", "projection", "completion", "either", "count", "refinement"}
"""Edits that take up whom the answers before named, and not what was asked last."""
_OF_SEVERAL = {"count", "recall", "order", "refinement", "reference", "amount", "value", "total"}
"""Edits that may be about those whose amounts were given one by one."""

_SURE: tuple[Edit, ...] = (together, restated, excepted, pointed, by_deal)
"""Edits that a turn makes for sure where they find anything, however long it is."""

EDITS: dict[str, Edit] = {
    "exception": excepted,
    "others": others,
    "comparison": contrasted,
    "together": together,
    "restatement": restated,
    "measure": measured,
    "value": valued,
    "time": dated,
    "reversal": reversed_,
    "recall": recalled,
    "pointing": pointed,
    "count": counted,
    "total": summed,
    "amount": above,
    "completion": completed,
    "order": ordered,
    "refinement": narrowed,
    "either": either,
    "reference": referred,
    "projection": projected,
    "substitution": substituted,
}
