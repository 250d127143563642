"""`tollgraph ontology` and `tollgraph validate`: the vocabulary as OWL and SHACL, and documents held to it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands.common import GraphOption, JsonOption, begin, print_json, print_text

if TYPE_CHECKING:
    from graph.store.protocol import Store


class Syntax(StrEnum):
    """What graph.publish writes."""

    turtle = "turtle"
    jsonld = "jsonld"
    rdfxml = "rdfxml"


def ontology(
    ctx: typer.Context,
    shapes: Annotated[bool, typer.Option("--shapes", help="The SHACL shapes instead.")] = False,
    context: Annotated[bool, typer.Option("--context", help="The JSON-LD context instead.")] = False,
    format: Annotated[
        Syntax | None, typer.Option(metavar="|".join(Syntax), help="How to write it (default: turtle).")
    ] = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Print the vocabulary as an OWL ontology, as SHACL shapes, or as a JSON-LD context."""
    if context and (shapes or format):
        raise typer.BadParameter("the context has one form; give it alone", param_hint="--context")

    from graph.publish import context_document, ontology_as, shapes_as

    run = begin(ctx, graph, json)
    syntax = (format or (Syntax.jsonld if run.json else Syntax.turtle)).value
    written = shapes_as if shapes else ontology_as
    print_text((context_document() if context else written(syntax)).rstrip("\n"))


def validate(
    ctx: typer.Context,
    document: Annotated[str | None, typer.Argument(help="One document (id, source or title); without it, all.")] = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Check documents against the SHACL shapes by pyshacl, and their quotes; exit 1 if one breaks them."""
    from ingest.retract import find_document

    run = begin(ctx, graph, json)
    with run.store() as store:
        documents = [find_document(store, document)] if document else store.documents()
        found = [row for each in documents for row in findings(store, each.id)]
    if run.json:
        print_json(found)
    else:
        lines = [f"{row['severity']:9}  {row['document']}  {row['message']}" for row in found]
        print_text("\n".join([*lines, f"{len(documents)} documents checked: {_count(found)}."]))
    if any(row["severity"] == "violation" for row in found):
        raise typer.Exit(1)


def findings(store: Store, document: str) -> list[dict[str, Any]]:
    """What is amiss in a document: a row {document, severity, node, property, message} each."""
    from graph.conform import compiled, misquoted, wording
    from graph.rdf import decode
    from graph.shapes import check

    quads = list(store.quads(document))
    nodes = compiled.gather(quads)
    found = compiled.findings(nodes)
    if not any(each.violation for each in found):  # pyshacl fails on values that are not of their datatype
        found = check(quads)
    rows = [
        {
            "document": document,
            "severity": "violation" if each.violation else "warning",
            "node": each.node,
            "property": each.property,
            "message": wording.described(each, nodes),
        }
        for each in found
    ]
    wrong = [] if any(each.violation for each in found) else misquoted(decode(quads))
    return rows + [
        {"document": document, "severity": "violation", "node": None, "property": "oa:exact", "message": message}
        for message in wrong
    ]


def _count(found: list[dict[str, Any]]) -> str:
    violations = sum(row["severity"] == "violation" for row in found)
    return f"{violations} violations, {len(found) - violations} warnings"
