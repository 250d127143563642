"""Follow-ups that take up a part, a change, a source, a role, or amounts given one after another, on a small graph."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graph.model import Period
from graph.store.oxigraph import OxigraphStore
from qa.answer import Answer, Speaker
from qa.engine import Engine
from tests.graph.samples import TYPES, article, exactly, metric, relation, year
from tests.qa.values import short

TYPES["Ida Holt"] = "Person"


def money(number: int, *, unit: str = "USD") -> Any:
    """“$5 billion” as an amount."""
    return exactly(f"{number}000000000", unit, text=f"{'$' if unit == 'USD' else '€'}{number} billion")


def part(number: int) -> Any:
    """“20%” as an amount."""
    return exactly(str(number), "percent", text=f"{number}%")


def quarter(number: int, number_of: int) -> Period:
    """A quarter of a year."""
    start = date(number, 3 * number_of - 2, 1)
    ends = {1: (3, 31), 2: (6, 30), 3: (9, 30), 4: (12, 31)}
    return Period(start, date(number, *ends[number_of]), f"{number}-Q{number_of}")


@pytest.fixture(scope="module")
def engine() -> Engine:
    """Two rivals' figures by part and period, who put money into one of them, and a purchase that is disputed."""
    store = OxigraphStore()
    store.put(
        article(
            "Larkspur's year",
            (
                "Larkspur took in $10 billion in 2025: $3 billion from toys, $6 billion from its server business.",
                metric("Larkspur", "revenue", money(10), period=year(2025)),
                metric("Larkspur", "revenue", money(3), period=year(2025), scope="toys"),
                metric("Larkspur", "revenue", money(6), period=year(2025), scope="server business"),
            ),
            (
                "The server business made 60% of Larkspur's sales in 2025, which were 25% up on $8 billion in 2024.",
                metric("Larkspur", "revenue", part(60), basis="share", period=year(2025), scope="server business"),
                metric("Larkspur", "revenue", part(25), basis="change", basis_period="yoy", period=year(2025)),
                metric("Larkspur", "revenue", money(8), period=year(2024)),
            ),
            (
                "Analysts had expected $9 billion for 2025.",
                metric(
                    "Larkspur", "revenue", money(9), period=year(2025), modality="projected", attributed_to="analysts"
                ),
            ),
            (
                "Larkspur foresees $14 billion for 2026.",
                metric("Larkspur", "revenue", money(14), period=year(2026), modality="projected"),
            ),
            (
                "Teasel took in $7 billion in 2025, the Ledger reported.",
                metric("Teasel", "revenue", money(7), period=year(2025), attributed_to="Ledger", modality="reported"),
            ),
            (
                "In the third quarter of 2025 Larkspur earned $2 billion, after $1 billion in the second.",
                metric("Larkspur", "netProfit", money(2), period=quarter(2025, 3)),
                metric("Larkspur", "netProfit", money(1), period=quarter(2025, 2)),
            ),
            (
                "Yarrow put $5 billion into Larkspur and Bracken $4 billion.",
                relation("Yarrow", "investsIn", "Larkspur"),
                relation("Bracken", "investsIn", "Larkspur"),
                metric("Yarrow", "investment", money(5), scope="Larkspur"),
                metric("Bracken", "investment", money(4), scope="Larkspur"),
            ),
            (
                "Teasel, led by Ida Holt, is buying Sedgeco, the Ledger reported; Sedgeco says that is untrue.",
                relation("Teasel", "acquires", "Sedgeco", modality="reported", attributed_to="Ledger"),
                relation("Teasel", "acquires", "Sedgeco", polarity=False, attributed_to="Sedgeco"),
                relation("Ida Holt", "leads", "Teasel", qualifiers=(("role", "chief executive"),)),
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


REVENUE = "What was Larkspur's revenue in 2025?"


@pytest.mark.parametrize(
    ("turns", "edit", "expected"),
    [
        ((REVENUE, "And from toys alone?"), "part", ["$3 billion"]),
        ((REVENUE, "The server part?"), "part", ["$6 billion"]),
        ((REVENUE, "How much of that came from toys?"), "part", ["$3 billion"]),
        ((REVENUE, "Just the server business", "And toys?"), "part", ["$3 billion"]),
        ((REVENUE, "Only servers", "What per cent is that?"), "part", ["60%"]),
        ((REVENUE, "And toys?", "In all?"), "part", ["$10 billion"]),
        ((REVENUE, "Up by how much?"), "restatement", ["25%"]),
        ((REVENUE, "Growth?"), "restatement", ["25%"]),
        ((REVENUE, "What had analysts expected?"), "restatement", ["$9 billion"]),
        ((REVENUE, "What does it expect for 2026?"), "restatement", ["$14 billion"]),
        ((REVENUE, "What was Teasel's?"), "substitution", ["$7 billion"]),
        (("Larkspur's net profit in the third quarter of 2025?", "And in the second?"), "substitution", ["$1 billion"]),
        (("How much did Larkspur sell in 2025?", "How much did Teasel sell in 2025?", "Which is larger?"), "together",
         ["Larkspur", "$10 billion", "$7 billion"]),
        (("Who invests in Larkspur?", "How much did each put in?"), "value", ["$4 billion", "$5 billion"]),
        (("Who invests in Larkspur?", "Who paid the most?"), "order", ["Yarrow", "$5 billion", "$4 billion"]),
        (("Who invests in Larkspur?", "What did the second one pay?"), "value", ["$5 billion"]),
        ((REVENUE, "And Teasel's?", "Who reported that?"), "recall", ["Ledger"]),
        (("Has Teasel bought Sedgeco?", "Who denies it?"), "recall", ["Sedgeco"]),
        (("Has Teasel bought Sedgeco?", "Is that confirmed?"), "recall", [False]),
        (("Who invests in Larkspur?", "And apart from Yarrow?"), "exception", ["Bracken"]),
        ((REVENUE, "And from toys?", "Which company is that?"), "pointing", ["Larkspur"]),
        (("Who is buying Sedgeco?", "Who leads the buyer?"), "reference", ["Ida Holt"]),
        (("What was Teasel's revenue in 2025?", "Who is the chief executive?"), "completion", ["Ida Holt"]),
    ],
)  # fmt: skip
def test_a_turn_edits_one_part_of_the_last_question(
    engine: Engine, turns: tuple[str, ...], edit: str, expected: list[Any]
) -> None:
    answer = talk(engine, *turns)
    assert (answer.status in ("answered", "partial"), answer.answer, answer.edit) == (True, answer.answer, edit)
    assert short(answer) == expected


@pytest.mark.parametrize(
    ("turns", "lead"),
    [
        ((REVENUE, "And Teasel's?", "By how much?"), "The difference is $3 billion"),
        ((REVENUE, "And Teasel's?", "And the two together?"), "Together $17 billion"),
        ((REVENUE, "And from toys?", "And the server part?", "Together?"), "Together $9 billion"),
        ((REVENUE, "Higher than the year before?"), "Yes"),
        ((REVENUE, "And in 2024?", "So is it up or down?"), None),
        (("Who invests in Larkspur?", "How much did each put in?", "What do they add up to?"), "Together $9 billion"),
    ],
)
def test_amounts_given_one_after_another_are_taken_together(
    engine: Engine, turns: tuple[str, ...], lead: str | None
) -> None:
    answer = talk(engine, *turns)
    assert answer.status == "answered"
    assert lead is None or answer.answer.startswith(lead)


@pytest.mark.parametrize(
    ("turns", "reason"),
    [
        ((REVENUE, "And from boats?"), "“boats”"),
        ((REVENUE, "And from toys?", "And Teasel's?"), "no revenue of Teasel for “toys”"),
        ((REVENUE, "Who leads the buyer?"), "“the buyer”"),
        ((REVENUE, "Who made more?"), "“Who made more”"),
        ((REVENUE, "What was its mood in 2025?", "And Teasel's?"), "was not understood"),
        ((REVENUE, "What was its mood in 2025?", "And in 2024?"), "was not understood"),
        (("Who invests in Larkspur?", "What was the Chinese one's revenue?"), "“the Chinese one”"),
        ((REVENUE, "How many people work at that site?"), "“that site”"),
    ],
)
def test_what_cannot_be_bound_is_refused(engine: Engine, turns: tuple[str, ...], reason: str) -> None:
    answer = talk(engine, *turns)
    assert answer.status == "unknown"
    assert reason in answer.answer


def test_a_source_that_is_nobody_is_named_as_the_text_has_it(engine: Engine) -> None:
    answer = talk(engine, REVENUE, "And Teasel's?", "Whose figure is that?")
    assert answer.values == (Speaker("Ledger"),)
