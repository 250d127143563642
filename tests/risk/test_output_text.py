from decimal import Decimal

import pytest

from qa.risk.envelope import Column, Measure, Result, Row, Table
from qa.risk.exposure import exposure
from qa.risk.output.columns import block
from qa.risk.output.text import text
from qa.risk.output.traced import result_of
from qa.risk.output.words import amount, measure_text, said, share_text
from qa.risk.report import Coverage, Report, Share
from tests.graph.samples import ref, relation
from tests.risk.facts import buys, share, store

D = Decimal


def rendered(report: Report, width: int = 80, rows: int = 20) -> str:
    return text(result_of(report), width=width, rows=rows)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (Share("Maker", "revenue"), "share unknown"),
        (Share("Maker", "revenue", note="no path is known"), "share unknown (no path is known)"),
        (Share("Maker", "revenue", D(40), D(40), D(40), "disclosed"), "40 % of Maker's revenue (disclosed)"),
        (Share("Maker", "revenue", None, D(70), D(100), "disclosed"), "at least 70 % of Maker's revenue (disclosed)"),
        (Share("Maker", "revenue", None, D(0), D("2.5"), "derived"), "at most 2.5 % of Maker's revenue (derived)"),
        (Share("Maker", "revenue", None, D(7), D(20), "derived"), "7–20 % of Maker's revenue (derived)"),
        (Share("Maker", "revenue", D(60), D(0), D(70), "imputed"), "60 % (at most 70 %) of Maker's revenue (imputed)"),
        (
            Share("Maker", "revenue", D(9), D(9), D(9), "disclosed", (), "2025-Q2", "approximate"),
            "9 % of Maker's revenue (disclosed, 2025-Q2, approximate)",
        ),
    ],
)
def test_shares_in_words(share: Share, words: str) -> None:
    assert share_text(share) == words


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        (Measure("loss", "percent", note="no size is known"), "unknown (no size is known)"),
        (Measure("HHI", "points", None, D("2511.4"), D(4000), "derived"), "2,511–4,000 points (derived)"),
        (Measure("HHI", "points", D(2600), D(2600), D(2600), "disclosed"), "2,600 points (disclosed)"),
        (Measure("loss", "percent", D("12.346"), D(5), D(30), "imputed"), "12.35 % (5–30 %) (imputed)"),
        (Measure("loss", "percent", None, D(0), D(30), "derived"), "at most 30 % (derived)"),
        (Measure("loss", "percent", None, D(40), D(100), "derived"), "at least 40 % (derived)"),
        (Measure("firms", "count", None, D(3), None, "derived"), "at least 3 (derived)"),
        (
            Measure("cost", "USD", None, D(30 * 10**9), D(50 * 10**9), "assumed", period="2026"),
            "USD 30–50 billion (assumed, 2026)",
        ),
        (Measure("cost", "USD", None, D(800 * 10**6), D(2 * 10**9), "derived"), "USD 800 million–2 billion (derived)"),
        (Measure("chance", "probability", D("0.069"), basis="derived"), "0.069 (derived)"),
    ],
)
def test_measures_in_words(measure: Measure, words: str) -> None:
    assert measure_text(measure) == words


def test_other_cells_in_words() -> None:
    assert said(None) == "unknown"
    assert said((ref("TSMC"), ref("Nvidia"))) == "TSMC, Nvidia"
    assert (said(True), said(12345), said("as written")) == ("yes", "12,345", "as written")
    assert (amount(D("2.5"), "months"), amount(D(1), "months")) == ("2.5 months", "1 month")


def test_one_pair_with_its_paths() -> None:
    graph = store(relation("Gamma", "supplies", "Beta"), buys("Alpha", "Beta", "60"), buys("Beta", "Gamma", "20"))
    lines = rendered(exposure(graph, "e:alpha", to="e:gamma"), width=200).splitlines()
    assert lines[:5] == [
        "Exposure of Alpha to Gamma",
        "  12 % of Alpha's capital expenditure (derived)",
        "",
        "Paths",
        "  over all tiers: at least 12 % of Alpha's capital expenditure (derived, disclosed shares only)",
    ]
    path = "Alpha capital expenditure: 60% (Beta) [1] → Gamma supplies Beta [2][3] = 12 %"
    assert lines[6] == f"  {path}      2  12 % of Alpha's capital expenditure (derived)"


def test_one_entity_says_how_many_parties_are_known() -> None:
    graph = store(relation("Beta", "supplies", "Alpha"), relation("Gamma", "supplies", "Alpha"))
    assert rendered(exposure(graph, "e:alpha")).splitlines()[:6] == [
        "Exposure of Alpha",
        "  Parties that Alpha depends on: at least 2 (derived)",
        "",
        "Depends on as suppliers",
        "  Party  Tier  Share at that tier  By",
        "  Beta      1  unknown             Beta supplies Alpha [1]",
    ]


