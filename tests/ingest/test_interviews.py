"""Interviews in questions and answers: who is asked, and whom “we”, “you” and “they” mean in them."""

from graph.catalogue import catalogue
from ingest.interviews import interview
from ingest.parsed import Sentence
from tests.ingest.reading import document, edges, pipeline

TALK = """Our talk of the week

Lip-Bu Tan, chief executive of Intel, on his foundry and his rivals

How is the year going?

We are content. Our substrates come from Ibiden.

Who makes your newest chips?

TSMC makes them for us, as you may have read. I would rather that we did.

And Qualcomm?

They have bought Alphawave. We know them well.

Your neighbours say that you are late.

We are never late.
"""


def read(text: str) -> list[Sentence]:
    """The sentences of a text, read."""
    return pipeline().read(document(text))


def test_the_firm_of_who_is_asked_is_known_from_the_post_before_the_first_question() -> None:
    found = interview(read(TALK), catalogue())
    assert found is not None
    assert (found.person and found.person.label, found.firm and found.firm.label) == ("Lip-Bu Tan", "Intel")


def test_a_paragraph_that_turns_to_the_other_asks_even_without_a_question_mark() -> None:
    found = interview(read(TALK), catalogue())
    sentences = {s.text: s.paragraph for s in read(TALK)}
    assert found is not None
    assert sentences["Your neighbours say that you are late."] in found.questions
    assert sentences["We are never late."] in found.answers


def test_we_in_an_answer_and_you_in_a_question_are_that_firm() -> None:
    meant = {(m.text, m.entity.label) for s in read(TALK) for m in s.mentions if m.how == "pronoun" and m.entity}
    assert {("We", "Intel"), ("Our", "Intel"), ("your", "Intel"), ("us", "Intel")} <= meant


def test_you_in_an_answer_stays_open() -> None:
    answer = next(s for s in read(TALK) if s.text.startswith("TSMC makes"))
    assert "you" not in {m.text for m in answer.mentions}


def test_they_in_an_answer_are_those_asked_about_and_never_the_speakers() -> None:
    found = edges(TALK)
    assert ("Qualcomm", "acquires", "Alphawave Semi") in found
    assert ("Ibiden", "supplies", "Intel") in found
    assert not any(edge[:2] == ("Intel", "acquires") for edge in found)


def test_an_article_with_a_question_in_it_is_no_interview() -> None:
    assert interview(read("Nvidia fell. What now?\n\nWe do not know, an analyst said."), catalogue()) is None
