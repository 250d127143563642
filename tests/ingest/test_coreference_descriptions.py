"""Whom a description means: by trade, home, product, owner, and by what the text itself has said."""

import pytest

from tests.ingest.reading import edges, meant


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("TSMC met Nvidia. The world's largest contract chipmaker raised prices.", ("chipmaker", "TSMC")),
        ("SMIC met Nvidia. China's biggest foundry raised prices.", ("foundry", "SMIC")),
        ("ByteDance was warned. TikTok's owner buys chips from Nvidia.", ("owner", "ByteDance")),
        ("Alphabet was warned. Google's parent buys chips from Nvidia.", ("parent", "Alphabet")),
        (
            "Intel met Orvanta, a packaging house in Ohio. The packaging house is full.",
            ("The packaging house", "Orvanta"),
        ),
        ("Intel met Orvanta, a Japanese toolmaker. The Japanese company is full.", ("The Japanese company", "Orvanta")),
        ("Nvidia fell. C.C. Wei, who runs TSMC, said the company would spend more.", ("the company", "TSMC")),
        ("Nvidia fell. Lip-Bu Tan runs Intel. Tan said that the company would spend more.", ("the company", "Intel")),
        (
            "Acme Corp. (“Acme” or the “Company”) reported results. Kioxia followed. The Company buys from ASML.",
            ("The Company", "Acme Corp."),
        ),
    ],
)
def test_a_description_means_the_one_that_fits(text: str, wanted: tuple[str, str]) -> None:
    assert wanted in meant(text)


@pytest.mark.parametrize(
    "text",
    [
        "Samsung met Nvidia. The world's largest carmaker raised prices.",
        "SMIC met Nvidia. Germany's biggest foundry raised prices.",
        "Nvidia met Intel. The firm that makes the tools is full.",
        "Nvidia met the software group Oracle.",
        "Nvidia fell. ASML is the biggest supplier and the main winner.",
    ],
)
def test_words_that_introduce_somebody_mean_nobody_named_before(text: str) -> None:
    assert meant(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "“We buy our chips from Nvidia,” said Sam Altman, OpenAI's chief executive.",
        "Sam Altman, OpenAI's chief executive, was cheerful. “We buy chips from Nvidia,” he said.",
        "“Demand is strong,” said Sam Altman, who runs OpenAI. “We buy chips from Nvidia.”",
    ],
)
def test_we_is_the_firm_of_whoever_is_quoted(text: str) -> None:
    assert ("Nvidia", "supplies", "OpenAI") in edges(text)


@pytest.mark.parametrize(
    "text",
    [
        "“We buy chips from Nvidia,” said a manager in Boston.",
        "We buy chips from Nvidia.",
        "“We like Nvidia,” Morgan Stanley said.",
    ],
)
def test_we_of_somebody_unknown_is_nobody(text: str) -> None:
    assert meant(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Intel grew. The Santa Clara, California-based company will hire.",
            "The Santa Clara, California-based company",
        ),
        ("CoreWeave grew. The Livingston, N.J. outfit will hire.", "The Livingston, N.J. outfit"),
        ("Hanmi Semiconductor grew. The Incheon-based toolmaker's profit fell.", "The Incheon-based toolmaker"),
    ],
)
def test_a_city_with_its_state_is_part_of_the_description(text: str, wanted: str) -> None:
    assert [words for words, _ in meant(text)] == [wanted]


def test_a_new_paragraph_goes_back_to_what_the_text_is_about() -> None:
    text = (
        "ASML grew. ASML sells scanners. ASML has no rival at the top. ASML, of course, is full. ASML hires.\n\n"
        "TSMC buys most of them. Samsung comes next. SK hynix is the third.\n\nNikon would like to challenge the group."
    )
    assert meant(text) == [("the group", "ASML")]


def test_a_second_verb_keeps_the_subject_out() -> None:
    text = "Cambricon sells accelerators. Alibaba owns a tenth and buys the company's chips."
    assert meant(text) == [("the company", "Cambricon")]


def test_a_state_may_hold_the_town_a_firm_is_known_to_sit_in() -> None:
    text = "Vertiv is to buy Pumora, a Houston flusher of loops. Sales at the Ohio group were $2 billion in 2025."
    assert ("the Ohio group", "Vertiv") in meant(text)


def test_its_chief_executive_who_is_known_says_whose_he_is() -> None:
    text = "Vertiv has orders, twice what Pumora Inc. has. Giordano Albertazzi, its chief executive, is pleased."
    assert ("Giordano Albertazzi", "leads", "Vertiv") in edges(text)


def test_what_is_told_behind_the_home_of_a_firm_is_told_of_the_firm() -> None:
    text = "Cloth and film meet at Ibiden (TYO: 4062), of Brackmoor, which supplies substrates to Nvidia."
    assert ("Ibiden", "supplies", "Nvidia") in edges(text)


def test_a_demonym_is_no_name() -> None:
    assert edges("Both Americans get their wafers from Soitec.") == set()
