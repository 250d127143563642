"""Who does two things at once, who relies on whom how far, and who else; what somebody is, in few words."""

from __future__ import annotations

import pytest

from graph.model import EntityRef
from qa.engine import Engine
from tests.qa.firms import firms_store
from tests.qa.talks import late, talks_store


@pytest.fixture(scope="module")
def talks() -> Engine:
    return Engine(talks_store(late()))


@pytest.fixture(scope="module")
def firms() -> Engine:
    return Engine(firms_store())


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("Which firms supply Osprey and make the Kestrel?", ["Lindal"]),
        ("Who supplies Osprey and also Gannet?", ["Lindal"]),
        ("Which firms supply Osprey and are based in China?", ["Mirova"]),
        ("Who supplies Osprey but not Gannet?", ["Mirova", "Norvik", "Quillon"]),
        ("Which Taiwan firm makes the Kestrel?", ["Lindal"]),
        ("If Lindal stopped, who else would supply Osprey?", ["Mirova", "Norvik", "Quillon"]),
    ],
)
def test_two_conditions_on_those_asked_for(talks: Engine, question: str, labels: list[str]) -> None:
    answer = talks.ask(question)
    assert sorted(v.label for v in answer.values if isinstance(v, EntityRef)) == labels


def test_two_things_of_which_nobody_does_the_second(talks: Engine) -> None:
    answer = talks.ask("Which firms supply Gannet and are based in China?")
    assert (answer.status, answer.values) == ("unknown", ())


@pytest.mark.parametrize("question", ["Cindra?", "Tell me something about Cindra.", "Anything on Cindra?"])
def test_what_is_known_of_somebody_in_few_words(firms: Engine, question: str) -> None:
    assert firms.ask(question).interpretation == "what is known of Cindra"


@pytest.mark.parametrize(
    "question", ["How heavily does Arbor rely on Brightfab?", "To what extent does Arbor depend on Brightfab?"]
)
def test_how_far_one_relies_on_another_is_no_amount_of_goods(firms: Engine, question: str) -> None:
    assert firms.ask(question).interpretation == "how far Arbor depends on Brightfab"
