"""The baselines on a small graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.evaluation.foreign.baselines import KeywordHop, ShortestPath
from api.evaluation.foreign.facts import Facts, read_facts, stems
from api.evaluation.foreign.passages import Passages
from tests.evaluation.harbours import harbours


@pytest.fixture
def facts(tmp_path: Path) -> Facts:
    return read_facts(harbours(tmp_path).graphs["harbours"])


def first(found) -> list[str]:  # type: ignore[no-untyped-def]
    return [row[0][0] for row in found.rows]


def test_a_graph_is_read_without_its_schema(facts: Facts) -> None:
    assert sorted(facts.classes) == ["http://harbours.test/boat", "http://harbours.test/harbour"]
    assert facts.term("http://harbours.test/boat#ref-home") == stems("ref home")
    assert [facts.label(node) for node in facts.classes["http://harbours.test/harbour"]] == ["Westmole", "Sandgate"]
    assert [facts.label(node) for node in facts.mentions("Is the gull at Westmole?")] == ["Gull", "Westmole"]
    assert facts.mentions("Which boats are there?") == []


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("What is the length of Gull?", ["12"]),
        ("Which flag has the Petrel?", ["frisian"]),
        ("How many boats are there?", ["3"]),
        ("How many boats are Frisian?", ["2"]),
        ("List the names of the harbours", ["westmole", "sandgate"]),
        ("Which boats are there?", ["gull", "heron", "petrel"]),
        ("What is the depth where Gull lies?", []),
        ("Who won?", []),
    ],
)
def test_keywords_on_one_hop(facts: Facts, question: str, values: list[str]) -> None:
    found = KeywordHop(facts).ask(question)
    assert sorted(first(found)) == sorted(values)
    assert found.status == ("answered" if values else "refused")


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("What is the depth where Gull lies?", ["7.5"]),
        ("At which harbour is the Heron?", ["sandgate"]),
        ("How many boats are in Westmole?", ["2"]),
        ("What joins Gull and Petrel?", []),
        ("Gull, Norse?", ["gull"]),
        ("What is the depth of the sea?", []),
    ],
)
def test_names_and_the_shortest_path(facts: Facts, question: str, values: list[str]) -> None:
    assert first(ShortestPath(facts).ask(question)) == values


def test_passages(facts: Facts) -> None:
    passages = Passages(facts)
    found = passages.ask("the length of the boat Heron, please")
    assert first(found) == ["9"]
    assert found.confidence is not None
    assert found.confidence > 0
    assert first(passages.ask("Sandgate"))[0] == "sandgate"
    assert passages.ask("Who won?").status == "refused"
