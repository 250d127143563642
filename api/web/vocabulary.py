"""The vocabulary as a page: what there may be in the graph, and where to have it as OWL and SHACL."""

from __future__ import annotations

from api.web.layout import page
from api.web.listings import table
from graph.html import Html, join, tag
from graph.store.protocol import Counts
from graph.vocabulary import NAMESPACE, vocabulary


def vocabulary_page(counts: Counts) -> str:
    """Entity types, relations and metrics with their meaning."""
    words = vocabulary()
    kinds: list[list[str | None]] = [[_term(t.name), t.description, t.schema] for t in words.types.values()]
    relations: list[list[str | None]] = [
        [_term(r.name), f"{', '.join(r.domain)} → {', '.join(r.range)}", _inverse(r.symmetric, r.inverse)]
        for r in words.relations.values()
    ]
    metrics: list[list[str | None]] = [[_term(m.name), m.label, ", ".join(m.units)] for m in words.metrics.values()]
    return page(
        "Vocabulary · Tollgraph",
        tag(
            "div",
            tag("h1", "Vocabulary"),
            _lead(),
            tag("h2", "Entity types"),
            table(["Type", "Meaning", "Reuses"], kinds, label="Entity types"),
            tag("h2", "Relations"),
            table(["Relation", "Subject → object", "Inverse"], relations, label="Relations"),
            tag("h2", "Metrics"),
            table(["Metric", "Meaning", "Units"], metrics, label="Metrics"),
            class_="sheet",
        ),
        here="/ontology",
        counts=counts,
    )


def _lead() -> Html:
    return tag(
        "p",
        join("Namespace ", tag("code", NAMESPACE), ". For tools, this address answers as Turtle, JSON-LD or RDF/XML; "),
        join("the ", tag("a", "SHACL shapes", href="/ontology/shapes"), " and the "),
        join(tag("a", "JSON-LD context", href="/ontology/context.jsonld"), " stand beside it."),
    )


def _term(name: str) -> Html:
    return tag("code", name, id=name)


def _inverse(symmetric: bool, inverse: str | None) -> str:
    return "itself" if symmetric else inverse or ""
