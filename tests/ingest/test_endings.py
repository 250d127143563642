"""What is over, failed, only wished for or hearsay is no plain fact."""

import pytest

from graph.model import Claim
from tests.ingest.reading import extract


def _one(text: str) -> Claim:
    claims = [c for c in extract(text) if c.predicate != "investment"]
    assert len(claims) == 1, [(c.subject.label, c.predicate) for c in claims]
    return claims[0]


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("Intel called off the acquisition of Groq.", "acquires"),
        ("Intel's acquisition of Groq was called off in May.", "acquires"),
        ("Intel's takeover of Groq came to nothing.", "acquires"),
        ("Intel dropped plans to buy Groq.", "acquires"),
        ("SoftBank sold its entire stake in Nvidia.", "investsIn"),
        ("MP Materials broke off sales to Lynas.", "supplies"),
        ("SoftBank has sold every Nvidia share that it owned.", "investsIn"),
        ("Intel was to have bought Groq.", "acquires"),
        ("Nvidia has ended its partnership with Oracle.", "partnersWith"),
        ("Nvidia used to sell chips to Oracle.", "supplies"),
        ("Nvidia was once a supplier of Oracle.", "supplies"),
        ("Nvidia was the sole supplier of Oracle until 2022.", "supplies"),
        ("Nvidia supplied Oracle until 2022.", "supplies"),
        ("SoftBank had wanted to sell Arm to Nvidia, but the deal collapsed.", "acquires"),
        ("Nvidia agreed to buy Arm in 2020; regulators then blocked the deal.", "acquires"),
    ],
)
def test_what_is_over_or_failed_is_denied(text: str, predicate: str) -> None:
    claim = _one(text)
    assert (claim.predicate, claim.polarity, claim.affirmed) == (predicate, False, False)


@pytest.mark.parametrize(
    "text",
    [
        "Intel completed the acquisition of Groq.",
        "Intel bought Groq and ended the quarter with a profit.",
        "Intel bought Groq, though a deal collapsed in May.",
        "Intel bought Groq, though the deal with its lenders collapsed.",
        "Intel's acquisition of Groq ended years of rivalry.",
        "Intel, which was to have bought Arm, bought Groq.",
    ],
)
def test_an_ending_of_something_else_denies_nothing(text: str) -> None:
    stands = [c for c in extract(text) if c.predicate == "acquires" and getattr(c.object, "label", "") == "Groq"]
    assert [c.polarity for c in stands] == [True]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Intel had offered to buy Groq for $3 billion.", "projected"),
        ("Intel wants to buy Groq.", "projected"),
        ("Intel hopes to buy Groq.", "projected"),
        ("Intel is in talks to buy Groq.", "possible"),
        ("Nvidia would supply Oracle if the licence were granted.", "possible"),
        ("Nvidia is widely assumed to supply Oracle.", "reported"),
        ("Nvidia is understood to supply Oracle.", "reported"),
    ],
)
def test_what_is_wished_for_or_held_true_is_no_fact(text: str, modality: str) -> None:
    claim = _one(text)
    assert (claim.modality, claim.polarity, claim.attributed_to) == (modality, True, None)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Nvidia sells chips to Oracle, so Reuters reported.", "Reuters"),
        ("OpenAI has agreed, so Reuters reported, to buy chips from Nvidia.", "Reuters"),
        ("Nvidia sells chips to Oracle, or so the Financial Times has it.", "Financial Times"),
        ("Rumour has it that Nvidia sells chips to Oracle.", None),
    ],
)
def test_a_tag_names_the_source_wherever_it_stands(text: str, source: str | None) -> None:
    claim = _one(text)
    assert (claim.subject.label, claim.predicate, claim.attributed_to) == ("Nvidia", "supplies", source)
    assert claim.modality in ("reported", "projected")


def test_who_denies_goes_before_who_reported() -> None:
    claim = _one("Nvidia denied that it sells chips to Oracle, as Reuters had reported.")
    assert (claim.polarity, claim.attributed_to, claim.modality) == (False, "Nvidia", "asserted")


def test_neither_confirming_nor_denying_denies_nothing() -> None:
    claim = _one("Oracle would neither confirm nor deny that it buys chips from Nvidia.")
    assert (claim.polarity, claim.modality) == (True, "possible")


def test_a_hedge_past_a_semicolon_does_not_touch_what_stands_before() -> None:
    found = extract("Intel bought Groq; Arm is reportedly buying chips from Nvidia.")
    assert [(c.predicate, c.modality) for c in found] == [("acquires", "asserted"), ("supplies", "reported")]


def test_a_firms_own_report_is_no_hearsay() -> None:
    found = extract("Apple is a customer of Amkor, the annual report shows.")
    assert [(c.predicate, c.modality, c.attributed_to) for c in found] == [("supplies", "asserted", "annual report")]


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Foxconn cannot build racks for Nvidia without spare lasers.", True),
        ("Foxconn can't build racks for Nvidia.", False),
        ("Foxconn does not build racks for Nvidia, which went on without spare lasers.", False),
    ],
)
def test_what_cannot_be_done_without_something_is_done(text: str, polarity: bool) -> None:
    assert {c.polarity for c in extract(text) if c.predicate == "supplies"} == {polarity}
