"""What a graph says of its own terms: labels, classes above classes, which nodes are terms and not data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import pyoxigraph as ox

from qa.rdf.labels import NAMING, is_schema, local_name

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_SUBCLASS = "http://www.w3.org/2000/01/rdf-schema#subClassOf"
_PATH = "http://www.w3.org/ns/shacl#path"
_SHACL_NAME = "http://www.w3.org/ns/shacl#name"


class Row(NamedTuple):
    """A statement: `subject` and `object` in N-Triples, `value` the object's IRI or text, `node` whether it is one."""

    subject: str
    prop: str
    object: str
    value: str
    node: bool
    datatype: str = ""
    language: str = ""


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


def rows_of(quads: Iterable[ox.Quad | ox.Triple]) -> Iterator[Row]:
    """The statements as rows; what is said of statements is left out."""
    for quad in quads:
        s, o = quad.subject, quad.object
        if isinstance(s, ox.Triple) or isinstance(o, ox.Triple):
            continue
        subject = f"<{s.value}>" if isinstance(s, ox.NamedNode) else str(s)
        if isinstance(o, ox.Literal):
            yield Row(subject, quad.predicate.value, str(o), o.value, False, o.datatype.value, o.language or "")
        else:
            key = f"<{o.value}>" if isinstance(o, ox.NamedNode) else str(o)
            yield Row(subject, quad.predicate.value, key, o.value, True)


def read_schema(rows: Iterable[Row]) -> Schema:
    """The schema among the statements."""
    found = Schema()
    names: dict[str, list[tuple[int, str]]] = defaultdict(list)
    paths: dict[str, str] = {}
    predicates, types = set(), set()
    for row in rows:
        s, p = row.subject, row.prop
        predicates.add(p)
        if p == _TYPE:
            types.add(row.object)
        if p == _TYPE and row.node and is_schema(row.value):
            found.terms.add(s)
        elif p == _SUBCLASS and row.node and row.object[0] == s[0] == "<":
            found.parents[s[1:-1]].add(row.value)
            found.terms.update((s, row.object))
        elif p == _PATH and row.node:
            paths[s] = row.object
            found.terms.add(s)
        elif is_schema(p) and p != _TYPE and p not in NAMING:
            found.terms.add(s)
        if (p in NAMING or p == _SHACL_NAME) and not row.node and (row.language or "en").startswith("en"):
            names[s].append((NAMING.index(p) if p in NAMING else 99, row.value))
    for shape, term in paths.items():
        names[term].extend(names.get(shape, ()))
    used = {f"<{p}>" for p in predicates} | types
    for node, given in names.items():
        if node in found.terms or node in used:
            found.labels[node.strip("<>")] = [n for _, n in sorted(given)]
    found.terms.update(node for node in names if node in used)
    return found
