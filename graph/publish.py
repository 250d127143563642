"""The ontology and the shapes as files of RDF tools: Turtle, JSON-LD, RDF/XML."""

from __future__ import annotations

import json
from functools import cache

from graph.errors import SettingsError
from graph.jsonld import context

SYNTAXES = {"turtle": "text/turtle", "jsonld": "application/ld+json", "rdfxml": "application/rdf+xml"}
"""Syntax → media type."""

_RDFLIB = {"turtle": "turtle", "jsonld": "json-ld", "rdfxml": "xml"}


@cache
def ontology_as(syntax: str) -> str:
    """The OWL ontology. Raises SettingsError for an unknown syntax."""
    from graph.ontology import ontology

    return ontology().serialize(format=_name(syntax))


@cache
def shapes_as(syntax: str) -> str:
    """The SHACL shapes. Raises SettingsError for an unknown syntax."""
    from graph.shapes import shapes

    return shapes().serialize(format=_name(syntax))


@cache
def context_document() -> str:
    """The JSON-LD context as a document of its own."""
    return json.dumps({"@context": context()}, ensure_ascii=False, indent=1) + "\n"


def _name(syntax: str) -> str:
    if syntax not in _RDFLIB:
        raise SettingsError(f"no syntax “{syntax}”: choose one of {', '.join(_RDFLIB)}")
    return _RDFLIB[syntax]
