"""Turns that refer back (“its margin”, “who supplies it?”, “do they …?”), read as questions about whom they mean."""

from __future__ import annotations

from dataclasses import replace

from graph.model import EntityRef
from graph.vocabulary import vocabulary
from qa.dialogue.bind import Pronoun, bound, pronouns
from qa.dialogue.context import subject_of
from qa.dialogue.turn import Turn, base_of
from qa.match import FLOWS
from qa.parse import parse
from qa.query import Link, Node, Query

# What may have any metric but these: a figure of a firm is not one of its chips.
_OF_THINGS = {"price", "unitCost", "performance", "parameters", "users", "shipments", "capacity", "costReduction"}
_MOST = 4
_FIRMS = {"Company", "Organization", "Person", "Place"}


def referred(turn: Turn) -> list[Query]:
    """The turn with its pronouns bound to the likeliest of those they may stand for."""
    found = pronouns(turn.question)
    if not found:
        return []
    candidates = _candidates(turn, found[0])
    read = [(node, _read(turn, found, node)) for node in candidates]
    read = [(node, queries) for node, queries in read if queries]
    if not read:
        return []
    node, queries = next((r for r in read if any(_sound(turn, q, r[0]) for q in r[1])), read[0])
    several = found[0].many and len(node.ids) > 1 and _group(turn) == node
    return [_each(turn, q, node) if several else _inherited(turn, q) for q in queries]


def either(turn: Turn) -> list[Query]:
    """“Its revenue?” after several: the question of each whom it may stand for, to be asked back."""
    found, refs = pronouns(turn.question), turn.context.refs
    if not found or found[0].many or turn.context.one is not None or len(refs) < 2:
        return []
    subject = subject_of(turn.standing)
    if subject is not None and any(_sound(turn, q, subject) for q in _read(turn, found, subject)):
        return []
    nodes = [_node(ref) for ref in refs[:_MOST]]
    return [_inherited(turn, q) for n in nodes for q in _read(turn, found, n)[:1] if _sound(turn, q, n)]


def _candidates(turn: Turn, pronoun: Pronoun) -> list[Node]:
    """Whom a pronoun may stand for: those or the one that the answer gave, then whom the question was about."""
    one = turn.context.one
    out = [_group(turn)] if pronoun.many and len(turn.context.refs) > 1 else [_node(one)] if one is not None else []
    subject = subject_of(turn.standing)
    if subject is not None and subject.named:
        out.append(subject)
    if not out and turn.context.refs:
        out = [_node(turn.context.refs[0])]
    fitting = [n for n in out if not pronoun.types or set(pronoun.types) & _types(turn, n)]
    return fitting if pronoun.types else out


def _group(turn: Turn) -> Node:
    refs = turn.context.refs
    return Node(ids=tuple(r.id for r in refs), label=" and ".join(r.label for r in refs[:3]))


def _node(ref: EntityRef) -> Node:
    return Node(ids=(ref.id,), label=ref.label)


def _types(turn: Turn, node: Node) -> set[str]:
    entities = turn.names.entities
    return {entities[i].type for i in node.ids if i in entities}


def _read(turn: Turn, found: list[Pronoun], node: Node) -> list[Query]:
    """The readings of the turn with every pronoun as the node."""
    question = turn.question
    for pronoun in reversed(found):
        question = bound(question, pronoun, node)
    return [q for _, q in parse(question, turn.lexicon)]


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
    base = base_of(turn.standing)
    inner = base.inner if base.kind in ("each", "largest") and base.inner is not None else base
    if query.kind == "fact" and query.metrics and query.owner is not None and query.owner.ids == node.ids:
        return replace(query, kind="each", owner=None, inner=inner)
    if query.kind == "yesno" and query.link is not None and query.owner is not None and query.owner.ids == node.ids:
        link = Link(query.link.relations, "subject", query.link.given)
        return Query("among", inner=inner, restriction=link)
    return query


def _inherited(turn: Turn, query: Query) -> Query:
    """The old period where the turn asks for the same kind of amount and names none."""
    last = turn.standing
    inherits = query.period is None and bool(set(query.metrics) & FLOWS) and bool(last.metrics)
    return replace(query, period=last.period) if inherits and query.kind != "superlative" else query
