"""SPARQL results as Python values."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from graph.namespaces import CLAIM, DOCUMENT, ENTITY, XSD, id_of
from graph.notebook.results import Solutions
from graph.store.outside import run_outside
from graph.store.protocol import Store

if TYPE_CHECKING:
    import rdflib

_READ: dict[str, Callable[[str], Any]] = {
    XSD + "integer": int,
    XSD + "decimal": Decimal,
    XSD + "double": float,
    XSD + "boolean": lambda text: text in ("true", "1"),
    XSD + "date": date.fromisoformat,
    XSD + "dateTime": datetime.fromisoformat,
}


def solve(store: Store, query: str, *, seconds: float, rows: int) -> Solutions | bool | rdflib.Graph:
    """The result of a read-only query (see graph.store.outside)."""
    found = run_outside(store, query, rows_as="json", graph_as="ntriples", seconds=seconds, rows=rows)
    if found.form in ("CONSTRUCT", "DESCRIBE"):
        import rdflib

        return rdflib.Graph().parse(data=found.body, format="nt")
    result = json.loads(found.body)
    if "boolean" in result:
        return bool(result["boolean"])
    names = result["head"]["vars"]
    items = [{name: _value(each.get(name)) for name in names} for each in result["results"]["bindings"]]
    return Solutions(names, items, truncated=found.truncated)


def _value(term: dict[str, str] | None) -> Any:
    """A literal as Python's own value; an entity, claim or document as its id; any other node as its IRI."""
    if term is None:
        return None
    text = term["value"]
    if term["type"] == "uri" and text.startswith((ENTITY, CLAIM, DOCUMENT)):
        return id_of(text)
    try:
        return _READ.get(term.get("datatype", ""), str)(text)
    except (ValueError, ArithmeticError):  # a literal that is not of its datatype
        return text
