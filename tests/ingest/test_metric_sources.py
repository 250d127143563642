"""Figures set side by side: who counts them, what they are held against, what is no sum at all."""

import pytest

from graph.model import Claim, Quantity
from tests.ingest.reading import edges, extract


def amounts(text: str) -> list[Claim]:
    """The figures of a text."""
    return [c for c in extract(text) if isinstance(c.object, Quantity)]


@pytest.mark.parametrize(
    ("text", "who", "by"),
    [
        ("Morgan Stanley puts TSMC's capacity at 75,000 wafers a month.", "TSMC", "Morgan Stanley"),
        ("UBS has Cisco at 54 per cent of the switch market.", "Cisco", "UBS"),
        ("Analysts had put Cisco's revenue at $5 billion.", "Cisco", "Analysts"),
    ],
)
def test_who_puts_a_figure_somewhere_is_its_source_and_not_its_owner(text: str, who: str, by: str) -> None:
    assert [(c.subject.label, c.attributed_to) for c in amounts(text)] == [(who, by)]


def test_figures_of_another_year_stand_beside_the_ones_before_respectively() -> None:
    text = (
        "Cisco reports. Oracle accounted for 20% of 2024 sales and Meta for 14%, against 18% and 21% "
        "respectively in 2023."
    )
    told = [(c.scope, float(c.object.low or 0), c.period.start.year) for c in amounts(text) if c.period]  # type: ignore[union-attr]
    assert told == [("Oracle", 20, 2024), ("Meta", 14, 2024), ("Oracle", 18, 2023), ("Meta", 21, 2023)]


@pytest.mark.parametrize(
    "text",
    [
        "Cisco's fabs, at 103.8% of nameplate, ran hot, and its gross margin was 13%.",
        "Cisco's gross margin was 13%; it spent 87 cents of every dollar taken in.",
    ],
)
def test_utilisation_and_cents_of_every_dollar_are_no_figures(text: str) -> None:
    assert [(c.predicate, float(c.object.low or 0)) for c in amounts(text)] == [("grossMargin", 13)]  # type: ignore[union-attr]


def test_an_officer_named_by_the_post_is_a_person() -> None:
    text = "Cisco reports. Chief Financial Officer Dana Wexcombe expects revenue to grow by 17% in 2026."
    assert [c.subject.label for c in amounts(text)] == ["Cisco"]
    assert ("Dana Wexcombe", "leads", "Cisco") in edges(text)
    assert [dict(c.qualifiers)["role"] for c in extract(text) if c.predicate == "leads"] == ["Chief Financial Officer"]


def test_a_ticker_does_not_part_a_name_from_its_sum() -> None:
    text = "OpenAI is a firm in which Cisco is to invest up to $5 billion and Nvidia (NVDA.O) up to twice as much."
    assert ("Nvidia", "investsIn", "OpenAI") in edges(text)


def test_a_contract_is_with_whom_its_clause_names() -> None:
    text = "A contract under which Cisco is to supply OpenAI with switches is worth about $3 billion."
    assert [(c.subject.label, c.predicate, c.scope) for c in amounts(text)] == [("Cisco", "orders", "OpenAI")]


def test_so_many_times_as_fast_is_held_against_another() -> None:
    told = [(c.subject.label, c.predicate, c.scope) for c in amounts("The H200 is six times as fast as the H20.")]
    assert told == [("H200", "performance", "against H20")]
