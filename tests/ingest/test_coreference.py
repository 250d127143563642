"""Who a pronoun or a description means, seen by the claims that hang on it."""

import pytest

from tests.ingest.reading import document, edges, extract, figures, pipeline


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Broadcom raised its forecast. It supplies chips to Google.", ("Broadcom", "supplies", "Google")),
        ("Nvidia fell.\n\nIt supplies chips to OpenAI.", ("Nvidia", "supplies", "OpenAI")),
        ("Nvidia supplies chips to OpenAI. It also supplies chips to Meta.", ("Nvidia", "supplies", "Meta")),
        ("ByteDance buys a lot. They buy chips from Nvidia.", ("Nvidia", "supplies", "ByteDance")),
        ("SK hynix is sold out. They supply memory to Nvidia.", ("SK hynix", "supplies", "Nvidia")),
        ("Lisa Su spoke on Monday. She runs AMD.", ("Lisa Su", "leads", "AMD")),
        ("Jensen Huang spoke on Monday. He runs Nvidia.", ("Jensen Huang", "leads", "Nvidia")),
    ],
)
def test_a_pronoun_stands_for_the_one_named_before(text: str, wanted: tuple[str, str, str]) -> None:
    assert wanted in edges(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Broadcom raised its forecast. Its revenue was $18 billion.", ("Broadcom", "revenue", 18e9, 18e9, "USD")),
        ("Broadcom fell. The company's revenue was $18 billion.", ("Broadcom", "revenue", 18e9, 18e9, "USD")),
        ("ASML sold 48 machines. Its backlog stood at €38.8 billion.", ("ASML", "orders", 38.8e9, 38.8e9, "EUR")),
        (
            "Bolstered by orders from ByteDance, Cambricon's revenue was $1 billion. Its headcount is 1,000.",
            ("Cambricon", "headcount", 1000, 1000, "count"),
        ),
    ],
)
def test_a_figure_of_its_owner_by_pronoun(text: str, wanted: tuple[object, ...]) -> None:
    assert wanted in figures(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Broadcom raised its forecast. The company supplies chips to Google.", ("Broadcom", "supplies", "Google")),
        ("TSMC raised prices. The foundry supplies Apple.", ("TSMC", "supplies", "Apple")),
        ("TSMC raised prices. The Taiwanese company supplies Apple.", ("TSMC", "supplies", "Apple")),
        ("TSMC and Intel raised prices. The Taiwanese company supplies Apple.", ("TSMC", "supplies", "Apple")),
        (
            "TSMC met Samsung. The South Korean company supplies memory to Nvidia.",
            ("Samsung Electronics", "supplies", "Nvidia"),
        ),
        ("SK hynix fell. The South Korean group supplies memory to Nvidia.", ("SK hynix", "supplies", "Nvidia")),
        ("ASML sold 48 machines. The Dutch firm supplies TSMC.", ("ASML", "supplies", "TSMC")),
        ("Nvidia fell on Monday. The Santa Clara firm supplies chips to OpenAI.", ("Nvidia", "supplies", "OpenAI")),
        ("Micron fell on Monday. The memory maker supplies Nvidia.", ("Micron Technology", "supplies", "Nvidia")),
        (
            "Intel fell. Orvanta, a foundry in Texas, raised prices. The foundry supplies Apple.",
            ("Orvanta", "supplies", "Apple"),
        ),
    ],
)
def test_a_description_means_the_firm_it_fits(text: str, wanted: tuple[str, str, str]) -> None:
    assert [edge for edge in edges(text) if edge[1] == "supplies"] == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("OpenAI raised money. The ChatGPT maker acquired Statsig.", ("OpenAI", "acquires", "Statsig")),
        ("Microsoft met OpenAI. The ChatGPT maker acquired Statsig.", ("OpenAI", "acquires", "Statsig")),
        ("Google spoke. The Gemini developer buys chips from Broadcom.", ("Broadcom", "supplies", "Google")),
        ("Anthropic raised money. The Claude maker buys chips from Google.", ("Google", "supplies", "Anthropic")),
    ],
)
def test_the_maker_of_a_product_is_its_firm(text: str, wanted: tuple[str, str, str]) -> None:
    assert {edge for edge in edges(text) if edge[1] != "develops"} == {wanted}


@pytest.mark.parametrize(
    "text",
    [
        "TSMC raised prices. The Dutch company supplies Intel.",
        "The company supplies chips to Google.",
        "It supplies chips to Google.",
    ],
)
def test_words_that_fit_nobody_give_no_claim(text: str) -> None:
    assert extract(text) == ()


def test_an_impersonal_it_is_nobody() -> None:
    (sentence,) = pipeline().read(document("It is expected that Nvidia supplies chips to OpenAI."))
    assert [m.text for m in sentence.mentions] == ["Nvidia", "OpenAI"]


def test_the_evidence_is_the_sentence_with_the_pronoun() -> None:
    (claim,) = extract("Broadcom raised its forecast. It supplies chips to Google.")
    assert [e.quote for e in claim.evidence] == ["It supplies chips to Google."]


def test_whoever_supplies_a_share_of_its_revenue_is_a_customer() -> None:
    text = "CoreWeave rents out chips. It depends on Microsoft, which supplied 71 percent of its revenue in 2024."
    assert figures(text) == [("CoreWeave", "revenue", 71, 71, "percent")]
