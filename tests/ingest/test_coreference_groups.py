"""Words for several firms: “both”, “neither company”, “the two”, “they”, “the latter”."""

import pytest

from tests.ingest.reading import edges, meant


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The regulator warned Alibaba and ByteDance. Both buy chips from Nvidia.", ("Both", "Alibaba+ByteDance")),
        (
            "Alibaba and ByteDance were warned. The two companies buy from Nvidia.",
            ("The two companies", "Alibaba+ByteDance"),
        ),
        (
            "Alibaba and ByteDance were warned. Neither company buys from Intel.",
            ("Neither company", "Alibaba+ByteDance"),
        ),
        ("Alibaba and ByteDance were warned. They buy chips from Nvidia.", ("They", "Alibaba+ByteDance")),
        ("Intel has been overtaken by Nvidia. Unimicron supplies both.", ("both", "Intel+Nvidia")),
        (
            "Nvidia, AMD and Broadcom raised prices. The three companies depend on TSMC.",
            ("The three companies", "Nvidia+AMD+Broadcom"),
        ),
        ("Alibaba and ByteDance were warned. The latter buys chips from Nvidia.", ("The latter", "ByteDance")),
    ],
)
def test_a_word_for_several_means_those_named_together(text: str, wanted: tuple[str, str]) -> None:
    assert wanted in meant(text)


def test_what_is_said_of_both_holds_for_each() -> None:
    assert {
        e
        for e in edges("The regulator warned Alibaba and ByteDance. Both buy chips from Nvidia.")
        if e[1] == "supplies"
    } == {("Nvidia", "supplies", "Alibaba"), ("Nvidia", "supplies", "ByteDance")}


@pytest.mark.parametrize(
    "text",
    [
        "Alibaba fell. Both are down.",
        "Alibaba, ByteDance and Tencent were warned. Both buy chips.",
        "Alibaba and ByteDance were warned. Both chips are slow.",
        "Alibaba and ByteDance were warned. The three companies did not reply.",
        "Nvidia sells chips to Oracle. They run hot.",
        "Three investors put money into Intel. None of them has placed an order.",
        "Intel bought chips. Who will fabricate them was left open.",
    ],
)
def test_a_word_for_several_without_a_group_means_nobody(text: str) -> None:
    assert meant(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Dell and Lenovo buy memory. The last of them built a plant.", ("The last", "Lenovo")),
        ("Dell, Lenovo and Acer buy memory. The first of them built a plant.", ("The first", "Dell")),
        ("Dell and Lenovo buy memory. Both customers wait. The latter built a plant.", ("The latter", "Lenovo")),
        (
            "Nebius is growing. Nebius has three halls. Meta will pay for one more, and Elon Musk runs both companies.",
            ("both companies", "Nebius+Meta"),
        ),
    ],
)
def test_one_of_several_and_both_with_one_named(text: str, wanted: tuple[str, str]) -> None:
    assert wanted in meant(text)


def test_a_phrase_that_explains_two_names_stands_for_nobody_else() -> None:
    assert meant("Nebius grew. Meta and Dell, both customers, are watching.") == []
