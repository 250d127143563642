"""What keywords, paths and passages answer on a small graph of firms."""

from __future__ import annotations

import pytest

from api.evaluation.baselines_questions import KEYWORDS, PASSAGES, PATHS, question_baselines
from graph.contract import Json
from tests.qa.firms import firms_store

ASK = question_baselines(firms_store())


def named(answer: Json) -> list[str]:
    return sorted(value["entity"]["label"] for value in answer["values"] if value.get("entity"))


def test_keywords_on_one_hop() -> None:
    answer = ASK[KEYWORDS]("Who is a supplier of Arbor?")
    assert (answer["status"], named(answer)) == ("answered", ["Brightfab", "Cindra", "Delvex"])
    assert {e["quote"] for e in answer["evidence"]} >= {"Cindra ships memory to Arbor."}
    revenue = ASK[KEYWORDS]("What was Brightfab's revenue?")
    assert [value["low"] for value in revenue["values"]] == [20000000000]
    assert ASK[KEYWORDS]("How tall is Arbor?")["status"] == "unknown"


def test_names_and_the_shortest_path() -> None:
    answer = ASK[PATHS]("How is Cindra connected to Brightfab?")
    assert named(answer) == ["Arbor"]
    assert len(answer["evidence"]) >= 2
    assert ASK[PATHS]("Does Cindra supply Arbor?")["values"] == [{"boolean": True}]
    assert ASK[PATHS]("Who supplies Arbor?")["status"] == "unknown"


def test_the_nearest_line_and_what_its_claims_say() -> None:
    answer = ASK[PASSAGES]("Who ships memory?")
    assert {e["quote"] for e in answer["evidence"]} == {"Cindra ships memory to Arbor."}
    assert named(answer) == ["Arbor", "Cindra"]
    amount = ASK[PASSAGES]("How much did Brightfab take in during 2025?")
    assert [value["low"] for value in amount["values"]] == [20000000000]
    assert ASK[PASSAGES]("zzz?")["status"] == "unknown"


@pytest.mark.parametrize("name", [KEYWORDS, PATHS, PASSAGES])
def test_a_refusal_has_nothing_in_it(name: str) -> None:
    answer = ASK[name]("")
    assert (answer["status"], answer["values"], answer["evidence"]) == ("unknown", [], [])
