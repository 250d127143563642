"""Many documents at once: gathered into groups, each of which goes in as one transaction of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Quad

from graph.model import DocumentClaims
from graph.namespaces import iri
from graph.rdf.encode import encode

GROUP_QUADS = 200_000
"""Statements of one group: some 1,000 documents of ten claims, 200 MB while they are on their way."""


@dataclass(slots=True)
class Group:
    """Documents that go in together, each with its graph's name and quads, none twice."""

    documents: dict[NamedNode, tuple[DocumentClaims, list[Quad]]] = field(default_factory=dict)
    size: int = 0


def groups(batches: Iterable[DocumentClaims]) -> Iterator[Group]:
    """The documents in order, in groups; one that comes again begins a new group. Raises what `encode` raises."""
    group = Group()
    for batch in batches:
        graph = NamedNode(iri(batch.document.id))
        if group.size >= GROUP_QUADS or graph in group.documents:
            yield group
            group = Group()
        quads = encode(batch)
        group.documents[graph] = batch, quads
        group.size += len(quads)
    if group.documents:
        yield group
