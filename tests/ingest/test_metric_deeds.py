"""What firms do with money: value, sell, earn, research, rule a trade; and what a later clause says of the same."""

import pytest

from tests.ingest.reading import figures


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Nvidia took a stake in Anthropic, valuing it at $2 billion.", ("Anthropic", "marketCap", 2e9, "USD")),
        ("The share sale would price Anthropic at $3 billion.", ("Anthropic", "marketCap", 3e9, "USD")),
        ("Nvidia sold $46 billion of chips last quarter.", ("Nvidia", "revenue", 46e9, "USD")),
        ("Intel lost $2.9 billion in spring and made $4.1 billion in summer.", ("Intel", "netProfit", 4.1e9, "USD")),
        ("Micron will pour $2 billion into research next year.", ("Micron Technology", "rndSpend", 2e9, "USD")),
        ("TSMC controlled 71% of pure-play foundry revenue.", ("TSMC", "marketShare", 71, "percent")),
        ("Citi cut its 2026 revenue estimate for Intel to $50 billion.", ("Intel", "revenue", 50e9, "USD")),
        ("AMD bought a 55% interest in Mistral for $90 million.", ("AMD", "investment", 90e6, "USD")),
        (
            "Intel's margin will stay under 40%; it was 36% last quarter.",
            ("Intel", "grossMargin", 36, "percent"),
        ),
        (
            "TSMC can process 45,000 wafers a month and should reach 60,000 wafers a month by 2027.",
            ("TSMC", "capacity", 60000, "wafers/month"),
        ),
    ],
)
def test_a_deed_tells_the_metric(text: str, wanted: tuple[object, ...]) -> None:
    assert wanted in [(who, metric, low, unit) for who, metric, low, _, unit in figures(text)]


@pytest.mark.parametrize("text", ["Intel sold $3 billion of bonds.", "TSMC made $3 billion of chips in Dresden."])
def test_bonds_sold_and_chips_made_are_no_income(text: str) -> None:
    assert not {row[1] for row in figures(text)} & {"revenue", "netProfit"}
