"""Kinds and wordings of questions beyond the plain ones, on a small graph of invented firms."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from graph.store.oxigraph import OxigraphStore
from qa.engine import Engine
from qa.rewrite import plain_order
from qa.units import find_units
from tests.graph.samples import TYPES, amount, article, exactly, metric, relation, year
from tests.qa.firms import firms_store
from tests.qa.test_kinds import plain, usd

TYPES.update({"Gloma": "Company", "Hexa": "Company", "Jutland": "Place", "Denmark": "Place", "Pia Holm": "Person"})


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(firms_store())


ANSWERED: list[tuple[str, list[Any] | None]] = [
    ("Arbor's revenue of 2024 plus that of 2025?", [usd(22)]),
    ("What is the average of Arbor's and Brightfab's revenue in 2025?", [Decimal("16.5")]),
    ("How many more dollars did Arbor take in in 2025 than in 2024?", [usd(4)]),
    ("Was Arbor's revenue in 2025 larger than a year before?", [True]),
    ("Arbor vs Brightfab in 2025: who has the bigger revenue?", ["Brightfab"]),
    ("Leaving Cindra aside, who supplies Arbor?", ["Brightfab"]),
    ("Who supplies Arbor, Brightfab not counted?", ["Cindra"]),
    ("Who suplies Arbor with memmory?", ["Cindra"]),
    ("What's Delvex?", ["Delvex"]),
    ("Kestrel - what is that?", ["Kestrel"]),
    ("Who runs the company Arbor owns?", ["Ines Roth"]),
    ("Source for Arbor's $13 billion of revenue?", ["Harbour Post"]),
    ("How exposed is Arbor to Brightfab?", []),
    ("Did Arbor's revenue go up from 2024 to 2025?", [True]),
    ("Did Arbor's revenue fall between 2024 and 2025?", [False]),
    ("Who put $99 billion into Delvex?", None),
    ("Which firms do not supply Arbor?", []),
    ("Delvex belongs to whom?", ["Arbor"]),
    ("Who is at the helm of Delvex?", ["Ines Roth"]),
    ("Is Arbor owned by Delvex?", None),
    ("Who supplies Arbor with robots?", None),
    ("Is Brightfab's gross margin below 50%?", [True]),
    ("In which country is Arbor?", None),
    ("Did Arbor's revenue exceed $20 billion in 2024?", [False]),
    ("Who captains Delvex?", ["Ines Roth"]),
    ("Who is at the top of Delvex?", ["Ines Roth"]),
    ("Who runs Fennwick?", None),
    ("What outlays does Arbor envisage for 2026?", [usd(3)]),
    ("What proceeds did Brightfab rack up in 2025?", [usd(20)]),
    ("When was Cindra's takeover of Fennwick completed?", [(date(2023, 1, 1), date(2023, 12, 31))]),
    ("Was Cindra's takeover of Fennwick called off?", None),
    ("Whom did Cindra lay its hands on?", ["Fennwick"]),
    ("Who keeps Arbor stocked with memory?", ["Cindra"]),
    ("Who is up against Arbor?", None),
    ("If Arbor stopped buying memory, who would suffer?", ["Cindra"]),
    ("Is Arbor the owner of Delvex?", [True]),
    ("Is Delvex the owner of Arbor?", None),
    ("Brightfab supplies Arbor, doesn't it?", [True]),
    ("Is it true that Arbor owns Delvex?", [True]),
    ("Is there a link between Cindra and Brightfab?", ["Cindra"]),
    ("What was Arbor's revenue in 2025 when Cindra took Fennwick over?", [usd(13)]),
    ("Which of Arbor and Brightfab had the bigger revenue in 2025?", ["Brightfab"]),
    ("Which company came last by revenue in 2025?", ["Arbor"]),
    ("Who makes Arbor's chips, other than Cindra?", ["Brightfab"]),
    ("Sum of Arbor's revenue in 2024 and its revenue in 2025?", [usd(22)]),
    ("Which Danish firms make the Kestrel?", None),
    ("How large a workforce does Brightfab have on its books?", [(Decimal(4000), Decimal(4000), "count")]),
    ("What did Arbor pay its chief executive?", None),
    ("Does Brightfab deny supplying Cindra?", [True]),
    ("Who is the finance chief of Delvex?", None),
    ("What was Arbor's revenue in 2025 and who says so?", []),
    ("How much did Arbor's revenue grow from 2024 to 2025?", [usd(4)]),
]


@pytest.mark.parametrize(("question", "first"), ANSWERED, ids=[q for q, _ in ANSWERED])
def test_other_wordings_are_understood(engine: Engine, question: str, first: list[Any] | None) -> None:
    answer = engine.ask(question)
    if first is None:
        assert answer.status == "unknown"
        return
    assert answer.status in ("answered", "partial"), answer.answer
    values = plain(answer)[: len(first)]
    assert [v[0] / 10**9 if isinstance(w, Decimal) else v for v, w in zip(values, first, strict=True)] == first


def test_an_amount_in_another_currency_is_converted_and_says_by_what(engine: Engine) -> None:
    answer = engine.ask("What was Arbor's revenue in 2024, in yen?")
    (value,) = answer.to_json()["values"]
    assert (value["unit"], value["derived"], value["approx"]) == ("JPY", True, True)
    assert value["low"] == Decimal("1.42e12")
    assert any(c.startswith("converted by the Federal Reserve's average rates of June 2024") for c in answer.caveats)


REFUSED = [
    "What yield does Brightfab get?",
    "How tall is Ines Roth?",
    "What was Arbor's revenue in 2019?",
    "How much did Arbor's revenue exceed Delvex's in 2025?",
    "What stake does Delvex hold in Arbor?",
    "Who supplies Zorblatt?",
    "Arbor's revenue of 2024 plus that of 2025, by the Harbour Post's count?",
]


@pytest.mark.parametrize("question", REFUSED)
def test_what_the_graph_cannot_tell_is_refused(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert (answer.status, answer.values) == ("unknown", ())


def test_units_of_a_question_are_found() -> None:
    found = [u.code for u in find_units("How many Taiwan dollars, how many won, and who won how many megawatts?")]
    assert found == ["TWD", "KRW", "watt"]


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Memory, 2025: who leads?", "who leads, Memory, 2025?"),
        ("Number of customers that Arbor has?", "how many customers that Arbor has?"),
        ("Why isn't it so, please?", "Why is not it so?"),
        ("Suppose Arbor stopped: who is hit?", "Suppose Arbor stopped: who is hit?"),
    ],
)
def test_plain_order(said: str, read: str) -> None:
    assert plain_order(said) == read


@pytest.fixture(scope="module")
def ranked() -> Engine:
    """Market shares of three, where one of them sits, and money that goes one way only."""
    store = OxigraphStore()
    store.put(
        article(
            "The market for lenses",
            (
                "Arbor has 50% of the lens market, Brightfab 30% and Cindra 10% in 2025.",
                *(
                    metric(who, "marketShare", exactly(share, "percent"), scope="lens market", period=year(2025))
                    for who, share in (("Arbor", "50"), ("Brightfab", "30"), ("Cindra", "10"))
                ),
            ),
            ("Brightfab sits in Denmark.", relation("Brightfab", "locatedIn", "Denmark")),
            (
                "Gloma paid $2 billion for a stake of 20% in Hexa.",
                relation("Gloma", "investsIn", "Hexa", qualifiers=(("stake", "20"),)),
                metric("Gloma", "investment", exactly("2000000000", "USD"), scope="Hexa"),
                metric("Gloma", "investment", exactly("20", "percent"), basis="share", scope="Hexa", of="Hexa shares"),
                metric("Hexa", "investment", exactly("20", "percent"), basis="share", scope="Gloma", of="Hexa shares"),
            ),
            (
                "Arbor gets 40% of its revenue from Gloma.",
                metric(
                    "Arbor", "revenue", exactly("40", "percent"), basis="share", of="Arbor's revenue", scope="Gloma"
                ),
            ),
            ("Arbor is on the export blacklist.", relation("Pia Holm", "leads", "Gloma")),
            ("Cindra plans to spend at most $1 billion.", metric("Cindra", "capex", amount(None, "1000000000", "USD"))),
        )
    )
    return Engine(store)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Who comes right behind Arbor in the lens market in 2025?", "Brightfab"),
        ("After Arbor, who has the biggest share of the lens market?", "Brightfab"),
        ("Number three in the lens market ranking for 2025?", "Cindra"),
        ("Which Danish company has the biggest share of the lens market?", None),
        ("What slice of Hexa is in the hands of Gloma?", (Decimal(20), Decimal(20), "percent")),
        ("How exposed is Arbor to Gloma?", (Decimal(40), Decimal(40), "percent")),
        (
            "What happens to Arbor if Gloma stops buying? Share of revenue, please.",
            (Decimal(40), Decimal(40), "percent"),
        ),
        ("How large is the stake that Hexa holds in Gloma?", None),
    ],
)
def test_ranks_stakes_and_exposure(ranked: Engine, question: str, first: Any) -> None:
    answer = ranked.ask(question)
    values = plain(answer)
    assert (values[0] if values else None) == first, answer.answer
