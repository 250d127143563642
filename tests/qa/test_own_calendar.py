"""Fiscal periods of questions by the calendar of the firm that is named."""

from __future__ import annotations

from datetime import date

import pytest

from graph.model import Period
from graph.store.oxigraph import OxigraphStore
from graph.text.periods import find_periods
from qa.engine import Engine
from qa.own_calendar import by_own_calendar
from tests.graph.samples import article, exactly, metric, year
from tests.qa.values import short

TODAY = date(2026, 1, 20)


@pytest.mark.parametrize(
    ("text", "firms", "days"),
    [
        ("FQ3 26", ("e:marvell",), (date(2025, 7, 1), date(2025, 9, 30))),
        ("FY26", ("e:marvell",), (date(2025, 2, 1), date(2026, 1, 31))),
        ("the first two quarters of fiscal 2025", ("e:kioxia",), (date(2025, 4, 1), date(2025, 9, 30))),
        ("fiscal 2025", ("e:tsmc",), (date(2025, 1, 1), date(2025, 12, 31))),
        ("third quarter of 2025", ("e:kioxia",), (date(2025, 7, 1), date(2025, 9, 30))),
        ("FQ3 26", ("e:marvell", "e:kioxia"), (None, None)),
        ("FQ3 26", (), (None, None)),
    ],
)
def test_a_fiscal_period_is_that_of_the_one_firm(
    text: str, firms: tuple[str, ...], days: tuple[date | None, date | None]
) -> None:
    found = by_own_calendar(text, find_periods(text, reference=TODAY), firms, TODAY)
    assert [(p.period.start, p.period.end) for p in found] == [days]


def test_what_is_asked_for_this_fiscal_year_is_left_to_the_claims() -> None:
    text = "this fiscal year"
    periods = find_periods(text, reference=TODAY)
    assert by_own_calendar(text, periods, ("e:marvell",), TODAY) == periods


def _margin(of: int, margin: str) -> tuple[object, ...]:
    third = Period(date(of, 7, 1), date(of, 9, 30), f"third quarter of {of}")
    amount = exactly(margin, "percent", text=f"{margin}%")
    told = f"Marvell's operating margin was {margin}% in the third quarter of {of}."
    return told, metric("Marvell", "operatingMargin", amount, period=third)


@pytest.fixture(scope="module")
def engine() -> Engine:
    store = OxigraphStore()
    store.put(
        article(
            "Margins and sales of two firms",
            *(_margin(of, margin) for of, margin in ((2024, "30"), (2025, "36"))),
            (
                "Marvell expects $8 billion for 2025.",
                metric("Marvell", "revenue", exactly("8000000000", "USD", text="$8 billion"), period=year(2025)),
            ),
        )
    )
    return Engine(store)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("What was Marvell's operating margin in FQ3 26?", "36%"),
        ("What was Marvell's operating margin for fiscal Q3 2026 (the quarter to November 1 2025)?", "36%"),
        ("What was Marvell's revenue in FY26?", "$8 billion"),
        ("How many points did Marvell's operating margin gain on last year's in FQ3 26?", "30%"),
    ],
)
def test_questions_in_fiscal_terms(engine: Engine, question: str, first: str) -> None:
    answer = engine.ask(question)
    assert answer.status == "answered"
    assert first in short(answer)
