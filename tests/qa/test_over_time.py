"""Figures of one quarter in several years, forecasts as they were, are and were told in a month, and parts of them."""

from __future__ import annotations

from datetime import date

import pytest

from graph.model import Claim, Period
from graph.store.oxigraph import OxigraphStore
from qa.engine import Engine
from tests.graph.samples import amount, article, exactly, metric, year
from tests.qa.test_kinds import plain, usd


def _sales(billions: int, period: Period, **more: object) -> Claim:
    figure = exactly(str(billions * 10**9), "USD", text=f"${billions} billion")
    return metric("Arbor", "revenue", figure, period=period, **more)


def _quarter(of: int) -> Period:
    return Period(date(of, 10, 1), date(of, 12, 31), f"fourth quarter of {of}")


def _plan(low: int, high: int) -> Claim:
    figure = amount(str(low * 10**9), str(high * 10**9), "USD", text=f"${low} billion to ${high} billion")
    return metric("Arbor", "capex", figure, period=year(2025), modality="projected")


@pytest.fixture(scope="module")
def engine() -> Engine:
    """Arbor's fourth quarters, its parts and its plans; what Birch & Moss make of its fiscal years."""
    told: dict[str, object] = {"modality": "projected", "attributed_to": "B&M", "origins": ("B&M",)}
    store = OxigraphStore()
    store.put(
        article(
            "Arbor's year",
            (
                "Sales came to $5 billion in the fourth quarter of 2025, from $4 billion.",
                _sales(5, _quarter(2025)),
                _sales(4, _quarter(2024)),
            ),
            ("U.S. commercial customers brought in $2 billion.", _sales(2, _quarter(2025), scope="U.S. commercial")),
            (
                "Capex in 2025 is to be $12 billion to $14 billion, where $20 billion to $23 billion was planned.",
                _plan(12, 14),
                _plan(20, 23),
            ),
            (
                "B&M put sales at $30 billion in FY26 and at $40 billion in FY27.",
                _sales(30, year(2025), **told),
                _sales(40, year(2026), **told),
            ),
            (
                "Birch & Moss put Arbor's margin at 40%.",
                metric(
                    "Arbor",
                    "grossMargin",
                    exactly("40", "percent", text="40%"),
                    attributed_to="Birch & Moss",
                    origins=("Birch & Moss",),
                ),
            ),
            source="https://news.example/year",
            published=date(2026, 2, 1),
        )
    )
    return Engine(store)


KNOWN = [usd(n) for n in (2, 4, 5, 30, 40)] + [(12 * 10**9, 14 * 10**9, "USD"), (20 * 10**9, 23 * 10**9, "USD")]
PLANS = KNOWN[5:]


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("How have Arbor's fourth-quarter sales developed from 2024 to 2025?", [usd(5), usd(4)]),
        ("What were Arbor's Q4 sales in 2024?", [usd(4)]),
        ("From which range to which did Arbor lower its capex plan for 2025?", PLANS[::-1]),
        ("What is Arbor's capex plan for 2025?", PLANS[:1]),
        ("What did Birch & Moss expect Arbor's FY27 revenue to be?", [usd(40)]),
        ("What did Birch & Moss expect Arbor's FY26 revenue to be?", [usd(30)]),
    ],
)
def test_figures(engine: Engine, question: str, values: list[object]) -> None:
    answer = engine.ask(question)
    assert [v for v in plain(answer) if v in KNOWN] == values, answer.answer


def test_a_part_and_where_it_came_from(engine: Engine) -> None:
    whole = engine.ask("What were Arbor's sales in the fourth quarter of 2025?")
    assert plain(engine.ask("How much of that came from American commercial clients?", after=whole)) == [usd(2)]
    assert plain(engine.ask("Up from?", after=whole)) == [usd(4)]
    plan = engine.ask("What is Arbor's capex plan for 2025?")
    assert plain(engine.ask("Down from?", after=plan)) == PLANS[1:]


@pytest.mark.parametrize("question", ["What did Birch & Moss expect Arbor's FY28 revenue to be?"])
def test_another_fiscal_year_is_no_answer(engine: Engine, question: str) -> None:
    assert engine.ask(question).status == "unknown"
