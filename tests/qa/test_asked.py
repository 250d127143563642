"""What stands around a question is taken out of it; what it gets is of the kind it asks for."""

from __future__ import annotations

import pytest

from graph.store.oxigraph import OxigraphStore
from qa.answer import Amount
from qa.engine import Engine
from qa.preface import unprefaced
from qa.premise import told_before
from qa.query import Query
from qa.rewrite import plain_order
from tests.graph.samples import TYPES, article, exactly, metric, relation
from tests.qa.firms import firms_store
from tests.qa.values import short

TYPES.update(dict.fromkeys(("Ada Moor", "Ben Lund"), "Person"))
TYPES.update(
    {
        "Tarnow": "Company",
        "Ullin": "Company",
        "Vesper": "Company",
        "a big cloud operator": "Company",
        "Yarrow Y1": "Chip",
        "Yarrow": "Company",
        "Zell": "Company",
        "Oberon Fund": "Company",
        "Pine Trust": "Company",
    }
)


@pytest.fixture(scope="module")
def firms() -> Engine:
    return Engine(firms_store())


@pytest.fixture(scope="module")
def shares() -> Engine:
    store = OxigraphStore()
    store.put(
        article(
            "Who holds Tarnow",
            (
                "Oberon Fund holds 30% of Tarnow and Pine Trust 12%.",
                metric("Oberon Fund", "investment", exactly("30", "percent", text="30%"), basis="share", of="Tarnow"),
                metric("Pine Trust", "investment", exactly("12", "percent", text="12%"), basis="share", of="Tarnow"),
            ),
            (
                "Tarnow ships racks to Vesper, and lasers to a big cloud operator.",
                relation("Tarnow", "supplies", "Vesper", qualifiers=(("item", "racks"),)),
            ),
            ("Ullin's only buyer is a big cloud operator.", relation("Ullin", "supplies", "a big cloud operator")),
            (
                "Zell sells ovens to Vesper.",
                relation("Zell", "supplies", "Vesper", qualifiers=(("item", "ovens"),)),
            ),
            ("Zell fabricates the Yarrow Y1.", relation("Zell", "manufactures", "Yarrow Y1")),
            ("Yarrow designed the Yarrow Y1.", relation("Yarrow", "develops", "Yarrow Y1")),
            (
                "Vesper put $4 billion into Zell for 20% of it, but the merger was called off.",
                metric("Vesper", "investment", exactly("4000000000", "USD", text="$4 billion"), scope="Zell"),
                metric("Vesper", "investment", exactly("20", "percent", text="20%"), scope="Zell"),
                metric("Vesper", "headcount", exactly("900", "count", text="900")),
            ),
            (
                "Tarnow was valued at $2 billion; it is rumoured to seek $5 billion.",
                metric("Tarnow", "marketCap", exactly("2000000000", "USD", text="$2 billion")),
                metric("Tarnow", "marketCap", exactly("5000000000", "USD", text="$5 billion"), modality="reported"),
            ),
        )
    )
    return Engine(store)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Hello! Could you list Arbor's suppliers for me, please? Thank you.", "list Arbor's suppliers?"),
        ("For a term paper: who supplies Arbor?", "who supplies Arbor?"),
        ("I'm writing about memory - who supplies Arbor?", "who supplies Arbor?"),
        ("Everyone who supplies Arbor, please", "who supplies Arbor?"),
        ("Who supplies Arbor (if known)?", "Who supplies Arbor?"),
        ("Who supplies Arbor (USA)?", "Who supplies Arbor (USA)?"),
        ("Who supplies Arbor? Names please", "Who supplies Arbor?"),
        ("We own Arbor. What is its revenue?", "What is Arbor's revenue?"),
        (
            "By Arbor's own account, has it supplied Cindra?",
            "has Arbor supplied Cindra according to Arbor?",
        ),
        ("For the year 2025: what was Arbor's revenue?", "what was Arbor's revenue, For the year 2025?"),
    ],
)
def test_what_stands_around_a_question(said: str, asked: str) -> None:
    assert plain_order(said) == asked
    assert unprefaced(unprefaced(said)) == unprefaced(said)


