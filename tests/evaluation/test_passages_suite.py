"""The suite of passages: which sentences are needed is told from gold claims; recall counts what is found."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from api.evaluation.gold import GoldClaim, GoldEntity, Question
from api.evaluation.passage_gold import Evidence, Need, Sought
from api.evaluation.passages import figures, misses
from tests.evaluation.cases import metric, question, relation

PAGE = "01-acme"
ENTITIES = [GoldEntity(name, ("Company",), (), ()) for name in ("Arbor", "Brightfab", "Cindra", "Delvex")]


def _at(sentence: int, claim: GoldClaim) -> GoldClaim:
    return replace(claim, sentence=sentence)


ROWS = {
    PAGE: [
        _at(1, relation("Brightfab", "supplies", "Arbor")),
        _at(2, relation("Cindra", "acquires", "Brightfab")),
        _at(3, metric("Cindra", "revenue", 5, 5, "USD")),
        _at(4, metric("Cindra", "revenue", 5, 5, "USD")),
    ],
    "02-other": [_at(7, relation("Cindra", "supplies", "Arbor")), _at(8, metric("Delvex", "capex", 5, 5, "USD"))],
}
FIVE = {"low": 5, "high": 5, "unit": "USD", "tolerance": 0.005}


def _needs(text: str, **gold: Any) -> list[tuple[Need, ...]]:
    asked = replace(question(**gold), text=text)
    return [one.needs for one in Evidence(ROWS, ENTITIES).sought([asked])]


def _need(*sentences: int) -> Need:
    return frozenset((PAGE, sentence) for sentence in sentences)


def test_an_amount_needs_any_sentence_of_its_pages_that_states_it() -> None:
    assert _needs("What did Cindra take in?", quantity=FIVE) == [(_need(3, 4),)]


def test_the_subject_of_an_amount_that_is_not_named_must_be_found_too() -> None:
    assert _needs("What did the owner of Brightfab take in?", quantity=FIVE) == [(_need(3, 4), _need(2))]


def test_an_entity_needs_the_claims_on_the_shortest_way_to_it() -> None:
    assert _needs("Who supplies Arbor?", entities=["Brightfab"]) == [(_need(1),)]
    assert _needs("Who owns the supplier of Arbor?", entities=["Cindra"]) == [(_need(1), _need(2))]


@pytest.mark.parametrize(
    ("text", "gold"),
    [
        ("Is Cindra or Arbor larger?", {"entities": ["Cindra"]}),
        ("Who supplies nobody?", {"entities": ["Brightfab"]}),
        ("Who supplies Arbor?", {"entities": ["Delvex"]}),
        ("What did Cindra take in?", {"quantity": FIVE | {"low": 6, "high": 6}}),
        ("Does Brightfab supply Arbor?", {"boolean": True}),
        ("What did Cindra earn?", {"status": "unknown"}),
    ],
)
def test_what_gold_claims_do_not_hold_has_no_evidence(text: str, gold: dict[str, Any]) -> None:
    assert _needs(text, **gold) == []


def test_a_question_that_follows_another_does_not_stand_alone() -> None:
    follower = replace(question(quantity=FIVE), text="What did Cindra take in?", after="q0")
    assert Evidence(ROWS, ENTITIES).sought([follower]) == []


def _sought(*needs: Need) -> Sought:
    asked: Question = question()
    return Sought(asked, needs)


def test_recall_counts_what_is_needed_and_completeness_whole_questions() -> None:
    sought = [_sought(_need(1), _need(2)), _sought(_need(3, 4))]
    found = [[{(PAGE, 1)}, *[set()] * 5, {(PAGE, 2)}], [{(PAGE, 4)}]]
    assert [(f.name, f.value, f.n) for f in figures(sought, found)] == [
        ("recall@5", 2 / 3, 3),
        ("complete@5", 1 / 2, 2),
        ("complete@5, several sentences", 0.0, 1),
        ("recall@8", 1.0, 3),
        ("complete@8", 1.0, 2),
        ("complete@8, several sentences", 1.0, 1),
    ]
    assert list(misses(sought, [found[0][:1], found[1]])) == ["q1: 1 of 2 not among 8"]


def test_one_sentence_may_say_several_things() -> None:
    assert not _sought(_need(1, 2), _need(2)).hops
    assert _sought(_need(1), _need(2)).hops
