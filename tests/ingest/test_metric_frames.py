"""Figures that a construction or a unit tells by itself: costs cut, users, prices asked, ratings, costs of making."""

import pytest

from tests.ingest.reading import figures


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Oracle has trimmed its serving bill by 12%.", ("Oracle", "costReduction", 12, "percent")),
        ("Micron shaved a tenth off the cost of a module.", ("Micron Technology", "costReduction", 10, "percent")),
        ("Intel took 15% out of its costs last year.", ("Intel", "costReduction", 15, "percent")),
        ("Dell reduced support costs by $40 million.", ("Dell", "costReduction", 40e6, "USD")),
        ("ChatGPT is used by 30 million people.", ("ChatGPT", "users", 30e6, "count")),
        ("Some 80,000 developers use Copilot.", ("Copilot", "users", 80e3, "count")),
        ("AMD's chatbot has 3 million users.", ("AMD", "users", 3e6, "count")),
        ("The H200 draws 700 watts.", ("H200", "performance", 700, "watt")),
        ("With 8 TB/s of bandwidth, the B300 beats the H100.", ("B300", "performance", 8, "TB/s")),
        ("The MI450 has 432 GB of memory.", ("MI450", "capacity", 432, "GB")),
        ("Making one H200 costs Nvidia about $3,300.", ("Nvidia", "unitCost", 3300, "USD")),
        ("A wafer at TSMC costs $4,000 to make.", ("TSMC", "unitCost", 4000, "USD")),
        ("Dell charges $9,000 for the H200.", ("H200", "price", 9000, "USD")),
        ("Intel will shed 900 posts.", ("Intel", "headcount", -900, "count")),
    ],
)  # fmt: skip
def test_a_construction_tells_the_metric(text: str, wanted: tuple[object, ...]) -> None:
    assert wanted in [(who, metric, low, unit) for who, metric, low, _, unit in figures(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The H200 has 20 GB more than the H100.",
        "Costs fell by 5%, Reuters said.",
    ],
)
def test_a_difference_or_what_nobody_cut_is_no_figure(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Helion Optics had sales of ¥4 billion.", "JPY"),
        ("Helion Optics, of Wuhan, had sales of ¥4 billion.", "CNY"),
        ("Helion Optics of Oslo had sales of 4 billion kroner.", "NOK"),
    ],
)
def test_a_shared_sign_is_that_of_the_place_or_of_the_press(text: str, unit: str) -> None:
    assert [row[-1] for row in figures(text)] == [unit]
