"""JSON-LD: the context made from the vocabulary, and a document's graph in its terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from graph.namespaces import PREFIXES, RDF, XSD, term
from graph.vocabulary import vocabulary
from graph.vocabulary.records import properties

Json = dict[str, Any]

_TYPE = RDF + "type"
_STRING = XSD + "string"
_NATIVE: dict[str, Callable[[str], bool | int]] = {XSD + "boolean": lambda text: text == "true", XSD + "integer": int}


@cache
def context() -> Json:
    """The `@context`: prefixes, and every property, relation, type and metric of the vocabulary by its plain name.

    Amounts are strings typed as xsd:decimal, because a JSON number would come back as a binary float.
    """
    found: Json = {"id": "@id", "type": "@type", **PREFIXES}
    for name in (*vocabulary().types, *vocabulary().metrics, "Claim"):
        found[name] = term(name)
    for name, item in properties().items():
        found[name] = {"@id": expand(item.iri)}
        if item.range == ("Predicate",):
            found[name]["@type"] = "@vocab"
        elif item.datatype is None:
            found[name]["@type"] = "@id"
        elif item.datatype not in ("string", "integer", "boolean"):
            found[name]["@type"] = XSD + item.datatype
    for name in vocabulary().relations:
        found[name] = {"@id": term(name), "@type": "@id"}
    return found


def expand(short: str) -> str:
    """The IRI that an abbreviated one stands for: `oa:exact` → `http://www.w3.org/ns/oa#exact`."""
    prefix, _, name = short.partition(":")
    return PREFIXES[prefix] + name


def compact(iri: str) -> str:
    """An IRI abbreviated by the longest prefix that fits, or as it is."""
    fits = [(len(space), prefix) for prefix, space in PREFIXES.items() if iri.startswith(space)]
    if not fits:
        return iri
    length, prefix = max(fits)
    return f"{prefix}:{iri[length:]}"


def graph_object(name: str, quads: Iterable[Quad]) -> Json:
    """The graph `name` (an IRI) of these quads as one JSON-LD object; nodes stand in the order of the quads."""
    nodes: defaultdict[str, Json] = defaultdict(dict)
    for quad in quads:
        if isinstance(quad.subject, NamedNode):
            _add(nodes[quad.subject.value], quad.predicate.value, quad.object)
    return {"id": compact(name), "@graph": [{"id": compact(node)} | of for node, of in nodes.items()]}


def _add(node: Json, predicate: str, value: Any) -> None:
    key, coerced = ("type", "@vocab") if predicate == _TYPE else _keys().get(predicate, (compact(predicate), None))
    written = _written(value, coerced)
    if key not in node:
        node[key] = written
    elif isinstance(node[key], list):
        node[key].append(written)
    else:
        node[key] = [node[key], written]


def _written(value: Any, coerced: str | None) -> Any:
    if not isinstance(value, Literal):
        if coerced == "@vocab":
            return _terms().get(value.value) or compact(value.value)
        return compact(value.value) if coerced == "@id" else {"id": compact(value.value)}
    kind = value.datatype.value
    if value.language:
        return {"@value": value.value, "@language": value.language}
    if kind == (coerced or _STRING):
        return value.value
    if coerced is None and kind in _NATIVE:
        return _NATIVE[kind](value.value)
    return {"@value": value.value, "@type": kind}


@cache
def _keys() -> dict[str, tuple[str, str | None]]:
    """Property IRI → its name and the coercion that the context gives it."""
    items = ((name, item) for name, item in context().items() if isinstance(item, dict))
    return {item["@id"]: (name, item.get("@type")) for name, item in items}


@cache
def _terms() -> dict[str, str]:
    """IRI → the name that stands for it where the context expects a term."""
    return {(item["@id"] if isinstance(item, dict) else item): name for name, item in context().items()}
