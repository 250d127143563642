"""Yes or no of goods: where they are made, and whether they have come to somebody."""

from __future__ import annotations

from typing import Any

import pytest

from graph.store.oxigraph import OxigraphStore
from qa.engine import Engine
from qa.soil import on_the_map
from tests.graph.samples import TYPES, article, exactly, metric, relation
from tests.qa.values import short

TYPES.update({"QX90": "Chip", "RZ41": "Chip", "Japan": "Place", "Portugal": "Place", "Dunmoor Fab": "Facility"})


@pytest.fixture(scope="module")
def engine() -> Engine:
    def sold(item: str, **fields: Any) -> Any:
        return relation("Velmora", "supplies", "Osprel", qualifiers=(("item", item),), **fields)

    store = OxigraphStore()
    store.put(
        article(
            "What is made where, and for whom",
            ("Tarnix makes the QX90 in Japan.", relation("Tarnix", "manufactures", "QX90")),
            ("Velmora designed the QX90 and sells it to Portugal.", relation("Velmora", "develops", "QX90")),
            ("The Dunmoor Fab makes the RZ41.", relation("Dunmoor Fab", "manufactures", "RZ41")),
            ("The Dunmoor Fab is in Portugal.", relation("Dunmoor Fab", "locatedIn", "Portugal")),
            ("Osprel is in Japan.", relation("Osprel", "locatedIn", "Japan")),
            ("Velmora sold the QX90 to Osprel.", sold("QX90")),
            ("Not one RZ41 has reached Osprel from Velmora.", sold("RZ41", polarity=False)),
        )
    )
    return Engine(store)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Is the QX90 made in Japan?", [True]),
        ("Has a QX90 been made on Japanese soil?", [True]),
        ("Was the RZ41 made in Portugal?", [True]),
        ("Have any QX90s been delivered to Osprel?", [True]),
        ("Have any RZ41s been delivered to Osprel yet?", [False]),
        ("Are RZ41s arriving at Osprel?", [False]),
    ],
)
def test_goods_are_made_somewhere_and_come_to_somebody(engine: Engine, question: str, expected: list[bool]) -> None:
    answer = engine.ask(question)
    assert (answer.status, short(answer)) == ("answered", expected)


@pytest.mark.parametrize("question", ["Is the QX90 made in Portugal?", "Has a RZ41 been made on Japanese soil?"])
def test_a_place_that_only_stands_near_is_not_where_it_is_made(engine: Engine, question: str) -> None:
    assert engine.ask(question).status == "unknown"


def test_ground_is_a_country_only_with_its_adjective() -> None:
    assert on_the_map("Are they within Dutch borders?") == "Are they in Netherlands?"
    assert on_the_map("Is X on Solid ground?") == "Is X on Solid ground?"


def test_how_big_may_name_its_unit() -> None:
    store = OxigraphStore()
    shares = {"Velmora": "62", "Osprel": "17"}
    store.put(
        article(
            "Shares of a market",
            *(
                (f"{firm} has {n}% of it.", metric(firm, "marketShare", exactly(n, "percent", text=f"{n}%")))
                for firm, n in shares.items()
            ),
        )
    )
    talk = Engine(store)
    first = talk.ask("Who has the bigger market share: Velmora or Osprel?")
    assert "62%" in short(talk.ask("How big, in per cent?", after=first))
