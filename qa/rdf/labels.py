"""Names of nodes and terms: from labelling properties, else from the IRI."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from urllib.parse import unquote

from qa.rdf.identifiers import split
from qa.rdf.naming import norm

_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"

NAMING = (
    _RDFS + "label",
    _SKOS + "prefLabel",
    "http://schema.org/name",
    "https://schema.org/name",
    "http://xmlns.com/foaf/0.1/name",
    "http://purl.org/dc/terms/title",
    "http://purl.org/dc/elements/1.1/title",
    "http://www.geonames.org/ontology#name",
    _SKOS + "altLabel",
    "http://schema.org/alternateName",
    "https://schema.org/alternateName",
)
_OTHER = frozenset(p for p in NAMING if "lt" in p[-14:] and p.endswith(("altLabel", "alternateName")))
_SCHEMA = (
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    _RDFS,
    "http://www.w3.org/2002/07/owl#",
    "http://www.w3.org/ns/shacl#",
)


@lru_cache(maxsize=10_000)
def is_schema(iri: str) -> bool:
    """Whether a term belongs to RDF, RDFS, OWL or SHACL themselves."""
    return iri.startswith(_SCHEMA)


def local_name(iri: str) -> str:
    """What stands after the last `#`, `/` or `:` of an IRI, unescaped.

    >>> local_name("http://x.org/table#ref-singer_id"), local_name("http://x.org/Tokyo%20Tower/")
    ('ref-singer_id', 'Tokyo Tower')
    """
    bare = iri.strip("<>").rstrip("/#")
    for mark in ("#", "/", ":"):
        head, found, tail = bare.rpartition(mark)
        if found and tail and head:
            return unquote(tail)
    return unquote(bare)


def local_words(label: str) -> tuple[str, ...]:
    """The words of a label, lower case.

    >>> local_words("ref-singer_id"), local_words("Policy Number")
    (('ref', 'singer', 'id'), ('policy', 'number'))
    """
    return split(label)


class Labels:
    """The names of nodes as they come in; the first is the one that is shown."""

    def __init__(self) -> None:
        self._names: dict[str, list[str]] = defaultdict(list)
        self._nodes: set[str] = set()

    def add(self, node: str, name: str) -> None:
        """A further name of a node."""
        self._names[node].append(name)

    def node(self, node: str) -> None:
        """A node of data that may have no name."""
        self._nodes.add(node)

    def index(self) -> dict[str, tuple[str, ...]]:
        """Name (case folded) → the nodes so named, in N-Triples. A node without a name goes by its IRI."""
        out: dict[str, list[str]] = defaultdict(list)
        for node, names in self._names.items():
            for name in names:
                out[norm(name)].append(node)
        for node in self._nodes:
            if node not in self._names and node.startswith("<"):
                name = local_name(node)
                if any(c.isalpha() for c in name) and "=" not in name:
                    out[norm(name.replace("_", " "))].append(node)
        return {name: tuple(dict.fromkeys(nodes)) for name, nodes in out.items() if name}
