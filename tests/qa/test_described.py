"""Descriptions stand wherever a name may: each is settled by the graph before the question around it is read."""

from __future__ import annotations

from typing import Any

import pytest

from graph.store.oxigraph import OxigraphStore
from qa.answer import Amount
from qa.engine import Engine
from tests.graph.samples import article, exactly, metric, relation
from tests.qa.firms import firms_store
from tests.qa.talks import late, talks_store
from tests.qa.values import short


@pytest.fixture(scope="module")
def firms() -> Engine:
    return Engine(firms_store())


@pytest.fixture(scope="module")
def talks() -> Engine:
    return Engine(talks_store(late()))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What revenue did the firm that designed the Merlin make in 2024?", ["$9 billion"]),
        ("What was the revenue of the manufacturer of the Kestrel in 2025?", ["$20 billion"]),
        ("What is the gross margin of Arbor's wafer supplier?", ["45%"]),
        ("What did the company that owns Delvex take in in 2024?", ["$9 billion"]),
        ("Which chips did the owner of Delvex design?", ["Kestrel", "Merlin"]),
        ("Who supplies the company behind the Merlin?", ["Brightfab", "Cindra"]),
        ("Does Cindra supply the owner of the firm led by Ines Roth?", [True]),
        ("Does the foundry that supplies Arbor supply Cindra?", [False]),
        ("What revenue did the company that supplies Arbor with wafers make in 2025?", ["$20 billion"]),
        ("Whom did the firm that supplies Arbor with memory acquire?", ["Fennwick"]),
    ],
)
def test_a_description_stands_for_whom_it_means(firms: Engine, question: str, expected: list[Any]) -> None:
    answer = firms.ask(question)
    assert (answer.status, short(answer)) == ("answered", expected)


def test_the_answer_says_whom_a_description_means_and_who_says_so(firms: Engine) -> None:
    answer = firms.ask("What was the revenue of the company that owns Delvex in 2024?")
    assert answer.interpretation == "revenue of Arbor in 2024; the company that owns Delvex: Arbor"
    assert [e.quote for e in answer.evidence][1:] == ["Arbor owns Delvex, whose chief executive is Ines Roth."]


@pytest.mark.parametrize(
    "question",
    [
        "Who leads the company that owns Brightfab?",
        "What is the gross margin of Arbor's acquirer?",
        "Where is the firm that acquired Cindra based?",
        "Who leads the company that supplies Arbor with memory?",
        "Who runs the company whose memory Arbor's newest server leans on?",
    ],
)
def test_a_description_that_means_nobody_is_no_licence_to_answer_about_somebody_else(
    firms: Engine, question: str
) -> None:
    answer = firms.ask(question)
    assert (answer.status, answer.values) == ("unknown", ())


def test_of_several_whom_a_description_may_mean_one_is_asked_for(firms: Engine) -> None:
    answer = firms.ask("What was the revenue of the maker of the Kestrel in 2025?")
    assert answer.status == "ambiguous"
    assert [option.split(",")[0] for option in answer.suggestions] == ["Arbor", "Brightfab"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Which of Osprey's suppliers are Taiwanese?", ["Lindal"]),
        ("Which of the suppliers of Osprey also supply Gannet?", ["Lindal"]),
        ("Which suppliers of Osprey are in Taiwan?", ["Lindal"]),
        ("How many of Osprey's suppliers are in China?", ["1"]),
    ],
)
def test_which_of_a_group(talks: Engine, question: str, expected: list[str]) -> None:
    answer = talks.ask(question)
    assert answer.status == "answered"
    assert [v.quantity.low.__str__() if isinstance(v, Amount) else v.label for v in answer.values] == expected


def test_a_figure_of_several_is_one_of_each(talks: Engine) -> None:
    answer = talks.ask("What was the revenue of Osprey's suppliers in 2025?")
    figures = {v.entity.label: v.quantity.text for v in answer.values if isinstance(v, Amount) and v.entity}
    assert figures == {"Lindal": "$9 billion", "Mirova": "$4 billion", "Quillon": "$1 billion"}
    assert "no such revenue of Norvik in the graph" in answer.caveats


@pytest.mark.parametrize(
    ("question", "expected"),
    [("Is Lindal based in Taiwan?", [True]), ("Is Osprey's supplier Mirova located in China?", [True])],
)
def test_whoever_is_based_somewhere_is_its_subject(talks: Engine, question: str, expected: list[bool]) -> None:
    assert short(talks.ask(question)) == expected


