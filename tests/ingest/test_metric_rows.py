"""Figures that lean on others: shares in a row, figures foreseen before, moves told once more, sums of a year."""

from datetime import date

import pytest

from graph.model import Claim, Quantity
from tests.ingest.reading import extract, figures

NOVEMBER = date(2025, 11, 5)


def _told(text: str) -> list[tuple[str, str, float, str, str | None, str | None]]:
    """Subject, metric, value, basis, scope and first day of each figure."""
    claims = [c for c in extract(text, published=NOVEMBER) if isinstance(c.object, Quantity)]
    return [
        (
            c.subject.label,
            c.predicate,
            _value(c),
            c.basis or "",
            c.scope,
            str(c.period.start) if c.period and c.period.start else None,
        )
        for c in claims
    ]


def _value(claim: Claim) -> float:
    assert isinstance(claim.object, Quantity)
    return float(claim.object.low if claim.object.low is not None else claim.object.high or 0)


def test_shares_whose_verb_is_left_out_are_of_the_same_whole_and_time() -> None:
    assert _told("Phones brought Apple 23% of its revenue in 2024 and tablets 37%.") == [
        ("Apple", "revenue", 23.0, "share", "Phones", "2024-01-01"),
        ("Apple", "revenue", 37.0, "share", "tablets", "2024-01-01"),
    ]


def test_shares_go_on_where_the_whole_is_not_named_again() -> None:
    text = (
        "Phones accounted for 55% of Apple's revenue in 2024. "
        "Pencil cases, charging goods and parts made up 3%, 2% and 1% respectively. "
        "A year before, pencils and cables had stood at 4%."
    )
    assert _told(text)[1:] == [
        ("Apple", "revenue", 3.0, "share", "Pencil cases", "2024-01-01"),
        ("Apple", "revenue", 2.0, "share", "charging goods", "2024-01-01"),
        ("Apple", "revenue", 1.0, "share", "parts", "2024-01-01"),
        ("Apple", "revenue", 4.0, "share", "pencils and cables", "2023-01-01"),
    ]


def test_a_share_that_has_risen_has_its_own_time() -> None:
    told = _told("Intel's China revenue was 18% of the total in the third quarter of 2025, up from 9% in the second.")
    assert told == [
        ("Intel", "revenue", 18.0, "share", "China", "2025-07-01"),
        ("Intel", "revenue", 9.0, "share", "China", "2025-04-01"),
    ]


def test_who_counts_shares_hands_them_on() -> None:
    told = _told("Analysts put Broadcom at 60% of CY25 custom accelerator revenue, Marvell at 13%.")
    assert [row[0] for row in told] == ["Broadcom", "Marvell"]


@pytest.mark.parametrize(
    "text",
    [
        "Intel lifted its revenue target for fiscal 2025 to $60 billion from $55 billion.",
        "Intel now expects revenue of $60 billion in fiscal 2025 rather than $55 billion.",
        "Intel sees revenue of $60 billion in fiscal 2025, more than the $55 billion it was expecting in July.",
        "Intel has raised revenue for fiscal 2025 to $60 billion from $55 billion.",
    ],
)
def test_what_was_foreseen_before_is_for_the_same_time(text: str) -> None:
    assert [(row[2], row[5]) for row in _told(text)[:1] + _told(text)[-1:]] == [
        (60e9, "2025-01-01"),
        (55e9, "2025-01-01"),
    ]


def test_a_level_after_from_a_year_earlier_is_of_its_own_time() -> None:
    told = _told("Intel's revenue fell 3% from a year earlier to $6.8 billion in the third quarter of 2025.")
    assert told == [
        ("Intel", "revenue", -3.0, "change", None, "2025-07-01"),
        ("Intel", "revenue", 6.8e9, "level", None, "2025-07-01"),
    ]


