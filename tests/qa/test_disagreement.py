"""Answers that rest on claims which others contradict, or on a single source."""

from __future__ import annotations

from datetime import date
from typing import Any

from graph.model import Claim
from graph.store.oxigraph import OxigraphStore
from qa.answer import Answer
from qa.engine import Engine
from tests.graph.samples import article, exactly, metric, relation, year


def revenue(billions: str, **fields: Any) -> Claim:
    written = f"${billions} billion"
    value = exactly(f"{billions}000000000", "USD", text=written)
    return metric("Arbor", "revenue", value, **({"period": year(2025)} | fields))


def supplies(**fields: Any) -> Claim:
    return relation("Cindra", "supplies", "Arbor", **fields)


def ask(question: str, *claims: Claim, as_of: date | None = None) -> Answer:
    """Each claim in an article of its own, a day apart."""
    store = OxigraphStore()
    for n, claim in enumerate(claims, 1):
        sentence = f"Report number {n} has it so."
        store.put(article(f"Article {n}", (sentence, claim), published=date(2026, 3, n), outlet=f"Daily {n}"))
    return Engine(store).ask(question, as_of=as_of)


REVENUE = "What was Arbor's revenue in 2025?"
SUPPLIERS = "Who supplies Arbor?"


def amounts(answer: Answer) -> list[str]:
    return [value["text"] for value in answer.to_json()["values"]]


def test_a_list_shows_who_denies_it() -> None:
    answer = ask(SUPPLIERS, supplies(), supplies(polarity=False, attributed_to="Cindra"))
    assert answer.caveats == ("sources disagree",)
    assert answer.answer == (
        "Cindra. Cindra supplies Arbor. [1] Cindra is said not to supply Arbor, according to Cindra. [2]"
    )


def test_a_denial_of_another_time_or_thing_is_not_held_against_it() -> None:
    assert "sources disagree" not in ask(SUPPLIERS, supplies(), supplies(polarity=False, period=year(2019))).caveats
    lasers = supplies(polarity=False, qualifiers=(("item", "lasers"),))
    answer = ask("Does Cindra supply Arbor?", supplies(), lasers)
    assert [value["boolean"] for value in answer.to_json()["values"]] == [True]


def test_yes_and_no_at_one_time_are_no_answer() -> None:
    answer = ask("Does Cindra supply Arbor?", supplies(), supplies(polarity=False))
    assert (answer.status, answer.values, answer.caveats) == ("partial", (), ("sources disagree",))


def test_an_amount_that_is_denied_comes_with_the_denial() -> None:
    answer = ask(REVENUE, revenue("12"), revenue("12", polarity=False, attributed_to="Arbor"))
    assert amounts(answer) == ["$12 billion"]
    assert answer.caveats == ("sources disagree",)
    assert "Arbor's revenue is said not to be $12 billion (2025), according to Arbor. [2]" in answer.answer


def test_estimates_differ() -> None:
    tern = revenue("14", modality="projected", attributed_to="Tern Research", period=year(2027))
    gull = revenue("16", modality="projected", attributed_to="Gull Securities", period=year(2027))
    answer = ask("What will Arbor's revenue be in 2027?", tern, gull)
    assert sorted(amounts(answer)) == ["$14 billion", "$16 billion"]
    assert answer.caveats[0] == "estimates differ"
    assert "one source" not in answer.caveats


def test_rounded_figures_agree() -> None:
    rounded = revenue("12", attributed_to="Harbour Post")
    exact = metric("Arbor", "revenue", exactly("12100000000", "USD", text="$12.1 billion"), period=year(2025))
    assert "sources disagree" not in ask(REVENUE, rounded, exact).caveats


def test_a_named_origin_in_two_papers_is_one_source() -> None:
    listed = ask(SUPPLIERS, *(supplies(attributed_to="The Information", modality=m) for m in ("asserted", "reported")))
    assert len(listed.claims) == 2
    assert "one source" in listed.caveats
    assert "one source" not in ask(SUPPLIERS, supplies(), supplies(modality="reported")).caveats


def test_what_was_published_later_is_not_held_against_it() -> None:
    pair = revenue("12"), revenue("13")
    assert "sources disagree" in ask(REVENUE, *pair).caveats
    assert ask(REVENUE, *pair, as_of=date(2026, 3, 1)).caveats == ("one source",)
