"""Short sentences that take up the one before: who did so, too, and who says that it is not so."""

import pytest

from graph.model import EntityRef
from tests.ingest.reading import extract


def told(text: str, predicate: str) -> list[tuple[str, str, bool, str | None]]:
    """Subject, object, polarity and speaker of each such relation."""
    return [
        (c.subject.label, c.object.label, c.polarity, c.attributed_to)
        for c in extract(text)
        if c.predicate == predicate and isinstance(c.object, EntityRef)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Tencent invested in Moonshot AI in May. So did Meituan and Alibaba.",
        "Tencent is an investor in Moonshot AI. (So are Meituan and Alibaba.)",
    ],
)
def test_who_did_so_too_stands_in_the_same_relation(text: str) -> None:
    assert {subject for subject, *_ in told(text, "investsIn")} == {"Tencent", "Meituan", "Alibaba"}


@pytest.mark.parametrize(
    "text",
    [
        "Dell, which makes racks for Meta, is hiring. So is Foxconn.",  # only the main clause is echoed
        "Dell may sell racks to Meta. So may Foxconn.",
        "Dell does not supply Meta. So did Foxconn.",
    ],
)
def test_an_aside_or_a_hedge_is_not_echoed(text: str) -> None:
    assert all(subject != "Foxconn" for subject, *_ in told(text, "supplies"))


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Nvidia bought Groq in December. Not so, replied Groq.", "Groq"),
        ("CNBC reported that Nvidia had bought Groq. Nvidia denied the report.", "Nvidia"),
        ("CNBC reported that Nvidia had bought Groq. No, said Groq: it will stay independent.", "Groq"),
    ],
)
def test_a_side_that_says_no_denies_what_was_told(text: str, speaker: str) -> None:
    assert ("Nvidia", "Groq", False, speaker) in told(text, "acquires")


@pytest.mark.parametrize(
    "text",
    [
        "Nvidia bought Groq in December. Intel denied the report.",  # no side of it
        "Nvidia bought Groq in December. Groq denied that it had lost customers.",
        "Nvidia bought Groq in December.\n\nNot so, replied Groq.",  # another paragraph
    ],
)
def test_other_denials_leave_it_as_it_is(text: str) -> None:
    assert [polarity for _, _, polarity, _ in told(text, "acquires")] == [True]