def test_a_pronoun_may_be_the_metric_told_before() -> None:
    text = (
        "Sales of Intel were $5 billion in the second quarter of 2025. "
        "In the third quarter they rose 3% from a year earlier to $6 billion."
    )
    assert _told(text)[1:] == [
        ("Intel", "revenue", 3.0, "change", None, "2025-07-01"),
        ("Intel", "revenue", 6e9, "level", None, "2025-07-01"),
    ]


def test_moves_in_step_have_the_same_times() -> None:
    text = (
        "Samsung's share of the foundry market slid to 8% in the second quarter of 2025 from 9% in the first, whereas "
        "that of TSMC rose from 67% to 68%."
    )
    assert [(row[0], row[2], row[5]) for row in _told(text)] == [
        ("Samsung Electronics", 8.0, "2025-04-01"),
        ("Samsung Electronics", 9.0, "2025-01-01"),
        ("TSMC", 67.0, "2025-01-01"),
        ("TSMC", 68.0, "2025-04-01"),
    ]


def test_a_comparison_does_not_move_the_time_of_the_text() -> None:
    text = (
        "Intel reported results for the second quarter of 2025. Revenue was $12 billion. "
        "Revenue had been $11 billion in the first quarter. Net profit came to $1 billion."
    )
    assert [(row[2], row[5]) for row in _told(text)] == [
        (12e9, "2025-04-01"),
        (11e9, "2025-01-01"),
        (1e9, "2025-04-01"),
    ]


def test_a_later_verb_moves_the_same_figure() -> None:
    text = "TSMC's capacity was 5,000 wafers a month in 2024 and is to reach 7,000 wafers a month by the end of 2026."
    assert [(row[1], row[2]) for row in _told(text)] == [("capacity", 5000.0), ("capacity", 7000.0)]


def test_figures_may_share_the_time_after_them() -> None:
    told = _told("China turned out 80% of the world's refined gallium and 70% of its refined germanium in 2024.")
    assert told == [
        ("China", "marketShare", 80.0, "level", "refined gallium", "2024-01-01"),
        ("China", "marketShare", 70.0, "level", "refined germanium", "2024-01-01"),
    ]


def test_a_period_of_an_aside_is_no_time_of_the_figure_before() -> None:
    text = (
        "Orders at Intel stood at $6 billion at the end of December 2024, and 45% of that came from OpenAI, which "
        "in May agreed to buy a further $2 billion of its chips."
    )
    assert [(row[2], row[5]) for row in _told(text)][:2] == [(6e9, "2024-12-01"), (45.0, "2024-12-01")]


def test_a_sum_a_year_is_the_sum_of_a_year() -> None:
    assert figures("Intel will invest between $2 billion and $3 billion a year in Ohio.") == [
        ("Intel", "investment", 2e9, 3e9, "USD")
    ]
    assert figures("Grok costs $30 a month.")[0][1:] == ("price", 30.0, 30.0, "USD/month")


def test_a_firm_paid_over_years_has_a_contract() -> None:
    told = _told("OpenAI is to pay Oracle $20 billion over four years from 2027.")
    assert told == [("OpenAI", "orders", 20e9, "level", None, None)]


def test_a_correction_tells_what_does_not_hold() -> None:
    assert figures("Correction: an earlier version of this article gave Intel's revenue in 2024 as $5 billion.") == []
    assert figures("We first gave Intel's market share as 11%, which was last year's.") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Research and development ate up $180 million at Intel.", ("Intel", "rndSpend", 180e6, 180e6, "USD")),
        ("Restructuring cut Intel's net income by $3 billion.", ("Intel", "netProfit", -3e9, -3e9, "USD")),
        ("Nittobo is thought to hold upward of 90% of the T-glass market.",
         ("Nitto Boseki", "marketShare", 90.0, None, "percent")),
        ("Ajinomoto has more than 95% of the ABF.", ("Ajinomoto", "marketShare", 95.0, None, "percent")),
        ("Intel lost $7 billion on revenue of three.", ("Intel", "netProfit", -7e9, -7e9, "USD")),
        ("Samsung Electronics is said to have earned 9 trillion won (about $6 billion) at the operating level.",
         ("Samsung Electronics", "operatingProfit", 9e12, 9e12, "KRW")),
        ("For the quarter now running Intel has pencilled in $13 billion.", ("Intel", "revenue", 13e9, 13e9, "USD")),
        ("Intel has promised Oracle $4 billion, or so the Wall Street Journal has it.",
         ("Intel", "orders", 4e9, 4e9, "USD")),
        ("Sales of Micron's DRAM were $8 billion, whereas NAND, at $2 billion, fell.",
         ("Micron Technology", "revenue", 8e9, 8e9, "USD")),
    ],
)  # fmt: skip
def test_wordings(text: str, told: tuple[str, str, float, float | None, str]) -> None:
    assert figures(text)[0] == told


