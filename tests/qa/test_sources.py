"""Questions about sources: who says so in all its wordings, whether two who are named agree, what is confirmed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from graph.store.oxigraph import OxigraphStore
from qa.attribution import source_asked
from qa.engine import Engine
from tests.graph.samples import amount, article, exactly, metric, relation, year
from tests.qa.test_kinds import plain


def _told(by: str) -> dict[str, Any]:
    return {"attributed_to": by, "origins": (by,)}


def _usd(billions: str, **told: Any) -> Any:
    return exactly(str(int(Decimal(billions) * 10**9)), "USD", text=f"${billions} billion", **told)


@pytest.fixture(scope="module")
def engine() -> Engine:
    store = OxigraphStore()
    store.put(
        article(
            "What Brightfab may take in",
            (
                "Ode Research sees sales of $31 billion at Brightfab in 2026, Veld Bank only $26 billion.",
                metric(
                    "Brightfab", "revenue", _usd("31"), period=year(2026), modality="projected", **_told("Ode Research")
                ),
                metric(
                    "Brightfab", "revenue", _usd("26"), period=year(2026), modality="projected", **_told("Veld Bank")
                ),
            ),
            (
                "Brightfab itself still expects $28 billion in 2026.",
                metric("Brightfab", "revenue", _usd("28"), period=year(2026), modality="projected"),
            ),
            (
                "Cindra has 62% of the market for lasers, according to Ode Research.",
                metric(
                    "Cindra",
                    "marketShare",
                    exactly("62", "percent", text="62%"),
                    scope="lasers",
                    **_told("Ode Research"),
                ),
            ),
            (
                "Arbor may put up to $5 billion into Cindra.",
                metric(
                    "Arbor",
                    "investment",
                    amount(None, "5000000000", "USD", text="up to $5 billion"),
                    scope="Cindra",
                    modality="possible",
                ),
            ),
            ("Delvex has put money into Cindra.", relation("Delvex", "investsIn", "Cindra")),
        )
    )
    return Engine(store)


SAID = [
    ("Who says that Cindra has 62% of the market for lasers?", "Ode Research"),
    ("Where does the figure of 62% for Cindra come from?", "Ode Research"),
    ("Whose estimate is it that Brightfab will take in $26 billion in 2026?", "Veld Bank"),
    ("By whose reckoning will Brightfab take in $31 billion in 2026?", "Ode Research"),
    ("Which bank gives Brightfab sales of $26 billion in 2026?", "Veld Bank"),
    ("Do Ode Research and Veld Bank agree on Brightfab's sales in 2026?", False),
    ("Does Veld Bank agree with Ode Research on Brightfab's sales in 2026?", False),
    ("Do Ode Research and Veld Bank give the same number for Brightfab's sales in 2026?", False),
    ("Do Veld Bank and Brightfab's management differ on the company's sales in 2026?", True),
    ("What is the lowest estimate of Brightfab's sales in 2026?", (Decimal(26 * 10**9), Decimal(26 * 10**9), "USD")),
    ("Is it certain that Arbor will put $5 billion into Cindra?", False),
]


@pytest.mark.parametrize(("question", "value"), SAID, ids=[q for q, _ in SAID])
def test_first_value(engine: Engine, question: str, value: Any) -> None:
    answer = engine.ask(question)
    assert answer.status == "answered"
    assert plain(answer)[0] == value


def test_every_figure_is_given(engine: Engine) -> None:
    answer = engine.ask("I have seen different forecasts of Brightfab's sales in 2026, what are they?")
    assert sorted(low // 10**9 for low, _, _ in plain(answer)) == [26, 28, 31]


REFUSED = [
    "Who says that Cindra has 40% of the market for lasers?",
    "Do Ode Research and Veld Bank agree on Cindra's share of the laser market?",
    "Is it certain that Arbor will put $7 billion into Cindra?",
]


@pytest.mark.parametrize("question", REFUSED)
def test_what_nobody_said_has_no_source(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert (answer.status, answer.values) == ("unknown", ())


ASKED = [
    ("Who told a conference that Arbor would grow?", "Who said that Arbor would grow?"),
    ("Who is quoted as saying that Arbor grew?", "Who said that Arbor grew?"),
    ("Which paper first reported that Arbor grew?", "Who said that Arbor grew?"),
    ("What is the source of the claim that Arbor grew?", "Who said that Arbor grew?"),
    ("Who values Arbor at $3 billion?", "Who said that values Arbor at $3 billion?"),
    ("Who gives Arbor its wafers?", "Who gives Arbor its wafers?"),
    ("From whom does Arbor buy wafers?", "From whom does Arbor buy wafers?"),
    ("Where does Arbor come from?", "Where does Arbor come from?"),
]


@pytest.mark.parametrize(("text", "out"), ASKED)
def test_asking_for_a_source(text: str, out: str) -> None:
    assert source_asked(text) == out
