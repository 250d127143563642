"""What deals, rounds and listings cost or bring in."""

import pytest

from tests.ingest.reading import figures


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Qualcomm bought Alphawave in June: $2.4 billion.", ("Qualcomm", "investment", 2.4e9)),
        ("Cisco wrote a cheque for $3 billion to win over Splunk.", ("Cisco", "investment", 3e9)),
        ("Intel parted with $900 million for the start-up.", ("Intel", "investment", 900e6)),
        ("Cerebras closed a Series F at $250 million.", ("Cerebras", "investment", 250e6)),
        ("Kioxia's share sale raised 120 billion yen.", ("Kioxia", "investment", 120e9)),
        ("Micron acquired Elpida in a $2 billion deal.", ("Micron Technology", "investment", 2e9)),
        ("Broadcom is buying VMware for $61 billion upfront.", ("Broadcom", "investment", 61e9)),
        ("Philips sold Lumileds to Apollo for $1.5 billion.", ("Apollo Global Management", "investment", 1.5e9)),
        ("OpenAI signed with Oracle for more capacity: $30 billion over four years.", ("OpenAI", "orders", 30e9)),
    ],
)
def test_the_price_of_a_deal_is_its_payers(text: str, wanted: tuple[str, str, float]) -> None:
    assert wanted in [(firm, metric, low) for firm, metric, low, *_ in figures(text)]


def test_guidance_without_a_metric_is_of_revenue() -> None:
    assert figures("Guidance at Cadence for 2026 stands at $5.9 billion.") == [
        ("Cadence Design Systems", "revenue", 5.9e9, 5.9e9, "USD")
    ]


def test_a_sum_promised_for_a_year_is_revenue_unless_somebody_is_promised_it() -> None:
    assert figures("For 2026 Snowflake promises $4.5bn to $4.6bn.") == [("Snowflake", "revenue", 4.5e9, 4.6e9, "USD")]
    assert figures("In 2026 Snowflake promised Oracle $4 billion.")[0][:2] == ("Snowflake", "orders")


def test_a_percentage_of_a_firm_is_a_stake_and_no_market_share() -> None:
    assert figures("Cisco came away with 20 percent of Nebius.") == [("Cisco", "investment", 20, 20, "percent")]


def test_a_semicolon_ends_the_deal_that_a_price_is_of() -> None:
    text = (
        "Schneider bought a third of Motivair for $850 million, a deal that closed in May; Daikin took over Chilldyne."
    )
    assert [(who, low) for who, _, low, _, unit in figures(text) if unit == "USD"] == [("Schneider Electric", 850e6)]
