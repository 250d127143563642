"""Whether what was announced was done: money that came in or did not, a takeover called off, and who was hurt."""

from __future__ import annotations

from datetime import date

import pytest

from graph.model import Claim
from graph.store.oxigraph import OxigraphStore
from qa.engine import Engine
from tests.graph.samples import article, exactly, metric, relation
from tests.qa.test_kinds import plain, usd


def _paid(who: str, whom: str, billions: int, **more: str) -> Claim:
    return metric(
        who, "investment", exactly(str(billions * 10**9), "USD", text=f"${billions} billion"), scope=whom, **more
    )


@pytest.fixture(scope="module")
def engine() -> Engine:
    """Arbor paid for its stake in Cindra and wants one in Delvex; it did not get Fennwick; Brightfab stands still."""
    store = OxigraphStore()
    store.put(
        article(
            "Deals done and not done",
            (
                "Arbor has paid its $5 billion for Cindra.",
                _paid("Arbor", "Cindra", 5),
                relation("Arbor", "investsIn", "Cindra"),
            ),
            (
                "Arbor intends to put $2 billion into Delvex.",
                _paid("Arbor", "Delvex", 2, modality="projected"),
                relation("Arbor", "investsIn", "Delvex", modality="projected"),
            ),
            (
                "The plan by which Arbor was to buy Fennwick for $3 billion came to nothing.",
                _paid("Arbor", "Fennwick", 3),
                relation("Arbor", "acquires", "Fennwick", polarity=False),
            ),
            ("Delvex, short of Brightfab's wafers, halted a line.", relation("Brightfab", "supplies", "Delvex")),
            ("Brightfab delivers wafers to Arbor.", relation("Brightfab", "supplies", "Arbor")),
            ("Cindra buys lasers from Arbor.", relation("Arbor", "supplies", "Cindra")),
            source="https://news.example/deals",
            published=date(2026, 2, 1),
        )
    )
    return Engine(store)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Arbor's $5 billion for Cindra: has the money really come in?", True),
        ("Has Arbor paid Cindra the $5 billion yet?", True),
        ("Did the $2 billion that Arbor promised Delvex ever arrive?", False),
    ],
)
def test_whether_money_came_in(engine: Engine, question: str, value: bool) -> None:
    assert plain(engine.ask(question)) == [value]


def test_nothing_was_paid_where_the_deal_was_called_off(engine: Engine) -> None:
    assert "did not come about" in engine.ask("What did Arbor finally pay for Fennwick?").answer
    assert plain(engine.ask("How much was Arbor going to pay for Fennwick?")) == [usd(3)]
    assert plain(engine.ask("What did Arbor pay for its stake in Cindra?")) == [usd(5)]


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("Which customers have been hurt by the trouble at Brightfab?", ["Delvex"]),
        ("Suppose Brightfab could no longer deliver: which firms would be short of wafers?", ["Arbor", "Delvex"]),
    ],
)
def test_who_is_hurt(engine: Engine, question: str, values: list[str]) -> None:
    assert plain(engine.ask(question)) == values


def test_nobody_is_said_to_be_hurt_of_whom_nothing_tells_it(engine: Engine) -> None:
    assert engine.ask("Who was hit by the fire at Arbor?").status == "unknown"
