"""Odd questions: nonsense, empty, endless, control characters, SPARQL. Bounded, clear, never an exception."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.engine import Engine
from tests.qa.firms import firms_store

_ENGINE = Engine(firms_store())
_WORDS = [
    "who",
    "which",
    "what",
    "how",
    "many",
    "much",
    "did",
    "does",
    "is",
    "was",
    "of",
    "the",
    "Arbor",
    "Brightfab's",
    "Kestrel",
    "revenue",
    "share",
    "supplies",
    "supply",
    "if",
    "not",
    "than",
    "or",
    "and",
    "highest",
    "2025",
    "$13",
    "billion",
    "said",
    "agree",
    "confirmed",
    "largest",
    "customers",
    ",",
    "?",
    "before",
    "it",
    "its",
    "owner",
    "founded",
    "connected",
    "most",
    "percent",
    "xyzzy",
    "供应商",
]


@pytest.mark.parametrize(
    "question",
    [
        "",
        "   ",
        "?",
        "\x00\x07\u202e",
        "'s 's 's",
        "if",
        "\n\n",
        "¿",
        "💥" * 50,
        "SELECT * WHERE { ?s ?p ?o }",
        "'; DROP GRAPH <x>; --",
    ],
)
def test_odd_questions_are_refused(question: str) -> None:
    answer = _ENGINE.ask(question)
    assert (answer.status, answer.values, answer.claims) == ("unknown", (), ())
    assert answer.answer.endswith(".")


def test_a_question_of_ten_thousand_words_is_refused_by_its_length() -> None:
    answer = _ENGINE.ask("who supplies Arbor " * 3400)
    assert answer.status == "unknown"
    assert answer.answer == "The question is too long: at most 600 characters are read."
    assert answer.took_ms < 500


def test_a_name_in_a_query_stays_a_name() -> None:
    assert "Arbor>" not in _ENGINE.ask('Who supplies Arbor> . ?x ?y "?').sparql


@settings(max_examples=120, deadline=None)
@given(st.lists(st.sampled_from(_WORDS), max_size=14))
def test_word_salads_never_raise_nor_answer_without_claims(words: list[str]) -> None:
    answer = _ENGINE.ask(" ".join(words))
    assert answer.status in ("answered", "partial", "ambiguous", "unknown")
    if answer.status in ("answered", "partial"):
        assert answer.claims
        assert answer.evidence
    else:
        assert answer.values == ()
    answer.to_json()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_answered_with_a_status(text: str) -> None:
    assert _ENGINE.ask(text).status in ("answered", "partial", "ambiguous", "unknown")
