"""The store as rdflib sees it: oxrdflib, with literals that compare equal to rdflib's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import pyoxigraph
import rdflib
from oxrdflib import OxigraphStore as RdflibStore
from rdflib.query import Result
from rdflib.term import Literal

from graph.errors import StoreError
from graph.namespaces import PREFIXES, XSD

_STRING = rdflib.URIRef(XSD + "string")


def dataset(quads: pyoxigraph.Store) -> rdflib.Dataset:
    """A read-only Dataset over the quads; its default graph is the union, the usual prefixes are bound."""
    view = _Dataset(store=_View(store=quads), default_union=True)
    for prefix, namespace in PREFIXES.items():
        view.bind(prefix, namespace, override=True, replace=True)
    return view


def _plain(term: Any) -> Any:
    """oxrdflib types every plain string as xsd:string, which rdflib holds to differ from the same string untyped."""
    if isinstance(term, Literal) and term.datatype == _STRING:
        return Literal(str(term))
    return term


class _Dataset(rdflib.Dataset):
    default_context = rdflib.Dataset.default_graph  # rdflib 7.6 itself still reads the old name, and warns of it


class _View(RdflibStore):  # type: ignore[misc]
    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[Any]:
        """Each triple once, with the graphs that state it."""
        stating: dict[Any, list[Any]] = {}
        for (subject, predicate, value), contexts in super().triples(triple_pattern, context):
            stating.setdefault((subject, predicate, _plain(value)), []).extend(contexts)
        return ((triple, iter(contexts)) for triple, contexts in stating.items())

    def query(self, *args: Any, **kwargs: Any) -> Result:
        result: Result = super().query(*args, **kwargs)
        if result.type == "SELECT":
            result.bindings = [
                {name: _plain(term) for name, term in row.items() if term is not None} for row in result.bindings
            ]
        elif result.type == "CONSTRUCT":
            triples = cast(rdflib.Graph, result.graph)
            result.graph = rdflib.Graph()
            for subject, predicate, value in triples:
                result.graph.add((subject, predicate, _plain(value)))
        return result

    def add(self, *_: Any, **__: Any) -> None:
        raise StoreError("this view is for reading: change the graph through put and remove")

    def remove(self, *_: Any, **__: Any) -> None:
        self.add()

    def update(self, *_: Any, **__: Any) -> None:
        self.add()

    def addN(self, *_: Any, **__: Any) -> None:  # noqa: N802 (rdflib's name)
        self.add()
