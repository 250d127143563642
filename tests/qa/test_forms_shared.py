"""Those whom two have in common, the countries of places, and how fast a firm grows."""

from __future__ import annotations

from typing import Any

import pytest

from graph.store.oxigraph import OxigraphStore
from qa.engine import Engine
from tests.graph.samples import TYPES, article, exactly, metric, relation, year
from tests.qa.values import short

TYPES.update({"Texas": "Place", "London": "Place", "Portugal": "Place", "Dunmoor": "Place"})


@pytest.fixture(scope="module")
def engine() -> Engine:
    store = OxigraphStore()
    store.put(
        article(
            "Who has what in common",
            (
                "Cindra supplies Velmora and Osprel, Tarnix only Velmora.",
                relation("Cindra", "supplies", "Velmora"),
                relation("Cindra", "supplies", "Osprel"),
                relation("Tarnix", "supplies", "Velmora"),
            ),
            (
                "Velmora has sites in London, in Texas and at Dunmoor.",
                *(relation("Velmora", "locatedIn", place) for place in ("London", "Texas", "Dunmoor")),
            ),
            ("Dunmoor is in Portugal.", relation("Dunmoor", "locatedIn", "Portugal")),
            (
                "Velmora's sales rose by 12% in 2025.",
                metric(
                    "Velmora",
                    "revenue",
                    exactly("12", "percent", text="12%"),
                    basis="change",
                    basis_period="yoy",
                    period=year(2025),
                ),
            ),
            (
                "Osprel will invest $5 billion.",
                metric("Osprel", "investment", exactly("5000000000", "USD", text="$5 billion")),
            ),
        )
    )
    return Engine(store)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Which suppliers do Velmora and Osprel share?", ["Cindra"]),
        ("Which suppliers does Velmora share with Osprel?", ["Cindra"]),
        ("Which suppliers do Velmora and Osprel have in common?", ["Cindra"]),
        ("In which countries does Velmora have sites?", ["Portugal", "United Kingdom", "United States"]),
        ("How fast is Velmora growing?", ["12%"]),
    ],
)
def test_answers(engine: Engine, question: str, expected: list[Any]) -> None:
    answer = engine.ask(question)
    assert (answer.status, sorted(short(answer))) == ("answered", expected)


def test_what_a_seller_charges_is_no_outlay_of_his(engine: Engine) -> None:
    assert engine.ask("What does Osprel charge for a wafer?").status == "unknown"
