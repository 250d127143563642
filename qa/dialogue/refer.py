"""Turns that refer back (“its margin”, “who supplies it?”, “do they …?”), read as questions about whom they mean."""

from __future__ import annotations

from dataclasses import replace

from graph.catalogue import catalogue
from graph.model import EntityRef
from graph.vocabulary import vocabulary
from qa.dialogue.bind import Pronoun, bound
from qa.dialogue.context import subject_of
from qa.dialogue.periods import asked_period, counted_from
from qa.dialogue.roles import in_roles
from qa.dialogue.swap import substituted
from qa.dialogue.turn import Turn, base_of
from qa.in_period import FLOWS
from qa.parse import parse
from qa.query import Link, Node, Query
from qa.spans import Annotated
from qa.words import lemma, lemmas

# What may have any metric but these: a figure of a firm is not one of its chips.
_OF_THINGS = {"price", "unitCost", "performance", "parameters", "users", "shipments", "capacity", "costReduction"}
_ELSE = lemma("else")
_TELLING = set(lemmas("guide forecast expect target report post project predict plan see"))
_MOST = 4
_FIRMS = {"Company", "Organization", "Person", "Place"}


def referred(turn: Turn) -> list[Query]:
    """The turn with its pronouns bound to the likeliest of those they may stand for."""
    found = turn.pronouns
    if not found or _of_amount(turn):
        return []
    candidates = _candidates(turn, next((p for p in found if p.place), found[0]))
    read = [(node, _read(turn, found, node)) for node in candidates]
    read = [(node, queries) for node, queries in read if queries]
    if not read:
        named = replace(turn, question=_bound(turn, found, candidates[0])) if candidates else turn
        return substituted(named) if found[0].other and candidates else []
    node, queries = next((r for r in read if any(_sound(turn, q, r[0]) for q in r[1])), read[0])
    if (both := _of_both(turn, read[0][1], node)) is not None:
        return both
    several = found[0].many and len(turn.context.refs) > 1 and _group(turn) == node
    return [_each(turn, q, node) if several else _inherited(turn, _besides(turn, q)) for q in queries]


def _of_both(turn: Turn, queries: list[Query], node: Node) -> list[Query] | None:
    """“Who supplies both?”: those who do it to the one and to the other; None if it asks nothing of that kind."""
    if "both" not in turn.question.stems or len(node.ids) != 2:
        return None
    out: list[Query] = []
    for query in queries:
        if query.kind == "list" and query.link is not None and query.link.given.ids == node.ids:
            first, second = (_node(ref) for ref in turn.context.refs[:2])
            inner = replace(query, link=replace(query.link, given=first))
            out.append(Query("among", inner=inner, restriction=replace(query.link, given=second)))
    return out or None


def _besides(turn: Turn, query: Query) -> Query:
    """“Who else …?”: without those whom the last answer, or its question, named already."""
    if _ELSE not in turn.question.stems or query.link is None or query.kind not in ("list", "count"):
        return query
    old = turn.standing
    asked = (old.owner, old.link.given if old.link is not None else None)
    named = [n for n in asked if n is not None and n.named and n.ids != query.link.given.ids]
    named += [_node(ref) for ref in turn.context.refs if ref.id not in query.link.given.ids]
    return replace(query, without=(*query.without, *named))


def _of_amount(turn: Turn) -> bool:
    """Whether “it” is the last amount, of which only the period or party changes: “what was it a year earlier?”"""
    plain = not turn.metrics and not any(i.sense("verb") or i.sense("noun") for i in turn.question.items)
    return plain and bool(turn.standing.metrics) and bool(asked_period(turn.question, turn.dated))


def either(turn: Turn) -> list[Query]:
    """“Its revenue?” after several: the question of each whom it may stand for, to be asked back."""
    found, refs = turn.pronouns, turn.context.refs
    if (
        not found
        or found[0].many
        or found[0].other
        or found[0].place
        or turn.context.one is not None
        or len(refs) < 2
        or not turn.context.fresh
    ):
        return []
    subject = subject_of(turn.standing)
    if subject is not None and any(_sound(turn, q, subject) for q in _read(turn, found, subject)):
        return []
    nodes = [_node(ref) for ref in refs[:_MOST]]
    return [_inherited(turn, q) for n in nodes for q in _read(turn, found, n)[:1] if _sound(turn, q, n)]


def bindable(turn: Turn) -> bool:
    """Whether there is somebody for one of its pronouns."""
    return any(_candidates(turn, pronoun) for pronoun in turn.pronouns)


