"""RDF 1.2: each claim names, as a triple term, the triple that it states.

    entity:nvidia tg:supplies entity:bytedance .                                         # stated: the claim is affirmed
    claim:9f0c… rdf:reifies <<( entity:nvidia tg:supplies entity:bytedance )>> .         # named, stated or not

So the sources, hedges and periods of an edge are one step from it, and a denied or possible one can be named without
being stated. A metric's triple has the amount as its object, an event's the words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import cast

from pyoxigraph import Literal, NamedNode, Quad, Triple

from graph.namespaces import RDF, term
from graph.rdf.terms import Node, node

_REIFIES = node(RDF + "reifies")
_PARTS = {term("subject"): 0, term("predicate"): 1, term("object"): 2, term("objectText"): 2}


def reified(quads: Iterable[Quad]) -> Iterator[Quad]:
    """An `rdf:reifies` statement for each claim of a document's graph."""
    found: defaultdict[tuple[NamedNode, NamedNode], dict[int, Node]] = defaultdict(dict)
    for quad in quads:
        place = _PARTS.get(quad.predicate.value)
        if place is not None:
            found[cast(NamedNode, quad.subject), cast(NamedNode, quad.graph_name)][place] = quad.object
    for (claim, graph), parts in found.items():
        triple = Triple(cast(NamedNode, parts[0]), cast(NamedNode, parts[1]), cast("NamedNode | Literal", parts[2]))
        yield Quad(claim, _REIFIES, triple, graph)
