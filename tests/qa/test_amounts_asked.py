"""Amounts asked for in other words, set side by side, ranked, multiplied, and as they rose or fell."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from graph.model import Claim
from graph.store.oxigraph import OxigraphStore
from qa.engine import Engine
from tests.graph.samples import TYPES, article, exactly, metric, year
from tests.qa.test_kinds import plain

TYPES.update({"Kestrel": "Chip", "Merlin": "Chip"})
BILLION = "000000000"


def _usd(who: str, name: str, billions: str, in_year: int, **fields: Any) -> Claim:
    return metric(
        who, name, exactly(billions + BILLION, "USD", text=f"${billions} billion"), period=year(in_year), **fields
    )


def _percent(who: str, name: str, value: str, in_year: int, **fields: Any) -> Claim:
    return metric(who, name, exactly(value, "percent", text=f"{value}%"), period=year(in_year), **fields)


@pytest.fixture(scope="module")
def engine() -> Engine:
    """Three firms and two chips; Brightfab earns and grows, Cindra loses."""
    store = OxigraphStore()
    store.put(
        article(
            "Three firms and their figures",
            (
                "Brightfab took in $20 billion in 2025 after $8 billion in 2024; Arbor $10 billion, Cindra $4 billion.",
                _usd("Brightfab", "revenue", "20", 2025),
                _usd("Brightfab", "revenue", "8", 2024),
                _usd("Arbor", "revenue", "10", 2025),
                _usd("Cindra", "revenue", "4", 2025),
            ),
            (
                "Cindra lost $3 billion in 2025 and $2 billion in 2024; Arbor earned $2 billion.",
                _usd("Cindra", "netProfit", "-3", 2025),
                _usd("Cindra", "netProfit", "-2", 2024),
                _usd("Arbor", "netProfit", "2", 2025),
            ),
            (
                "Arbor's gross margin was 40% in 2025, Brightfab's 55%, down from 60% in 2024.",
                _percent("Arbor", "grossMargin", "40", 2025),
                _percent("Brightfab", "grossMargin", "55", 2025),
                _percent("Brightfab", "grossMargin", "60", 2024),
            ),
            (
                "Arbor spent $3 billion on plant and $1 billion on research in 2025; Brightfab $5 and $2 billion.",
                _usd("Arbor", "capex", "3", 2025),
                _usd("Brightfab", "capex", "5", 2025),
                _usd("Arbor", "rndSpend", "1", 2025),
                _usd("Brightfab", "rndSpend", "2", 2025),
            ),
            (
                "Brightfab's capital spending grew 25% in 2025.",
                _percent("Brightfab", "capex", "25", 2025, basis="change", basis_period="yoy"),
            ),
            (
                "A Kestrel costs $30,000, a Merlin $20,000.",
                metric("Kestrel", "price", exactly("30000", "USD", text="$30,000")),
                metric("Merlin", "price", exactly("20000", "USD", text="$20,000")),
            ),
        )
    )
    return Engine(store)


def usd(billions: str) -> tuple[Decimal, Decimal, str]:
    return (Decimal(billions + BILLION), Decimal(billions + BILLION), "USD")


def percent(value: str) -> tuple[Decimal, Decimal, str]:
    return (Decimal(value), Decimal(value), "percent")


def times(value: str) -> tuple[Decimal, Decimal, str]:
    return (Decimal(value), Decimal(value), "times")


ANSWERED: list[tuple[str, list[Any]]] = [
    # in other words
    ("How much money came through Arbor's tills in 2025?", [usd("10")]),
    ("How many billions did Arbor gross in 2025?", [usd("10")]),
    ("How deep in the red did Cindra end 2025?", [usd("-3")]),
    ("How fat is Arbor's gross margin?", [percent("40")]),
    ("How much of each dollar of sales is left at Arbor after the cost of goods?", [percent("40")]),
    ("Name Arbor's gross margin.", [percent("40")]),
    ("Where did Arbor's gross margin end up in 2025?", [percent("40")]),
    ("What sum did Arbor set aside for research and development in 2025?", [usd("1")]),
    ("How much is Arbor ploughing into plant and machinery?", [usd("3")]),
    ("What would one have to shell out for a Kestrel?", [(Decimal(30000), Decimal(30000), "USD")]),
    # two side by side
    ("Arbor v Brightfab sales 2025", [usd("10"), usd("20")]),
    ("Set Arbor's capital spending beside Brightfab's.", [usd("3"), usd("5")]),
    ("How does Arbor's gross margin compare with Brightfab's?", [percent("40"), percent("55")]),
    ("Add Arbor's revenue to Cindra's.", [usd("14"), usd("10"), usd("4")]),
    ("Does Brightfab beat Arbor on gross margin?", [True]),
    ("Has Arbor overtaken Brightfab in revenue?", [False]),
    ("Does Arbor trail Brightfab in research spending?", [True]),
    ("Is Arbor outspending Brightfab in the laboratory?", [False]),
    ("Did Brightfab spend more on research than Arbor?", [True]),
    ("Did Arbor make a bigger profit than Cindra?", [True]),
    ("By what margin does Brightfab's revenue exceed that of Arbor in 2025?", [usd("10")]),
    ("Is the Kestrel dearer than the Merlin?", [True]),
    ("How much cheaper is the Merlin than the Kestrel?", [(Decimal(10000), Decimal(10000), "USD")]),
    # multiples
    ("How many times Arbor's revenue is Brightfab's in 2025?", [times("2.0")]),
    ("Is Brightfab's top line twice Arbor's in 2025?", [True, times("2.0")]),
    ("Is Cindra's top line half Brightfab's in 2025?", [False, percent("20")]),
    ("Has Brightfab's revenue doubled?", [True, usd("20"), usd("8")]),
    ("Has Brightfab's revenue tripled since 2024?", [False, usd("20"), usd("8")]),
    # up or down
    ("Has Cindra's loss widened?", [True, usd("-3"), usd("-2")]),
    ("Has Cindra narrowed its loss?", [False, usd("-3"), usd("-2")]),
    ("Has Brightfab's gross margin been squeezed?", [True, percent("55"), percent("60")]),
    ("Has Brightfab cut its capital spending?", [False, percent("25")]),
    ("Has Brightfab raised its capital spending?", [True, percent("25")]),
    ("Is Brightfab's gross margin up or down on 2024?", [percent("55"), percent("60")]),
    ("Is Brightfab's revenue higher than in 2024?", [True, usd("20"), usd("8")]),
    # in order
    ("top two firms by revenue in 2025", ["Brightfab", usd("20"), "Arbor", usd("10")]),
    ("Companies by gross margin", ["Brightfab", percent("55"), "Arbor", percent("40")]),
    ("Rank the companies by capital expenditure.", ["Brightfab", usd("5"), "Arbor", usd("3")]),
    ("What is the cheapest chip?", ["Merlin"]),
]


@pytest.mark.parametrize(("question", "values"), ANSWERED, ids=[q for q, _ in ANSWERED])
def test_answered(engine: Engine, question: str, values: list[Any]) -> None:
    answer = engine.ask(question)
    assert answer.status == "answered", answer.answer
    assert plain(answer)[: len(values)] == values


REFUSED = [
    "Has Arbor's loss widened?",
    "Has Arbor's revenue doubled?",
    "Is Brightfab's profit twice Arbor's?",
    "Does Brightfab beat Arbor in Europe?",
    "What machinery does Arbor make?",
]


@pytest.mark.parametrize("question", REFUSED)
def test_what_no_figure_tells_is_refused(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert (answer.status, answer.values) == ("unknown", ())


def test_which_way_is_said_in_words(engine: Engine) -> None:
    answer = engine.ask("Did Brightfab's gross margin go up or down?")
    assert answer.answer.startswith("Down.")
    assert plain(answer) == [percent("55"), percent("60")]
