"""Whose share it is of a figure: a wrong party here is a wrong exposure."""

import pytest

from graph.model import Quantity
from tests.ingest.reading import extract

LEAD = "Acme Corp makes servers. Sales of Acme Corp rose.\n\n"


def shares(text: str) -> list[tuple[str, str, float | None, str | None]]:
    """Subject, metric, lower bound and scope of each share that is affirmed."""
    return [
        (c.subject.label, c.predicate, None if c.object.low is None else float(c.object.low), c.scope)
        for c in extract(LEAD + text)
        if c.basis == "share" and isinstance(c.object, Quantity) and c.polarity
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("High-end graphics made up 57% of revenue.", ["High-end graphics"]),
        (
            "By width, 5-inch panels brought in 23% of panel revenue and 7-inch panels 37%.",
            ["5-inch panels", "7-inch panels"],
        ),
        ("The four largest customers brought in about 41% of revenue.", ["four largest customers"]),
        ("Four direct customers accounted for 22% and 15% of sales respectively.", ["direct customer"] * 2),
        ("The largest customer brought in 79% of sales and the top five 94%.", ["largest customer", "top five"]),
        ("It has few customers; its report shows that the largest one brought in 79% of sales.", ["largest"]),
        ("Microsoft accounted for 30% of sales and Meta 12%.", ["Microsoft", "Meta"]),
        ("It got 42% of its revenue from cloud products.", ["cloud products"]),
        ("Over 70% of its revenue comes from outside mainland China.", ["outside mainland China"]),
        ("Over 70% of its revenue comes from mainland China.", ["China"]),
        ("China: 42% of system sales.", ["China"]),
        ("Servers made up 55% of revenue, smart devices 35%.", ["Servers", "smart devices"]),
        ('A single buyer, "Customer R", brought in 56% of revenue.', ["Customer R"]),
        (
            'A client known only as "Customer Q" brought in 23% of revenue and another, "Customer P," 16%.',
            ["Customer Q", "Customer P"],
        ),
        (
            'A client known as "Customer Q" brought in 23% of revenue; a year before the top two accounted for 9% and '
            "8%.",
            ["Customer Q", None, None],
        ),
        ("High-end graphics, the heading for games, made up 57% of revenue.", ["High-end graphics"]),
        (
            "DRAM sales of $10 billion, representing 79% of the total, rose, whereas NAND, at $2.7 billion, "
            "accounted for a fifth.",
            ["DRAM", "NAND"],
        ),
    ],
)
def test_the_scope_of_a_share_is_whoever_or_whatever_makes_it_up(text: str, wanted: list[str | None]) -> None:
    got = shares(text)
    assert {row[:2] for row in got} == {("Acme Corp", "revenue")}
    assert [row[3] for row in got] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Capital expenditure was $34 billion, about half of it for short-lived assets.", "short-lived assets"),
        ("Capex was $37bn, about two-thirds of it on servers and networks.", "servers and networks"),
    ],
)
def test_what_a_part_is_spent_on_is_its_scope(text: str, wanted: str) -> None:
    assert [row[3] for row in shares(text)] == [wanted]


def test_a_sum_told_of_the_whole_is_no_scope() -> None:
    text = "The order is equivalent to 7.6% of the group's sales last year, which came to 300 billion won."
    assert shares(text) == [("Acme Corp", "orders", 7.6, None)]


def test_a_share_of_sales_in_brackets_is_none_of_the_figure_before() -> None:
    text = "Risks: hyperscaler capex; China (35–40% of sales ship there); the weather."
    assert [row[1] for row in shares(text)] == ["revenue"]


@pytest.mark.parametrize(
    "text",
    [
        "Turnover fell from $150m to $16m, less than a ninth of what it had been.",
        "Washington has yet to write down its claim to 15% of such sales.",
        "Nobody makes up more than 30 per cent of its backlog.",
    ],
)
def test_what_is_nobodys_share(text: str) -> None:
    assert shares(text) == []


def test_every_share_of_a_row_is_of_the_whole_that_ends_it() -> None:
    told = [c for c in extract(LEAD + "Two direct customers accounted for 22% and 15% of sales.") if c.basis == "share"]
    assert [c.of for c in told] == ["sales", "sales"]
    told = [c for c in extract(LEAD + "The largest customer brought in 79% of sales and the top five 94%.") if c.of]
    assert [c.of for c in told] == ["sales", "sales"]
