"""Figures that leave out unit, owner or part, which their list, their noun or their clause gives."""

import pytest

from graph.model import Quantity
from tests.ingest.reading import extract, figures


def test_a_list_of_firms_under_a_metric() -> None:
    assert figures("Staff in October: Intel 83,000; AMD 28,000; Micron 53,000.") == [
        ("Intel", "headcount", 83000, 83000, "count"),
        ("AMD", "headcount", 28000, 28000, "count"),
        ("Micron Technology", "headcount", 53000, 53000, "count"),
    ]
    spent = figures("Research spending: Intel $3.2 billion, down 4%; AMD $2.1 billion, up 9%.")
    assert ("AMD", "rndSpend", 2.1e9, 2.1e9, "USD") in spent
    assert ("AMD", "rndSpend", 9, 9, "percent") in spent


def test_a_bare_number_of_all_the_people() -> None:
    assert ("AMD", "headcount", 640, 640, "count") in figures("AMD has a workforce of 640.")
    assert figures("AMD's headcount grew from 380 in January to 520 in October.") == [
        ("AMD", "headcount", 380, 380, "count"),
        ("AMD", "headcount", 520, 520, "count"),
    ]


def test_points_beside_a_rate() -> None:
    found = figures("Intel's gross margin fell 2 points to 38%.")
    assert ("Intel", "grossMargin", -2, -2, "percentage points") in found


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("ChatGPT is used by 30 million people a day.", "a day"),
        ("Intel employs 900 technicians.", "technicians"),
        ("Intel cut 300 posts at its networking arm.", "networking arm"),
        ("Intel's computing arm, which has 75 employees, lost money.", "computing arm"),
        ("Intel took 22% of the market for scanners in 2024.", "market for scanners"),
        ("AMD owes 80% of its sales to data centres.", "data centres"),
    ],
)
def test_the_part_that_a_figure_is_of(text: str, scope: str) -> None:
    assert scope in [c.scope for c in extract(text) if isinstance(c.object, Quantity)]


def test_the_end_of_a_month_is_that_month() -> None:
    (claim,) = [c for c in extract("ChatGPT had 40 million users at the end of June 2025.") if c.predicate == "users"]
    assert claim.period is not None
    assert (str(claim.period.start), str(claim.period.end)) == ("2025-06-01", "2025-06-30")
