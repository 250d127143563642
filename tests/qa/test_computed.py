"""Questions that compute with amounts, on invented firms: before and after a revision, two periods, parts, rates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from graph.model import Period
from graph.store.oxigraph import OxigraphStore
from graph.vocabulary import read_yaml
from qa.coordinate import written_out
from qa.engine import Engine
from qa.revision import Revision, revision
from tests.graph.samples import article, exactly, metric, year
from tests.qa.test_kinds import plain

_Q2 = Period(date(2025, 4, 1), date(2025, 6, 30), "second quarter of 2025")
_Q3 = Period(date(2025, 7, 1), date(2025, 9, 30), "third quarter of 2025")
_END = [Period(date(y, 12, 1), date(y, 12, 31), f"end of {y}") for y in (2024, 2025)]


def _usd(billions: str) -> Any:
    return exactly(str(int(Decimal(billions) * 10**9)), "USD", text=f"${billions} billion")


def _percent(number: str) -> Any:
    return exactly(number, "percent", text=f"{number}%")


def _change(firm: str, number: str, since: str) -> Any:
    return metric(firm, "revenue", _percent(number), basis="change", basis_period=since, period=_Q3)


@pytest.fixture(scope="module")
def engine() -> Engine:
    store = OxigraphStore()
    store.put(
        article(
            "Brightfab hopes for more",
            (
                "Brightfab now looks for sales of $24 billion in 2026, up from its May forecast of $22 billion.",
                metric("Brightfab", "revenue", _usd("24"), period=year(2026), modality="projected"),
                metric("Brightfab", "revenue", _usd("22"), period=year(2026), modality="projected"),
            ),
            (
                "Brightfab earned $5 billion in the third quarter; analysts had expected $4 billion.",
                metric("Brightfab", "netProfit", _usd("5"), period=_Q3),
                metric(
                    "Brightfab",
                    "netProfit",
                    _usd("4"),
                    period=_Q3,
                    modality="projected",
                    attributed_to="analysts",
                    origins=("analysts",),
                ),
            ),
            (
                "Arbor still expects capital spending of $3 billion in 2026.",
                metric("Arbor", "capex", _usd("3"), period=year(2026), modality="projected"),
            ),
            (
                "Arbor took in $7 billion in the third quarter, 5% less than a year, 40% more than a quarter before.",
                metric("Arbor", "revenue", _usd("7"), period=_Q3),
                _change("Arbor", "-5", "yoy"),
                _change("Arbor", "40", "qoq"),
            ),
            ("In the second quarter Arbor took in $5 billion.", metric("Arbor", "revenue", _usd("5"), period=_Q2)),
            ("Cindra grew by 12%.", _change("Cindra", "12", "yoy")),
            (
                "Cindra has 900 employees at the end of 2025, 1,200 a year before.",
                metric("Cindra", "headcount", exactly("900", "count"), period=_END[1]),
                metric("Cindra", "headcount", exactly("1200", "count"), period=_END[0]),
            ),
            (
                "Cindra made $6 billion with memory, $3 billion with lasers and $1 billion with cables in 2025.",
                metric("Cindra", "revenue", _usd("6"), period=year(2025), scope="memory"),
                metric("Cindra", "revenue", _usd("3"), period=year(2025), scope="lasers"),
                metric("Cindra", "revenue", _usd("1"), period=year(2025), scope="cables"),
            ),
            *(
                (
                    f"{firm}'s gross margin was {number}% in the third quarter.",
                    metric(firm, "grossMargin", _percent(number), period=_Q3),
                )
                for firm, number in (("Arbor", "61"), ("Brightfab", "48"), ("Cindra", "57"))
            ),
            *(
                (
                    f"{firm} holds {number}% of the market for lasers.",
                    metric(firm, "marketShare", _percent(number), scope="lasers"),
                )
                for firm, number in (("Cindra", "44"), ("Delvex", "31"))
            ),
            *(
                (
                    f"One customer of Delvex made up {number}% of its revenue in the third quarter.",
                    metric("Delvex", "revenue", _percent(number), basis="share", scope="customer", period=_Q3),
                )
                for number in ("24", "13", "8")
            ),
        )
    )
    return Engine(store)


def usd(billions: int) -> tuple[Decimal, Decimal, str]:
    return Decimal(billions * 10**9), Decimal(billions * 10**9), "USD"


def count(number: int) -> tuple[Decimal, Decimal, str]:
    return Decimal(number), Decimal(number), "count"


FIRST = [
    ("What sales did Brightfab forecast for 2026 before it raised its outlook?", usd(22)),
    ("What were Brightfab's sales for 2026 to be until it lifted its guidance in August?", usd(22)),
    ("What was Brightfab's original sales target for 2026?", usd(22)),
    ("What is Brightfab's revised sales target for 2026?", usd(24)),
    ("By how much did Brightfab raise its sales forecast for 2026?", usd(2)),
    ("How big was the increase in Brightfab's sales guidance for 2026?", usd(2)),
    ("By how many people did Cindra's workforce shrink in 2025?", count(300)),
    ("How much did Arbor's revenue grow from the second to the third quarter of 2025?", usd(2)),
    ("What did Arbor take in in the second and third quarters of 2025 together?", usd(12)),
    ("By how much did Cindra's memory sales exceed its laser sales in 2025?", usd(3)),
    ("By what percentage did Arbor's revenue fall in Q3 2025?", (Decimal(-5), Decimal(-5), "percent")),
    ("By how much was Arbor's revenue up on the quarter in Q3 2025?", usd(2)),
    ("Whose revenue grew faster in Q3 2025, Arbor's or Cindra's?", "Cindra"),
    ("Did Cindra outgrow Arbor in Q3 2025?", True),
    ("Did Arbor's revenue rise year on year in Q3 2025?", False),
    ("Did Arbor's revenue rise quarter on quarter in Q3 2025?", True),
    ("Does Cindra earn more from lasers than from memory?", False),
    ("Which brings Cindra more, cables or lasers?", "lasers"),
    ("What is Cindra's largest business by revenue?", "memory"),
    ("Which business brings Cindra the least revenue?", "cables"),
    ("How many of Arbor, Brightfab and Cindra had a gross margin above 55% in Q3 2025?", count(2)),
    ("How many customers accounted for more than 10% of Delvex's revenue in Q3 2025?", count(2)),
    ("Which of Arbor, Brightfab and Cindra had a gross margin below 50% in Q3 2025?", "Brightfab"),
    ("Which laser maker has the smallest share of the market for lasers?", "Delvex"),
    ("What was Brightfab's May forecast of sales in 2026?", usd(22)),
    ("What sales in 2026 did Brightfab expect back in May?", usd(22)),
    ("Did Brightfab's net profit in Q3 2025 beat analysts' expectations?", True),
    ("Did Brightfab's net profit in Q3 2025 fall short of what the market had expected?", False),
    ("By how much did Brightfab's net profit in Q3 2025 exceed expectations?", usd(1)),
    ("What did the market expect Brightfab to earn in Q3 2025?", usd(4)),
    (
        "How much was Arbor's revenue up in Q3 2025 compared with the quarter before?",
        (Decimal(40), Decimal(40), "percent"),
    ),
    ("Has Arbor's revenue risen since Q2 2025?", True),
]


@pytest.mark.parametrize(("question", "value"), FIRST, ids=[q for q, _ in FIRST])
def test_first_value(engine: Engine, question: str, value: Any) -> None:
    answer = engine.ask(question)
    assert answer.status == "answered"
    assert plain(answer)[0] == value


def test_a_series_is_told_in_the_order_of_the_question(engine: Engine) -> None:
    assert plain(engine.ask("What was Arbor's revenue in Q2 and in Q3 2025?")) == [usd(5), usd(7)]


def test_each_of_a_list_has_its_own_amount(engine: Engine) -> None:
    answer = engine.ask("Compare the gross margins of Arbor, Brightfab and Cindra in Q3 2025")
    assert [low for low, _, _ in plain(answer)] == [61, 48, 57]


def test_no_single_amount_for_what_lies_between_two(engine: Engine) -> None:
    answer = engine.ask("How many more people does Cindra employ than Arbor?")
    assert (answer.status, answer.values) == ("unknown", ())


REFUSED = [
    "What sales did Brightfab forecast for 2026 before it cut its outlook?",
    "What did Arbor plan for capital spending in 2026 before it raised its budget?",
    "By how much did Arbor cut its capital spending plan for 2026?",
    "By what percentage did Cindra's revenue fall in Q3 2025?",
    "Who is Cindra's largest customer?",
    "How much of Cindra's revenue in 2025 was not from memory?",
    "What sales in 2026 did Brightfab expect back in February?",
    "Did Arbor's revenue in Q3 2025 beat analysts' expectations?",
    "Who has the largest share of the cable market?",
    "How many of Arbor, Brightfab and Delvex had a gross margin above 55% in Q3 2025?",
]


@pytest.mark.parametrize("question", REFUSED)
def test_what_is_taken_for_granted_must_be_so(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert (answer.status, answer.values) == ("unknown", ())


EXAMPLES = list(read_yaml("qa", "revision.yaml")["examples"])


@pytest.mark.parametrize("row", EXAMPLES, ids=[str(row[0]) for row in EXAMPLES])
def test_words_of_a_revision(row: list[Any]) -> None:
    question, *expected = row
    assert revision(question) == Revision(*expected)


WRITTEN_OUT = [
    ("in Q1 and in Q2 2025", "in Q1 2025 and Q2 2025"),
    ("the March and June quarters of 2025", "the March quarter of 2025 and the June quarter of 2025"),
    ("from the end of June to the end of September 2025", "from the end of June 2025 to the end of September 2025"),
    ("the third quarters of 2024 and 2025", "the third quarter of 2024 and the third quarter of 2025"),
    ("in the half-year to September 2025", "in the six months to September 2025"),
    ("from April to September 2025", "from April to September 2025"),
]


@pytest.mark.parametrize(("text", "out"), WRITTEN_OUT)
def test_shared_years_are_written_out(text: str, out: str) -> None:
    assert written_out(text) == out
