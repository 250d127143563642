"""Cases with a known outcome: was the supplier flagged before the event, and are the bounds those that were published?

The facts are put as claims with sentences of our own; `backtest_cases.json` of the development data has the outcomes.
"""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from graph.model import EntityRef, Period
from graph.store.oxigraph import OxigraphStore
from qa.risk.chokepoints import chokepoints
from qa.risk.customers import customers
from qa.risk.envelope import Result
from qa.risk.lens import Lens
from tests.graph.samples import amount, article, exactly, metric, relation, year
from tests.risk.facts import share, stored
from tests.shared import SHARED

shared = pytest.mark.skipif(SHARED is None, reason="no ../shared beside this checkout")
UKRAINE = EntityRef("e:ukraine", "Ukraine", "Place")
H1_2024 = Period(date(2024, 1, 1), date(2024, 6, 30), "the first half of 2024")


def case(name: str) -> dict[str, Any]:
    """What the reference says of a case."""
    assert SHARED is not None
    path = SHARED / "data" / "risk_reference" / "backtest_cases.json"
    found: dict[str, Any] = next(row for row in json.loads(path.read_text()) if row["id"] == name)
    return found


def cells(result: Result, key: str) -> list[dict[str, Any]]:
    table = result.table(key)
    return [dict(zip([c.key for c in table.columns], row.cells, strict=True)) for row in table.rows]


def imagination() -> OxigraphStore:
    designer = "Imagination Technologies"
    before = article(
        "A phone maker in every second pound",
        (
            "Apple licenses graphics from Imagination and paid half of its revenue in the year to April 2016.",
            relation(designer, "supplies", "Apple", qualifiers=(("item", "graphics cores"),)),
            share(designer, "Apple", "50", approx=True, period=Period(date(2015, 5, 1), date(2016, 4, 30), "FY2016")),
        ),
        (
            "Apple is hiring dozens of GPU engineers in London for 5 pounds.",
            metric("Apple", "headcount", exactly("36", "count"), scope="GPU team", modality="reported"),
        ),
        published=date(2016, 9, 1),
    )
    after = article(
        "Notice given",
        (
            "Apple gave Imagination notice that it will stop using its designs within two years.",
            relation(designer, "supplies", "Apple", modality="projected"),
        ),
        published=date(2017, 4, 3),
    )
    return stored(before, after)


@pytest.mark.shared
@shared
def test_a_designer_that_lives_on_one_phone_maker() -> None:
    reference = case("imagination_apple_2017")
    event = date.fromisoformat(reference["event"][:10])
    graph = imagination()
    early = customers(graph, "e:imagination-technologies", lens=Lens(as_of=date(2017, 4, 2)))
    assert early.as_of is not None
    assert early.as_of < event
    (apple,) = cells(early, "customers")
    assert (apple["customer"].label, apple["share"].value, apple["flag"]) == (reference["customer"], 50, "watch")
    states = {row["sign"]: row["state"] for row in cells(early, "signals") if row["state"] != "not found in the graph"}
    assert states == {"chip team or hiring": "found"}
    late = {row["sign"]: row["state"] for row in cells(customers(graph, "e:imagination-technologies"), "signals")}
    assert late["stops buying"] == "planned"


def cerebras() -> OxigraphStore:
    maker = "Cerebras"
    chips = (("item", "AI chips"),)
    first = article(
        "A listing with one customer",
        (
            "G42 accounted for 87% of what Cerebras took in during the first half of 2024.",
            relation(maker, "supplies", "G42", qualifiers=chips),
            share(maker, "G42", "87", period=H1_2024),
        ),
        published=date(2024, 9, 30),
    )
    second = article(
        "Two customers in one emirate",
        (
            "Of Cerebras's 2025 revenue 62% came from MBZUAI and 24% from G42.",
            relation(maker, "supplies", "MBZUAI", qualifiers=chips),
            share(maker, "MBZUAI", "62", period=year(2025)),
            share(maker, "G42", "24", period=year(2025)),
        ),
        (
            "OpenAI has placed an order of more than $20 billion with Cerebras.",
            relation(maker, "supplies", "OpenAI", qualifiers=chips),
            metric("OpenAI", "orders", amount("20000000000", None, "USD")),
        ),
        (
            "With Broadcom, OpenAI designs an accelerator of its own.",
            relation("OpenAI", "partnersWith", "Broadcom"),
        ),
        published=date(2026, 4, 20),
    )
    return stored(first, second)


