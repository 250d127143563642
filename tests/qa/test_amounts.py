"""How people ask for amounts of staff, goods, users, parameters, speed and cost, and what they get."""

from __future__ import annotations

from typing import Any

import pytest

from graph.store.oxigraph import OxigraphStore
from qa.amounts import plainer
from qa.answer import Amount
from qa.engine import Engine
from tests.graph.samples import TYPES, article, exactly, metric, relation, year
from tests.qa.values import short

TYPES.update({"Kestrel": "Chip", "Merlin": "Chip", "Sparrow": "Model", "Wren": "Model", "Gloma Fab": "Facility"})
TYPES.update({"Nestor": "Product", "Jutland": "Place", "Gloma": "Company", "Hexa": "Company"})

COUNTS = (("Arbor", 4000), ("Brightfab", 9000), ("Gloma", 700), ("Hexa", 60))


@pytest.fixture(scope="module")
def engine() -> Engine:
    """A graph in which four firms have staff, stocks and orders, chips are fast, models large, and an app is used."""
    store = OxigraphStore()
    store.put(
        article(
            "Numbers of all kinds",
            *(
                (
                    f"{who} has {count} employees, stocks of ${count} million and orders of ${count}0 million.",
                    metric(who, "headcount", exactly(str(count), "count"), period=year(2025)),
                    metric(who, "inventory", exactly(f"{count}000000", "USD"), period=year(2025)),
                    metric(who, "orders", exactly(f"{count}0000000", "USD"), period=year(2025)),
                )
                for who, count in COUNTS
            ),
            (
                "The Kestrel does 8 petaflops, the Merlin 5; they cost $300 and $400 to make.",
                metric("Kestrel", "performance", exactly("8", "petaflops")),
                metric("Merlin", "performance", exactly("5", "petaflops")),
                metric("Kestrel", "unitCost", exactly("300", "USD")),
                metric("Merlin", "unitCost", exactly("400", "USD")),
            ),
            (
                "Sparrow has 70 billion parameters, Wren 9 billion; Nestor has 3 million users.",
                metric("Sparrow", "parameters", exactly("70000000000", "count")),
                metric("Wren", "parameters", exactly("9000000000", "count")),
                metric("Nestor", "users", exactly("3000000", "count")),
            ),
            (
                "Arbor cut its workforce by 10% in 2025 and shipped 500,000 Kestrels to Jutland.",
                metric("Arbor", "headcount", exactly("-10", "percent"), basis="change", period=year(2025)),
                metric("Arbor", "shipments", exactly("500000", "count"), scope="Kestrel", period=year(2025)),
                relation("Gloma", "locatedIn", "Jutland"),
                relation("Gloma Fab", "locatedIn", "Jutland"),
            ),
        )
    )
    return Engine(store)


