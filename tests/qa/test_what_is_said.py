"""What a source says of somebody, what somebody makes itself, parts of a firm, and reasons that help whoever asked."""

from __future__ import annotations

from typing import Any

import pytest

from graph.model import TextValue
from graph.store.oxigraph import OxigraphStore
from qa.engine import Engine
from tests.graph.samples import TYPES, amount, article, exactly, metric, relation, year
from tests.qa.firms import firms_store
from tests.qa.test_kinds import plain
from tests.qa.values import short

TYPES.update({"Osprey chips": "Chip", "Rill": "Model", "Penna": "Product"})


@pytest.fixture(scope="module")
def firms() -> Engine:
    return Engine(firms_store())


@pytest.fixture(scope="module")
def osprey() -> Engine:
    half = exactly("50", "percent", text="half")
    staff = amount("300", None, "count", text="over 300")
    store = OxigraphStore()
    store.put(
        article(
            "Osprey goes its own way",
            ("Osprey is designing chips.", relation("Osprey", "develops", "Osprey chips")),
            (
                "Its model Rill is built into the Penna app.",
                relation("Osprey", "develops", "Rill"),
                relation("Penna", "uses", "Rill"),
            ),
            ("The AI chip division of Osprey has over 300 people.", metric("Osprey", "headcount", staff)),
            ("Heron Cloud is the cloud unit of Osprey.", relation("Heron Cloud", "subsidiaryOf", "Osprey")),
            (
                "Half of its capital spending of 2026 goes to semiconductors.",
                metric("Osprey", "capex", exactly("8000000000", "USD", text="$8 billion"), period=year(2026)),
                metric("Osprey", "capex", half, basis="share", scope="semiconductors", period=year(2026)),
            ),
            ("Brightfab supplies Osprey.", relation("Brightfab", "supplies", "Osprey")),
            (
                "Brightfab had its first profit in 2025, and sales of $4 billion.",
                metric("Brightfab", "netProfit", TextValue("first annual profit"), period=year(2025)),
                metric("Brightfab", "revenue", exactly("4000000000", "USD", text="$4 billion"), period=year(2025)),
            ),
            (
                "Brightfab's gross margin tops 40%, Osprey's 55%, said Ode Research.",
                metric("Brightfab", "grossMargin", amount("40", None, "percent", text="above 40%")),
                metric(
                    "Osprey",
                    "grossMargin",
                    amount("55", None, "percent", text="above 55%"),
                    attributed_to="Ode Research",
                    origins=("Ode Research",),
                ),
            ),
        )
    )
    return Engine(store)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Does Osprey make its own chips?", [True]),
        ("Is Osprey designing its own silicon?", [True]),
        ("Does Osprey have an AI model of its own?", [True]),
        ("Which companies are building in-house chips?", ["Osprey"]),
        ("Which apps is Rill integrated into?", ["Penna"]),
        ("Is Rill built into Penna?", [True]),
        ("Did Brightfab make a profit in 2025?", [True]),
        ("Did Brightfab make a loss in 2025?", [False]),
        ("How many people work in Osprey's AI chip division?", ["over 300"]),
        ("How many people work in the AI chip division of Osprey?", ["over 300"]),
        ("How much will Osprey spend on chips in 2026?", ["half"]),
        ("Which firm is Osprey's cloud unit?", ["Heron Cloud"]),
        ("What does Ode Research say about Osprey?", ["Osprey"]),
        ("What did Ode Research report?", ["Osprey"]),
    ],
)
def test_it_is_answered(osprey: Engine, question: str, expected: list[Any]) -> None:
    answer = osprey.ask(question)
    assert (answer.status, short(answer)) == ("answered", expected)


def test_a_part_is_asked_for_by_another_word_for_it(osprey: Engine) -> None:
    whole = osprey.ask("What is Osprey's capex in 2026?")
    assert short(osprey.ask("How much of it goes to chips?", after=whole)) == ["half"]


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Does Osprey make its own memory chips?", "no claim says so"),
        ("Does Osprey sell its own chips?", "no claim says so"),
        ("Does Brightfab make its own chips?", "no claim says so"),
        ("What is the revenue of Osprey's AI chip division?", "AI chip division is not in the graph"),
        ("Who runs Osprey's AI chip division?", "the graph does not say who or what “Osprey's AI chip division” is"),
        ("How much profit did Brightfab make in 2025?", "only this: Brightfab's net profit is called “first annual"),
        ("How many dollars will Osprey put into chips in 2026?", "no such investment"),
        ("What does Ode Research say about Brightfab?", "no claim about Brightfab that it attributes to Ode Research"),
        ("Who is Brightfab's largest customer?", "no figures that rank the customers of Brightfab; it names Osprey"),
        ("Why does Brightfab supply Osprey?", "the graph holds that Brightfab supplies Osprey, but not why"),
        ("When did Rill start testing?", "no claim about Rill tells when that was"),
        (
            "By how much does Osprey's margin exceed Brightfab's?",
            "is above 55%, according to Ode Research, and Brightfab",
        ),
    ],
)
def test_it_is_refused_with_a_reason(osprey: Engine, question: str, reason: str) -> None:
    answer = osprey.ask(question)
    assert (answer.status, plain(answer)) == ("unknown", [])
    assert reason in answer.answer


def test_what_a_source_says_is_all_that_it_says(firms: Engine) -> None:
    answer = firms.ask("What does the Harbour Post say about Arbor?")
    assert (answer.status, answer.interpretation) == ("answered", "what Harbour Post says about Arbor")
    assert "$13 billion" in answer.answer
