"""Our engine on a foreign graph, its answers as the scorer reads them. Any engine with the same `ask` will do."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from api.evaluation.foreign.asked import Asked, Cell, Row, Said, Status
from api.evaluation.foreign.cells import cell, entity
from graph.contract import Json

_SPOKEN = ("answered", "partial")
_SILENT: Mapping[str, Status] = {"ambiguous": "ambiguous"}


class Answering(Protocol):
    """An answer in the contract's shape: `values` are rows of cells with an IRI and a label, or with a literal."""

    def to_json(self) -> Json:
        """The JSON of the contract, with a `confidence` if the engine gives one."""
        ...


class GraphEngine(Protocol):
    """What answers questions of one graph."""

    def ask(self, question: str, *, after: Any = None) -> Answering:
        """The answer to one question; `after` is its own answer to the turn before."""
        ...


Engines = Callable[[Sequence[str]], GraphEngine]
"""An engine for the graph in some files."""


def rdf_engine(sources: Sequence[str]) -> GraphEngine:
    """The engine of this project."""
    from qa.rdf.engine import RdfEngine

    return RdfEngine(sources)


def answers(engine: GraphEngine, asked: Iterable[Asked]) -> dict[str, Said]:
    """What the engine says to each question; a turn is asked after what the engine itself said to the turn before.

    An engine that raises has said nothing; that it raised makes the run fail in the end, when all else is measured.
    """
    given: dict[str, Answering] = {}
    out: dict[str, Said] = {}
    for question in asked:
        try:
            answer = engine.ask(question.text, after=given.get(question.after) if question.after else None)
        except Exception as error:  # noqa: BLE001  what is measured may fail in any way, and that is a result
            out[question.id] = Said("refused", fault=_place(error))
            continue
        given[question.id] = answer
        out[question.id] = said(answer.to_json())
    return out


def _place(error: Exception) -> str:
    """The kind of an error and where it was raised."""
    *_, last = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} in {Path(last.filename).name}, line {last.lineno}"


def said(answer: Json) -> Said:
    """The rows of an answer; a `partial` one counts as given, an `ambiguous` one is a question back.

    >>> said({"status": "answered", "values": [[{"literal": "4", "datatype": "integer"}, None]]}).rows
    ((('4',), ()),)
    """
    rows: tuple[Row, ...] = ()
    if answer["status"] in _SPOKEN:
        rows = tuple(tuple(_cell(value) for value in row) for row in answer["values"])
    return Said(
        status="answered" if answer["status"] in _SPOKEN else _SILENT.get(answer["status"], "refused"),
        rows=rows,
        confidence=answer.get("confidence"),
        understood=answer.get("interpretation", ""),
        query=answer.get("query", {}).get("text", ""),
        prose=answer.get("answer", ""),
    )


def _cell(value: Json | None) -> Cell:
    if value is None:
        return ()
    if "iri" in value:
        return entity(value["iri"], value.get("label"))
    return cell(value["literal"])
