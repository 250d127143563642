from decimal import Decimal

import pytest

from qa.risk.exposure import exposure
from qa.risk.render import render, share_text
from qa.risk.report import Share
from tests.graph.samples import relation
from tests.risk.facts import buys, share, store

D = Decimal


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Share("Maker", "revenue"), "share unknown"),
        (Share("Maker", "revenue", D(40), D(40), D(40), "disclosed"), "40 % of Maker's revenue (disclosed)"),
        (Share("Maker", "revenue", None, D(70), D(100), "disclosed"), "at least 70 % of Maker's revenue (disclosed)"),
        (Share("Maker", "revenue", None, D(0), D("2.5"), "derived"), "at most 2.5 % of Maker's revenue (derived)"),
        (Share("Maker", "revenue", None, D(7), D(20), "derived"), "7–20 % of Maker's revenue (derived)"),
        (
            Share("Maker", "revenue", D(9), D(9), D(9), "disclosed", (), "2025-Q2", "approximate"),
            "9 % of Maker's revenue (disclosed, 2025-Q2, approximate)",
        ),
    ],
)
def test_shares_in_words(share: Share, text: str) -> None:
    assert share_text(share) == text


def test_one_pair_with_its_paths() -> None:
    graph = store(relation("Gamma", "supplies", "Beta"), buys("Alpha", "Beta", "60"), buys("Beta", "Gamma", "20"))
    lines = render(exposure(graph, "e:alpha", to="e:gamma"), width=200).splitlines()
    assert lines[:3] == [
        "Exposure of Alpha to Gamma",
        "  12 % of Alpha's capital expenditure (derived)",
        "  over all tiers: at least 12 % of Alpha's capital expenditure (derived, disclosed shares only)",
    ]
    assert "  Alpha capital expenditure: 60% (Beta) [1] → Gamma supplies Beta [2][3] = 12 %" in lines


def test_no_path_is_said_to_be_unknown() -> None:
    graph = store(relation("Gamma", "supplies", "Beta"), relation("Alpha", "competesWith", "Beta"))
    assert render(exposure(graph, "e:alpha", to="e:gamma")).splitlines()[:4] == [
        "Exposure of Alpha to Gamma",
        "  no path from Alpha to Gamma is known",
        "",
        "Coverage: The graph holds no dependence here; that means unknown, not",
    ]


def test_groups_stand_in_the_whole_picture_only() -> None:
    graph = store(relation("Alpha", "supplies", "Beta"), share("Alpha", "five largest customers", "80"))
    assert "five largest customers: 80 %" in render(exposure(graph, "e:alpha"))
    assert "five largest" not in render(exposure(graph, "e:alpha", to="e:beta"))


def test_text_fits_the_terminal() -> None:
    chain = [buys(f"Firm {n}", f"Firm {n + 1}", "50", attributed_to="somebody close to the firm") for n in range(5)]
    lines = render(exposure(store(*chain), "e:firm-0"), width=60).splitlines()
    assert max(len(line) for line in lines) <= 60
    start = lines.index("  tier 2  Firm 2: 25 % of Firm 0's capital expenditure")
    assert lines[start + 1 : start + 4] == [
        "          (derived)",
        "          Firm 0 capital expenditure: 50% (Firm 1) [1] →",
        "            Firm 1 capital expenditure: 50% (Firm 2) [2] =",
    ]


def test_at_most_three_quotes_a_step_are_shown() -> None:
    deal = relation("Beta", "supplies", "Alpha")
    others = [relation("Beta", "supplies", "Alpha", qualifiers=(("item", item),)) for item in ("a", "b", "c")]
    text = render(exposure(store(deal, *others), "e:alpha"))
    assert "supplies Alpha (a) [1][2][3]" in text or "supplies Alpha [1][2][3]" in text
    assert "[4]" not in text


def test_long_lists_are_cut() -> None:
    graph = store(*(relation(f"Supplier {n}", "supplies", "Alpha") for n in range(5)))
    text = render(exposure(graph, "e:alpha"), parties=2)
    assert "  … and 3 more" in text.splitlines()
    assert text.count("Sentence") == 2
