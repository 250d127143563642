"""Sections whose heading names a firm: whom pronouns, descriptions and figures in them mean."""

import pytest

from ingest.sections import opening_firms, section_firms
from tests.ingest.reading import document, figures, meant, pipeline

_LETTER = """Memory notes

Four firms, four pages.

1. Micron (MU): a fab in Idaho

Samsung sold less than it hoped.

The Boise firm did better: revenue was $9 billion.

2 | INTEL: BACK IN PROFIT

Nvidia paid for its stake.

It will cut 5,000 jobs. Net profit: $4 billion.

ONE MORE THING

AMD had revenue of $3 billion.
"""


def _sections(text: str) -> list[tuple[str, str | None]]:
    read = pipeline().read(document(text))
    return [(s.text, firm.label if firm else None) for s, firm in zip(read, section_firms(read), strict=True)]


def test_a_section_is_about_the_firm_that_its_heading_begins_with() -> None:
    found = dict(_sections(_LETTER))
    assert found["Four firms, four pages."] is None
    assert found["Samsung sold less than it hoped."] == "Micron Technology"
    assert found["Nvidia paid for its stake."] == "Intel"
    assert found["AMD had revenue of $3 billion."] is None


def test_pronouns_and_figures_go_to_the_firm_of_the_section() -> None:
    assert ("It", "Intel") in meant(_LETTER)
    assert figures(_LETTER) == [
        ("Micron Technology", "revenue", 9e9, 9e9, "USD"),
        ("Intel", "headcount", -5000, -5000, "count"),
        ("Intel", "netProfit", 4e9, 4e9, "USD"),
        ("AMD", "revenue", 3e9, 3e9, "USD"),
    ]


@pytest.mark.parametrize("heading", ["A contract with Microsoft", "NVIDIA, AMAZON, ORACLE", "Two Orvantas, one roof"])
def test_headings_that_are_about_nobody_in_particular(heading: str) -> None:
    text = (
        f"Foxconn builds racks\n\nFoxconn builds racks. Foxconn is busy.\n\n{heading}\n\nThe firm hired 500 people.\n"
    )
    assert dict(_sections(text))["The firm hired 500 people."] is None


def test_a_list_below_the_title_opens_no_section() -> None:
    text = (
        "Chips wait at the border\n\n- No part has left since May\n\n- AMD counts on less\n\n- Wingtech warns of a loss"
        "\n\nNexperia is still closed. AMD is not. Wingtech, Intel and Micron wait."
    )
    assert {firm for _, firm in _sections(text)} == {None}


def test_a_line_between_paragraphs_heads_them_unless_there_are_several() -> None:
    text = (
        "Letter\n\nThe week was calm.\n\nNebius (NBIS): one more tenant\n\nIts hall is full. The rent is high.\n\n"
        "Small print\n\nMicron and AMD were quiet, said Nebius."
    )
    found = dict(_sections(text))
    assert found["Its hall is full."] == "Nebius"
    assert found["Micron and AMD were quiet, said Nebius."] is None


def test_a_paragraph_of_a_numbered_list_that_begins_with_yet_goes_on_with_the_firm_before() -> None:
    text = """Two testers

1. Advantest is doing well. It expects sales of $6 billion in 2026.

2. Yet the last quarter was weak. Sales from July to September were $2 billion.

3. Teradyne is catching up. Teradyne had sales of $1 billion in that quarter. Teradyne says so. Teradyne hopes so.
"""
    assert ("Advantest", "revenue", 2e9, 2e9, "USD") in figures(text)


def test_a_name_that_is_all_of_a_first_sentence_is_what_its_paragraph_is_about() -> None:
    text = "Three rounds.\n\nCAMBRICON. Revenue was $9 billion in 2025.\n\nINTEL. Revenue was $12 billion in 2025.\n"
    assert figures(text) == [("Cambricon", "revenue", 9e9, 9e9, "USD"), ("Intel", "revenue", 12e9, 12e9, "USD")]


def test_a_word_alone_that_may_be_anything_heads_no_paragraph() -> None:
    text = "Wafers.\n\nStateside. Amkor Technology broke ground in October. Its chief executive, Ulla Brandt, is glad."
    assert [w for w in meant(text) if w[0] == "Its"] == [("Its", "Amkor Technology")]


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        ("Nvidia took part in the round. It was a large one.", "Nvidia"),
        ("The work is paid for by a round of $1.4 billion, closed in May; Nvidia took part. It was a large one.", None),
    ],
)
def test_a_paragraph_opens_with_nobody_who_comes_behind_a_semicolon(text: str, firm: str | None) -> None:
    first = opening_firms(pipeline().read(document(text)), frozenset(), None)[0]
    assert (first.label if first else None) == firm
