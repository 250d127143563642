"""Making RDF terms of plain values, and reading them back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache, lru_cache

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graph.identity import plain
from graph.namespaces import RDF, XSD, checked_iri, term

Node = NamedNode | BlankNode | Literal | Triple
Triples = Iterator[tuple[NamedNode, NamedNode, Node]]
Properties = dict[str, list[str]]
"""What one graph says of one node: predicate IRI → the values of its objects (lexical forms and IRIs)."""

_DECIMAL = NamedNode(XSD + "decimal")
_INTEGER = NamedNode(XSD + "integer")
_BOOLEAN = NamedNode(XSD + "boolean")
_DATE = NamedNode(XSD + "date")
_DATETIME = NamedNode(XSD + "dateTime")


@cache
def node(iri: str) -> NamedNode:
    """One object an IRI; for the few hundred predicates and classes."""
    return NamedNode(iri)


def tg(name: str) -> NamedNode:
    """A term of the ontology."""
    return node(term(name))


@lru_cache(maxsize=8192)
def entity_node(id: str) -> NamedNode:
    """The node of an entity, of which documents name the same ones again and again. UnknownError if it is no id."""
    return NamedNode(checked_iri(id, "e:"))


TYPE = node(RDF + "type")


def literal(value: str | Decimal | int | bool | date | datetime) -> Literal:
    """A typed literal; decimals are written in full, never with an exponent or as a double."""
    match value:
        case str():
            return Literal(value)
        case bool():
            return Literal("true" if value else "false", datatype=_BOOLEAN)
        case int():
            return Literal(str(value), datatype=_INTEGER)
        case Decimal():
            return Literal(plain(value) or "0", datatype=_DECIMAL)
        case datetime():
            return Literal(_instant(value), datatype=_DATETIME)
        case date():
            return Literal(value.isoformat(), datatype=_DATE)


def _instant(value: datetime) -> str:
    """UTC with a `Z`, no zeros at the end of a fraction: the one form that a store gives back unchanged."""
    text = (value.astimezone(UTC) if value.tzinfo else value).isoformat().removesuffix("+00:00")
    text = text.rstrip("0") if "." in text else text
    return text + "Z" if value.tzinfo else text


def properties(pairs: Iterable[tuple[NamedNode, Node]]) -> Properties:
    """Predicate–object pairs of one node as Properties."""
    found: Properties = {}
    for predicate, value in pairs:
        if not isinstance(value, Triple):
            found.setdefault(predicate.value, []).append(value.value)
    return found


def first(found: Properties, predicate: str) -> str | None:
    """The one value of a property, None if it is not there."""
    values = found.get(predicate)
    return values[0] if values else None


def decimal(value: str | None) -> Decimal | None:
    """The exact number of a lexical form."""
    return None if value is None else Decimal(value)


def day(value: str | None) -> date | None:
    """The day of an xsd:date."""
    return None if value is None else date.fromisoformat(value)
