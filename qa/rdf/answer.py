"""An answer from a foreign graph, in the contract's shape: rows of nodes and literals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from graph.contract import Json

if TYPE_CHECKING:
    from qa.rdf.form import Form

Status = Literal["answered", "partial", "ambiguous", "unknown"]


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the graph, by its IRI (`_:…` for a blank node) and the name it goes by."""

    iri: str
    label: str


@dataclass(frozen=True, slots=True)
class Value:
    """A literal: its text and the IRI of its datatype."""

    literal: str
    datatype: str


Cell = Node | Value | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class RdfAnswer:
    """One answer. `values` are its rows, a cell a column; `typed` is the form they come from, for a follow-up.

    A yes-or-no question has one row of one xsd:boolean. `confidence`, 0 to 1, orders answers: it is higher
    where the reading had less to stretch; it is no probability.
    """

    question: str
    status: Status
    answer: str
    values: tuple[Row, ...] = ()
    sparql: str = ""
    interpretation: str = ""
    caveats: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    engine: str = "rdf"
    took_ms: int = 0
    typed: Form | None = None
    confidence: float | None = None

    def to_json(self) -> Json:
        """The JSON of the contract."""
        return {
            "question": self.question,
            "status": self.status,
            "answer": self.answer,
            "values": [[_cell(c) for c in row] for row in self.values],
            "claims": [],
            "evidence": [],
            "query": {"language": "sparql", "text": self.sparql},
            "interpretation": self.interpretation,
            "caveats": list(self.caveats),
            "suggestions": list(self.suggestions),
            "engine": self.engine,
            "confidence": self.confidence,
            "took_ms": self.took_ms,
        }


def _cell(cell: Cell) -> Json | None:
    match cell:
        case Node():
            return {"iri": cell.iri, "label": cell.label}
        case Value():
            return {"literal": cell.literal, "datatype": cell.datatype}
        case None:
            return None