@pytest.mark.parametrize(
    "said",
    [
        "What is Arbor's revenue (excluding services)?",
        "What was Arbor's gross margin (non-gaap)?",
        "What was Arbor's revenue for US customers?",
        "Hi-tech firms, which of them supply Arbor?",
        "For a Kestrel chip: what does Arbor charge?",
        "Need the revenue of Arbor: third quarter",
        "I'm looking for Arbor's revenue: third quarter",
        "By Q3, had they reached $5 billion?",
        "On Monday, did it raise its forecast?",
    ],
)
def test_what_sets_a_condition_is_no_preface(said: str) -> None:
    assert unprefaced(said) == said


def test_a_firm_with_abbreviations_makes_no_second_sentence() -> None:
    assert not told_before("What was the revenue of Arbor Precision Industry Co. Ltd in 2025?")
    assert not told_before("Arbor Precision Industry against Brightfab Manufacturing Co. Who is bigger?")


def test_a_question_that_leans_on_a_statement_before_it_is_refused(firms: Engine) -> None:
    said = "The chip firm Arbor owns a laser maker. Who leads it now?"
    assert told_before(said)
    assert not told_before("Who leads the laser maker of Arbor? Names please")
    answer = firms.ask(said)
    assert (answer.status, "one question" in answer.answer) == ("unknown", True)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Arbors revenue in 2024?", ["$9 billion"]),
        ("Who are Arbors suppliers?", ["Brightfab", "Cindra"]),
        ("Does Cindra supply Arbor, now that Brightfab has left?", [True]),
    ],
)
def test_slips_and_clauses(firms: Engine, question: str, expected: list[object]) -> None:
    assert short(firms.ask(question)) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who is the second-largest shareholder of Tarnow?", "Pine Trust"),
        ("Who is the largest shareholder of Tarnow?", "Oberon Fund"),
        ("Who fabricates Yarrow's Yarrow Y1?", "Zell"),
        ("Which companies supply Vesper with racks?", "Tarnow"),
    ],
)
def test_whom(shares: Engine, question: str, expected: str) -> None:
    assert short(shares.ask(question))[:1] == [expected]


def test_an_outlay_is_a_sum_of_money(shares: Engine) -> None:
    assert short(shares.ask("How big was Vesper's investment in Zell?")) == ["$4 billion"]
    assert short(shares.ask("What did Vesper pay for its slice of Zell?")) == ["$4 billion"]


def test_a_share_is_no_answer_to_what_was_paid(shares: Engine) -> None:
    answer = shares.ask("What did Pine Trust pay for its slice of Tarnow?")
    assert (answer.status, answer.values) == ("unknown", ())
    assert short(shares.ask("What slice of Tarnow does Pine Trust own?")) == ["12%"]


def test_a_word_with_a_capital_in_a_list_of_names_is_a_name(shares: Engine) -> None:
    answer = shares.ask("Of Vesper, Zell and Etched, which has invested most?")
    assert answer.answer == "I don't know: Etched is not in the graph."


def test_a_topic_with_a_capital_is_no_name(parts: Engine) -> None:
    assert short(parts.ask("Vesper, Revenue")) == ["$9 billion"]
    assert "is not in the graph" not in parts.ask("Vesper, Profit in 2025?").answer


def test_by_how_many_is_no_level(shares: Engine) -> None:
    answer = shares.ask("By how many people does Vesper mean to cut its headcount?")
    assert (answer.status, answer.values) == ("unknown", ())


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many dollars more is Tarnow worth than Ullin?", []),
        ("If Cindra dropped Brightfab, what gross margin would it be left with?", []),
        ("If Cindra left, what was its headcount?", ["900"]),
        ("If Cindra lost Brightfab, how large was its headcount?", ["900"]),
    ],
)
def test_whose_figure_it_is(firms: Engine, question: str, expected: list[object]) -> None:
    assert short(firms.ask(question)) == expected


