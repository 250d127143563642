"""The narrow seam between reading and a database: all that `Reading` asks of the quads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple


class Quads(Protocol):
    """Quads to look up by pattern and by query, as pyoxigraph's Store has them; None stands for anything."""

    def quads_for_pattern(
        self,
        subject: NamedNode | BlankNode | None,
        predicate: NamedNode | None,
        object: NamedNode | BlankNode | Literal | Triple | None,
        graph_name: NamedNode | BlankNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """The quads that fit; the default graph, which holds the bookkeeping, is among the graphs of None."""

    def query(self, query: str, *, use_default_graph_as_union: bool = False, prefixes: Any = None) -> Any:
        """The result of a SPARQL query, as pyoxigraph gives it."""