def test_no_path_is_said_to_be_unknown() -> None:
    graph = store(relation("Gamma", "supplies", "Beta"), relation("Alpha", "competesWith", "Beta"))
    assert rendered(exposure(graph, "e:alpha", to="e:gamma")).splitlines() == [
        "Exposure of Alpha to Gamma",
        "  Share of Alpha's purchases unknown (no path from Alpha to Gamma is known)",
        "",
        "Paths",
        "  none known",
        "",
        "Coverage: The graph holds no dependence here; that means unknown, not",
        "  independent.",
        "Assumptions:",
        "  Only what is asserted or reported makes a dependence; plans, possibilities,",
        "    opinions and denials do not.",
    ]


def test_groups_stand_in_the_whole_picture_only() -> None:
    graph = store(relation("Alpha", "supplies", "Beta"), share("Alpha", "five largest customers", "80"))
    assert "five largest customers  80 % of Alpha's revenue (disclosed) [" in rendered(exposure(graph, "e:alpha"))
    assert "five largest" not in rendered(exposure(graph, "e:alpha", to="e:beta"))


def test_text_fits_the_terminal() -> None:
    chain = [buys(f"Firm {n}", f"Firm {n + 1}", "50", attributed_to="somebody close to the firm") for n in range(5)]
    lines = rendered(exposure(store(*chain), "e:firm-0"), width=60).splitlines()
    assert max(len(line) for line in lines) <= 60
    start = lines.index("  Firm 2     2  25 % of Firm 0's capital expenditure")
    assert lines[start + 1 : start + 4] == [
        "                (derived)",
        "      By: Firm 0 capital expenditure: 50% (Firm 1) [1] →",
        "        Firm 1 capital expenditure: 50% (Firm 2) [2] = 25 %",
    ]


def test_columns_count_wide_characters_twice_and_fold_a_long_first_cell() -> None:
    assert list(block(["firm", "n"], [["平头哥", "7"], ["TSMC", "12"]], [False, True], 40)) == [
        "  firm     n",
        "  平头哥   7",
        "  TSMC    12",
    ]
    assert list(block(["firm", "n"], [["one two three four", "7"]], [False, True], 17)) == [
        "  firm          n",
        "  one two       7",
        "  three four",
    ]


def test_long_columns_go_below_first_and_then_the_last_ones() -> None:
    heads, cells = ["a", "long", "b", "c"], ["one", "many words " * 6, "y" * 20, "z" * 20]
    assert list(block(heads, [cells], [False] * 4, 40)) == [
        "  a    b",
        f"  one  {'y' * 20}",
        "      long: many words many words many",
        "        words many words many words many",
        "        words",
        f"      c: {'z' * 20}",
    ]


def test_a_column_without_words_takes_no_room() -> None:
    assert list(block(["n", ""], [["1", ""], ["22", ""]], [True, False], 40)) == ["   n", "   1", "  22"]


def test_at_most_three_quotes_a_step_are_shown() -> None:
    deal = relation("Beta", "supplies", "Alpha")
    others = [relation("Beta", "supplies", "Alpha", qualifiers=(("item", item),)) for item in ("a", "b", "c")]
    lines = rendered(exposure(store(deal, *others), "e:alpha"))
    assert "supplies Alpha (a) [1][2][3]" in lines or "supplies Alpha [1][2][3]" in lines
    assert "[4]" not in lines


def test_long_lists_are_cut() -> None:
    graph = store(*(relation(f"Supplier {n}", "supplies", "Alpha") for n in range(5)))
    lines = rendered(exposure(graph, "e:alpha"), rows=2)
    assert "  … and 3 more" in lines.splitlines()
    assert lines.count("Sentence") == 2


def test_evidence_of_the_measure_alone_is_shown() -> None:
    graph = store(relation("Beta", "supplies", "Alpha"))
    quotes = exposure(graph, "e:alpha").evidence
    table = Table("firms", "Firms", (Column("firm", "firm"),), (Row((ref("Beta"),)),))
    result = Result(
        kind="demo", title="A report", entity=None, measure=Measure("HHI", "points", note="no share is known"),
        tables=(table,), coverage=Coverage(0, 0, 0, 0), method="none", assumptions=(), evidence=quotes,
    )  # fmt: skip
    assert text(result).splitlines()[-1].startswith("  [1] “Sentence 0 of Notes.” — Notes, 2026-03-01 (asserted)")


def test_columns_that_are_empty_throughout_are_left_out() -> None:
    columns = (Column("firm", "firm"), Column("note", "note"), Column("tier", "tier"))
    table = Table("firms", "Firms", columns, (Row((ref("Beta"), "", 1), (1,)), Row((ref("Gamma"), "", 2))))
    measure = Measure("firms", "count", D(2), D(2), D(2), "derived")
    result = Result(
        kind="demo", title="A report", entity=None, measure=measure, tables=(table,),
        coverage=Coverage(0, 0, 0, 0), method="none", assumptions=(), evidence=(),
    )  # fmt: skip
    assert text(result).splitlines()[3:7] == ["Firms", "  Firm   Tier", "  Beta      1  [1]", "  Gamma     2"]
