"""Names parted from their verbs or their nouns, and lists that go on behind a preposition of their own."""

import pytest

from tests.ingest.reading import edges


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Parlune, based in Haifa, was bought by Qualcomm in 2023; it had 90 staff then.",
            ("Qualcomm", "acquires", "Parlune"),
        ),
        (
            "Veltrix Optics, since 2021 a wholly owned subsidiary of Ibiden, lost money.",
            ("Veltrix Optics", "subsidiaryOf", "Ibiden"),
        ),
        (
            "Quorvex Mining, of Chile, ships lithium to Foxconn and to Luxshare.",
            ("Quorvex Mining", "supplies", "Luxshare"),
        ),
        (
            "Orvanta Robotics announced a partnership with Bosch and with Sony.",
            ("Orvanta Robotics", "partnersWith", "Sony Group"),
        ),
        ("Temasek and MGX each took a 4% stake in Anthropic.", ("MGX", "investsIn", "Anthropic")),
        (
            "Parlune Compute, whose Q8 accelerator competes with the H200, has raised money.",
            ("Q8", "competesWith", "H200"),
        ),
        ("Nvidia's rival Parlune won a contract from Dell.", ("Parlune", "competesWith", "Nvidia")),
        ("Bosch's subsidiary Parlune makes lasers.", ("Parlune", "subsidiaryOf", "Bosch")),
    ],
)
def test_the_sides_are_found(text: str, wanted: tuple[str, str, str]) -> None:
    assert wanted in edges(text)


def test_a_rival_is_nobodys_product_and_a_metal_is_developed_by_none() -> None:
    assert ("Nvidia", "develops", "Parlune") not in edges("Nvidia's rival Parlune won a contract from Dell.")
    assert not any(p == "develops" for _, p, _ in edges("Quorvex Mining ships gallium to Foxconn."))


def test_names_of_a_list_are_not_set_in() -> None:
    assert ("Intel", "acquires", "Cymer") not in edges("Intel, AMD, which both need Cymer, have acquired it.")
