"""Questions on graphs that the engine has never seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import SourceError
from qa.rdf.engine import RdfEngine
from qa.rdf.rows import text_of
from tests.qa.rdf.graphs import ORCHARD, write


@pytest.fixture(scope="module")
def orchard(tmp_path_factory: pytest.TempPathFactory) -> RdfEngine:
    return RdfEngine([write(tmp_path_factory.mktemp("orchard"), ORCHARD)])


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("How many farms are there?", [["3"]]),
        ("Which farms are in Kent?", [["Brook End"], ["Hillside"]]),
        ("What is the county of Long Acre?", [["Devon"]]),
        ("Show the names of apple varieties that are red.", [["Discovery"], ["Sunset"]]),
    ],
)
def test_a_question_has_the_rows_that_it_asks_for(orchard: RdfEngine, question: str, rows: list[list[str]]) -> None:
    answer = orchard.ask(question)
    assert sorted([text_of(c) for c in row] for row in answer.values) == rows
    assert answer.status == "answered"


def test_a_word_that_the_graph_does_not_know_is_refused(orchard: RdfEngine) -> None:
    answer = orchard.ask("How many tractors does Hillside have?")
    assert answer.status == "unknown"
    assert "tractors" in answer.answer


def test_a_graph_in_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="No such file"):
        RdfEngine([str(tmp_path / "none.ttl")])


def test_an_answer_says_how_sure_it_is_and_a_refusal_does_not(orchard: RdfEngine) -> None:
    sure = orchard.ask("How many farms are there?")
    assert sure.confidence is not None
    assert 0 < sure.confidence <= 1
    assert sure.to_json()["confidence"] == sure.confidence
    assert orchard.ask("How many tractors does Hillside have?").confidence is None
