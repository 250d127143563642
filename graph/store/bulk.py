"""Many documents at once: gathered into groups, each of which goes in as one transaction of its own."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from graph.model import DocumentClaims
from graph.namespaces import iri
from graph.rdf.encode import DocumentGraph, document_graph

GROUP_QUADS = 400_000
"""Statements of one group: some 2,000 documents of ten claims, 500 MB while they are on their way; the fewer groups,
the less the database has to merge.
"""


@dataclass(slots=True)
class Group:
    """Documents that go in together, by the names of their graphs, none twice."""

    documents: dict[NamedNode, DocumentGraph] = field(default_factory=dict)
    size: int = 0


def groups(batches: Iterable[DocumentClaims]) -> Iterator[Group]:
    """The documents in order, in groups; one that comes again begins a new group. Raises what `encode` raises."""
    group = Group()
    for batch in batches:
        if group.size >= GROUP_QUADS or NamedNode(iri(batch.document.id)) in group.documents:
            yield group
            group = Group()
        made = document_graph(batch)
        group.documents[made.name] = made
        group.size += len(made.statements)
    if group.documents:
        yield group


@contextmanager
def uncollected() -> Iterator[None]:
    """Python does not look for garbage in circles meanwhile: it would go through all statements that are on their way,
    again and again, and find none; that took a third of the time of making them.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
