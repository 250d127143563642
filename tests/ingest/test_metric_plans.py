"""Targets, budgets and comparisons: how firmly a figure is told, and of which time it is."""

import pytest

from graph.model import Claim, Quantity
from tests.ingest.reading import extract

LEAD = "Acme Corp makes servers. Sales of Acme Corp rose.\n\n"
Row = tuple[str, str, float | None, str | None, str, str | None]


def told(text: str) -> list[Claim]:
    """The figures of a text."""
    return [c for c in extract(LEAD + text) if isinstance(c.object, Quantity)]


def rows(text: str) -> list[Row]:
    """Subject, metric, lower bound, start of the period, modality and scope of each figure."""
    return [
        (
            c.subject.label,
            c.predicate,
            float(c.object.low) if isinstance(c.object, Quantity) and c.object.low is not None else None,
            c.period.start.isoformat() if c.period and c.period.start else None,
            c.modality,
            c.scope,
        )
        for c in told(text)
    ]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Acme Corp raised its operating profit target for 2026 to $3 billion from $2 billion.", [3e9, 2e9]),
        ("Acme Corp cut its revenue forecast for 2026 to $3 billion.", [3e9]),
    ],
)
def test_a_target_is_no_result(text: str, figures: list[float]) -> None:
    assert [(low, modality) for _, _, low, _, modality, _ in rows(text)] == [(f, "projected") for f in figures]


def test_what_a_firm_sees_of_its_own_profit_is_a_forecast() -> None:
    assert [r[4] for r in rows("Acme Corp sees net profit at $3 billion this year.")] == ["projected"]


def test_a_budget_without_a_purpose_is_capital_spending_and_goes_back_year_by_year() -> None:
    text = (
        "Acme Corp has budgeted $9 billion for 2026, as against $8 billion in 2025 "
        "and spending of $5 billion the year before."
    )
    assert [(metric, low, start) for _, metric, low, start, _, _ in rows(text)] == [
        ("capex", 9e9, "2026-01-01"),
        ("capex", 8e9, "2025-01-01"),
        ("capex", 5e9, "2024-01-01"),
    ]
    assert rows("Acme Corp has budgeted $9 million for marketing in 2026.") == []


def test_a_figure_of_another_is_of_the_same_time() -> None:
    text = "In September Doubao had 172 million users, against 145 million for Kimi."
    assert [(subject, start) for subject, _, _, start, _, _ in rows(text)] == [
        ("Doubao", "2025-09-01"),
        ("Kimi", "2025-09-01"),
    ]


def test_a_pronoun_stands_for_the_metric_where_another_is_named_behind_it() -> None:
    text = (
        "Revenue of Acme Corp was $4 billion in 2024. "
        "In the first nine months of 2025 it was $5 billion, with a net loss of $1 billion."
    )
    assert [(metric, low) for _, metric, low, *_ in rows(text)] == [
        ("revenue", 4e9),
        ("revenue", 5e9),
        ("netProfit", -1e9),
    ]


def test_what_part_of_a_sum_goes_to_is_its_scope() -> None:
    text = "Acme Corp's capital spending is put at $7 billion, of which $4 billion goes to chips."
    assert [(low, scope) for _, _, low, _, _, scope in rows(text)] == [(7e9, None), (4e9, "chips")]


def test_the_sum_that_was_told_before_is_the_same_undertaking() -> None:
    text = "Acme Corp has pledged $9 billion for its site in Ohio, up from the $6 billion announced before March."
    assert [(metric, low) for _, metric, low, *_ in rows(text)] == [("investment", 9e9), ("investment", 6e9)]


def test_orders_of_a_row_are_each_with_one_supplier() -> None:
    text = (
        "SK hynix is growing. "
        "In May it ordered bonders worth 4 billion won and 3 billion won from Hanmi and ASMPT, respectively."
    )
    assert [(subject, low, scope) for subject, _, low, _, _, scope in rows(text)] == [
        ("SK hynix", 4e9, "Hanmi Semiconductor"),
        ("SK hynix", 3e9, "ASMPT"),
    ]


def test_what_a_flotation_takes_in_is_raised_and_a_leap_of_the_shares_is_none_of_revenue() -> None:
    text = "Acme Corp priced its shares at $40, took in $2 billion and leapt 60% on its first day."
    assert [(metric, low) for _, metric, low, *_ in rows(text)] == [("investment", 2e9)]


def test_who_hands_out_a_share_says_so() -> None:
    text = "TechInsights gives Hanmi 71.2 percent of the market for the HBM with which it began."
    assert [(c.subject.label, c.attributed_to, c.scope) for c in told(text)] == [
        ("Hanmi Semiconductor", "TechInsights", "market for HBM")
    ]


def test_the_month_in_which_a_firm_closes_its_books_is_no_period() -> None:
    assert [r[3] for r in rows("Acme Corp, which closes its books in March, sees net profit at $3 billion.")] == [None]


def test_the_power_of_a_numbered_site_stands_in_brackets_behind_its_name() -> None:
    text = "Acme Corp builds on. Work on Ridgeway 1 (1,400MW) is due in April 2026; Ridgeway 2 (600MW) should follow."
    assert [(subject, metric, low) for subject, metric, low, *_ in rows(text)] == [
        ("Ridgeway 1", "capacity", 1.4e9),
        ("Ridgeway 2", "capacity", 6e8),
    ]


def test_a_row_of_firms_is_handed_its_shares_in_their_order() -> None:
    text = (
        "TrendForce's ranking of packagers for 2024 gave ASE, Amkor and JCET 44%, 15% and 12% "
        "of the revenue of the ten largest, respectively."
    )
    assert [(c.subject.label, c.predicate, c.attributed_to) for c in told(text)] == [
        ("ASE Technology", "marketShare", "TrendForce"),
        ("Amkor Technology", "marketShare", "TrendForce"),
        ("JCET", "marketShare", "TrendForce"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Dell and Foxconn, two rivals seldom seen together, both delivered servers.",
        "He bought Silverline, for which he had paid $44 billion in 2022.",
        "Little of it was fresh money: $5.7 billion consisted of Chips Act grants.",
    ],
)
def test_rivals_persons_and_laws_have_no_figures_of_the_firm_at_hand(text: str) -> None:
    assert rows(text) == []


def test_what_may_be_contributed_is_no_revenue() -> None:
    assert [r[1] for r in rows("Nvidia itself might contribute as much as $2 billion.")] == ["investment"]