def _candidates(turn: Turn, pronoun: Pronoun) -> list[Node]:
    """Whom a pronoun may stand for: those or the one that the answer gave, then whom the question was about."""
    one, refs = turn.context.one, turn.context.refs
    subject = subject_of(turn.standing)
    if pronoun.roles:
        return in_roles(turn, pronoun.roles)
    if pronoun.home:
        there = [ref for ref in refs if country_of(ref) == pronoun.home]
        return [_node(there[0])] if len(there) == 1 else []
    if pronoun.place:
        at = pronoun.place - (pronoun.place > 0)
        return [_node(refs[at])] if len(refs) > 1 and abs(pronoun.place) <= len(refs) else []
    if pronoun.other:
        known = {one.id} if one is not None else set(subject.ids) if subject is not None else set()
        others = [ref for ref in refs if ref.id not in known]
        return [_node(others[0])] if len(refs) == 2 and len(others) == 1 else []
    link = turn.standing.link
    again = _ELSE in turn.question.stems and link is not None and link.asks == "subject"
    if _ELSE in turn.question.stems and turn.last.kind == "fact" and len(turn.last.about) == 1 and not pronoun.many:
        return list(turn.last.about)
    pointed = pronoun.many and len(refs) > 1 and not again and (turn.context.fresh or turn.leans("of_these"))
    out = [_group(turn)] if pointed else [_node(one)] if one is not None else []
    if subject is not None and subject.named:
        out = [subject, *out] if again and pronoun.many else [*out, subject]
    if not out and turn.context.fresh:
        out = [_node(refs[0])]
    if not pronoun.types:
        things = [n for n in out if _types(turn, n) != {"Person"}]
        return things if pronoun.thing else things or out if pronoun.many and not pointed else out
    return [n for n in out if set(pronoun.types) & _types(turn, n)]


def country_of(ref: EntityRef) -> str:
    """The home country that the catalogue knows, if it does."""
    entry = catalogue().by_id(ref.id)
    return (entry.country or "") if entry is not None else ""


def _group(turn: Turn) -> Node:
    refs = turn.context.refs
    labels = [ref.label for ref in refs]
    shown = labels if len(labels) <= _MOST else [*labels[: _MOST - 1], f"{len(labels) - _MOST + 1} more"]
    return Node(ids=tuple(ref.id for ref in refs), label=f"{', '.join(shown[:-1])} and {shown[-1]}")


def _node(ref: EntityRef) -> Node:
    return Node(ids=(ref.id,), label=ref.label)


def _types(turn: Turn, node: Node) -> set[str]:
    entities = turn.names.entities
    return {entities[i].type for i in node.ids if i in entities}


def _read(turn: Turn, found: list[Pronoun], node: Node) -> list[Query]:
    """The readings of the turn with every pronoun as the node."""
    return [q for _, q in parse(_bound(turn, found, node), turn.lexicon)]


def _bound(turn: Turn, found: list[Pronoun], node: Node) -> Annotated:
    question = turn.question
    for pronoun in reversed(found):
        question = bound(question, pronoun, node)
    entities = turn.names.entities
    return replace(question, kinds={**question.kinds, **{i: entities[i].type for i in node.ids if i in entities}})


def _sound(turn: Turn, query: Query, node: Node) -> bool:
    """Whether what the node is can stand where the reading puts it."""
    kinds = _types(turn, node)
    if not kinds:
        return True
    if query.owner is not None and query.owner.ids == node.ids and query.link is None:
        return bool(kinds & _FIRMS) or bool(set(query.metrics) & _OF_THINGS) or not query.metrics
    if query.link is not None:
        return _stands(query, query.link, node, kinds)
    return True


def _stands(query: Query, link: Link, node: Node, kinds: set[str]) -> bool:
    relations = [vocabulary().relations[r] for r in link.relations]
    if link.given.ids == node.ids:
        allowed = {k for r in relations for k in (r.range if link.asks == "subject" else r.domain)}
    elif query.owner is not None and query.owner.ids == node.ids:
        allowed = {k for r in relations for k in r.domain}
    else:
        return True
    return not allowed or bool(kinds & allowed)


def _each(turn: Turn, query: Query, node: Node) -> Query:
    """A question about several: a figure of each, or which of them; else the question about all at once."""
    base = base_of(turn.group)
    inner = base.inner if base.kind in ("each", "largest") and base.inner is not None else base
    if query.kind == "fact" and query.metrics and query.owner is not None and query.owner.ids == node.ids:
        return replace(query, kind="each", owner=None, inner=inner)
    if query.kind == "yesno" and query.link is not None and query.owner is not None and query.owner.ids == node.ids:
        link = Link(query.link.relations, "subject", query.link.given)
        return Query("among", inner=inner, restriction=link)
    return query


def _told(turn: Turn) -> bool:
    """Whether only a verb of telling names an amount, which may be any (“what do they guide to?”)."""
    at = turn.draft.metrics()[1]
    return bool(at) and all(turn.draft.lemma(i) in _TELLING for i in at)


def _inherited(turn: Turn, query: Query) -> Query:
    """The old period where the turn asks for the same kind of amount and names none."""
    last = turn.standing
    if query.kind == "fact" and last.kind == "fact" and last.metrics and _told(turn):
        query = replace(query, metrics=last.metrics, basis=last.basis, unit=last.unit)
    counted = counted_from(turn.question, turn.dated)
    if counted is not None:
        return replace(query, period=counted)
    if query.period is not None or query.kind == "superlative":
        return query
    if turn.question.relative or turn.leans("same_time"):
        return replace(query, period=asked_period(turn.question, turn.dated))
    inherits = bool(set(query.metrics) & FLOWS) and bool(last.metrics)
    return replace(query, period=last.period) if inherits else query
