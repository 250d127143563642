"""Judgements as quads of a named graph of their own, and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import cast

from pyoxigraph import Literal, NamedNode, Quad

from graph.contract import Json, dumps, loads
from graph.judgements.model import Judgement, Kind, Revocation, in_order
from graph.namespaces import JUDGEMENTS, id_of, iri, term
from graph.rdf.terms import TYPE, Node, Properties, first, literal, properties, tg

GRAPH = NamedNode(JUDGEMENTS)
_IDS = ("c:", "e:", "d:")


def encode_judgements(judgements: Iterable[Judgement]) -> list[Quad]:
    """The quads of judgements, in the graph `…/judgements`."""
    return [quad for judgement in judgements for quad in _quads(judgement)]


def decode_judgements(quads: Iterable[Quad]) -> list[Judgement]:
    """The judgements that quads of that graph state, in the order in which they were made."""
    nodes: defaultdict[str, list[tuple[NamedNode, Node]]] = defaultdict(list)
    for quad in quads:
        nodes[cast(NamedNode, quad.subject).value].append((quad.predicate, quad.object))
    return in_order(_judgement(id_of(name), properties(pairs)) for name, pairs in nodes.items())


def _quads(judgement: Judgement) -> Iterator[Quad]:
    subject = NamedNode(iri(judgement.id))
    said: list[tuple[NamedNode, NamedNode | Literal]] = [
        (TYPE, tg("Judgement")),
        (tg("kind"), literal(judgement.kind)),
        _target(judgement.target),
        (tg("by"), literal(judgement.by)),
        (tg("at"), literal(judgement.at)),
        (tg("why"), literal(judgement.why)),
        (tg("number"), literal(judgement.number)),
    ]
    said += [(tg("behind"), NamedNode(iri(item))) for item in judgement.behind]
    said += [
        (tg(name), literal(dumps(value)))
        for name, value in (("value", judgement.value), ("before", judgement.before))
        if value
    ]
    if judgement.revoked is not None:
        gone = judgement.revoked
        said += [
            (tg("revokedBy"), literal(gone.by)),
            (tg("revokedAt"), literal(gone.at)),
            (tg("revokedWhy"), literal(gone.why)),
        ]
    return (Quad(subject, predicate, value, GRAPH) for predicate, value in said)


def _target(target: str) -> tuple[NamedNode, NamedNode | Literal]:
    """A node by its id, an outlet or domain by its name."""
    if target.startswith(_IDS):
        return tg("target"), NamedNode(iri(target))
    return tg("sourceName"), literal(target)


def _judgement(name: str, found: Properties) -> Judgement:
    target, revoked = first(found, term("target")), first(found, term("revokedAt"))
    return Judgement(
        id=name,
        kind=cast(Kind, found[term("kind")][0]),
        target=id_of(target) if target else found[term("sourceName")][0],
        by=found[term("by")][0],
        at=datetime.fromisoformat(found[term("at")][0]),
        why=found[term("why")][0],
        behind=tuple(sorted(id_of(item) for item in found.get(term("behind"), ()))),
        value=_json(first(found, term("value"))),
        before=_json(first(found, term("before"))),
        number=int(found[term("number")][0]),
        revoked=Revocation(found[term("revokedBy")][0], datetime.fromisoformat(revoked), found[term("revokedWhy")][0])
        if revoked
        else None,
    )


def _json(text: str | None) -> Json:
    return loads(text) if text else {}
