"""A small graph of invented boats and harbours, with questions, for the suites on foreign graphs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from api.evaluation.foreign.asked import Asked, QuestionSet
from api.evaluation.foreign.cells import gold_row
from graph.contract import Json

PREFIX = "PREFIX : <http://harbours.test/> "
TURTLE = r"""
@prefix : <http://harbours.test/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .

:boat a owl:Class .
:boat\#length a owl:DatatypeProperty .

<http://harbours.test/boat/id=1> a :boat ; :boat\#name "Gull" ; :boat\#length 12 ; :boat\#flag "Norse" ;
    :boat\#ref-home <http://harbours.test/harbour/id=1> .
<http://harbours.test/boat/id=2> a :boat ; :boat\#name "Heron" ; :boat\#length 9 ; :boat\#flag "Frisian" ;
    :boat\#ref-home <http://harbours.test/harbour/id=2> .
<http://harbours.test/boat/id=3> a :boat ; :boat\#name "Petrel" ; :boat\#length 15 ; :boat\#flag "Frisian" ;
    :boat\#ref-home <http://harbours.test/harbour/id=1> .
<http://harbours.test/harbour/id=1> a :harbour ; :harbour\#name "Westmole" ; :harbour\#depth 7.5 .
<http://harbours.test/harbour/id=2> a :harbour ; :harbour\#name "Sandgate" ; :harbour\#depth 4.0 .
"""
MILLS = r"""
@prefix : <http://mills.test/> .
:m1 a :mill ; :sails 4 ; :town "Oudwijk" .
:m2 a :mill ; :sails 6 ; :town "Lindenau" .
"""


def sparql(pattern: str, select: str = "?v") -> str:
    return f"{PREFIX}select {select} where {{ {pattern} }}"


LENGTH_OF_GULL = sparql(r"?b a :boat . ?b :boat\#name ?n . ?b :boat\#length ?v . FILTER(?n = 'Gull')")
COUNT_FRISIAN = sparql(r"?b a :boat . ?b :boat\#flag ?f . FILTER(?f = 'Frisian')", "(count(*) as ?v)")
ALL_NAMES = sparql(r"?b a :boat . ?b :boat\#name ?v")


def asked(id: str, text: str, *gold: object, query: str = "SELECT a FROM t", **fields: object) -> Asked:
    """A question on the harbours; a gold row that is no tuple is a row of one."""
    rows = tuple(gold_row(row) for row in gold)
    return Asked(id, "harbours", "filter", text, rows, query=query, **fields)  # type: ignore[arg-type]


QUESTIONS = (
    asked("h1", "What is the length of Gull?", 12, sparql=LENGTH_OF_GULL),
    asked("h2", "How many boats are Frisian?", 2, query="SELECT count(*) FROM boat WHERE flag = 'Frisian'",
          sparql=COUNT_FRISIAN),
    asked("h3", "Names of all boats?", "Gull", "Heron", "Petrel", sparql=ALL_NAMES),
)  # fmt: skip


def harbours(folder: Path) -> QuestionSet:
    """The graph in a folder, with its questions."""
    path = folder / "harbours.ttl"
    path.write_text(TURTLE, encoding="utf-8")
    return QuestionSet("harbours", QUESTIONS, {"harbours": (path,)})


def mills(folder: Path) -> Path:
    """Another graph, which says nothing of boats."""
    path = folder / "mills.ttl"
    path.write_text(MILLS, encoding="utf-8")
    return path


class Reply:
    """An answer as an engine gives it, from rows of plain values; None is a refusal."""

    def __init__(self, rows: list[list[object]] | None, confidence: float | None = None, after: object = None) -> None:
        self.rows, self.confidence, self.after = rows, confidence, after

    def to_json(self) -> Json:
        values = [[{"literal": str(value), "datatype": "string"} for value in row] for row in self.rows or ()]
        status = "unknown" if self.rows is None else "answered"
        return {"status": status, "values": values, "confidence": self.confidence, "interpretation": "as asked"}


class Scripted:
    """An engine that says what it is told to say, and remembers after what."""

    def __init__(self, replies: Mapping[str, list[list[object]]], confidence: float | None = None) -> None:
        self._replies = replies
        self._confidence = confidence
        self.turns: list[tuple[str, object]] = []

    def ask(self, question: str, *, after: Reply | None = None) -> Reply:
        self.turns.append((question, after.rows if after else None))
        return Reply(self._replies.get(question), self._confidence)
