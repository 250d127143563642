"""Answers against gold questions."""

from __future__ import annotations

from typing import Any

import pytest

from api.evaluation.answers_score import AnswerScorer
from api.evaluation.gold import Question
from api.evaluation.labels import Labels
from api.evaluation.results import AnswersResult
from graph.contract import Json
from tests.evaluation.cases import ENTITIES, TEXT, amount, answer, named, question

SCORER = AnswerScorer(Labels(ENTITIES), {"01-acme": TEXT})
FIVE = amount(5, 5, "USD") | {"tolerance": 0.005}
BOTH = answer(named("Acme"), named("Borealis"))
UNKNOWN = {"status": "unknown", "answer": "not in the graph", "values": [], "evidence": [], "suggestions": []}
CHOICES = UNKNOWN | {"status": "ambiguous", "suggestions": ["Acme", "Borealis"]}


@pytest.mark.parametrize(
    ("asked", "given", "verdict"),
    [
        (question(entities=["Acme"]), answer(named("Acme Corporation")), "right"),
        (question(entities=["Acme"]), answer(named("Acme"), status="partial"), "right"),
        (question(entities=["Acme"]), BOTH, "wrong"),
        (question(entities=["Acme"], optional_entities=["Borealis"]), BOTH, "right"),
        (question(entities=["Acme", "Borealis"]), answer(named("Acme")), "wrong"),
        (question(quantity=FIVE), answer(amount(5, 5, "USD")), "right"),
        (question(quantity=FIVE), answer(amount(5, 5, "USD"), amount(6, 6, "USD")), "wrong"),
        (question("sum", quantity=FIVE), answer(amount(2, 2, "USD"), amount(5, 5, "USD")), "right"),
        (question(quantity=FIVE), answer(amount(5, 5, "EUR")), "wrong"),
        (question(quantity=FIVE), answer(), "wrong"),
        (question(quantity=FIVE, abs=True), answer(amount(-5, -5, "USD")), "right"),
        (question(quantities=[FIVE]), answer(amount(4, 4, "USD"), amount(5, 5, "USD")), "right"),
        (question(quantities=[FIVE]), answer(amount(4, 4, "USD")), "wrong"),
        (question(boolean=False), answer({"boolean": False}), "right"),
        (question(boolean=False), answer({"boolean": True}), "wrong"),
        (question(says=[["wafers", "discs"]]), answer(said="It sells wafers."), "right"),
        (question(says=[["wafers"], ["discs"]]), answer(said="It sells wafers."), "wrong"),
        (question(entities=["Acme"]), UNKNOWN, "no answer"),
        (question(entities=["Acme"]), CHOICES, "no answer"),
        (question(entities=["Acme"]), None, "no answer"),
        (question(status="unknown"), UNKNOWN, "refused rightly"),
        (question(status="unknown"), UNKNOWN | {"values": [named("Acme")]}, "no answer"),
        (question(status="unknown"), answer(named("Acme")), "false answer"),
        (question(status="unknown"), None, "no answer"),
        (question(status="ambiguous"), CHOICES, "right"),
        (question(status="ambiguous"), CHOICES | {"suggestions": []}, "no answer"),
        (question(status="ambiguous"), answer(named("Acme")), "wrong"),
    ],
)  # fmt: skip
def test_a_question_ends_as(asked: Question, given: Json | None, verdict: str) -> None:
    (outcome,) = SCORER.outcomes([asked], {} if given is None else {asked.id: given})
    assert outcome.verdict == verdict
    assert outcome.right == (verdict in ("right", "refused rightly"))


def test_amounts_name_their_owner_where_no_entity_is_given_as_such() -> None:
    owned = amount(5, 5, "USD") | {"entity": named("Acme")["entity"]}
    assert SCORER.right(question(entities=["Acme"]), answer(owned))
    assert not SCORER.right(question(entities=["Acme"]), answer(owned, named("Borealis")))


@pytest.mark.parametrize(
    ("evidence", "bad"),
    [
        ([], True),
        ([{"source": "/texts/01-acme.txt", "start": 0, "end": 4, "quote": "Acme"}], False),
        ([{"source": "/texts/01-acme.txt", "start": 1, "end": 5, "quote": "Acme"}], True),
        ([{"source": "https://example.org/other", "start": 0, "end": 4, "quote": "Acme"}], False),
    ],
)
def test_an_answer_must_cite_what_stands_in_a_text(evidence: list[Json], bad: bool) -> None:
    (outcome,) = SCORER.outcomes([question()], {"q1": answer() | {"evidence": evidence}})
    assert outcome.bad_evidence is bad


def test_a_result_counts_its_outcomes() -> None:
    asked = [question(entities=["Acme"]), question("refuse", status="unknown")]
    outcomes = [SCORER.outcomes([q], {"q1": a})[0] for q in asked for a in (answer(named("Acme")), UNKNOWN)]
    result = AnswersResult("samples-questions", "tollgraph", tuple(outcomes))
    shown: dict[str, Any] = result.to_json()
    assert shown["verdicts"] == {"false answer": 1, "no answer": 1, "refused rightly": 1, "right": 1}
    assert (shown["accuracy"], shown["questions"], result.refusals) == (0.5, 4, 2)
    assert shown["by_kind"] == {"fact": {"right": 1, "of": 2}, "refuse": {"right": 1, "of": 2}}
    assert AnswersResult("samples-questions", "tollgraph", ()).accuracy is None
