"""Hard-wrapped lines, odd spaces and invisible characters: sentences come out whole, quotes stay as written."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.lines import unwrapped
from ingest.passages import passages
from ingest.plain import as_written, plain
from ingest.sentences import sentences
from tests.ingest.reading import edges, extract, figures

LETTER = """\
Vale Chips ships first wafers

By Mette Lund
5 September 2025

Vale Chips supplies memory to Northfield, the cloud provider said in its filing on Friday, which runs to some forty
pages. Capital expenditure at Northfield will be $2.5 billion in 2026, about a third of what its rival Acme Robotics
of Bergen spends. Nobody at the two firms would say what becomes of the old lines in Oslo after June
30. They may be sold.

OUTLOOK

Orders doubled.
Margins did not.
"""
PLAIN = [
    "Vale Chips ships first wafers",
    "By Mette Lund",
    "5 September 2025",
    "Vale Chips supplies memory to Northfield, the cloud provider said in its filing on Friday, which runs to some "
    "forty pages.",
    "Capital expenditure at Northfield will be $2.5 billion in 2026, about a third of what its rival Acme Robotics of "
    "Bergen spends.",
    "Nobody at the two firms would say what becomes of the old lines in Oslo after June 30.",
    "They may be sold.",
    "OUTLOOK",
    "Orders doubled.",
    "Margins did not.",
]


def read(text: str) -> list[str]:
    """The sentences of a text as the parser gets them."""
    return [plain(text[a:b]) for p in passages(text) for a, b in sentences(text, p)]


def wrapped(text: str, width: int, end: str = "\n") -> str:
    """The text with each line wrapped, and that line end."""
    return end.join(textwrap.fill(line, width).replace("\n", end) for line in text.split("\n"))


def test_an_unwrapped_text_keeps_its_lines() -> None:
    assert [LETTER[a:b] for a, b in unwrapped(LETTER)][-3:] == ["OUTLOOK", "Orders doubled.", "Margins did not."]


def test_the_lines_of_a_wrapped_paragraph_are_one() -> None:
    assert read(LETTER) == PLAIN


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("width", [36, 60, 72, 100])
def test_every_width_and_line_end_gives_the_same_sentences(width: int, end: str) -> None:
    letter = "\n".join(plain(LETTER[a:b]) + "\n" for a, b in unwrapped(LETTER))
    assert read(wrapped(letter, width, end)) == PLAIN


def test_paragraphs_set_in_and_lists_stay_apart() -> None:
    text = (
        "Vale said on Friday that it would sell its fab\nin Oslo to Northfield, which is its oldest\ncustomer by far.\n"
        "   Nobody named the bank that lent the money\nfor it. The terms are:\n"
        "- cash on the day of delivery, in euros;\n- shares."
    )
    assert [plain(text[a:b]) for a, b in unwrapped(text)] == [
        "Vale said on Friday that it would sell its fab in Oslo to Northfield, which is its oldest customer by far.",
        "Nobody named the bank that lent the money for it. The terms are:",
        "- cash on the day of delivery, in euros;",
        "- shares.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Chips of the week\niPhone processors sold well in the quarter",
        "We cover\nsemiconductors\nbatteries",
        "Vale sells its fab in Oslo to its rival\nPrice is half of what it had asked for",
        "Vale supplies Northfield with memory from Oslo.\nacme is a customer as well, and has been one for years.",
    ],
)
def test_lines_that_stand_by_themselves(text: str) -> None:
    assert len(unwrapped(text)) == text.count("\n") + 1


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("SK\xa0hynix", "SK hynix"),
        ("Nvi\u00addia", "Nvidia"),
        ("semi-\nconductor", "semi-conductor"),
        ("semi\u00ad\nconductor", "semiconductor"),
        ("net pro\ufb01t of\r\n\t$5\u202fbillion", "net profit of $5 billion"),
        ("\u200bNvidia\u200b and  AMD", "Nvidia and AMD"),
        ("芯片\n由台积电制造", "芯片由台积电制造"),
        ("a\ud800b", "a\ufffdb"),
    ],
)
def test_plain_text(written: str, seen: str) -> None:
    assert plain(written) == seen
    assert plain(seen) == seen


@given(st.text(alphabet="ab1 \n\r\t\xa0\u00ad\u200b-ﬁ芯", max_size=30), st.data())
def test_plain_words_are_found_where_they_are_written(quote: str, data: st.DataObject) -> None:
    seen = plain(quote)
    first = data.draw(st.integers(0, len(seen)))
    words = seen[first : data.draw(st.integers(first, len(seen)))].strip()
    assert plain(seen) == seen
    assert words in plain(as_written(words, quote)) or "ﬁ" in quote


def test_claims_of_a_wrapped_text_quote_it_as_it_stands() -> None:
    text = wrapped("SK hynix supplies memory chips to Nvidia and will spend $2.5 billion on capex in 2026.", 40)
    assert edges(text) == {("SK hynix", "supplies", "Nvidia")}
    assert figures(text) == [("SK hynix", "capex", 2.5e9, 2.5e9, "USD")]
    for claim in extract(text):
        (item,) = claim.evidence
        assert item.quote == text[item.start : item.end] == text
        assert item.value_text in item.quote


def test_invisible_characters_hide_no_claim() -> None:
    text = "SK\xa0hynix sup\u00adplies mem\u00adory to Nvi\u00addia. \u200bAMD\u200b buys $5\xa0billion of\u202fchips."
    assert edges(text) == {("SK hynix", "supplies", "Nvidia")}
    assert next(text[e.start : e.end] for c in extract(text) for e in c.evidence) == text[: text.index(" \u200bAMD")]
