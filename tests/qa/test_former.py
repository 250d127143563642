"""Who had a post before somebody, or until some time, and who has it since: claims of posts that are over."""

from __future__ import annotations

from datetime import date

import pytest

from graph.store.oxigraph import OxigraphStore
from qa.engine import Engine
from tests.graph.samples import TYPES, article, relation
from tests.qa.test_kinds import plain

TYPES.update(dict.fromkeys(("Una Brandt", "Pia Falk", "Karl Stein", "Rosa Lind", "Ole Vik", "Tim Orr"), "Person"))


@pytest.fixture(scope="module")
def engine() -> Engine:
    """Arbor has a new head and a new finance chief; Brightfab's founder does not run it any more."""
    store = OxigraphStore()
    store.put(
        article(
            "New heads",
            (
                "Una Brandt handed Arbor over to Pia Falk in May.",
                relation("Una Brandt", "leads", "Arbor", polarity=False),
                relation("Pia Falk", "leads", "Arbor"),
            ),
            (
                "Karl Stein became Arbor's finance chief.",
                relation("Karl Stein", "leads", "Arbor", qualifiers=(("role", "finance chief"),)),
            ),
            (
                "Rosa Lind had the job before him.",
                relation("Rosa Lind", "leads", "Arbor", polarity=False, qualifiers=(("role", "finance chief"),)),
            ),
            ("Ole Vik no longer runs Brightfab.", relation("Ole Vik", "leads", "Brightfab", polarity=False)),
            ("Tim Orr is the operating chief of Brightfab.", relation("Tim Orr", "leads", "Brightfab")),
            source="https://news.example/heads",
            published=date(2026, 2, 1),
        )
    )
    return Engine(store)


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("Who was at the helm of Brightfab until 2025?", ["Ole Vik"]),
        ("Who used to run Brightfab?", ["Ole Vik"]),
        ("Brightfab's former boss?", ["Ole Vik"]),
        ("Who was in charge of Arbor before Pia Falk?", ["Una Brandt"]),
        ("Whom did Pia Falk succeed at Arbor?", ["Una Brandt"]),
        ("Who came after Una Brandt?", ["Pia Falk"]),
        ("Who replaced Rosa Lind as Arbor's finance chief?", ["Karl Stein"]),
        ("Who was Arbor's finance chief before Karl Stein?", ["Rosa Lind"]),
        ("Who is the boss of Arbor?", ["Pia Falk"]),
    ],
)
def test_holders_of_a_post(engine: Engine, question: str, values: list[str]) -> None:
    answer = engine.ask(question)
    assert (answer.status, plain(answer)) == ("answered", values), answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "Who came after Ole Vik?",  # nothing tells that the operating chief did
        "Who was Brightfab's boss before Tim Orr?",
        "Who led Brightfab until 2019?",
        "Who was Brightfab's previous finance chief?",
    ],
)
def test_nobody_is_guessed(engine: Engine, question: str) -> None:
    assert engine.ask(question).status == "unknown"


def test_a_turn_asks_on(engine: Engine) -> None:
    first = engine.ask("Who is the boss of Arbor?")
    before = engine.ask("And before her?", after=first)
    assert plain(before) == ["Una Brandt"]
    assert plain(engine.ask("Who came after her?", after=before)) == ["Pia Falk"]
