"""Rows of a result as the answer gives them: nodes with their names."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox

from qa.rdf.answer import Cell, Node, Value
from qa.rdf.answer import Row as AnswerRow
from qa.rdf.labels import local_name
from qa.rdf.profile import Profile
from qa.rdf.sources import Row, Source, Term

_SHOWN = 12


class Names:
    """Names nodes by the properties that name things in this graph, else by their IRI."""

    def __init__(self, source: Source, profile: Profile) -> None:
        self._source = source
        self._naming = profile.naming
        self._known: dict[str, str] = {}

    def rows(self, found: Sequence[Row]) -> tuple[AnswerRow, ...]:
        """The rows, every node named."""
        nodes = {str(t) for row in found for t in row if isinstance(t, ox.NamedNode)}
        self._learn(sorted(nodes - self._known.keys()))
        return tuple(tuple(self._cell(t) for t in row) for row in found)

    def _learn(self, nodes: list[str]) -> None:
        for start in range(0, len(nodes), 500):
            some = nodes[start : start + 500]
            for naming in self._naming:
                query = f"SELECT ?n ?l WHERE {{ VALUES ?n {{ {' '.join(some)} }} ?n <{naming}> ?l }}"
                for node, label in self._source.select(query):
                    if isinstance(label, ox.Literal) and (label.language or "en").startswith("en"):
                        self._known.setdefault(str(node), label.value)

    def _cell(self, term: Term | None) -> Cell:
        if term is None:
            return None
        if isinstance(term, ox.Literal):
            return Value(term.value, term.datatype.value)
        if isinstance(term, ox.BlankNode):
            return Node(str(term), str(term))
        return Node(term.value, self._known.get(str(term)) or local_name(term.value).replace("_", " "))


def text_of(cell: Cell) -> str:
    """A cell as people read it."""
    match cell:
        case Node():
            return cell.label
        case Value():
            return cell.literal
        case None:
            return "–"


def prose(rows: Sequence[AnswerRow]) -> str:
    """The rows as one line: cells of a row joined by commas, rows by semicolons."""
    if not rows:
        return "None."
    shown = ["; ".join(", ".join(text_of(c) for c in row) for row in rows[:_SHOWN])]
    if len(rows) > _SHOWN:
        shown.append(f"and {len(rows) - _SHOWN} more")
    return " ".join(shown) + "."
