"""Questions that need several figures found before they are computed with, on invented firms."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from graph.model import Period, Quantity
from graph.store.oxigraph import OxigraphStore
from qa import arithmetic
from qa.answer import Amount, Answer, Truth
from qa.engine import Engine
from tests.graph.samples import amount, article, exactly, metric, relation, year

_Q2 = Period(date(2025, 4, 1), date(2025, 6, 30), "second quarter of 2025")
_Q3 = Period(date(2025, 7, 1), date(2025, 9, 30), "third quarter of 2025")
_Q3_BEFORE = Period(date(2024, 7, 1), date(2024, 9, 30), "third quarter of 2024")


def _usd(billions: str) -> Quantity:
    return exactly(str(int(Decimal(billions) * 10**9)), "USD", text=f"${billions} billion")


def _percent(number: str) -> Quantity:
    return exactly(number, "percent", text=f"{number}%")


def _share(firm: str, number: str, **fields: str) -> Any:
    return metric(firm, "revenue", _percent(number), basis="share", period=_Q3, **fields)


@pytest.fixture(scope="module")
def engine() -> Engine:
    store = OxigraphStore()
    store.put(
        article(
            "The quarter of four firms",
            (
                "Arbor took in $8 billion in the third quarter, kept $2 billion and put $1 billion into research.",
                metric("Arbor", "revenue", _usd("8"), period=_Q3),
                metric("Arbor", "netProfit", _usd("2"), period=_Q3),
                metric("Arbor", "rndSpend", _usd("1"), period=_Q3),
            ),
            (
                "Arbor's gross margin was 62.5% in the third quarter, its operating profit $3 billion.",
                metric("Arbor", "grossMargin", _percent("62.5"), period=_Q3),
                metric("Arbor", "operatingProfit", _usd("3"), period=_Q3),
            ),
            (
                "A fifth of Arbor's revenue in the third quarter, 20%, came from lasers; Cindra paid for 5% of it.",
                metric(
                    "Arbor", "revenue", _percent("20"), basis="share", of="Arbor's revenue", scope="lasers", period=_Q3
                ),
                metric(
                    "Arbor", "revenue", _percent("5"), basis="share", of="Arbor's revenue", scope="Cindra", period=_Q3
                ),
            ),
            (
                "Of what Arbor took in in the third quarter, $3 billion were for modems.",
                metric("Arbor", "revenue", _usd("3"), period=_Q3, scope="modems"),
            ),
            ("In the second quarter Arbor took in $5 billion.", metric("Arbor", "revenue", _usd("5"), period=_Q2)),
            (
                "Arbor sold cables for $3 billion in 2025, and $9 billion of everything else.",
                metric("Arbor", "capex", _usd("3"), period=year(2025), scope="cables"),
            ),
            (
                "Brightfab took in $2 billion in the third quarter, $1.25 billion a year before.",
                metric("Brightfab", "revenue", _usd("2"), period=_Q3),
                metric("Brightfab", "revenue", _usd("1.25"), period=_Q3_BEFORE),
            ),
            (
                "Brightfab plans to spend between $4 billion and $5 billion on plants in 2026, with 10,000 employees.",
                metric(
                    "Brightfab",
                    "capex",
                    amount("4000000000", "5000000000", "USD", text="$4–5 billion"),
                    period=year(2026),
                    modality="projected",
                ),
                metric("Brightfab", "headcount", exactly("10000", "count", text="10,000")),
                metric("Brightfab", "marketCap", _usd("60")),
            ),
            (
                "Brightfab expects sales of $16 billion in 2026.",
                metric("Brightfab", "revenue", _usd("16"), period=year(2026), modality="projected"),
            ),
            (
                "Cindra's revenue rose by 340% in the third quarter of 2025.",
                metric("Cindra", "revenue", _percent("340"), basis="change", basis_period="yoy", period=_Q3),
            ),
            (
                "Cindra lost $600 million in the first half of 2025, on sales of €2 billion.",
                metric(
                    "Cindra",
                    "netProfit",
                    exactly("-600000000", "USD", text="$600 million"),
                    period=Period(date(2025, 1, 1), date(2025, 6, 30), "first half of 2025"),
                ),
                metric(
                    "Cindra",
                    "revenue",
                    exactly("2000000000", "EUR", text="€2 billion"),
                    period=Period(date(2025, 1, 1), date(2025, 6, 30), "first half of 2025"),
                ),
            ),
            *(
                (
                    f"{firm} made up {number}% of Delvex's revenue in the third quarter.",
                    metric(firm, "revenue", _percent(number), basis="share", of="Delvex's revenue", period=_Q3),
                    metric(
                        "Delvex",
                        "revenue",
                        _percent(number),
                        basis="share",
                        of="Delvex's revenue",
                        scope=firm,
                        period=_Q3,
                    ),
                )
                for firm, number in (("Arbor", "24"), ("Brightfab", "13"))
            ),
            (
                "Delvex competes with Brightfab and Cindra.",
                relation("Delvex", "competesWith", "Brightfab"),
                relation("Delvex", "competesWith", "Cindra"),
            ),
        )
    )
    return Engine(store)


def _first(answer: Answer) -> Any:
    value = answer.values[0] if answer.values else answer.status
    match value:
        case Truth():
            return value.value
        case Amount():
            low, high = value.quantity.low, value.quantity.high
            return (str(low) if low == high else f"{low}..{high}", value.quantity.unit)
        case str():
            return value
        case _:
            return value.label  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What share of its third-quarter revenue did Arbor put into R&D?", ("12.5", "percent")),
        ("What percentage of Arbor's revenue was its net profit in Q3 2025?", ("25", "percent")),
        ("Arbor's R&D spending in the third quarter of 2025 as a percentage of its sales?", ("12.5", "percent")),
        ("How does Arbor's research budget compare with its revenue in Q3 2025, in percent?", ("12.5", "percent")),
        ("What was Arbor's net margin in the third quarter of 2025?", ("25", "percent")),
        ("What was Arbor's operating margin in Q3 2025?", ("37.5", "percent")),
        ("What gross profit did Arbor make in Q3 2025?", ("5000000000.000", "USD")),
        ("How many times Brightfab's revenue was Arbor's in Q3 2025?", ("4", "times")),
        ("How many times as large as Brightfab's was Arbor's revenue in Q3 2025?", ("4", "times")),
        ("By what factor did Arbor's revenue exceed Brightfab's in Q3 2025?", ("4", "times")),
        ("By how many percent did Brightfab's revenue grow from Q3 2024 to Q3 2025?", ("60", "percent")),
        ("By what factor did Cindra's revenue grow from Q3 2024 to Q3 2025?", ("4.4", "times")),
        ("How much does Brightfab plan to spend on capex per employee in 2026?", ("400000..500000", "USD")),
        ("What part of its 2026 revenue will Brightfab spend on capex?", ("25..31.25", "percent")),
        ("How many times its 2026 sales is Brightfab worth?", ("3.75", "times")),
        ("Was Arbor's profit more than a fifth of its revenue in Q3 2025?", True),
        ("Was Arbor's profit more than a third of its revenue in Q3 2025?", False),
        ("Was Arbor's revenue in Q3 2025 more than three times Brightfab's?", True),
        ("Was Arbor's revenue in Q3 2025 more than five times Brightfab's?", False),
        ("How many dollars did Arbor make from lasers in Q3 2025?", ("1600000000.00", "USD")),
        ("What percentage of Arbor's revenue in Q3 2025 was from modems?", ("37.5", "percent")),
        ("What was Arbor's average quarterly revenue from April to September 2025?", ("6500000000", "USD")),
        ("On average, how much did Cindra lose per month in the first half of 2025?", ("-100000000", "USD")),
        ("Which of Delvex's two customers brings the smaller share of its revenue?", "Brightfab"),
        ("Of Delvex's two customers, what share does the smaller one account for?", ("13", "percent")),
    ],
)
def test_figures_are_found_and_computed_with(engine: Engine, question: str, expected: Any) -> None:
    assert _first(engine.ask(question)) == expected


@pytest.mark.parametrize(
    "question",
    [
        "What share of its revenue did Brightfab spend on R&D in Q3 2025?",  # no such figure
        "What was Cindra's net margin in the first half of 2025?",  # dollars and euros
        "How many times its revenue is Brightfab's market value as of Q3 2025, per employee of Arbor?",
        "What share of its 2025 revenue did Arbor spend on capex?",  # of cables only
        "How many times its annual profit is Cindra worth?",  # a loss, and no market value
        "What is Arbor's revenue per employee?",
        "What percentage of Arbor's revenue in Q3 2025 was from repairs?",
        "Which of Delvex's three customers brings the smallest share of its revenue?",  # two are known
    ],
)
def test_what_cannot_be_computed_is_refused(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert (answer.status, answer.values) == ("unknown", ())


def test_a_result_is_derived_and_gives_its_operands_with_evidence(engine: Engine) -> None:
    answer = engine.ask("What was Arbor's net margin in the third quarter of 2025?")
    assert answer.answer.startswith("25% ($2 billion of $8 billion).")
    first, *operands = (v for v in answer.values if isinstance(v, Amount))
    assert first.derived
    assert [v.quantity.text for v in operands] == ["$2 billion", "$8 billion"]
    assert len(answer.claims) == 2
    assert answer.interpretation == "net profit as a percentage of revenue of Arbor in third quarter of 2025"


def test_a_plan_of_planned_figures_says_so(engine: Engine) -> None:
    answer = engine.ask("What part of its 2026 revenue will Brightfab spend on capex?")
    assert "projected" in answer.caveats


def test_a_follow_up_asks_the_same_of_another(engine: Engine) -> None:
    before = engine.ask("What was Arbor's net margin in the third quarter of 2025?")
    assert engine.ask("And Brightfab's?", after=before).status == "unknown"
    before = engine.ask("What was Arbor's operating margin in Q3 2025?")
    revenue = engine.ask("And its revenue?", after=before)
    assert [v.quantity.text for v in revenue.values if isinstance(v, Amount)] == ["$8 billion"]


def test_ranges_and_bounds_are_kept() -> None:
    half = arithmetic.quotient(amount("1", None, "USD"), exactly("4", "USD"), "percent", scale=100)
    assert half == Quantity(Decimal(25), None, "percent")
    third = arithmetic.quotient(exactly("1", "USD"), exactly("3", "USD"), "times")
    assert third == Quantity(Decimal("0.3333"), Decimal("0.3333"), "times", approx=True)
    loss = arithmetic.quotient(exactly("-1", "USD"), amount("2", "4", "USD"), "times")
    assert loss == Quantity(Decimal("-0.5"), Decimal("-0.25"), "times")
    assert arithmetic.quotient(exactly("1", "USD"), exactly("-2", "USD"), "times") is None
    assert arithmetic.growth(exactly("3", "USD"), exactly("-2", "USD")) is None
    assert arithmetic.mean([exactly("3", "USD"), amount(None, "5", "USD")]) == Quantity(None, Decimal(4), "USD")
