"""Questions of one graph asked of another, which knows nothing of what they are about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from api.evaluation.foreign.alter import picked
from api.evaluation.foreign.asked import Asked
from api.evaluation.foreign.cells import local
from api.evaluation.foreign.facts import Facts, stems
from api.evaluation.foreign.gold_query import GoldQuery

ELSEWHERE = "of another graph"


def asked_elsewhere(
    asked: Mapping[str, Sequence[Asked]], graphs: Mapping[str, Facts], *, most: int
) -> Iterator[tuple[str, Asked]]:
    """Up to `most` questions of each graph, each with the graph to ask it of, picked by hash.

    A graph is none of its own, and none where a class or property goes by the name of a class of the gold query, or
    that holds one of its names: there the question could have an answer.
    """
    known = {name: _vocabulary(facts) for name, facts in graphs.items()}
    for own, questions in asked.items():
        for question in picked(q for q in questions if q.sparql)[:most]:
            others = [g for g in graphs if g != own and not known[g] & _classes(question)]
            free = [g for g in others if not _named(question, graphs[g])]
            if free:
                chosen = min(free, key=lambda g: sha256(f"{question.id} {g}".encode()).hexdigest())
                yield chosen, replace(question, id=f"{question.id}, {ELSEWHERE}", kind=ELSEWHERE)


def _vocabulary(facts: Facts) -> set[tuple[str, ...]]:
    return {facts.term(iri) for iri in (*facts.classes, *facts.properties)}


def _classes(question: Asked) -> set[tuple[str, ...]]:
    return {stems(local(iri)) for iri in GoldQuery(question.sparql).classes}


def _named(question: Asked, facts: Facts) -> bool:
    names = question.mentions or GoldQuery(question.sparql).constants
    return bool(names) and all(facts.mentions(name) for name in names)
