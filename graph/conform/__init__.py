"""Whether a document's graph has the shape that the vocabulary gives it; a document that has not stays out whole.

    require(document_graph(batch))  # ShapeError: claim c:9f0c… (Nvidia revenue, “…”): tg:low is “5”, not at most “4”

`graph.shapes.check` says the same by pyshacl, slowly.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Quad

from graph.conform.compiled import Nodes, by_node, findings, gather
from graph.conform.finding import Finding
from graph.conform.wording import described
from graph.errors import ShapeError
from graph.model import DocumentClaims
from graph.rdf.encode import DocumentGraph

__all__ = ["Finding", "findings", "gather", "misquoted", "require", "require_shape"]

_SHOWN = 3


def require(made: DocumentGraph) -> None:
    """Nothing if a document's graph has the right shape and every quote is in the text.

    Raises ShapeError naming the claims that break it.
    """
    source = made.batch.document.source
    _require(by_node(made.statements), source)
    if wrong := misquoted(made.batch):
        raise _error(source, wrong)


def require_shape(quads: Iterable[Quad], source: str) -> None:
    """The same for the shape alone, when there is no batch yet."""
    _require(gather(quads), source)


def _require(nodes: Nodes, source: str) -> None:
    violations = [found for found in findings(nodes) if found.violation]
    if violations:
        raise _error(source, [described(found, nodes) for found in violations])


def misquoted(batch: DocumentClaims) -> list[str]:
    """The passages that do not stand in the text where they say they do, each in a line."""
    text = batch.document.text
    return [
        f"claim {claim.id} ({claim.subject.label} {claim.predicate}): characters {place.start}–{place.end} of the text "
        f"are “{_cut(text[place.start : place.end])}”, not its quote “{_cut(place.quote)}”"
        for claim in batch.claims
        for place in claim.evidence
        if text[place.start : place.end] != place.quote
    ]


def _error(source: str, wrong: list[str]) -> ShapeError:
    more = f" (and {len(wrong) - _SHOWN} more)" if len(wrong) > _SHOWN else ""
    return ShapeError(f"{source} breaks the shape of a document: {'; '.join(wrong[:_SHOWN])}{more}")


def _cut(text: str) -> str:
    return text if len(text) <= 60 else text[:60] + "…"
