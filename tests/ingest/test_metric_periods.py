"""The period of a report's figures, and of those that they are compared with."""

from datetime import date

import pytest

from graph.model import Claim, Quantity
from tests.ingest.reading import extract, figures

NOVEMBER = date(2025, 11, 20)
THIS, YEAR_AGO, QUARTER_AGO = "2025-07-01", "2024-07-01", "2025-04-01"


def _starts(text: str) -> dict[float, str | None]:
    """Each level with the day that its period begins with."""
    found = extract(text, published=NOVEMBER)
    return {_low(c): str(c.period.start) if c.period and c.period.start else None for c in found if _is_level(c)}


def _is_level(claim: Claim) -> bool:
    return isinstance(claim.object, Quantity) and claim.basis == "level"


def _low(claim: Claim) -> float:
    assert isinstance(claim.object, Quantity)
    return float(claim.object.low if claim.object.low is not None else claim.object.high or 0)


def test_what_is_compared_with_gives_the_report_no_period() -> None:
    text = (
        "TSMC announces results for the third quarter of 2025\n\n"
        "Revenue was $533 million, as compared with $480 million in the second quarter of 2025 and $336 million a year "
        "ago. Gross margin was 34%."
    )
    assert _starts(text) == {533e6: THIS, 480e6: QUARTER_AGO, 336e6: YEAR_AGO, 34: THIS}


def test_figures_of_a_list_are_for_its_heading_not_for_what_one_is_compared_with() -> None:
    text = (
        "TSMC announces results for the third quarter of 2025\n\nThird quarter 2025\n"
        "* Revenue: $9.2 billion, an increase of 41% from $6.6 billion in the second quarter and of 88% from "
        "$4.9 billion in the third quarter of 2024\n"
        "* Gross margin: 34.8%, versus 18.9% in the second quarter\n"
        "* Net profit: $1.7 billion"
    )
    assert {k: v for k, v in _starts(text).items() if k in (9.2e9, 34.8, 18.9, 1.7e9)} == {
        9.2e9: THIS,
        34.8: THIS,
        18.9: QUARTER_AGO,
        1.7e9: THIS,
    }


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        (
            "In the third quarter TSMC's revenue was $146 million, and capital expenditure, which had been "
            "$172 million a year earlier, came to $955 million.",
            {146e6: THIS, 172e6: YEAR_AGO, 955e6: THIS},
        ),
        ("TSMC, carved out of Philips in 2019, made a net profit of $5 billion.", {5e9: None}),
    ],
)
def test_the_time_of_an_aside_is_not_that_of_the_sentence(text: str, starts: dict[float, str | None]) -> None:
    assert _starts(text) == starts


def test_a_period_behind_a_comparison_is_that_of_the_figure_compared_with() -> None:
    text = (
        "TSMC announces results for the third quarter of 2025\n\n"
        "Revenue was $3.2 billion, an increase of 28% compared to $2.5 billion for the third quarter of 2024 "
        '("Q3 2024").'
    )
    assert _starts(text) == {3.2e9: THIS, 2.5e9: YEAR_AGO}


def test_figures_after_a_comparison_go_as_far_back() -> None:
    text = (
        "TSMC announces results for the third quarter of 2025\n\n"
        "Revenue quadrupled to $268 million from $72 million a year earlier. Net income was $82 million, versus a loss "
        "of $4 million. Capital expenditure climbed to $57 million from $36 million."
    )
    assert _starts(text) == {268e6: THIS, 72e6: YEAR_AGO, 82e6: THIS, -4e6: YEAR_AGO, 57e6: THIS, 36e6: YEAR_AGO}


def test_an_estimate_is_of_the_same_period() -> None:
    text = "TSMC's revenue was $6 billion in the third quarter, against an average estimate of $5 billion."
    assert _starts(text) == {6e9: THIS, 5e9: THIS}


@pytest.mark.parametrize(
    "opening", ["The September quarter was a bad one.", "TSMC took more orders than ever in the third quarter."]
)
def test_a_quarter_that_a_sentence_reports_on(opening: str) -> None:
    assert _starts(f"TSMC is tired.\n\n{opening} Its revenue was $5 billion.") == {5e9: THIS}


def test_a_clause_that_looks_back_is_over_before_the_next_figure() -> None:
    text = (
        "TSMC had revenue of $228 million in the third quarter, more than six times what it was a year before, and "
        "earned a net profit of $173 million."
    )
    assert _starts(text)[173e6] == THIS


def test_a_year_that_is_not_over_is_no_reports_period() -> None:
    text = (
        "TSMC's revenue was $9 billion in the third quarter. Its capital expenditure for the year is estimated at "
        "$4 billion. Its net profit came to $2 billion."
    )
    assert _starts(text) == {9e9: THIS, 4e9: "2025-01-01", 2e9: THIS}


def test_the_period_before_the_metrics_name() -> None:
    assert _starts("Apple brought TSMC 2024 revenue of $3 billion, and more since the third quarter of 2025.") == {
        3e9: "2024-01-01"
    }


def test_a_segment_is_no_firm() -> None:
    text = (
        "TSMC announces results\n\nTSMC is content. TSMC makes chips.\n\n"
        "Orbital Storage Solutions (OSS) revenue decreased to $780 million. "
        "For the fourth quarter the company expects revenue of $5 billion."
    )
    assert [firm for firm, *_ in figures(text)] == ["TSMC"] * 2
    scopes = [c.scope for c in extract(text) if isinstance(c.object, Quantity)]
    assert scopes[0] == "Orbital Storage Solutions"


def test_capital_expenditure_as_a_share_of_revenue() -> None:
    (claim,) = extract("TSMC's capital expenditure in 2026 is planned at 12% of revenue.")
    assert (claim.predicate, claim.basis, _low(claim)) == ("capex", "share", 12)


def test_shares_of_a_market_that_researchers_hand_out() -> None:
    text = (
        "Omdia, for its part, has TSMC at 54 per cent of all HBM in 2026, Samsung at 28 per cent and Kioxia at 18 per "
        "cent. It has Nvidia at 5% of its portfolio."
    )
    said = [(c.subject.label, c.predicate, _low(c), c.scope) for c in extract(text) if isinstance(c.object, Quantity)]
    assert said == [
        ("TSMC", "marketShare", 54, "HBM"),
        ("Samsung Electronics", "marketShare", 28, "HBM"),
        ("Kioxia", "marketShare", 18, "HBM"),
    ]


def test_a_share_after_who_says_so() -> None:
    text = "TSMC had 57 per cent of the HBM market by revenue, Omdia says, and Samsung 22 per cent."
    assert [(firm, low) for firm, _, low, *_ in figures(text)] == [("TSMC", 57), ("Samsung Electronics", 22)]
