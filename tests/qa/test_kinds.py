"""Every kind of question on a small graph of invented firms: the answer's status and values, its words
and its reasons.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from graph.model import EntityRef
from qa.answer import Amount, Answer, Day, Speaker, Truth
from qa.engine import Engine
from tests.qa.firms import firms_store

BILLION = Decimal(10) ** 9


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(firms_store())


def plain(answer: Answer) -> list[Any]:
    """Values in short: labels, truth, (low, high, unit)."""
    out: list[Any] = []
    for value in answer.values:
        match value:
            case EntityRef() | Speaker():
                out.append(value.label)
            case Truth():
                out.append(value.value)
            case Day():
                out.append((value.start, value.end))
            case Amount():
                out.append((value.quantity.low, value.quantity.high, value.quantity.unit))
    return out


def usd(billions: int) -> tuple[Decimal, Decimal, str]:
    return (billions * BILLION, billions * BILLION, "USD")


ANSWERED = [
    ("What was Arbor's revenue in 2024?", [usd(9)]),
    ("How much does Arbor plan to spend on capital equipment in 2026?", [usd(3)]),
    ("What is Arbor's gross margin?", [(Decimal(60), None, "percent")]),
    ("According to the Harbour Post, what was Arbor's revenue in 2025?", [usd(13)]),
    ("How many people does Brightfab employ?", [(Decimal(4000), Decimal(4000), "count")]),
    ("Who supplies Arbor?", ["Brightfab", "Cindra"]),
    ("Who supplies Arbor with memory?", ["Cindra"]),
    ("From whom does Arbor buy memory?", ["Cindra"]),
    ("Which chips did Arbor design?", ["Kestrel", "Merlin"]),
    ("Which foundry makes the Kestrel?", ["Brightfab"]),
    ("Name Brightfab's customers.", ["Arbor"]),
    ("How many suppliers does Arbor have?", [(Decimal(2), Decimal(2), "count")]),
    ("Does Brightfab supply Arbor?", [True]),
    ("Is Brightfab a supplier of Arbor?", [True]),
    ("Does Brightfab supply Cindra?", [False]),
    ("Who is the chief executive of Delvex?", ["Ines Roth"]),
    ("Who heads the subsidiary of Arbor?", ["Ines Roth"]),
    ("When did Cindra acquire Fennwick?", [(date(2023, 1, 1), date(2023, 12, 31))]),
    ("How are Cindra and Brightfab connected?", ["Cindra", "Arbor", "Brightfab"]),
    ("Who said that Arbor's revenue came to $13 billion?", ["Harbour Post"]),
    ("Has Brightfab confirmed that it supplies Arbor?", [False]),
    ("Is it confirmed that Delvex supplies Arbor?", [False]),
    ("Do the sources agree on Arbor's revenue in 2025?", [False, usd(13), usd(12)]),
    ("Do the sources disagree on Arbor's revenue in 2025?", [True, usd(13), usd(12)]),
    ("By how much did Brightfab's revenue exceed Arbor's in 2025?", [usd(7)]),
    ("How much did Arbor and Brightfab take in together in 2025?", [usd(33), usd(13), usd(20)]),
    ("Whose revenue was higher in 2025, Arbor's or Brightfab's?", ["Brightfab", usd(20), usd(13)]),
    ("Is Arbor's gross margin higher than Brightfab's?", [True]),
    ("Which company had the highest revenue in 2025?", ["Brightfab", usd(20), usd(13)]),
    ("Which company had the second-highest revenue in 2025?", ["Arbor", usd(20), usd(13)]),
    ("Can you tell me who supplies Arbor?", ["Brightfab", "Cindra"]),
    ("What is Delvex?", ["Delvex"]),
]


@pytest.mark.parametrize(("question", "values"), ANSWERED, ids=[q for q, _ in ANSWERED])
def test_values(engine: Engine, question: str, values: list[Any]) -> None:
    answer = engine.ask(question)
    assert answer.status == "answered", answer.answer
    assert plain(answer) == values
    assert answer.claims
    assert answer.evidence
    assert "SELECT DISTINCT ?claim" in answer.sparql


REFUSED = [
    ("What was Zorblax's revenue?", "Zorblax is not in the graph"),
    ("What does the Zorblax 300 cost?", "Zorblax 300 is not in the graph"),
    ("Whose revenue was higher in 2025, Arbor's or Zorblax's?", "Zorblax is not in the graph"),
    ("Which had the higher revenue, Arbor or Company 77?", "not understood"),
    ("What was Delvex's revenue in 2025?", "holds no such revenue of Delvex"),
    ("What was Arbor's revenue in 2019?", "it holds 2024, 2025"),
    ("When did Arbor acquire Fennwick?", "no claim says that it happened"),
    ("Does Cindra supply Brightfab?", "no claim says so, nor denies it"),
    ("Why did Arbor buy Delvex?", "not why"),
    ("Who supplies Arbor with helium?", "no claim says so"),
    ("Which is Arbor's largest supplier?", "does not rank"),
    ("Who is the chief executive of Cindra?", "no claim says so"),
    ("Purple monkeys dishwasher", "not understood"),
]


@pytest.mark.parametrize(("question", "reason"), REFUSED, ids=[q for q, _ in REFUSED])
def test_refusals_have_a_reason_and_no_value(engine: Engine, question: str, reason: str) -> None:
    answer = engine.ask(question)
    assert answer.status == "unknown"
    assert reason in answer.answer
    assert answer.values == ()
    assert answer.claims == ()
    assert all(e.support == "related" for e in answer.evidence)


def test_the_wording_keeps_bound_scope_and_speaker(engine: Engine) -> None:
    answer = engine.ask("What is Arbor's gross margin?")
    assert answer.answer == "Arbor's gross margin (servers) is above 60%, according to Ms Ode. [1]"
    assert answer.caveats == ("according to Ms Ode", "one source")
    assert answer.evidence[0].quote == "Arbor's gross margin on servers is above 60%, said Ms Ode."


def test_a_plan_is_told_as_one(engine: Engine) -> None:
    answer = engine.ask("What is Arbor's capex in 2026?")
    assert "is projected at $3 billion (2026)" in answer.answer
    assert "projected" in answer.caveats


def test_a_hedge_is_no_yes(engine: Engine) -> None:
    answer = engine.ask("Does Delvex supply Arbor?")
    assert (answer.status, answer.values) == ("partial", ())
    assert answer.answer == ("Not as a fact: the graph holds it only with a hedge. Delvex possibly supplies Arbor. [1]")


def test_disagreement_shows_both_figures(engine: Engine) -> None:
    answer = engine.ask("What was Arbor's revenue in 2025?")
    assert plain(answer) == [usd(13), usd(12)]
    assert answer.caveats[0] == "sources disagree"
    assert {e.source for e in answer.evidence} == {"https://news.example/one", "https://news.example/two"}


def test_one_question_back_where_several_fit(engine: Engine) -> None:
    answer = engine.ask("What was the revenue in 2025?")
    assert answer.status == "ambiguous"
    assert answer.values == ()
    assert "Brightfab: $20 billion" in answer.suggestions
    assert answer.answer.startswith("Which one do you mean: ")


def test_a_bound_in_a_comparison_is_a_caveat(engine: Engine) -> None:
    answer = engine.ask("Is Arbor's gross margin higher than Brightfab's?")
    assert "a bound, not an exact figure: Arbor" in answer.caveats


def test_what_an_if_clause_hits(engine: Engine) -> None:
    assert plain(engine.ask("Which companies would be hit if Brightfab stood still?")) == ["Arbor"]


def test_as_of_leaves_out_what_was_published_later(engine: Engine) -> None:
    question = "What was Arbor's revenue in 2025?"
    assert plain(engine.ask(question, as_of=date(2026, 2, 15))) == [usd(12)]
    assert engine.ask(question, as_of=date(2025, 1, 1)).status == "unknown"


def test_min_confidence_leaves_out_the_doubtful(engine: Engine) -> None:
    question = "How many people does Cindra employ?"
    assert plain(engine.ask(question)) == [(Decimal(900), Decimal(900), "count")]
    assert engine.ask(question, min_confidence=0.5).status == "unknown"


def test_json_has_the_shape_of_the_contract(engine: Engine) -> None:
    out = engine.ask("Who supplies Arbor with memory?").to_json()
    assert out["values"] == [{"entity": {"id": "e:cindra", "label": "Cindra", "type": "Company"}}]
    assert out["query"]["language"] == "sparql"
    assert set(out) == {
        "question",
        "status",
        "answer",
        "values",
        "claims",
        "evidence",
        "query",
        "interpretation",
        "caveats",
        "suggestions",
        "engine",
        "took_ms",
    }
    assert out["interpretation"] == "Company that supplies Arbor"


def test_a_changed_store_is_read_anew() -> None:
    store = firms_store()
    engine = Engine(store)
    assert plain(engine.ask("When did Cindra acquire Fennwick?"))
    store.remove(next(d.id for d in store.documents() if d.source.endswith("two")))
    assert engine.ask("When did Cindra acquire Fennwick?").status == "unknown"


FOLLOW_UPS = [
    ("What was Arbor's revenue in 2025?", "And Brightfab's?", [usd(20)]),
    ("What was Arbor's revenue in 2025?", "A year earlier?", [usd(9)]),
    ("What was Arbor's revenue in 2024?", "And the year after?", [usd(13), usd(12)]),
    ("Who supplies Arbor?", "How many people does it employ?", []),
    (
        "What was Brightfab's revenue in 2025?",
        "How many people does it employ?",
        [(Decimal(4000), Decimal(4000), "count")],
    ),
    ("Which company had the highest revenue in 2025?", "And which came second?", ["Arbor", usd(20), usd(13)]),
    ("Who is the chief executive of Delvex?", "And of Arbor?", []),
]


@pytest.mark.parametrize(("first", "second", "values"), FOLLOW_UPS, ids=[f"{a} {b}" for a, b, _ in FOLLOW_UPS])
def test_follow_ups(engine: Engine, first: str, second: str, values: list[Any]) -> None:
    answer = engine.ask(second, after=engine.ask(first))
    assert plain(answer) == values
    assert answer.status == ("answered" if values else "unknown")


def test_a_whole_question_after_another_stands_alone(engine: Engine) -> None:
    before = engine.ask("What was Arbor's revenue in 2025?")
    assert plain(engine.ask("Who supplies Arbor with memory?", after=before)) == ["Cindra"]
