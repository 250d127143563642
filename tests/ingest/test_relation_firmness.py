"""Relations that risk rests on: the right party, the right thing, no plan or condition read as a fact."""

import pytest

from graph.model import Claim, EntityRef
from tests.ingest.reading import edges, extract

LEAD = "Acme Corp makes servers. Sales of Acme Corp rose.\n\n"


def told(text: str, predicate: str) -> list[Claim]:
    return [c for c in extract(LEAD + text) if c.predicate == predicate and isinstance(c.object, EntityRef)]


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("Acme Corp signed a memorandum in May to supply Micron with bonders.", "supplies"),
        ("Acme Corp today announced a definitive agreement to acquire Micron.", "acquires"),
        ("Dell was to be absorbed by Micron in a share swap.", "acquires"),
    ],
)
def test_what_is_only_signed_for_or_was_to_come_is_projected(text: str, predicate: str) -> None:
    assert [(c.modality, c.polarity) for c in told(text, predicate)] == [("projected", True)]


def test_an_ending_on_a_condition_is_only_possible() -> None:
    text = "Oracle may buy more, but only if Nvidia ever ceases to own at least 51 per cent of Arm."
    assert {(c.modality, c.polarity) for c in (*told(text, "investsIn"), *told(text, "subsidiaryOf"))} == {
        ("possible", True)
    }


def test_what_was_done_before_it_stopped_is_over() -> None:
    text = "Micron made the memory that it sold to Huawei before it stopped supplying it."
    assert [c.polarity for c in told(text, "supplies")] == [False]


def test_a_denial_does_not_reach_who_somebodys_owner_is() -> None:
    text = "Two customers: never named on the call, but known to be Google and TikTok's owner, ByteDance."
    assert [(c.subject.label, c.polarity) for c in told(text, "investsIn")] == [("ByteDance", True)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Nvidia backs CoreWeave, a cloud company which it supplies with GPUs.", "GPUs"),
        ("Micron builds 1.6-terabit modules for Nvidia.", "1.6-terabit modules"),
        ("Intel will ship Apple's cheapest M-series processor.", "cheapest M-series processor"),
        ("Half of Oracle's servers come from Foxconn.", "servers"),
        ("Samsung, Nvidia's second supplier of memory, raised prices.", "memory"),
        ("Meta is the largest buyer of Arista's switches.", "switches"),
    ],
)
def test_the_item_is_the_thing_with_all_its_words(text: str, wanted: str) -> None:
    assert [dict(c.qualifiers).get("item") for c in told(text, "supplies")] == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "It is building in Ohio, in a former car plant bought from Innolux last year.",
        "SoftBank works at a former car factory that it bought from Foxconn for $375 million.",
        "Honda sells cars. Bosch, another customer, closed a plant.",
        "| 14 | Hon Hai | sale of the line; the buyer is SoftBank | 2025 |",
    ],
)
def test_what_is_no_supply(text: str) -> None:
    assert told(text, "supplies") == []


def test_halls_that_are_leased_are_supplied() -> None:
    assert len(told("Oracle leases data centers to CoreWeave.", "supplies")) == 1


def test_those_among_its_holders_do_not_own_each_other() -> None:
    assert edges("Kioxia makes memory. Toshiba and Bain Capital are among its shareholders.") >= {
        ("Toshiba", "investsIn", "Kioxia"),
        ("Bain Capital", "investsIn", "Kioxia"),
    }
    assert ("Bain Capital", "investsIn", "Toshiba") not in edges(
        "Kioxia makes memory. Toshiba and Bain Capital are among its shareholders."
    )


def test_a_foundry_client_is_no_foundry() -> None:
    assert told("Intel's mystery foundry client Tesla said so.", "manufactures") == []


@pytest.mark.parametrize("whom", ["the chip designer Micron", "the designer of AI chips"])
def test_for_whom_a_holding_is_bought_is_not_bought(whom: str) -> None:
    assert told(f"Micron designs AI chips. Oracle paid up: it bought {whom} a holding of 4 per cent.", "acquires") == []


@pytest.mark.parametrize(
    "text",
    [
        "Canon, Sony and Toyota invested $167 million in Micron.",
        "Dell bought land for $850 million; Canon invested in Micron.",
    ],
)
def test_the_sum_of_several_or_of_another_clause_is_nobodys_own(text: str) -> None:
    claims = told(text, "investsIn")
    assert claims
    assert all("amount" not in dict(c.qualifiers) for c in claims)


def test_the_second_thing_that_is_expected_is_a_forecast_too() -> None:
    text = "It expects sales of $95bn in 2026, not the $83bn it foresaw in May, and an operating profit of $37bn."
    assert {(c.modality, c.predicate) for c in extract(LEAD + text) if c.predicate == "operatingProfit"} == {
        ("projected", "operatingProfit")
    }
