"""Parsing with familiar words in place of names: the text's own words come back, with the familiar ones' heads."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.nlp import language, parse
from ingest.standins import dressed

NAMES = {"Kinsus": "Company", "Mitsubishi Gas Chemical": "Company", "Kunlun P800": "Chip", "TSMC": "Company"}


def known(text: str) -> list[tuple[int, int, str]]:
    return [(text.find(n), text.find(n) + len(n), kind) for n, kind in NAMES.items() if n in text]


def read(text: str) -> dict[str, tuple[str, str, str]]:
    """Word → tag, dependency, head of a text parsed in plain dress."""
    (doc,) = parse([text], known)
    assert doc.text == text
    return {t.text: (t.tag_, t.dep_, t.head.text) for t in doc}


def test_a_name_of_several_words_hangs_together_on_its_last() -> None:
    found = read("Mitsubishi Gas Chemical supplies laminates to Kinsus.")
    assert found["Mitsubishi"][1:] == found["Gas"][1:] == ("compound", "Chemical")
    assert found["Chemical"][1:] == ("nsubj", "supplies")


def test_a_verb_of_the_trade_is_read_as_a_verb_and_keeps_its_own_dictionary_form() -> None:
    (doc,) = parse(["Rubin, which TSMC fabricates at 3nm, is fast."], known)
    verb = next(t for t in doc if t.text == "fabricates")
    assert (verb.tag_, verb.lemma_, verb.dep_) == ("VBZ", "fabricate", "relcl")


def test_what_stands_in_brackets_after_a_name_does_not_disturb_the_rest() -> None:
    found = read("Kinsus (3189.TW, KNSUF), its supplier, builds for TSMC.")
    assert found["Kinsus"][1:] == ("nsubj", "builds")
    assert found["KNSUF"][1:] == ("appos", "Kinsus")


def test_a_clause_in_brackets_is_read() -> None:
    doc = language().make_doc("The chips (the racks around them are assembled by Dell) are scarce.")
    assert dressed(doc, ()).asides == {}


@pytest.mark.parametrize(
    "text", ["", " ", "(", "()", "(3)", "Kinsus (", ") (TSMC)", "TSMC (TSM) (2330) per cent", "per cent"]
)
def test_odd_texts_come_back_as_they_are(text: str) -> None:
    (doc,) = parse([text], known)
    assert doc.text == text


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["TSMC", "Kinsus", "(", ")", "fabs", "per", "cent", "$5", "billion", "Kunlun P800", ",", "台积电"]
        )
    )
)
def test_every_token_of_any_text_keeps_its_place(words: list[str]) -> None:
    text = " ".join(words)
    (doc,) = parse([text], known)
    plain = language().make_doc(text)
    assert [t.text for t in doc] == [t.text for t in plain]
    assert [t.idx for t in doc] == [t.idx for t in plain]
