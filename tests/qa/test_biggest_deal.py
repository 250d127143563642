"""The other party to the biggest of somebody's deals."""

from __future__ import annotations

import pytest

from graph.store.oxigraph import OxigraphStore
from qa.engine import Engine
from tests.graph.samples import article, exactly, metric, relation


def order(firm: str, billions: int, scope: str | None = None) -> object:
    amount = exactly(f"{billions}000000000", "USD", text=f"${billions} billion")
    return metric(firm, "orders", amount, scope=scope)


@pytest.fixture(scope="module")
def engine() -> Engine:
    """Velmora buys from three clouds and a chip designer; Tarnix has sold to Velmora and to Osprel."""
    store = OxigraphStore()
    store.put(
        article(
            "Who has promised whom what",
            (
                "Velmora will pay Oracle $300 billion.",
                order("Velmora", 300, "Oracle"),
                relation("Oracle", "supplies", "Velmora"),
            ),
            (
                "Velmora ordered chips from AMD for $90 billion.",
                order("Velmora", 90),
                relation("AMD", "supplies", "Velmora"),
            ),
            (
                "Velmora ordered capacity from CoreWeave for $22 billion.",
                order("Velmora", 22, "CoreWeave"),
                relation("CoreWeave", "supplies", "Velmora"),
            ),
            (
                "Velmora rents from Microsoft for $20 billion.",
                order("Velmora", 20, "Microsoft"),
                relation("Microsoft", "supplies", "Velmora"),
            ),
            ("Velmora's commitments come to $500 billion.", order("Velmora", 500, "commitments")),
            (
                "Osprel ordered racks of Tarnix for $7 billion.",
                order("Tarnix", 7),
                relation("Tarnix", "supplies", "Osprel"),
            ),
            ("Tarnix got $4 billion from Quillon.", order("Tarnix", 4), relation("Tarnix", "supplies", "Quillon")),
        )
    )
    return Engine(store)


@pytest.mark.parametrize(
    ("question", "party"),
    [
        ("With whom does Velmora have its biggest contract?", "Oracle"),
        ("Oracle excepted, with whom has Velmora made its largest commitment?", "AMD"),
        ("Oracle excepted, with whom has Velmora made its largest cloud commitment?", "CoreWeave"),
        ("Who got Velmora's biggest order?", "Oracle"),
        ("From whom did Tarnix get its largest order?", "Osprel"),
        ("With whom does Velmora have its smallest contract?", "Microsoft"),
    ],
)
def test_the_party_to_the_deal(engine: Engine, question: str, party: str) -> None:
    answer = engine.ask(question)
    assert answer.status == "answered"
    assert answer.answer.startswith(f"{party}. ")


def test_one_deal_alone_is_not_the_biggest(engine: Engine) -> None:
    answer = engine.ask("With whom does Osprel have its biggest contract?")
    assert answer.status == "unknown"
    assert "several such deals of Osprel" in answer.answer
