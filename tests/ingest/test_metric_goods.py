"""Numbers of chips, racks and machines: who orders, ships, stocks or runs them."""

import pytest

from tests.ingest.reading import figures


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Meta runs 60,000 H100s at its Ohio site.", ("Meta", "capacity", 60000, "count")),
        ("Oracle plans a campus with 70,000 Nvidia GPUs.", ("Oracle", "capacity", 70000, "count")),
        ("CoreWeave will have 90,000 GPUs in operation by June.", ("CoreWeave", "capacity", 90000, "count")),
        ("ByteDance has put in for 40,000 H20s.", ("ByteDance", "orders", 40000, "count")),
        ("Microsoft bought 485,000 Hopper chips.", ("Microsoft", "orders", 485000, "count")),
        ("AMD has 25,000 cards in stock.", ("AMD", "inventory", 25000, "count")),
        ("Huawei will churn out 300,000 processors this year.", ("Huawei", "shipments", 300000, "count")),
        ("Wistron can assemble 600 racks a month.", ("Wistron", "capacity", 600, "racks/month")),
        ("Google is spending $4 billion on some 50,000 of Nvidia's GB200s.", ("Google", "orders", 4e9, "USD")),
    ],
)
def test_a_number_of_goods_is_what_its_verb_says(text: str, wanted: tuple[object, ...]) -> None:
    assert wanted in [(firm, metric, low, unit) for firm, metric, low, _, unit in figures(text)]


@pytest.mark.parametrize(
    "text",
    [
        "AMD and Intel, both of Silicon Valley, shipped servers.",
        "Several start-ups have ordered 30,000 H20s, Reuters said.",
    ],
)
def test_what_is_no_goods_or_nobodys_is_left_out(text: str) -> None:
    assert figures(text) == []
