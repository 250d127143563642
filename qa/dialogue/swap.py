"""Edits that put something else into the last question: another entity, period or source, another figure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from qa.conditions import conditions
from qa.dialogue.context import COMPOSITE, subject_of
from qa.dialogue.periods import asked_period, moved, same_part
from qa.dialogue.slots import filled, fits
from qa.dialogue.turn import Turn, base_of
from qa.in_period import FLOWS
from qa.query import Link, Node, Query, Span
from qa.words import lemmas

_FILLING = set(lemmas("instead rather please too now again same for me thanks else"))
_TO = {"to", "from", "by", "with", "of"}
_PAYING = ({"price", "unitCost", "investment", "orders", "capex"}, {"shipments", "capacity", "orders"})
_SIZED = set(lemmas("large big high great much many long"))
_PERCENT = set(lemmas("per cent percent percentage points"))
_PERSONS = {"who", "whom", "when", "where"}
_DEALS = {"price", "investment", "orders"}
_OF_AMOUNTS = {
    *("fact", "contrast", "sum", "difference", "compare", "superlative"),
    *("each", "largest", "total", "above", "agree"),
}


def measured(turn: Turn) -> list[Query]:
    """“How much?” after “who has the most?”: the amount of whoever that was."""
    last, one = turn.standing, turn.context.one
    stems = {*turn.question.stems}
    unit = {s for item in turn.question.items if item.sense("unit") for s in lemmas(item.text)}
    sized = "how" in stems and stems & _SIZED and turn.only(_SIZED, _PERCENT, unit)
    if not (turn.leans("how_much") or sized) or one is None or not last.metrics:
        return []
    owner = Node(ids=(one.id,), label=one.label)
    return [replace(last, kind="fact", owner=owner, inner=None, options=(), wanted=(), lowest=False, rank=1)]


def projected(turn: Turn) -> list[Query]:
    """“The margin?”, “And capex?”: another figure of the same; “And customers?”: another relation of it."""
    if turn.nodes or (turn.draft.wh is not None and turn.draft.lemma(turn.draft.wh) in _PERSONS):
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
    if _same_amount(turn, metrics):
        told = conditions(turn.draft, set(turn.draft.metrics()[1]))
        period = asked_period(turn.question, turn.dated) or last.period
        words = tuple(w for w in (*told["words"], *told["soft"]) if w not in _FILLING)
        return [replace(last, words=words, period=period, wish=told["wish"] or last.wish)] if words else []
    period = asked_period(turn.question, turn.dated)
    kept = period or (last.period if set(metrics) & FLOWS or last.kind == "superlative" else None)
    if last.kind == "fact" and (last.owner is None or last.owner.open):
        return []
    if last.kind in _OF_AMOUNTS:
        changed = replace(last, metrics=metrics, basis=None, unit=None, words=(), period=kept, scope=(), stage="")
        changed = replace(changed, **_of_no_deal(last))
        inner = last.inner
        if last.kind == "contrast" and inner is not None:
            changed = replace(changed, inner=replace(inner, metrics=metrics, basis=None, unit=None, words=()))
        return [changed]
    if turn.listed and turn.context.fresh and len(turn.context.refs) > 1:
        return [Query("each", inner=base_of(turn.group), metrics=metrics, period=turn.question.period)]
    one = turn.context.one
    owner = Node(ids=(one.id,), label=one.label) if one is not None else subject_of(last)
    return [Query("fact", owner=owner, metrics=metrics, period=turn.question.period)] if owner is not None else []


def _of_no_deal(last: Query) -> dict[str, Any]:
    """What goes with the old amount: to whom money went, and what analysts had said."""
    dealt = last.kind == "fact" and bool({*last.metrics[:1]} & _DEALS)
    foreign = "analyst" in last.soft
    return ({"about": ()} if dealt else {}) | (
        {"soft": (), "voices": (), "wish": None, "strict_kind": False} if foreign else {}
    )


def _same_amount(turn: Turn, metrics: tuple[str, ...]) -> bool:
    """Whether a verb that may mean several amounts means the one asked for last: what others pay, after a price."""
    last, at = turn.last, turn.draft.metrics()[1]
    weak = all(s.weak for i in at for s in turn.question.items[i].all("metric"))
    kin = any({*metrics, *last.metrics[:1]} <= group for group in _PAYING)
    return last.kind == "fact" and bool(last.metrics) and weak and kin and not turn.nodes


def substituted(turn: Turn) -> list[Query]:
    """“And X?”, “In 2025?”, “According to Y?”: another entity, period or source in the last question."""
    question, last = turn.question, turn.last
    nodes = turn.nodes
    period = asked_period(question, turn.dated)
    if question.relative and period is None:
        return []
    used = set(turn.draft.metrics()[1])
    told = conditions(turn.draft, used)
    words = tuple(w for w in told["words"] if w not in _FILLING)
    base = replace(
        last,
        period=period or last.period,
        words=(words or last.words) if not nodes else last.words,
        names=question.unknown,
        unit=question.unit or last.unit,
    )
    spoken = {t.lemma for t in question.tokens} & {"accord", "say"}
    if spoken and nodes:
        return [replace(base, about=(*last.about, *nodes))]
    if turn.metrics and nodes and last.kind == "fact":
        kept = period or (last.period if set(turn.metrics) & FLOWS else None)
        base = replace(base, metrics=turn.metrics, basis=None, unit=None, period=kept)
    if nodes:
        return _renamed(turn, base, words)
    if turn.draft.wh is not None and turn.pronouns and period is not None and not turn.elliptic and not _of_last(turn):
        return []
    return [_dated(base, last.period)] if period or question.unknown else []


def _of_last(turn: Turn) -> bool:
    """Whether “it” is the last amount: “what was it a year earlier?”"""
    return not any(p.whose for p in turn.pronouns)


def _renamed(turn: Turn, base: Query, words: tuple[str, ...]) -> list[Query]:
    """The question with the names of the turn; the one before it, if only there somebody of their kind stands."""
    last, before, nodes = turn.last, turn.context.previous, turn.nodes
    if before is not None and not fits(turn, last) and fits(turn, before) and last.kind != "superlative":
        return [filled(turn, before) or _swapped(before, nodes[0], turn)]
    placed = filled(turn, base)
    if placed is not None:
        return [replace(placed, words=words, soft=(*placed.soft, *base.words))]
    node = nodes[-1] if len(nodes) > 1 and _asked_of(last, nodes[0]) else nodes[0]
    found = [_swapped(base, node, turn), *_other_side(base, node, turn)]
    changed = [q for q in found if replace(q, words=(), soft=()) != replace(last, words=(), soft=())]
    return [replace(query, words=(*query.words, *words)) for query in changed]


def _asked_of(last: Query, node: Node) -> bool:
    """Whether a name is that of the last question: “not X, Y”."""
    subject = subject_of(last)
    return subject is not None and bool(set(subject.ids) & set(node.ids))


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
    of_many = last.kind in COMPOSITE or (last.kind == "above" and last.owner is None)
    if of_many and last.inner is not None:
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


def same_parts(turn: Turn, found: list[Query]) -> list[Query]:
    """“And in 2024?” after a quarter: that quarter of 2024, for where the graph has no figure of the whole year."""
    if turn.question.period is None:
        return []
    old = next((p for p in (turn.last.period, turn.standing.period) if same_part(turn.question.period, p)), None)
    period = same_part(turn.question.period, old)
    return [replace(q, period=period) for q in found if q.kind == "fact" and set(q.metrics) & FLOWS] if period else []
