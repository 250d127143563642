"""A statement before a question, on invented firms: held against the graph, then read as what the question leans on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from graph.model import Period, Quantity
from graph.store.oxigraph import OxigraphStore
from qa.answer import Amount, Answer, Truth
from qa.engine import Engine
from qa.premise import Premise, completed, premise, whether
from tests.graph.samples import article, exactly, metric, relation

_Q3 = Period(date(2025, 7, 1), date(2025, 9, 30), "third quarter of 2025")


def _usd(billions: str) -> Quantity:
    return exactly(str(int(Decimal(billions) * 10**9)), "USD", text=f"${billions} billion")


@pytest.fixture(scope="module")
def engine() -> Engine:
    store = OxigraphStore()
    store.put(
        article(
            "Who bought whom",
            (
                "Arbor bought Delvex for $2 billion.",
                relation("Arbor", "acquires", "Delvex"),
                metric("Arbor", "investment", _usd("2"), scope="Delvex"),
            ),
            (
                "Brightfab has not bought Cindra, it says.",
                relation(
                    "Brightfab", "acquires", "Cindra", polarity=False, attributed_to="Brightfab", origins=("Brightfab",)
                ),
            ),
            ("Ines Roth runs Delvex.", relation("Ines Roth", "leads", "Delvex")),
            (
                "Arbor holds 7% of Quillon.",
                relation("Arbor", "investsIn", "Quillon"),
                metric("Arbor", "investment", exactly("7", "percent", text="7%"), basis="share", scope="Quillon"),
            ),
            ("Norvik owns part of Quillon too.", relation("Norvik", "investsIn", "Quillon")),
            (
                "Arbor took in $8 billion in the third quarter and kept $1 billion.",
                metric("Arbor", "revenue", _usd("8"), period=_Q3),
                metric("Arbor", "netProfit", _usd("1"), period=_Q3),
            ),
            (
                "Brightfab makes the Kestrel for Arbor, and Cindra ships it memory.",
                relation("Brightfab", "manufactures", "Kestrel"),
                relation("Brightfab", "supplies", "Arbor"),
                relation("Cindra", "supplies", "Arbor"),
            ),
        )
    )
    return Engine(store)


def _short(answer: Answer) -> list[Any]:
    out: list[Any] = []
    for value in answer.values:
        match value:
            case Truth():
                out.append(value.value)
            case Amount():
                out.append(value.quantity.text)
            case _:
                out.append(value.label)  # type: ignore[union-attr]
    return out


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Arbor bought Delvex. For how much?", ["$2 billion"]),
        ("I read that Arbor bought Delvex. What did it pay?", ["$2 billion"]),
        ("Arbor bought Delvex last year. Who runs it?", ["Ines Roth"]),
        ("Arbor bought a laser company. Who runs that laser company?", ["Ines Roth"]),
        ("Arbor took a stake in Quillon. How big is it?", ["7%"]),
        ("Arbor holds shares in Quillon. What stake does it have?", ["7%"]),
        ("Arbor holds 7% of Quillon. Who owns the rest?", ["Norvik"]),
        ("Arbor had sales of $8 billion in the third quarter of 2025. What was its net profit?", ["$1 billion"]),
        ("Two firms supply Arbor. Which ones?", ["Brightfab", "Cindra"]),
        ("Somebody bought Delvex. Who?", ["Arbor"]),
        ("I have read that Brightfab bought Cindra. Is that so?", [False]),
        ("A colleague says Arbor bought Delvex. Is that true?", [True]),
        ("Norvik says that Brightfab bought Cindra. Does Brightfab say the same?", [False]),
        ("The market is getting tight. Who runs Delvex?", ["Ines Roth"]),
        ("Brightfab makes the Kestrel. Does it supply Arbor?", [True]),
    ],
)
def test_a_question_leans_on_the_statement_before_it(engine: Engine, question: str, expected: list[Any]) -> None:
    answer = engine.ask(question)
    assert (answer.status, _short(answer)) == ("answered", expected)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Brightfab bought Cindra. For how much?", "the graph says that it is not so that Brightfab bought Cindra"),
        ("Arbor bought Norvik. Who runs it?", "the graph does not say that Arbor bought Norvik"),
        ("Arbor bought Zephyria. For how much?", "the graph does not say that Arbor bought Zephyria"),
        ("Arbor bought Delvex. What is its revenue?", "put both into one question"),
        ("Arbor cut its capex. By how much?", "put both into one question"),
        ("Suppose Brightfab stopped delivering. Who could Arbor turn to instead?", "put both into one question"),
    ],
)
def test_what_the_graph_lacks_or_denies_is_no_ground_to_answer_from(engine: Engine, question: str, reason: str) -> None:
    answer = engine.ask(question)
    assert (answer.status, answer.values) == ("unknown", ())
    assert reason in answer.answer


@pytest.mark.parametrize(
    ("question", "note"),
    [
        (
            "Arbor had sales of $9 billion in the third quarter of 2025. What was its net profit?",
            "for what is stated first the graph has $8 billion",
        ),
        ("Arbor is a careful firm. What was its net profit in Q3 2025?", "what is stated first was not checked"),
    ],
)
def test_an_answer_says_how_the_statement_stands(engine: Engine, question: str, note: str) -> None:
    answer = engine.ask(question)
    assert _short(answer) == ["$1 billion"]
    assert note in answer.caveats


@pytest.mark.parametrize(
    "text",
    [
        "What was the revenue of Arbor Precision Industry Co. Ltd in 2025?",
        "Who supplies Arbor? And who supplies Delvex?",
        "Arbor. Who runs it?",
        "Imagine that Arbor bought Delvex. Who would run it?",
    ],
)
def test_no_statement_stands_before(text: str) -> None:
    assert premise(text) is None


def test_a_remark_in_a_dialogue_is_passed_over(engine: Engine) -> None:
    before = engine.ask("What was Arbor's revenue in Q3 2025?")
    assert _short(engine.ask("That is quite a lot. And its net profit?", after=before)) == ["$1 billion"]


def test_what_is_asked_of_a_statement() -> None:
    assert whether(Premise("Arbor bought Delvex", "Did that deal go through?")) == "Arbor bought Delvex?"
    assert whether(Premise("Arbor bought Delvex", "Who runs it?")) is None
    assert completed(Premise("Arbor bought Delvex", "Who runs it?")) is None
    assert completed(Premise("Arbor won an order", "How large is it?")) == "How large is Arbor's order?"
