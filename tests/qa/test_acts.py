"""Relations asked for by the noun of an act or a post, by idioms, and by head-lines without a verb."""

from __future__ import annotations

from typing import Any

import pytest

from graph.store.oxigraph import OxigraphStore
from qa.engine import Engine
from qa.fronted import unfronted
from tests.graph.samples import TYPES, article, exactly, metric, relation
from tests.qa.values import short

TYPES.update(
    {
        **dict.fromkeys(("Lumora", "Quillon", "Verdane", "Ostrel", "Pellaw", "Nimbrook"), "Company"),
        "Lumora L7": "Chip",
        "Mira Dahl": "Person",
        "Otto Brandt": "Person",
        "Norway": "Place",
        "Sund Works": "Facility",
    }
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    store = OxigraphStore()
    store.put(
        article(
            "Lumora and its kin",
            ("Lumora took over Quillon.", relation("Lumora", "acquires", "Quillon")),
            (
                "Lumora's takeover of Pellaw was called off.",
                relation("Lumora", "acquires", "Pellaw", polarity=False),
            ),
            ("Lumora and Verdane formed a joint venture.", relation("Lumora", "partnersWith", "Verdane")),
            ("Lumora competes with Ostrel.", relation("Lumora", "competesWith", "Ostrel")),
            ("Nimbrook put money into Lumora.", relation("Nimbrook", "investsIn", "Lumora")),
            ("Pellaw is a subsidiary of Nimbrook.", relation("Pellaw", "subsidiaryOf", "Nimbrook")),
            ("Norway bans the Lumora L7.", relation("Norway", "restricts", "Lumora L7")),
            (
                "Mira Dahl is chief executive of Lumora, Otto Brandt no longer of Ostrel.",
                relation("Mira Dahl", "leads", "Lumora", qualifiers=(("role", "chief executive"),)),
                relation("Otto Brandt", "leads", "Ostrel", polarity=False),
            ),
            (
                "Lumora has its seat in Norway, where Sund Works is too.",
                relation("Lumora", "locatedIn", "Norway"),
                relation("Sund Works", "locatedIn", "Norway"),
            ),
            (
                "Lumora's takeovers cost $2 billion.",
                metric("Lumora", "investment", exactly("2000000000", "USD", text="$2 billion"), scope="takeovers"),
            ),
        )
    )
    return Engine(store)


ANSWERED: list[tuple[str, list[Any]]] = [
    ("Has Lumora completed its buyout of Quillon?", [True]),
    ("Did Lumora's offer for Quillon go through?", [True]),
    ("Was Quillon's absorption by Lumora completed?", [True]),
    ("Did Pellaw turn down Lumora's bid?", [True]),
    ("Has Lumora walked away from the purchase of Pellaw?", [True]),
    ("Who was the target of Lumora's takeover bid?", ["Quillon"]),
    ("Who made a bid for Quillon?", ["Lumora"]),
    ("Lumora's acquisitions", ["Quillon"]),
    ("Into whose hands did Quillon fall?", ["Lumora"]),
    ("Do Lumora and Verdane have a joint venture?", [True]),
    ("Lumora Verdane collaboration", [True]),
    ("Which alliances has Lumora forged?", ["Verdane"]),
    ("Who has thrown in its lot with Lumora?", ["Verdane"]),
    ("In tandem with whom is Lumora working?", ["Verdane"]),
    ("Whose turf is Lumora muscling in on?", ["Ostrel"]),
    ("Who is snapping at Lumora's heels?", ["Ostrel"]),
    ("Are Lumora and Ostrel rivals?", [True]),
    ("Is Lumora a threat to Ostrel's business?", [True]),
    ("Does Lumora count Ostrel among its rivals?", [True]),
    ("Whose money is in Lumora?", ["Nimbrook"]),
    ("Which funds are on Lumora's shareholder register?", ["Nimbrook"]),
    ("Did Lumora get its cheque from Nimbrook?", [True]),
    ("Where has Nimbrook put its money?", ["Lumora"]),
    ("Nimbrook subsidiary Pellaw?", [True]),
    ("Whose stable is Pellaw in?", ["Nimbrook"]),
    ("Of whom is Pellaw a subsidiary?", ["Nimbrook"]),
    ("Which firms have Nimbrook as their parent?", ["Pellaw"]),
    ("Does Nimbrook wholly own Pellaw?", [True]),
    ("Is the Lumora L7 subject to Norway's curbs?", [True]),
    ("Who has been hit by Norway's curbs?", ["Lumora L7"]),
    ("Against which chips has Norway imposed a ban?", ["Lumora L7"]),
    ("Mira Dahl CEO Lumora?", [True]),
    ("Lumora chief executive", ["Mira Dahl"]),
    ("Where does Mira Dahl call the shots?", ["Lumora"]),
    ("Of which company is Mira Dahl chief executive?", ["Lumora"]),
    ("Which company's top job has Mira Dahl landed?", ["Lumora"]),
    ("Has Ostrel parted company with Otto Brandt?", [True]),
    ("Is Sund Works in Norway?", [True]),
    ("Has Lumora set up shop in Norway?", [True]),
    ("Whereabouts is Sund Works?", ["Norway"]),
    ("What is there in Norway by way of plants?", ["Sund Works"]),
    ("Lumora HQ in Norway?", [True]),
    ("Is Lumora from Norway?", [True]),
    ("Is Norway Lumora's base?", [True]),
    ("Companies in Norway", ["Lumora"]),
    ("What plants has Norway got?", ["Sund Works"]),
    ("What is subject to Norway's export controls?", ["Lumora L7"]),
    ("Has Lumora got an agreement with Verdane?", [True]),
    ("Did Lumora and Verdane strike a deal?", [True]),
    ("Which group is Pellaw part of?", ["Nimbrook"]),
    ("Whose customers is Lumora going after?", ["Ostrel"]),
    ("Was Norway chosen as the location for Sund Works?", [True]),
    ("Lumora takeovers", ["Quillon"]),
    ("Who is behind the Quillon takeover?", ["Lumora"]),
]


@pytest.mark.parametrize(("question", "values"), ANSWERED, ids=[q for q, _ in ANSWERED])
def test_values(engine: Engine, question: str, values: list[Any]) -> None:
    answer = engine.ask(question)
    assert short(answer) == values, answer.answer


REFUSED = [
    "Did Quillon turn down Lumora's bid?",
    "Has Norway lifted its ban on the L7?",
    "Did Lumora sack Mira Dahl?",
    "Has Nimbrook spun off its arm Pellaw?",
    "Has Lumora's takeover of Quillon been praised?",
    "Did Quillon take over Lumora?",
]


@pytest.mark.parametrize("question", REFUSED)
def test_an_end_that_no_claim_tells_is_not_affirmed(engine: Engine, question: str) -> None:
    assert short(engine.ask(question)) == []


def test_the_noun_of_whose_goes_back_to_its_idiom_only() -> None:
    assert unfronted("Whose turf is Lumora muscling in on?") == "who is Lumora muscling in on turf?"
    assert unfronted("Into whose hands did Quillon fall?") == "who did Quillon fall Into hands?"
    assert unfronted("Whose chips does Lumora buy?") == "Whose chips does Lumora buy?"


def test_a_source_is_asked_for_news_of_an_act(engine: Engine) -> None:
    answer = engine.ask("Who broke the news of Lumora's pact with Verdane?")
    assert answer.interpretation == "who says so about Lumora, Verdane"
