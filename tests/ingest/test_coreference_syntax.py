"""Whom the syntax of a sentence forbids or demands for a pronoun, and which pronouns mean nobody."""

import pytest

from tests.ingest.reading import meant


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Oracle built three halls. OpenAI will pay it $9 billion.", [("it", "Oracle")]),
        ("Oracle built three halls. OpenAI is expected to pay it $9 billion.", [("it", "Oracle")]),
        ("Oracle built three halls. OpenAI took a stake in it.", [("it", "Oracle")]),
        ("Oracle built three halls. OpenAI signed a contract with it.", [("it", "Oracle")]),
        ("Hygon has no fab. Sugon is its largest customer.", [("its", "Hygon")]),
        ("Hygon has no fab. Sugon, its largest customer, buys the rest.", [("its", "Hygon")]),
        ("Hygon has no fab. Sugon has become its largest customer.", [("its", "Hygon")]),
        ("Sophgo was cut off. TSMC stopped supplying it.", [("it", "Sophgo")]),
        ("Cambricon is growing. SMIC makes its chips.", [("its", "Cambricon")]),
        ("Intel fell. TSMC's boss, C.C. Wei, denied talks with it.", [("it", "Intel")]),
        ("Micron has memory left. Dell it no longer supplies.", [("it", "Micron Technology")]),
        ("Hygon has no fab. Sugon, to be its first customer, buys the rest.", [("its", "Hygon")]),
        ("Nvidia grew. AMD and Intel were slower. It raised its forecast.", [("It", "Nvidia"), ("its", "Nvidia")]),
        (
            "Anthropic agreed to a contract. C.C. Wei, the head of TSMC, which carries out Google's plans, named it.",
            [("it", "Anthropic")],
        ),
        ("YMTC grew. Blacklisted and cut off from ASML, it builds tools of iron.", [("it", "YMTC")]),
        ("Intel fell. After selling Altera, it has cash again.", [("it", "Intel")]),
        ("SK hynix grew. Together with Micron it makes most of the world's HBM.", [("it", "SK hynix")]),
    ],
)
def test_the_other_party_of_a_verb_is_not_meant(text: str, wanted: list[tuple[str, str]]) -> None:
    assert meant(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Nvidia fell. Broadcom was let down by its own tests.", [("its", "Broadcom")]),
        ("Nvidia fell. Broadcom is working on silicon of its own.", [("its", "Broadcom")]),
        ("Intel fell. TSMC, which has fabs of its own, did not.", [("its", "TSMC")]),
        ("Foxconn grew. OpenAI has not committed itself to buying racks.", [("itself", "OpenAI")]),
        ("Huawei grew. SMIC itself reported a loss.", [("itself", "SMIC")]),
        ("Nvidia fell. The European Commission forced Apple to lower its prices.", [("its", "Apple")]),
        ("Nvidia makes chips for OpenAI. Microsoft gave up its right of first refusal.", [("its", "Microsoft")]),
    ],
)
def test_the_subject_of_the_clause_is_meant(text: str, wanted: list[tuple[str, str]]) -> None:
    assert meant(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Samsung is spending more. It was not disclosed who would pay.",
        "Samsung is spending more. It is unclear whether Micron will follow.",
        "Samsung is spending more. It takes years to build a fab.",
        "Samsung is spending more. It may not matter.",
        "Samsung is spending more. On the face of it the quarter was splendid.",
        "Samsung spent $9 billion, about half of it on tools.",
        "Samsung bought tools, and 30 of them were scrapped.",
        "Samsung fell. It is an oddly circular purchase.",
        "Samsung fell. Memory is short, or so Reuters has it.",
        "Samsung fell. The old target was left as it was.",
        "Samsung fell. As it happens, memory is short.",
        "Samsung fell. Lenders might pull the plug, as a banker put it last week.",
        "Samsung fell. For weeks it was as if nobody wanted memory.",
        "Samsung fell. It is HBM that brings in the money.",
        "Samsung bid for the business. The two sides called it off.",
        "Samsung built a fab. What it all buys is time.",
    ],
)
def test_an_impersonal_pronoun_means_nobody(text: str) -> None:
    assert meant(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Nvidia fell. It must take whatever capacity is left.", [("It", "Nvidia")]),
        ("Nvidia fell. It is a customer, too.", [("It", "Nvidia")]),
        ("Nvidia fell. It was unable to meet demand.", [("It", "Nvidia")]),
    ],
)
def test_what_looks_impersonal_and_is_not(text: str, wanted: list[tuple[str, str]]) -> None:
    assert meant(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("MetaX listed on Monday. Bloomberg put its market value at $4 billion.", [("its", "MetaX")]),
        ("MetaX listed on Monday. Reuters reported the price. Its next accelerator is due in May.", [("Its", "MetaX")]),
        ("MetaX listed on Monday. Morgan Stanley said its margin would shrink.", [("its", "MetaX")]),
    ],
)
def test_those_who_watch_are_not_meant(text: str, wanted: list[tuple[str, str]]) -> None:
    assert meant(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Amazon designed Trainium2. The chip is slow. Its successor is fast.", "Trainium2"),
        ("Samsung unveiled the Exynos 2600. It is made on a 2-nanometre process.", "Exynos 2600"),
        ("Amazon introduced Trainium2. Its customers were told in May.", "Amazon"),
        ("Amazon introduced Trainium2. It expects to sell a million.", "Amazon"),
        ("Samsung builds chips for Tesla. The AI5 is due next year. TSMC fabs it.", "AI5"),
    ],
)
def test_a_product_or_its_firm_by_what_is_done_or_had(text: str, wanted: str) -> None:
    assert meant(text)[-1][1] == wanted


def test_what_takes_time_is_nobody() -> None:
    assert meant("Samsung built a fab. It took the Korean group until May to fill the first hall.") == [
        ("the Korean group", "Samsung Electronics")
    ]


def test_a_nameless_rival_keeps_what_is_its_own() -> None:
    assert meant("Nvidia fell. A rival raised its prices.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Nvidia fell. A rival in Leeds won the order. It expects to sell 50,000 boards.",
        "Nvidia fell. Another chipmaker won the order. Its revenue was $3 billion.",
    ],
)
def test_what_follows_a_nameless_firm_is_about_it(text: str) -> None:
    assert meant(text) == []


def test_what_follows_a_firms_unit_may_be_about_the_firm() -> None:
    assert meant("Samsung fell. The unit lost money. Its customers are few.") == [("Its", "Samsung Electronics")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A judge took hold of orders at Nexperia, which has its head office in Nijmegen.", [("its", "Nexperia")]),
        (
            "Oracle fell. Jensen Huang runs Nvidia. His company makes GPUs.",
            [("His", "Jensen Huang"), ("company", "Nvidia")],
        ),
    ],
)
def test_a_clause_about_a_firm_and_the_firm_of_a_person(text: str, wanted: list[tuple[str, str]]) -> None:
    assert meant(text) == wanted
