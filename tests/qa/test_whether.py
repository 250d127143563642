"""Whether there is anybody, whether nobody else, whether it was X that did it."""

from __future__ import annotations

import pytest

from graph.store.oxigraph import OxigraphStore
from qa.answer import Truth
from qa.engine import Engine
from qa.existence import asked_who
from tests.graph.samples import article, relation, year
from tests.qa.talks import late, talks_store


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(talks_store(late()))


@pytest.mark.parametrize(
    ("question", "expected", "named"),
    [
        ("Does Osprey have any suppliers in China?", True, "Mirova"),
        ("Are there any Taiwanese suppliers of Osprey?", True, "Lindal"),
        ("Is there any firm that supplies Gannet?", True, "Lindal"),
        ("Does anyone other than Lindal supply Osprey?", True, "Mirova"),
        ("Is Lindal the only supplier of Osprey?", False, "Mirova"),
        ("Does Osprey buy only from Mirova?", False, "Lindal"),
        ("Was it Lindal that made the Kestrel?", True, "Lindal"),
    ],
)
def test_yes_and_no_with_those_who_make_it_so(engine: Engine, question: str, expected: bool, named: str) -> None:
    answer = engine.ask(question)
    assert (answer.status, answer.values) == ("answered", (Truth(expected),))
    assert named in answer.answer


def test_that_nobody_else_is_known_is_no_certainty(engine: Engine) -> None:
    answer = engine.ask("Does only Lindal supply Gannet?")
    assert (answer.status, answer.values) == ("partial", (Truth(True),))
    assert answer.answer.startswith("Yes, as far as the graph knows.")


@pytest.mark.parametrize(
    "question",
    [
        "Does anyone besides Lindal supply Gannet?",
        "Does Gannet have any Chinese suppliers?",
        "Has anyone bought Norvik?",
    ],
)
def test_silence_is_no_answer(engine: Engine, question: str) -> None:
    assert engine.ask(question).status == "unknown"


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("Osprey suppliers?", {"Lindal", "Mirova", "Norvik", "Quillon"}),
        ("List the firms that supply Gannet.", {"Lindal"}),
        ("Show me the companies Lindal supplies.", {"Osprey", "Gannet"}),
        ("List everything Lindal makes.", {"Kestrel", "Heron server part"}),
    ],
)
def test_lists_without_a_question_word(engine: Engine, question: str, labels: set[str]) -> None:
    assert {value.label for value in engine.ask(question).values} == labels  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text", ["Does X have a customer in Y?", "Is X there?", "Did X supply any of Y's plants?", "Who is there?"]
)
def test_other_questions_stay_as_they_are(text: str) -> None:
    assert asked_who(text) is None


def test_a_denial_of_a_time_that_is_over_is_told_beside_what_holds_now() -> None:
    store = OxigraphStore()
    no = relation("Vale", "supplies", "Northfield", polarity=False, period=year(2024))
    yes = relation("Vale", "supplies", "Northfield")
    store.put(article("In 2025", ("Vale did not supply Northfield in 2024.", no), ("It supplies it now.", yes)))
    answer = Engine(store).ask("Does Vale supply Northfield?")
    assert (answer.status, answer.values) == ("answered", (Truth(True),))
    assert set(answer.claims) == {yes.id, no.id}
    assert "an earlier state was otherwise" in answer.caveats
    assert Engine(store).ask("Did Vale supply Northfield in 2024?").values == (Truth(False),)
