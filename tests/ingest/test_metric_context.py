"""What a figure takes from its surroundings: the firm of its section, that firm's calendar, currency and period."""

from datetime import date

import pytest

from graph.model import Claim, Quantity
from ingest.metrics.calendar import year_end_month
from tests.ingest.reading import extract, figures

FEBRUARY = date(2026, 2, 12)


def _days(text: str) -> dict[tuple[str, str, float], tuple[str, str] | None]:
    found: dict[tuple[str, str, float], tuple[str, str] | None] = {}
    for claim in extract(text, published=FEBRUARY):
        if isinstance(claim.object, Quantity):
            found[(claim.subject.label, claim.predicate, _low(claim))] = (
                (str(claim.period.start), str(claim.period.end)) if claim.period and claim.period.start else None
            )
    return found


def _low(claim: Claim) -> float:
    assert isinstance(claim.object, Quantity)
    return float(claim.object.low if claim.object.low is not None else claim.object.high or 0)


def test_a_heading_names_the_firm_of_its_section() -> None:
    text = (
        "Nvidia and its suppliers report\n\n"
        "Nvidia was strong. Nvidia sold everything. Nvidia is content.\n\n"
        "Micron (Buy)\n\n"
        "It was a fine quarter. Revenue came to $11 billion.\n\n"
        "Lam Research (Hold)\n\n"
        "Sales were $5 billion.\n"
    )
    assert [(firm, low) for firm, _, low, *_ in figures(text)] == [("Micron Technology", 11e9), ("Lam Research", 5e9)]


def test_a_sentence_without_a_subject_announces_its_firm() -> None:
    text = "Nvidia is rich. Nvidia buys. Nvidia hires.\n\nNow for Qualcomm. Revenue came to $11 billion."
    assert [firm for firm, *_ in figures(text)] == ["Qualcomm"]


def test_the_main_clause_owns_the_figure_before_it() -> None:
    text = "With capital expenditure of $70 billion planned, Meta will outspend Nvidia's other clients."
    assert figures(text)[0][:3] == ("Meta", "capex", 70e9)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("the target for fiscal 2027 (to June)", 6),
        ("the third quarter of fiscal 2026, which ended December 31", 3),
        ("its fiscal first quarter (September to November)", 8),
        ("the firm closes its books in September", 9),
        ("its fiscal year ended November 2", 10),
        ("in fiscal 2026 May Instrument", None),
    ],
)
def test_a_text_may_tell_when_a_year_ends(text: str, month: int | None) -> None:
    assert year_end_month(text) == month


def test_fiscal_periods_follow_the_calendar_of_the_firm_at_hand() -> None:
    found = _days(
        "Nvidia had another record. Nvidia is Nvidia.\n\n"
        "Advantest expects revenue of 900 billion yen in fiscal 2025.\n\n"
        "Micron's sales in fiscal 2025 were $37 billion."
    )
    assert found[("Advantest", "revenue", 900e9)] == ("2025-04-01", "2026-03-31")
    assert found[("Micron Technology", "revenue", 37e9)] == ("2024-09-01", "2025-08-31")


def test_a_fiscal_year_that_nobody_knows_has_no_days() -> None:
    found = _days("Quillon Devices said its revenue was $40 million in fiscal 2025. Quillon Devices makes chips.")
    assert found == {("Quillon Devices", "revenue", 40e6): None}


@pytest.mark.parametrize(
    ("text", "key", "days"),
    [
        (
            "For April-June AMD expects sales unchanged from the prior quarter and a gross margin of 54%.",
            ("AMD", "grossMargin", 54),
            ("2026-04-01", "2026-06-30"),
        ),
        (
            "AMD sees capex of $1 billion in 2026, up from its November forecast of $900 million.",
            ("AMD", "capex", 900e6),
            ("2026-01-01", "2026-12-31"),
        ),
        (
            "AMD earned $1 billion in the fourth quarter, against $400m a year before, on revenue of $10 billion.",
            ("AMD", "revenue", 10e9),
            ("2025-10-01", "2025-12-31"),
        ),
        (
            "Revenue at AMD in the six months to June was $15 billion and net profit $2 billion.",
            ("AMD", "netProfit", 2e9),
            ("2025-01-01", "2025-06-30"),
        ),
    ],
)
def test_comparisons_and_dates_of_forecasts_are_no_periods_of_figures(
    text: str, key: tuple[str, str, float], days: tuple[str, str]
) -> None:
    assert _days(text)[key] == days


def test_bare_billions_are_money_of_the_currency_told_last() -> None:
    text = "ASML's bookings were 5 billion euros. Its revenue, at 7.5 billion, beat forecasts."
    assert ("ASML", "revenue", 7.5e9, 7.5e9, "EUR") in figures(text)


def test_bare_millions_of_people_are_none() -> None:
    text = "OpenAI's revenue was $4 billion. ChatGPT has users: 800 million a week."
    assert all(unit != "USD" for _, _, low, _, unit in figures(text) if low == 800e6)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Nebius had a good year. Meta has signed for $3 billion of capacity. The backlog is $20 billion.", "Nebius"),
        (
            "Micron sells memory. Micron is growing and so is its market. Micron has a new fab.\n\n"
            "Dell, a server maker, buys the company's modules. Sales came to $8 billion last quarter.",
            "Micron Technology",
        ),
        ("Nebius grew. Meta reported revenue of $50 billion. Net income was $9 billion.", "Meta"),
        (
            "1. Nebius (NBIS): full\n\nTwo clients came at once, with the $9 billion that Meta promised in May for "
            "capacity. Quarterly sales were $200 million.\n\n2. Lambda: fuller\n\nMeta came here too.",
            "Nebius",
        ),
    ],
)
def test_a_customer_that_deals_with_the_firm_at_hand_does_not_take_its_place(text: str, wanted: str) -> None:
    assert figures(text)[-1][0] == wanted


def test_several_subjects_are_no_topic() -> None:
    text = "Nebius is growing. Meta and Apple will rent from it. Revenue was $300 million."
    assert figures(text) == [("Nebius", "revenue", 300e6, 300e6, "USD")]