def test_an_increase_is_one_however_far_its_figure() -> None:
    text = (
        "Intel reported net revenue of $2 billion for the third quarter, ended November 1, an increase of 37% "
        "year over year."
    )
    assert [(row[2], row[3]) for row in _told(text)] == [(2e9, "level"), (37.0, "change")]


def test_a_figure_is_of_its_time_not_of_that_it_is_held_against() -> None:
    text = (
        "Turnover at Intel over the first nine months of 2025, $30 billion, was nearly double the year-earlier figure. "
        "Intel's net profit in the third quarter of 2025 was $2 billion, three times as much as a year before."
    )
    levels = [(row[2], row[5]) for row in _told(text) if row[3] == "level"]
    assert levels == [(30e9, "2025-01-01"), (2e9, "2025-07-01")]


def test_what_a_year_rose_from_is_the_year_before() -> None:
    told = _told("Intel's revenue in 2024 was $50 billion, up from $40 billion.")
    assert [(row[2], row[5]) for row in told] == [(50e9, "2024-01-01"), (40e9, "2023-01-01")]


def test_a_clause_hung_on_a_time_is_of_that_time() -> None:
    told = _told(
        "Intel's revenue was $50 billion in 2024 and $20 billion in the first half of 2025, when "
        "profit came to $1 billion."
    )
    assert [(row[1], row[5]) for row in told] == [
        ("revenue", "2024-01-01"),
        ("revenue", "2025-01-01"),
        ("netProfit", "2025-01-01"),
    ]


def test_bookings_are_of_the_time_of_the_report() -> None:
    text = (
        "Intel reported its results for the second quarter of 2025. "
        "Bookings came to $5 billion, of which $3 billion was for servers."
    )
    assert [(row[1], row[2], row[4], row[5]) for row in _told(text)] == [
        ("orders", 5e9, None, "2025-04-01"),
        ("orders", 3e9, "servers", "2025-04-01"),
    ]


def test_two_sums_share_the_time_at_the_end() -> None:
    told = _told(
        "Intel forecasts sales of $60 billion and an operating profit of $5 billion for the year to March 2026."
    )
    assert [(row[1], row[5]) for row in told] == [("revenue", "2025-04-01"), ("operatingProfit", "2025-04-01")]


def test_a_quarter_that_is_judged_is_that_of_the_figures_after_it() -> None:
    text = (
        "Q3 was a small beat and the guide a letdown; the stock fell 8% yesterday. "
        "Intel is cheap. Revenue was $13 billion."
    )
    assert [(row[2], row[5]) for row in _told(text)] == [(13e9, "2025-07-01")]


def test_what_is_said_in_a_month_is_not_of_that_month() -> None:
    text = (
        "Intel reported results for the second quarter of 2025. "
        "Intel said in October that its operating profit would be $2 billion on revenue of $13 billion."
    )
    assert [(row[1], row[5]) for row in _told(text)] == [("operatingProfit", "2025-04-01"), ("revenue", "2025-04-01")]


