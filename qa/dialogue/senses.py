"""One name of several things: asked back where the answers differ, each with its kind and what it is known for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from graph.model import Claim, EntityRef
from graph.text.names import normalise
from graph.vocabulary import vocabulary
from qa.facts import View
from qa.outcome import Outcome
from qa.query import Node, Option, Query
from qa.sparql import Pattern

_MOST = 4
Run = Callable[[View, Query], Outcome]


def execute_sense(view: View, query: Query, run: Run) -> Outcome:
    """The outcome of a query; ambiguous where a name in it stands for things of one kind with answers of their own."""
    found = _shared(view, query)
    if found is None:
        return run(view, query)
    node, ids = found
    told: list[tuple[str, Query, Outcome]] = []
    for key in ids[:_MOST]:
        one = _with(query, node, Node(ids=(key,), label=view.facts.names.label(key)))
        outcome = run(view, one)
        if outcome.status in ("answered", "partial"):
            told.append((key, one, outcome))
    if len(told) < 2 or all(o.values == told[0][2].values for _, _, o in told):
        return run(view, query)
    claims = tuple(dict.fromkeys(o.claims[0] for _, _, o in told))
    options = tuple(Option(gloss(view, key), one) for key, one, _ in told)
    return Outcome("ambiguous", claims=claims, lead="Several fit", options=options)


def _shared(view: View, query: Query) -> tuple[Node, tuple[str, ...]] | None:
    """A name in the query that several things of one type bear, and none of them as its label."""
    nodes = [query.owner, query.link.given if query.link else None, *query.options]
    entities = view.facts.names.entities
    for node in nodes:
        if node is None or len(node.ids) < 2 or query.inner is not None:
            continue
        known = [entities[i] for i in node.ids if i in entities]
        labels = {normalise(e.label) for e in known}
        if len(labels) < 2 or len({e.type for e in known}) > 1 or normalise(node.label) in labels:
            continue
        if " and " not in node.label:
            return node, tuple(e.id for e in known)
    return None


def _with(query: Query, old: Node, new: Node) -> Query:
    link = replace(query.link, given=new) if query.link is not None and query.link.given == old else query.link
    return replace(
        query,
        owner=new if query.owner == old else query.owner,
        link=link,
        options=tuple(new if n == old else n for n in query.options),
    )


def gloss(view: View, id: str) -> str:
    """“SF2, a technology (Samsung develops it)”: the label, the type and what is said of it most often."""
    entity = view.facts.names.entities[id]
    kind = vocabulary().types[entity.type].label.lower() if entity.type in vocabulary().types else entity.type
    claims = [c for c in view.aside(Pattern(either=(id,))) if c.affirmed and isinstance(c.object, EntityRef)]
    best = max(claims, key=lambda c: (len(c.evidence), c.modality == "asserted", c.id), default=None)
    known = f" ({_known(best, id)})" if best is not None else ""
    return f"{entity.label}, {'an' if kind[:1] in 'aeiou' else 'a'} {kind}{known}"


def _known(claim: Claim, id: str) -> str:
    relation = vocabulary().relations.get(claim.predicate)
    label = relation.label if relation else claim.predicate
    if claim.subject.id == id:
        return f"{label} {claim.object.label if isinstance(claim.object, EntityRef) else ''}"
    inverse = relation.inverse_label if relation and relation.inverse_label else None
    return f"{inverse} {claim.subject.label}" if inverse else f"{claim.subject.label} {label} it"
