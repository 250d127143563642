"""What a relation to a product says of its maker."""

import pytest

from tests.ingest.reading import edges, extract


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Baidu uses the H200.", ("Nvidia", "supplies", "Baidu")),
        ("Meta trains its models on TPUs; Google is pleased. Meta uses TPUs.", ("Google", "supplies", "Meta")),
        ("TSMC fabricates the MI450.", ("TSMC", "manufactures", "AMD")),
        (
            "Quellon unveiled the QX9 accelerator. Samsung manufactures the QX9.",
            ("Samsung Electronics", "manufactures", "Quellon"),
        ),
    ],
)
def test_who_uses_or_makes_a_product_deals_with_its_maker(text: str, wanted: tuple[str, str, str]) -> None:
    assert wanted in edges(text)


@pytest.mark.parametrize(
    "text",
    [
        "Google uses the TPU.",  # its own
        "Amazon uses Trainium2.",  # its group's
        "Oracle uses a clever algorithm.",
    ],
)
def test_own_and_unknown_products_imply_no_supplier(text: str) -> None:
    assert not [edge for edge in edges(text) if edge[1] == "supplies"]


def test_the_implied_relation_has_the_hedge_and_the_sentence_of_the_told_one() -> None:
    claims = extract("Baidu may use the H200, according to Reuters.")
    found = {c.predicate: (c.modality, c.attributed_to, c.evidence[0].quote) for c in claims}
    assert found["supplies"] == found["uses"]
    assert found["uses"][:2] == ("possible", "Reuters")
    supplied = next(c for c in claims if c.predicate == "supplies")
    assert dict(supplied.qualifiers)["item"] == "H200"