@pytest.fixture(scope="module")
def nested() -> Engine:
    store = OxigraphStore()
    store.put(
        article(
            "Who belongs to whom",
            ("Arbor developed the Kestrel with its unit Fennwick.", relation("Arbor", "develops", "Kestrel")),
            (
                "Arbor owns Fennwick, which developed the Kestrel too.",
                relation("Fennwick", "subsidiaryOf", "Arbor"),
                relation("Fennwick", "develops", "Kestrel"),
            ),
            ("Ines Roth runs Arbor.", relation("Ines Roth", "leads", "Arbor")),
            (
                "Brightfab and Cindra compete with Arbor; Cindra uses the Merlin.",
                relation("Brightfab", "competesWith", "Arbor"),
                relation("Cindra", "competesWith", "Arbor"),
                relation("Cindra", "uses", "Merlin"),
            ),
            ("Cindra supplies Delvex.", relation("Cindra", "supplies", "Delvex")),
            ("Cindra sits in Taiwan.", relation("Cindra", "locatedIn", "Taiwan")),
            ("Quillon owns Cindra.", relation("Cindra", "subsidiaryOf", "Quillon")),
            (
                "Arbor bought Delvex for $2 billion, and sold its plants to Norvik.",
                relation("Arbor", "acquires", "Delvex"),
                metric("Delvex", "price", exactly("2000000000", "USD", text="$2 billion")),
                relation("Norvik", "acquires", "Delvex"),
            ),
        )
    )
    return Engine(store)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who runs the owner of the company that developed the Kestrel?", ["Ines Roth"]),
        ("Who owns the rival of the developer of the Kestrel that uses the Merlin?", ["Quillon"]),
        ("Where is the company based that competes with Arbor and supplies Delvex?", ["Taiwan"]),
        ("Who owns the supplier of the firm that the developer of the Kestrel bought?", ["Quillon"]),
        ("Which company took over the firm that Arbor bought for $2 billion?", ["Norvik"]),
        ("Who supplies the firm that the owner of Fennwick bought for $2 billion?", ["Cindra"]),
    ],
)
def test_descriptions_hold_descriptions(nested: Engine, question: str, expected: list[Any]) -> None:
    answer = nested.ask(question)
    assert (answer.status, short(answer)) == ("answered", expected)


@pytest.mark.parametrize(
    "question",
    [
        "Who supplies the firm that bought Brightfab's acquirer?",
        "Who supplies the firm that bought Delvex's rival?",
        "Who supplies the firm that Arbor bought for $3 billion?",
        "Who owns the company that competes with Arbor and supplies Norvik?",
    ],
)
def test_one_inner_description_that_means_nobody_is_enough_to_refuse(nested: Engine, question: str) -> None:
    answer = nested.ask(question)
    assert (answer.status, answer.values) == ("unknown", ())


@pytest.fixture(scope="module")
def placed() -> Engine:
    store = OxigraphStore()
    store.put(
        article(
            "Who holds most of what",
            *(
                (
                    f"{firm} holds {number}% of the market for {goods}.",
                    metric(firm, "marketShare", exactly(number, "percent", text=f"{number}%"), scope=goods),
                )
                for goods, shares in (
                    ("lasers", (("Arbor", "50"), ("Brightfab", "30"), ("Cindra", "8"))),
                    ("memory", (("Cindra", "40"), ("Brightfab", "12"))),
                )
                for firm, number in shares
            ),
            ("Ines Roth runs Arbor.", relation("Ines Roth", "leads", "Arbor")),
            ("Delvex supplies Brightfab.", relation("Delvex", "supplies", "Brightfab")),
            (
                "Cindra makes up 64% of Norvik's revenue.",
                metric(
                    "Norvik",
                    "revenue",
                    exactly("64", "percent", text="64%"),
                    basis="share",
                    of="Norvik's revenue",
                    scope="Cindra",
                ),
            ),
            ("Delvex supplies Cindra.", relation("Delvex", "supplies", "Cindra")),
        )
    )
    return Engine(store)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who runs the laser market leader?", ["Ines Roth"]),
        ("Who runs the market leader in lasers?", ["Ines Roth"]),
        ("Who supplies the second-largest maker of lasers?", ["Delvex"]),
        ("Does Delvex supply Norvik's largest customer?", [True]),
        ("Who is Norvik's biggest customer?", ["Cindra", "64%"]),
    ],
)
def test_a_place_in_an_order_is_a_description(placed: Engine, question: str, expected: list[Any]) -> None:
    answer = placed.ask(question)
    assert (answer.status, short(answer)) == ("answered", expected)


def test_shares_are_compared_in_one_market(placed: Engine) -> None:
    answer = placed.ask("By how much does Brightfab's market share exceed Cindra's in memory?")
    assert [v.quantity.low for v in answer.values if isinstance(v, Amount)] == [28]
    answer = placed.ask("How much bigger is the market share of the laser leader than Brightfab's?")
    assert [v.quantity.low for v in answer.values if isinstance(v, Amount)] == [20]