def test_a_row_of_figures_takes_the_times_told_before_it() -> None:
    text = (
        "Intel's turnover was $30 billion in 2024 and $20 billion in the first half of 2025, and the net loss $3 "
        "billion and $2 billion respectively."
    )
    assert [(row[1], row[2], row[5]) for row in _told(text)] == [
        ("revenue", 30e9, "2024-01-01"),
        ("revenue", 20e9, "2025-01-01"),
        ("netProfit", -3e9, "2024-01-01"),
        ("netProfit", -2e9, "2025-01-01"),
    ]


def test_a_figure_that_is_exceeded_is_of_the_same_kind() -> None:
    told = _told(
        "Intel's revenue was $14 billion, 20% higher than the $12 billion booked in the first quarter of 2025."
    )
    assert [(row[1], row[2]) for row in told] == [("revenue", 14e9), ("revenue", 20.0), ("revenue", 12e9)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("In 2024 Intel was $7 billion in the hole.", ("Intel", "netProfit", -7e9)),
        ("Intel was still in the red, by $5 billion.", ("Intel", "netProfit", -5e9)),
        ("Intel was back in the black, to the tune of $1 billion.", ("Intel", "netProfit", 1e9)),
        ("Intel will sell shares. Of the proceeds, $2 billion is to go into research.", ("Intel", "investment", 2e9)),
        ("Unitree sold more than 4,000 humanoids last year.", ("Unitree", "shipments", 4000.0)),
        ("Intel ships more than 2bn components a year.", ("Intel", "shipments", 2e9)),
        ("Schneider Electric bought three-quarters of Motivair for $700 million.",
         ("Schneider Electric", "investment", 7e8)),
        ("Intel's 150 employees in Cork will stay.", ("Intel", "headcount", 150.0)),
    ],
)  # fmt: skip
def test_sums_and_numbers_by_what_is_done(text: str, told: tuple[str, str, float]) -> None:
    assert [row[:3] for row in _told(text) if row[3] != "share"] == [told]


def test_where_shares_go_is_their_scope() -> None:
    told = _told("Advantest makes testers. About 3% of its sales go to Japan, 32% to Taiwan and 28% to China.")
    assert [(row[2], row[3], row[4]) for row in told] == [
        (3.0, "share", "Japan"),
        (32.0, "share", "Taiwan"),
        (28.0, "share", "China"),
    ]


def test_the_whole_of_a_share_is_a_figure_of_its_own() -> None:
    told = _told("Microsoft supplied 71 percent of CoreWeave's second-quarter revenue of $1.2 billion.")
    assert [row[:4] for row in told] == [
        ("CoreWeave", "revenue", 71.0, "share"),
        ("CoreWeave", "revenue", 1.2e9, "level"),
    ]
    told = _told("AI servers brought Foxconn $1 trillion in 2024, nearly a fifth of the $5.5 trillion total.")
    assert (told[-1][1:3], told[-1][4]) == (("revenue", 5.5e12), None)


def test_what_was_earned_after_an_operating_loss_is_one_too() -> None:
    text = "Intel ran up an operating loss of $6 billion in the third quarter; a year earlier it had earned $2 billion."
    assert [row[1:3] for row in _told(text)] == [("operatingProfit", -6e9), ("operatingProfit", 2e9)]


def test_flat_to_up_is_a_range() -> None:
    assert figures("SMIC guides to revenue that is flat to up 2%.")[0] == ("SMIC", "revenue", 0.0, 2.0, "percent")


def test_points_of_another_quarter_do_not_move_the_time_of_a_report() -> None:
    lines = (
        "Northfield, quarter to May 31, 2025",
        "- Operating margin 21%. FQ4 operating margin some 200 bps higher, says its finance chief.",
        "- Capex $310m.",
    )
    told = [(row[1], row[2], row[5]) for row in _told("\n".join(lines))]
    quarter = told[0][2]
    assert told == [
        ("operatingMargin", 21.0, quarter),
        ("operatingMargin", 2.0, told[1][2]),
        ("capex", 3.1e8, quarter),
    ]
    assert told[1][2] != quarter
