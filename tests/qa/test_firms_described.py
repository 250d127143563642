"""Firms called by what they make, where they are or whose they are; and what somebody did without another."""

from __future__ import annotations

from typing import Any

import pytest

from graph.store.oxigraph import OxigraphStore
from qa.engine import Engine
from tests.graph.samples import TYPES, article, exactly, metric, relation, year
from tests.qa.values import short

TYPES.update({"Lumipad": "Product", "iPhone": "Product", "Ada Brock": "Person", "Japan": "Place", "QX90": "Chip"})


FIRMS = ("Velmora", "Osprel", "Apple", "Kioxia", "Renesas", "Anthropic", "Oracle", "Google Cloud", "Rapidus")


def took(firm: str, billions: int) -> Any:
    amount = exactly(f"{billions}000000000", "USD", text=f"${billions} billion")
    return metric(firm, "revenue", amount, period=year(2025))


@pytest.fixture(scope="module")
def engine() -> Engine:
    store = OxigraphStore()
    store.put(
        article(
            "Whose firms are whose",
            ("Velmora developed the Lumipad.", relation("Velmora", "develops", "Lumipad")),
            ("Osprel makes the Lumipad.", relation("Osprel", "manufactures", "Lumipad")),
            ("Apple unveiled an iPhone made by Osprel.", relation("Osprel", "manufactures", "iPhone")),
            ("Kioxia is Japan's largest memory maker.", relation("Kioxia", "locatedIn", "Japan")),
            ("Renesas is in Japan, too.", relation("Renesas", "locatedIn", "Japan")),
            ("Rapidus is in Japan.", relation("Rapidus", "locatedIn", "Japan")),
            (
                "Ada Brock runs Anthropic and Oracle.",
                *(relation("Ada Brock", "leads", f) for f in ("Anthropic", "Oracle")),
            ),
            (
                "Google Cloud and Mandiant belong to Google.",
                relation("Google Cloud", "subsidiaryOf", "Google"),
                relation("Mandiant", "subsidiaryOf", "Google"),
            ),
            ("Arm supplies Apple.", relation("Arm", "supplies", "Apple")),
            ("Velmora developed the QX90 with Tarnix.", relation("Velmora", "develops", "QX90")),
            ("Tarnix developed the QX90.", relation("Tarnix", "develops", "QX90")),
            ("Osprel supplies Velmora.", relation("Osprel", "supplies", "Velmora")),
            ("They took in billions.", *(took(firm, n) for n, firm in enumerate(FIRMS, 1))),
        )
    )
    return Engine(store)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What was the revenue of the Lumipad maker in 2025?", ["$1 billion"]),
        ("What did the iPhone maker take in in 2025?", ["$3 billion"]),
        ("What was the revenue of Japan's biggest memory maker in 2025?", ["$4 billion"]),
        ("What was the revenue of the Japanese foundry in 2025?", ["$9 billion"]),
        ("What did Ada Brock's AI firm take in in 2025?", ["$6 billion"]),
        ("What did Google's cloud arm take in in 2025?", ["$8 billion"]),
        ("Did Velmora develop the QX90 without Tarnix?", [False]),
    ],
)
def test_a_firm_is_known_by_its_trade(engine: Engine, question: str, expected: list[Any]) -> None:
    answer = engine.ask(question)
    assert (answer.status, short(answer)) == ("answered", expected)


@pytest.mark.parametrize(
    "question",
    [
        "What did Ada Brock's firm take in in 2025?",
        "What was the revenue of Japan's biggest foundry in 2025?",
        "Did Velmora develop the QX90 without Osprel?",
    ],
)
def test_where_several_or_none_may_be_meant_nobody_is(engine: Engine, question: str) -> None:
    assert engine.ask(question).status == "unknown"


def test_arm_in_small_letters_is_a_firm_only_where_nothing_else_is_written_with_a_capital(engine: Engine) -> None:
    assert short(engine.ask("who does arm supply?")) == ["Apple"]


def test_numbers_at_the_end_share_the_name_before_them() -> None:
    store = OxigraphStore()
    watts = {"Sandhill 1": "1400000000", "Sandhill 2": "600000000"}
    store.put(
        article(
            "Two sites",
            *(
                (f"{site} draws power.", metric(site, "capacity", exactly(power, "watt", text=power)))
                for site, power in watts.items()
            ),
        )
    )
    answer = Engine(store).ask("Sandhill 1 and 2 combined, how many MW?")
    assert answer.status == "answered"
    assert answer.answer.startswith("Together 2 gigawatts.")


def test_what_was_raised_by_going_public_is_told_as_such() -> None:
    store = OxigraphStore()
    raised = exactly("4000000000", "USD", text="$4 billion")
    bid = exactly("9000000000", "USD", text="$9 billion")
    store.put(
        article(
            "Who raised what",
            ("Velmora raised $4 billion in its IPO.", metric("Velmora", "investment", raised, scope="IPO")),
            ("Osprel, listed in May, bid $9 billion for Tarnix.", metric("Osprel", "investment", bid, scope="Tarnix")),
        )
    )
    engine = Engine(store)
    assert short(engine.ask("How much did Velmora raise by going public?")) == ["$4 billion"]
    assert short(engine.ask("What did Velmora's flotation bring in?")) == ["$4 billion"]
    assert engine.ask("How much did Osprel raise by going public?").status == "unknown"
