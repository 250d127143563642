"""What a graph says of its own terms: labels, classes above classes, which nodes are terms and not data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

from qa.rdf.labels import NAMING, is_schema, local_name

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_SUBCLASS = "http://www.w3.org/2000/01/rdf-schema#subClassOf"
_PATH = "http://www.w3.org/ns/shacl#path"
_SHACL_NAME = "http://www.w3.org/ns/shacl#name"


@dataclass
class Schema:
    """`terms` are the nodes that describe the vocabulary, in N-Triples."""

    terms: set[str] = field(default_factory=set)
    labels: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    parents: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def label(self, iri: str) -> tuple[str, tuple[str, ...]]:
        """The label that is shown, and further ones. The IRI's own name is always among them."""
        own = local_name(iri)
        given = self.labels.get(iri, [])
        if not given:
            return own, ()
        return given[0], tuple(dict.fromkeys([*given[1:], own]))

    def above(self, iri: str) -> set[str]:
        """The class and all above it."""
        out, todo = set(), [iri]
        while todo:
            at = todo.pop()
            if at not in out:
                out.add(at)
                todo.extend(self.parents.get(at, ()))
        return {c for c in out if not is_schema(c)}


def read_schema(rows: Iterable[tuple[Any, str, Any]]) -> Schema:
    """The schema among the statements."""
    found = Schema()
    names: dict[str, list[tuple[int, str]]] = defaultdict(list)
    paths: dict[str, str] = {}
    for s, p, o in rows:
        if p == _TYPE and isinstance(o, ox.NamedNode) and is_schema(o.value):
            found.terms.add(str(s))
        elif p == _SUBCLASS and isinstance(s, ox.NamedNode) and isinstance(o, ox.NamedNode):
            found.parents[s.value].add(o.value)
            found.terms.update((str(s), str(o)))
        elif p == _PATH and isinstance(o, ox.NamedNode):
            paths[str(s)] = str(o)
            found.terms.add(str(s))
        elif is_schema(p) and p != _TYPE and p not in NAMING:
            found.terms.add(str(s))
        if (p in NAMING or p == _SHACL_NAME) and isinstance(o, ox.Literal) and (o.language or "en").startswith("en"):
            names[str(s)].append((NAMING.index(p) if p in NAMING else 99, o.value))
    for shape, term in paths.items():
        names[term].extend(names.get(shape, ()))
    predicates = {f"<{p}>" for _, p, _ in rows}
    types = {str(o) for _, p, o in rows if p == _TYPE}
    for node, given in names.items():
        if node in found.terms or node in predicates or node in types:
            found.labels[node.strip("<>")] = [n for _, n in sorted(given)]
    found.terms.update(node for node in names if node in predicates or node in types)
    return found
