"""Sums that a question defines itself."""

from __future__ import annotations

import pytest

from graph.settings import Settings
from qa.rdf.engine import RdfEngine
from qa.rdf.rows import text_of
from tests.qa.rdf.graphs import write

STALLS = """
@prefix : <http://example.org/stalls/> .
:s1 a :Stall ; :stallNumber "A1" ; :hall "North" ; :rentCost 300 ; :wageCost 500 ; :powerCost 40 .
:s2 a :Stall ; :stallNumber "A2" ; :hall "North" ; :rentCost 200 ; :wageCost 250 ; :powerCost 10 .
:s3 a :Stall ; :stallNumber "B7" ; :hall "South" ; :rentCost 100 ; :wageCost 150 ; :powerCost 50 .
"""


@pytest.fixture(scope="module")
def stalls(tmp_path_factory: pytest.TempPathFactory) -> RdfEngine:
    folder = tmp_path_factory.mktemp("stalls")
    return RdfEngine([write(folder, STALLS)], settings=Settings(cache=folder / "cache"))


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        (
            "What is the total cost of each stall by stall number where total cost is the sum of rent cost, "
            "wage cost and power cost?",
            [["300", "B7"], ["460", "A2"], ["840", "A1"]],
        ),
        (
            "What is the total cost, which is the sum of rent cost and wage cost, by hall?",
            [["1250", "North"], ["250", "South"]],
        ),
        (
            "What is the average cost of stalls where cost is the sum of rent cost and power cost?",
            [["233.333333333333333333"]],
        ),
    ],
)
def test_a_sum_is_what_the_question_says(stalls: RdfEngine, question: str, rows: list[list[str]]) -> None:
    answer = stalls.ask(question)
    assert (answer.status, sorted(sorted(text_of(c) for c in row) for row in answer.values)) == ("answered", rows)
