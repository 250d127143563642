"""A pattern of claims as SPARQL over the graph's shape (docs/decisions/0002): who, which predicates, to whom."""

from __future__ import annotations

from dataclasses import dataclass

from graph.namespaces import PREFIXES, iri, term
from graph.store.protocol import Days


@dataclass(frozen=True, slots=True)
class Pattern:
    """Claims by the ids of subject and object and by predicate; an empty field is anything.

    `either`: entities that are subject or object. `saying`: beginnings of words that a claim must have for the question
    (see `begins`), `mentioning`: a claim or its title, `counted`: behind a number. `days`: the period that it must
    have. `most`: that so many claims, the first by id, will do. All these save reading the others and are no part of
    the SPARQL.
    """

    subjects: tuple[str, ...] = ()
    predicates: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    attributed: bool = False
    saying: tuple[str, ...] = ()
    mentioning: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    days: Days | None = None
    most: int | None = None


def _values(variable: str, terms: list[str]) -> str:
    return f"  VALUES ?{variable} {{ {' '.join(terms)} }}\n"


def _entities(ids: tuple[str, ...]) -> list[str]:
    return [f"<{iri(i)}>" for i in ids]


def select(pattern: Pattern) -> str:
    """The query whose rows (?claim) are the claims of the pattern.

    >>> print(select(Pattern(subjects=("e:nvidia",), predicates=("grossMargin",))).splitlines()[1])
    SELECT DISTINCT ?claim WHERE {
    """
    body = ""
    if pattern.subjects:
        body += _values("subject", _entities(pattern.subjects))
    if pattern.objects:
        body += _values("object", _entities(pattern.objects))
    if pattern.predicates:
        body += _values("predicate", [f"<{term(p)}>" for p in pattern.predicates])
    if pattern.either:
        body += _values("entity", _entities(pattern.either))
        body += "  { ?claim tg:subject ?entity } UNION { ?claim tg:object ?entity }\n"
    body += "  ?claim tg:subject ?subject"
    if pattern.predicates or not pattern.either:
        body += " ; tg:predicate ?predicate"
    if pattern.objects:
        body += " ; tg:object ?object"
    if pattern.attributed:
        body += " ; tg:attributedTo ?speaker"
    return f"PREFIX tg: <{PREFIXES['tg']}>\nSELECT DISTINCT ?claim WHERE {{\n{body} .\n}}"
