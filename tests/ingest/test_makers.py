"""Who makes what: checked against the catalogue, and filled in from it where a document names both."""

import pytest

from tests.ingest.reading import edges, extract


@pytest.mark.parametrize(
    "text",
    [
        "Nvidia has its chips made by TSMC.",
        "The accelerators of AMD are built by TSMC.",
        "Foxconn makes the servers, and TSMC builds the processors.",
    ],
)
def test_a_foundry_does_not_design_what_it_makes(text: str) -> None:
    assert not [edge for edge in edges(text) if edge[:2] == ("TSMC", "develops")]


def test_a_product_is_not_developed_by_who_only_announces_it() -> None:
    found = edges("Microsoft unveiled the H200 in its cloud; the chip is Nvidia's.")
    assert ("Microsoft", "develops", "H200") not in found
    assert ("Nvidia", "develops", "H200") in found


def test_a_product_named_in_a_text_about_its_maker_is_the_makers() -> None:
    claims = extract("AMD had a good quarter. Sales were helped by MI350 accelerators.")
    found = [c for c in claims if c.predicate == "develops"]
    assert [(c.subject.label, c.object.label, c.extractor) for c in found] == [("AMD", "MI350", "catalogue@0.1.0")]  # type: ignore[union-attr]
    assert found[0].evidence[0].quote == "Sales were helped by MI350 accelerators."


def test_what_the_text_says_itself_is_not_told_again_from_the_catalogue() -> None:
    claims = [c for c in extract("AMD designs the MI350. The MI350 is fast.") if c.predicate == "develops"]
    assert [c.extractor for c in claims] == ["rules@0.1.0"]


def test_a_product_whose_maker_is_not_named_gives_nothing() -> None:
    assert edges("Sales were helped by MI350 accelerators.") == set()


def test_nvidia_chips_are_no_product_of_their_own() -> None:
    assert edges("The campus is being fitted out with Nvidia chips.") == set()


@pytest.mark.parametrize(
    "text",
    [
        "More of Oracle's AI servers come from Foxconn.",  # a kind of thing, nobody's product
        "Microsoft sells OpenAI Azure, so Reuters reported.",  # the outlet only reports
        "Anthropic will run Claude on TPUs.",  # its own model
    ],
)
def test_kinds_of_things_outlets_and_own_models_give_no_relation(text: str) -> None:
    found = edges(text)
    assert not {("Oracle", "develops", "AI server"), ("Anthropic", "uses", "Claude")} & found
    assert not [
        edge for edge in found if "Reuters" in edge or (edge[0::2] == ("Microsoft", "Azure") and edge[1] == "supplies")
    ]


def test_a_sum_with_its_currency_is_no_firm() -> None:
    claims = extract("Amkor plans capex of US$2.5–3.0 billion. Siliconware, its subsidiary, is busy.")
    assert not [c for c in claims if "$" in c.subject.label]


def test_a_product_that_bears_the_name_of_a_firm_is_the_firms() -> None:
    told = edges("Orvanta Labs charges more for Orvanta Assistant, its rivals say.")
    assert ("Orvanta Labs", "develops", "Orvanta Assistant") in told


def test_a_node_that_many_have_is_developed_by_none_of_them() -> None:
    assert not any(p == "develops" for _, p, _ in edges("The chip is made on SMIC's 7nm process."))
