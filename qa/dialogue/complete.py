"""Edits that bring what a turn leaves out: whose amount, whose chief, whose suppliers, as the turn before has it."""

from __future__ import annotations

from dataclasses import replace

from qa.dialogue.context import subject_of
from qa.dialogue.periods import asked_period
from qa.dialogue.restate import foreseen_by_analysts, of_analysts
from qa.dialogue.turn import Turn, stands_alone
from qa.focus import QUESTION_WORDS
from qa.in_period import FLOWS
from qa.phrases import AUXILIARIES, PREPOSITIONS
from qa.query import Node, Query
from qa.words import lemmas

_NO_THINGS = {
    *(AUXILIARIES | PREPOSITIONS | QUESTION_WORDS),
    *lemmas("year quarter month half period time much many all deal round figure number sum amount plan agreement"),
    *lemmas("contract purchase stake takeover transaction money firm company that this those these"),
}
_AUXILIARY = set(lemmas("do be have"))
_BY_ITSELF = {"superlative", "largest", "above", "compare", "series", "report", "risk", "path"}


def completed(turn: Turn) -> list[Query]:
    """“What did the order come to?”, “Who is the chief executive?”: of whom the turn before was about."""
    if not incomplete(turn):
        return []
    nodes = _subjects(turn)
    return [
        filled for node in nodes[:1] for _, query in turn.parsed if (filled := _filled(turn, query, node)) is not None
    ]


def incomplete(turn: Turn) -> bool:
    """Whether it asks something of nobody: a whole question, but for whom it is about."""
    question = turn.question
    if question.names or question.unknown or turn.pronouns or turn.context.query is None:
        return False
    bare = turn.draft.wh is None and not turn.draft.yes_no
    if bare or turn.elliptic or question.has("demonym") or that_thing(turn):
        return False
    readings = [q for _, q in turn.parsed]
    whole = stands_alone(turn.parsed) or any(q.kind in _BY_ITSELF or q.inner is not None for q in readings)
    return not whole and any(_open(q) for q in readings)


def _open(query: Query) -> bool:
    """Whether somebody is missing in it, of whom at most a class is told."""
    if query.kind == "fact":
        return bool(query.metrics) and (query.owner is None or query.owner.open) and not query.about
    return query.kind in ("list", "count") and query.link is not None and query.link.given.open


def _filled(turn: Turn, query: Query, node: Node) -> Query | None:
    if not _open(query):
        return None
    if query.link is not None:
        return replace(query, link=replace(query.link, given=node))
    last = turn.last
    same = bool({*query.metrics} & FLOWS) or query.metrics[:1] == last.metrics[:1]
    inherits = query.period is None and same and bool(last.metrics)
    period = asked_period(turn.question, turn.dated) or (last.period if inherits else query.period)
    filled = replace(query, owner=node, period=period)
    return of_analysts(filled) if foreseen_by_analysts(turn) else filled


def _subjects(turn: Turn) -> list[Node]:
    """Whom it may be about, the likeliest first: the one of the last answer, else whom the question was about."""
    one, subject = turn.context.one, subject_of(turn.last)
    out = [Node(ids=(one.id,), label=one.label)] if one is not None and one.type != "Person" else []
    return [*out, *([subject] if subject is not None and subject.named else [])]


def that_thing(turn: Turn) -> str:
    """“that site”, of which nothing was said, as it is put; empty if there is none, or somebody is named beside it."""
    question, tokens = turn.question, turn.question.tokens
    doing = [item for item in question.items if item.sense("verb") or item.sense("metric")]
    telling = {i for item in doing for i in range(item.start, item.end)}
    for i in range(1, len(tokens) - 1):
        this, noun = tokens[i], tokens[i + 1]
        pointing = this.text.lower() in ("that", "this") and tokens[i - 1].lemma not in _AUXILIARY
        plain = noun.text.islower() and noun.text.isalpha() and i + 1 not in telling
        if pointing and plain and noun.lemma not in _NO_THINGS and not question.names:
            return f"{this.text} {noun.text}"
    return ""
