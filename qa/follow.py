"""Follow-up questions as edits of the last typed query: which edit a turn makes, and the queries that come of it."""

from __future__ import annotations

from dataclasses import replace

from qa.dialogue.bind import pronouns
from qa.dialogue.compare import above, contrasted
from qa.dialogue.context import COMPOSITE, subject_of
from qa.dialogue.narrow import counted, narrowed, ordered, summed
from qa.dialogue.periods import asked_period, moved
from qa.dialogue.refer import either, referred
from qa.dialogue.turn import Edit, Turn, base_of, stands_alone
from qa.match import FLOWS
from qa.query import Link, Node, Query, Span

_SHORT = 3
_TO = {"to", "from", "by", "with", "of"}
_OF_AMOUNTS = {
    *("fact", "contrast", "sum", "difference", "compare", "superlative"),
    *("each", "largest", "total", "above", "agree"),
}


def readings(turn: Turn) -> list[tuple[str, Query]]:
    """The readings of a turn as a follow-up, each with the edit that makes it; none if it stands alone."""
    if not _leans(turn):
        return []
    for name, edit in EDITS.items():
        found = edit(turn)
        if found:
            return [(name, query) for query in found]
    return []


def _leans(turn: Turn) -> bool:
    """Whether a turn needs the one before: it points back, or is too short to say what it is about."""
    pointing = ("of_these", "contrast", "more", "less", "count", "total")
    if any(turn.leans(cue) for cue in pointing) or turn.question.relative or pronouns(turn.question):
        return True
    short = len([t for t in turn.question.tokens if t.text[0].isalnum()]) <= _SHORT
    if not (turn.elliptic or short or _bare(turn)):
        return False
    shorthand = _bare(turn) and bool(turn.metrics) and turn.last.kind == "fact"
    return not stands_alone(turn.parsed) or shorthand or bool(ordered(turn))


def _bare(turn: Turn) -> bool:
    """Whether it is no full question: it has neither a question word nor an auxiliary at its head."""
    return turn.draft.wh is None and not turn.draft.yes_no


def projected(turn: Turn) -> list[Query]:
    """“The margin?”, “And capex?”: another figure of the same; “And customers?”: another relation of it."""
    if turn.nodes:
        return []
    last, metrics = turn.last, turn.metrics
    if metrics:
        return _figure(turn, metrics)
    noun = next((s for i in turn.question.items for s in i.all("noun")), None)
    subject = subject_of(last)
    if noun is None or subject is None or turn.question.unknown or (turn.draft.wh is not None and not turn.elliptic):
        return []
    kinds = next((tuple(s.name for s in i.all("class")) for i in turn.question.items if i.sense("noun")), ())
    return [Query("list", wanted=kinds, link=Link((noun.name,), noun.side, subject))]


def _figure(turn: Turn, metrics: tuple[str, ...]) -> list[Query]:
    last = turn.last
    period = asked_period(turn.question, turn.dated)
    kept = period or (last.period if set(metrics) & FLOWS or last.kind == "superlative" else None)
    if last.kind in _OF_AMOUNTS:
        changed = replace(last, metrics=metrics, basis=None, unit=None, words=(), period=kept)
        inner = last.inner
        if last.kind == "contrast" and inner is not None:
            changed = replace(changed, inner=replace(inner, metrics=metrics, basis=None, unit=None, words=()))
        return [changed]
    if turn.listed and len(turn.context.refs) > 1:
        return [Query("each", inner=base_of(turn.standing), metrics=metrics, period=turn.question.period)]
    one = turn.context.one
    owner = Node(ids=(one.id,), label=one.label) if one is not None else subject_of(last)
    return [Query("fact", owner=owner, metrics=metrics, period=turn.question.period)] if owner is not None else []


def substituted(turn: Turn) -> list[Query]:
    """“And X?”, “In 2025?”, “According to Y?”: another entity, period or source in the last question."""
    question, last = turn.question, turn.last
    nodes = turn.nodes
    period = asked_period(question, turn.dated)
    if question.relative and period is None:
        return []
    used = set(turn.draft.metrics()[1])
    told = turn.draft.conditions(used)
    words = told["words"]
    base = replace(
        last,
        period=period or last.period,
        words=(words or last.words) if not nodes else last.words,
        names=question.unknown,
    )
    spoken = {t.lemma for t in question.tokens} & {"accord", "say"}
    if spoken and nodes:
        return [replace(base, about=(*last.about, *nodes))]
    if turn.metrics and nodes and last.kind == "fact":
        kept = period or (last.period if set(turn.metrics) & FLOWS else None)
        base = replace(base, metrics=turn.metrics, basis=None, unit=None, period=kept)
    if nodes:
        found = [_swapped(base, nodes[0], turn), *_other_side(base, nodes[0], turn)]
        return [replace(query, words=(*query.words, *words)) for query in found]
    return [_dated(base, last.period)] if period or question.unknown else []


def _dated(query: Query, old: Span | None) -> Query:
    """A composite without figures of its own passes the period on; of two amounts, the other stays as far away."""
    if query.inner is None or query.period is None or old == query.period:
        return query
    if query.kind in ("among", "tally"):
        return replace(query, inner=replace(query.inner, period=query.period), period=None)
    if query.kind == "contrast":
        return replace(query, inner=replace(query.inner, period=moved(query.inner.period, old, query.period)))
    return query


def _swapped(last: Query, node: Node, turn: Turn) -> Query:
    """The new entity in the place of the old one: in what a composite builds on, among the options, as the given side
    of the relation, or as the subject.
    """
    last = replace(last, words=(), soft=(*last.soft, *last.words))
    if last.kind in COMPOSITE and last.inner is not None:
        return replace(last, inner=_swapped(last.inner, node, turn), soft=())
    if last.kind in ("compare", "difference", "path") and len(last.options) > 1:
        return replace(last, options=(*last.options[:-1], node), about=())
    if last.kind == "contrast" and last.inner is not None:
        return replace(last, owner=node, inner=_swapped(last.inner, node, turn), about=())
    if last.kind == "superlative":
        return replace(last, kind="fact", owner=node, wanted=(), about=())
    if last.link is not None:
        return replace(last, link=Link(last.link.relations, last.link.asks, node), about=())
    return replace(last, owner=node)


def _other_side(last: Query, node: Node, turn: Turn) -> list[Query]:
    """“Does A supply B?” – “And C?”: C may take the place of either, unless a preposition says of which."""
    entities = turn.names.entities
    sides = (node, last.owner or Node())
    kinds = [{entities[i].type for i in side.ids if i in entities} for side in sides]
    stems = {t.lemma for t in turn.question.tokens}
    if last.kind != "yesno" or last.owner is None or not kinds[0] & kinds[1] or stems & _TO:
        return []
    return [replace(last, owner=node)]


EDITS: dict[str, Edit] = {
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