def test_how_many_more_is_a_difference(firms: Engine) -> None:
    answer = firms.ask("How many dollars more did Brightfab take in in 2025 than Arbor?")
    assert answer.answer.startswith("The difference is $7 billion.")


def test_what_is_taken_for_granted_is_not_what_is_asked(shares: Engine) -> None:
    assert short(shares.ask("Does Zell still supply Vesper, now that the merger is off?")) == [True]


def test_what_is_rumoured_is_not_what_is_known(shares: Engine) -> None:
    values = shares.ask("What valuation is Tarnow rumoured to be after?").values
    assert [v.quantity.text for v in values if isinstance(v, Amount)] == ["$5 billion"]


def test_somebody_without_a_name_is_no_answer_to_who(shares: Engine) -> None:
    answer = shares.ask("Whom does Ullin supply?")
    assert answer.status == "unknown"
    assert "do not name whom they mean" in answer.answer


@pytest.mark.parametrize("question", ["What yield does the Kestrel have at Arbor?", "How many plants does Arbor have?"])
def test_an_answer_of_another_kind_is_none(firms: Engine, question: str) -> None:
    assert firms.ask(question).status == "unknown"


def test_typed_queries_are_run_as_they_are(firms: Engine) -> None:
    typed = firms.ask("What was Arbor's revenue in 2024?").typed
    assert isinstance(typed, Query)
    assert short(firms.run("How many is that?", typed, edit="choice")) == ["$9 billion"]


def test_a_total_is_not_what_a_single_one_costs() -> None:
    store = OxigraphStore()
    total = metric("Tarnow", "orders", exactly("3000000000", "USD", text="$3 billion"), scope="Yarrow Y1 chips")
    price = metric("Yarrow Y1", "price", exactly("900", "USD", text="$900"))
    store.put(article("An order", ("Tarnow ordered Yarrow Y1 chips for $3 billion.", total)))
    engine = Engine(store)
    assert short(engine.ask("What is the order of Tarnow for Yarrow Y1 chips worth?")) == ["$3 billion"]
    assert engine.ask("What does Tarnow pay for a single Yarrow Y1 chip?").status == "unknown"
    store.put(article("A price", ("A Yarrow Y1 costs $900.", price)))
    assert short(Engine(store).ask("What does a single Yarrow Y1 cost apiece?")) == ["$900"]


@pytest.fixture(scope="module")
def parts() -> Engine:
    """Vesper lives on royalties and licences; its finance chief is named twice, once without her post."""
    store = OxigraphStore()
    chief = (("role", "chief executive"),)
    finance = (("role", "finance chief"),)
    store.put(
        article(
            "Vesper's year",
            (
                "Vesper had revenue of $9 billion.",
                metric("Vesper", "revenue", exactly("9000000000", "USD", text="$9 billion")),
            ),
            (
                "Ada Moor, finance chief of Vesper, was glad.",
                relation("Ada Moor", "leads", "Vesper", qualifiers=finance),
            ),
            ("Ada Moor of Vesper said so.", relation("Ada Moor", "leads", "Vesper")),
            ("Ben Lund is chief executive of Vesper.", relation("Ben Lund", "leads", "Vesper", qualifiers=chief)),
            ("Vesper owns a unit, Zell.", relation("Zell", "subsidiaryOf", "Vesper")),
        )
    )
    return Engine(store)


def test_a_part_of_revenue_is_not_the_whole(parts: Engine) -> None:
    assert short(parts.ask("What was Vesper's revenue?")) == ["$9 billion"]
    answer = parts.ask("How much did Vesper collect in royalties?")
    assert (answer.status, answer.values) == ("unknown", ())


def test_whoever_is_named_for_one_part_of_the_business_does_not_lead_it(parts: Engine) -> None:
    assert short(parts.ask("Who is the boss of Vesper?")) == ["Ben Lund"]
    assert short(parts.ask("Who is Vesper's finance chief?")) == ["Ada Moor"]