ASKED: list[tuple[str, str, list[Any]]] = [
    ("How fast is the Kestrel?", "performance of Kestrel", [8]),
    ("Is the Kestrel faster than the Merlin?", "compare of performance of Kestrel and Merlin", [True]),
    ("Which chip is the slowest?", "lowest performance", ["Merlin"]),
    ("How large is Sparrow?", "parameters of Sparrow", [70 * 10**9]),
    ("Which is the larger model, Sparrow or Wren?", "compare of parameters of Sparrow and Wren", ["Sparrow"]),
    ("How popular is Nestor?", "users of Nestor", [3 * 10**6]),
    ("Is the Kestrel cheaper to make than the Merlin?", "compare of unit cost of Kestrel and Merlin", [True]),
    ("Which chip is the costliest to build?", "highest unit cost", ["Merlin"]),
    ("What's the size of the team at Gloma?", "headcount of Gloma", [700]),
    ("Does Arbor employ more people than Brightfab?", "compare of headcount of Arbor and Brightfab", [False]),
    ("Whose order book is thicker, Arbor's or Brightfab's?", "compare of orders and contract value", ["Brightfab"]),
    ("largest workforce in the chip industry", "highest headcount", ["Brightfab"]),
    ("Who has the leanest stocks?", "lowest inventory", ["Hexa"]),
    ("By how much did Arbor cut its workforce in 2025?", "change in headcount of Arbor", [-10]),
    ("Did Arbor cut its workforce in 2025?", "whether headcount of Arbor is lower", [True]),
    ("Add Gloma's staff to that of Hexa.", "sum of headcount of Gloma", [760]),
    ("How many would be on the payroll if Gloma and Hexa merged?", "sum of headcount of Gloma", [760]),
    ("Is it known how many hands there are at Gloma?", "headcount of Gloma", [700]),
    ("Are Arbor's stocks larger than those of Gloma?", "compare of inventory of Arbor and Gloma", [True]),
    ("How many people log in to Nestor?", "users of Nestor", [3 * 10**6]),
    ("Number of Nestor users", "users of Nestor", [3 * 10**6]),
    ("How many workers are there on Gloma's books?", "headcount of Gloma", [700]),
    ("Gloma's staff compared with that of Hexa", "headcount of Gloma, Hexa", [700, 60]),
    ("How much faster is the Kestrel than the Merlin?", "difference of performance of Kestrel and Merlin", [3]),
    ("How many Kestrels did Arbor ship in 2025?", "shipments of Arbor with Kestrels in 2025", [500000]),
    ("How many chips were shipped by Arbor in 2025?", "shipments of Arbor in 2025", [500000]),
    ("Which firm is the largest employer?", "highest headcount", ["Brightfab"]),
    ("What are the unsold goods in Gloma's warehouses worth?", "inventory of Gloma", [700 * 10**6]),
]


@pytest.mark.parametrize(("question", "read", "first"), ASKED, ids=[q for q, _, _ in ASKED])
def test_amounts_are_asked_for_in_many_ways(engine: Engine, question: str, read: str, first: list[Any]) -> None:
    answer = engine.ask(question)
    assert answer.interpretation.startswith(read)
    values = [
        int(v.quantity.low or 0) if isinstance(v, Amount) else t
        for v, t in zip(answer.values, short(answer), strict=True)
    ]
    assert values[: len(first)] == first


NOT_KNOWN = [
    ("How many people did Gloma hire in 2025?", "change in headcount of Gloma"),
    ("By how much did Arbor's shipments to Jutland grow?", "change in shipments of Arbor with Jutland"),
    ("Has Hexa's order book doubled?", "whether orders and contract value of Hexa is higher"),
    ("Which firm's workforce grew the most?", "highest change in headcount"),
    ("How many jobs did Gloma axe in 2025?", "change in headcount of Gloma"),
    ("How many megawatts did Gloma Fab add in 2025?", "change in capacity of Gloma Fab"),
    ("Did Hexa add staff in 2025?", "whether headcount of Hexa is higher"),
    ("Is Nestor losing users?", "whether users of Nestor is lower"),
]


@pytest.mark.parametrize(("question", "read"), NOT_KNOWN)
def test_a_change_is_not_told_by_a_level(engine: Engine, question: str, read: str) -> None:
    answer = engine.ask(question)
    assert answer.interpretation.startswith(read)
    assert answer.status == "unknown"


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("How costly is the A1 to produce?", "what is the unit cost of the A1?"),
        ("Has the A1 become dearer to make?", "Has the unit cost of the A1 risen?"),
        ("How many billions of dollars did X raise?", "how many dollars did X raise?"),
        ("How much of a hoard does X have?", "how big a hoard does X have?"),
        ("How much of X's stock is old?", "How much of X's stock is old?"),
        ("Add the staff at X to those at Y.", "What is the sum of the staff of X and Y?"),
        ("How much smaller has X's staff become?", "by how much has X's staff fallen?"),
        ("How much cheaper is training with the A1?", "how much does the A1 save on training?"),
        ("Is it known who runs X?", "who runs X?"),
    ],
)
def test_amounts_in_plainer_words(said: str, plain: str) -> None:
    assert plainer(said) == plain