def control() -> Any:
    """Who stands behind both customers, said by a source of its own."""
    return article(
        "Behind both",
        (
            "The emirate's holding owns G42, and the university MBZUAI belongs to it as well.",
            *(relation(firm, "subsidiaryOf", "Emirate Holding") for firm in ("G42", "MBZUAI")),
        ),
        published=date(2026, 4, 21),
    )


@pytest.mark.shared
@shared
def test_a_chipmaker_before_its_first_listing() -> None:
    reference = case("cerebras_g42_2024")
    result = customers(cerebras(), "e:cerebras", lens=Lens(as_of=date(2024, 12, 31)))
    (reading,) = cells(result, "readings")
    assert [reading["hhi"].low, reading["hhi"].high] == reference["hhi_bounds"]
    assert (result.measure.value, reading["top"], reading["concentrated"]) == (87, reference["customer"], True)
    assert [row["flag"] for row in cells(result, "customers")] == ["watch"]


@pytest.mark.shared
@shared
def test_two_customers_or_one() -> None:
    note = case("cerebras_2025")["note"]
    graph = cerebras()
    assert [row["reading"] for row in cells(customers(graph, "e:cerebras"), "readings")] == ["as named"]
    graph.put(control())
    apart, together = cells(customers(graph, "e:cerebras"), "readings")
    one, two = (f"{row['hhi'].low}..{row['hhi'].high}" for row in (together, apart))
    assert f"as one customer HHI {one}, as two {two}" in note
    assert customers(graph, "e:cerebras").measure.value == 86


@pytest.mark.shared
@shared
def test_the_next_customer_designs_its_own() -> None:
    assert "co-designs its own accelerators with Broadcom" in case("cerebras_2025")["next"]
    result = customers(cerebras(), "e:cerebras")
    lab = next(row for row in cells(result, "customers") if row["customer"].label == "OpenAI")
    assert lab["flag"] == "watch"
    states = {row["sign"]: row["state"] for row in cells(result, "signals") if row["customer"].label == "OpenAI"}
    assert states["help with a design of its own"] == "found"


@pytest.mark.shared
@shared
def test_a_secondary_source_that_contradicts() -> None:
    """It takes one customer for another: both stand, and the sum above all of it is said."""
    assert "contradiction" in case("cerebras_2025")
    graph = cerebras()
    wrong = article(
        "Garbled",
        ("OpenAI made up 62% of Cerebras's revenue in 2025.", share("Cerebras", "OpenAI", "62", period=year(2025))),
        published=date(2026, 5, 1),
    )
    graph.put(wrong)
    result = customers(graph, "e:cerebras")
    assert any("Cerebras's revenue add up to above 100 %" in note for note in result.assumptions)
    assert len({quote.document for quote in result.evidence}) == 3


def neon() -> OxigraphStore:
    gas = (("item", "semiconductor-grade neon"),)
    return stored(
        article(
            "Two plants by the Black Sea",
            (
                "Ingas and Cryoin supply Fabco with semiconductor-grade neon.",
                *(relation(maker, "supplies", "Fabco", qualifiers=gas) for maker in ("Ingas", "Cryoin")),
            ),
            (
                "Both purify it in Ukraine.",
                *(replace(relation(maker, "locatedIn", "x"), object=UKRAINE) for maker in ("Ingas", "Cryoin")),
            ),
            published=date(2021, 11, 1),
        )
    )


@pytest.mark.shared
@shared
def test_a_gas_from_one_country() -> None:
    """Before both halted in March 2022: no firm alone could stop the supply that is known, their country could."""
    reference = case("neon_ukraine_2022")
    lens = Lens(as_of=date(2022, 2, 1))
    by_firm = chokepoints(neon(), "semiconductor-grade neon", lens=lens).table("cuts").rows
    assert [tuple(ref.label for ref in row.cells[1]) for row in by_firm] == [tuple(sorted(reference["suppliers"]))]  # type: ignore[union-attr]
    by_country = chokepoints(neon(), "semiconductor-grade neon", by="country", lens=lens).table("cuts").rows
    assert [(row.cells[0], tuple(ref.label for ref in row.cells[1])) for row in by_country] == [(1, ("Ukraine",))]  # type: ignore[union-attr]
