"""How large a part of a firm somebody holds, as a figure and beside the relation."""

import pytest

from graph.model import Quantity
from tests.ingest.reading import extract


def held(text: str) -> list[tuple[str, float | None, str | None]]:
    """Holder, percentage and firm of each stake that is told as a figure."""
    return [
        (c.subject.label, None if c.object.low is None else float(c.object.low), c.scope)
        for c in extract(text)
        if c.predicate == "investment" and isinstance(c.object, Quantity) and c.object.unit == "percent"
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Cisco owns 12% of Nebius.", [("Cisco", 12, "Nebius")]),
        ("Cisco came away with 20 percent of Nebius.", [("Cisco", 20, "Nebius")]),
        ("Cisco holds a 25% stake in Nebius, whose sales rose 14% in 2025.", [("Cisco", 25, "Nebius")]),
        ("Tencent raised its stake in Moonshot AI from 5% to 9% last year.", [("Tencent", 9, "Moonshot AI")]),
        (
            "Cisco, filings show, had 60% of Nebius and Oracle 32%; Dell makes servers.",
            [("Cisco", 60, "Nebius"), ("Oracle", 32, "Nebius")],
        ),
        ("Cisco and Dell each own 20% of Nebius.", [("Cisco", 20, "Nebius"), ("Dell", 20, "Nebius")]),
    ],
)
def test_a_stake_is_a_figure_of_who_holds_it(text: str, wanted: list[tuple[str, float, str]]) -> None:
    assert held(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Cisco and Dell own 40% of Nebius.",  # together
        "Cisco bought a further 3% of Nebius.",
        "Cisco sold its 5% stake in Nebius.",
        "Cisco has a stake in Nebius, which gets 30% of its sales from Dell.",
    ],
)
def test_what_is_shared_added_sold_or_of_something_else_is_no_stake_of_one(text: str) -> None:
    assert held(text) == []


def test_the_relation_and_the_figure_agree_and_a_figure_has_one_firm() -> None:
    text = "Cisco has 2.5% of Nebius as well as a small holding in CoreWeave."
    told = {(c.object.label, dict(c.qualifiers).get("stake")) for c in extract(text) if c.predicate == "investsIn"}
    assert ("Nebius", "2.5") in told
    assert held(text) == [("Cisco", 2.5, "Nebius")]


def test_a_stake_is_dated_by_its_own_clause_only() -> None:
    text = "Dana Lee, who founded Nebius in 2016, holds 31% of Nebius, and in May 2025 Cisco took 10% of CoreWeave."
    dates = {c.subject.label: c.period.start.year for c in extract(text) if c.predicate == "investment" and c.period}
    assert dates == {"Cisco": 2025}
