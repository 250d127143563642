"""Short turns: whose place a new name takes, and what is asked of two whom the last answer joined."""

from __future__ import annotations

from typing import Any

import pytest

from graph.store.oxigraph import OxigraphStore
from qa.answer import Answer
from qa.engine import Engine
from tests.graph.samples import TYPES, article, exactly, metric, relation, year
from tests.qa.values import short

TYPES.update({"Opal": "Chip", "Garnet": "Chip", "Mia Sand": "Person", "Lisbon": "Place", "Porto": "Place"})


def money(number: int) -> Any:
    """“$5 billion” as an amount."""
    return exactly(f"{number}000000000", "USD", text=f"${number} billion")


def part(number: int) -> Any:
    """“20%” as an amount."""
    return exactly(str(number), "percent", text=f"{number}%")


@pytest.fixture(scope="module")
def engine() -> Engine:
    """Who holds, buys from and supplies Labco, with what was paid."""
    store = OxigraphStore()
    store.put(
        article(
            "Labco's money",
            (
                "Fernbank put $8 billion into Labco and $2 billion into Padco.",
                relation("Fernbank", "investsIn", "Labco"),
                relation("Fernbank", "investsIn", "Padco"),
                metric("Fernbank", "investment", money(8), scope="Labco"),
                metric("Fernbank", "investment", money(2), scope="Padco"),
            ),
            (
                "Mossbank owns 20% of Padco and 30% of Gridco.",
                relation("Mossbank", "investsIn", "Padco"),
                metric("Mossbank", "investment", part(20), basis="share", scope="Padco", of="shares"),
                metric("Mossbank", "investment", part(30), basis="share", scope="Gridco", of="shares"),
            ),
            (
                "Gridco bought Mapco for $5 billion in 2024.",
                relation("Gridco", "acquires", "Mapco", period=year(2024)),
                metric("Gridco", "investment", money(5), scope="Mapco", period=year(2024)),
            ),
            (
                "Labco drew 40% of its 2025 sales from Gridco and 15% from Padco.",
                metric("Labco", "revenue", part(40), basis="share", scope="Gridco", of="revenue", period=year(2025)),
                metric("Labco", "revenue", part(15), basis="share", scope="Padco", of="revenue", period=year(2025)),
            ),
            (
                "Labco and Padco supply Gridco, and Fernbank is based in Lisbon.",
                relation("Labco", "supplies", "Gridco"),
                relation("Padco", "supplies", "Gridco"),
                relation("Fernbank", "locatedIn", "Lisbon"),
            ),
            (
                "The Opal, from Labco, costs $5 billion; volume buyers pay $2 billion.",
                relation("Labco", "develops", "Opal"),
                metric("Opal", "price", money(5)),
                metric("Opal", "price", money(2), scope="volume buyers"),
            ),
            (
                "Labco relies on Padco, and Mia Sand runs Fernbank with 90 people.",
                relation("Labco", "dependsOn", "Padco"),
                relation("Mia Sand", "leads", "Fernbank", qualifiers=(("role", "chief executive"),)),
                metric("Fernbank", "headcount", exactly("90", "count", text="90")),
            ),
        )
    )
    return Engine(store)


def talk(engine: Engine, *turns: str) -> Answer:
    """The answer to the last of some turns."""
    last: Answer | None = None
    for turn in turns:
        last = engine.ask(turn, after=last)
    assert last is not None
    return last


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (("How much did Fernbank invest in Labco?", "And in Padco?"), ["$2 billion"]),
        (("What part of Labco's sales in 2025 came from Gridco?", "And from Padco?"), ["15%"]),
        (("What stake does Mossbank hold in Padco?", "And in Gridco?"), ["30%"]),
        (("How much did Mossbank invest in Labco?", "And Fernbank in Padco?"), ["$2 billion"]),
        (("Does Labco supply Gridco?", "Does Padco?"), [True]),
        (("What is the list price of the Opal?", "And what do volume buyers pay?"), ["$2 billion"]),
    ],
)
def test_a_new_name_takes_the_place_that_its_preposition_says(
    engine: Engine, turns: tuple[str, ...], expected: list[Any]
) -> None:
    answer = talk(engine, *turns)
    assert (answer.status, short(answer)) == ("answered", expected)


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (("Does Labco supply Gridco?", "Who else?"), ["Padco"]),
        (("Who supplies Gridco?", "Who else supplies it?"), []),
        (("What does Labco offer?", "Who else offers it?"), []),
        (("Who acquired Mapco?", "For how much?"), ["$5 billion"]),
        (("Who acquired Mapco?", "When was that?"), ["2024"]),
        (("Who owns Padco?", "How big a stake?"), ["20%"]),
        (("Does Labco depend on Padco?", "And the other way round?"), []),
        (("Who leads Fernbank?", "How many people work there?"), ["90"]),
        (("Who leads Fernbank?", "Where are they based?"), ["Lisbon"]),
        (("Which of Padco's owners also own Labco?",), ["Fernbank"]),
        (("Who owns Padco?", "Which of them also own a part of Labco?"), ["Fernbank"]),
    ],
)
def test_what_is_asked_of_those_whom_an_answer_joined(
    engine: Engine, turns: tuple[str, ...], expected: list[Any]
) -> None:
    assert short(talk(engine, *turns)) == expected


def test_who_else_has_no_answer_where_all_were_named(engine: Engine) -> None:
    answer = talk(engine, "Who supplies Gridco?", "Anyone else?")
    assert (answer.status, answer.values) == ("unknown", ())


def test_a_part_from_somebody_is_not_somebody_elses_amount(engine: Engine) -> None:
    answer = talk(engine, "What was Labco's revenue in 2025?", "And from Fernbank?")
    assert (answer.status, answer.values) == ("unknown", ())
    assert answer.interpretation == "revenue of Labco with Fernbank in 2025"


def test_a_name_that_fits_nowhere_does_not_repeat_the_answer(engine: Engine) -> None:
    answer = talk(engine, "Who leads Fernbank?", "And Garnet?")
    assert (answer.status, answer.values) == ("unknown", ())
