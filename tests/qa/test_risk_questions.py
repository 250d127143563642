"""Risk in plain words: which report a question is read as, and answers with evidence, bounds, caveats or a reason."""

from __future__ import annotations

import pytest

from graph.model import EntityRef
from graph.store.oxigraph import OxigraphStore
from qa.answer import Amount, Answer, Truth
from qa.engine import Engine
from qa.forms_reports import asked, match, unnamed
from tests.graph.samples import article, exactly, metric, relation, year
from tests.risk.facts import share

CASES = [(row.asks, text) for row in asked() for text in row.examples]


def graph() -> OxigraphStore:
    """Chipco sells accelerators to Lab, which backs it and has a chip of its own, and to Bank; two make its memory."""
    store = OxigraphStore()
    accelerators = (("item", "accelerators"),)
    memory = (("item", "HBM"),)
    store.put(
        article(
            "Chipco and its friends",
            ("Chipco designs the H20.", relation("Chipco", "develops", "H20")),
            (
                "Lab brought in 62% of Chipco's revenue in 2025 and Bank 24%.",
                relation("Chipco", "supplies", "Lab", qualifiers=accelerators),
                relation("Chipco", "supplies", "Bank", qualifiers=accelerators),
                share("Chipco", "Lab", "62", period=year(2025)),
                share("Chipco", "Bank", "24", period=year(2025)),
            ),
            ("Lab has built the SeedChip.", relation("Lab", "develops", "SeedChip")),
            (
                "Chipco put $2 billion into Lab.",
                relation("Chipco", "investsIn", "Lab", qualifiers=(("amount", "$2 billion"),)),
            ),
            ("Chipco will put money into Bank.", relation("Chipco", "investsIn", "Bank", modality="projected")),
            ("Northmem sells HBM to Chipco.", relation("Northmem", "supplies", "Chipco", qualifiers=memory)),
            ("Southmem makes HBM for Deskco.", relation("Southmem", "supplies", "Deskco", qualifiers=memory)),
            ("Fabco alone makes the H20.", relation("Fabco", "manufactures", "H20")),
            ("Northmem employs 900 people.", metric("Northmem", "headcount", exactly("900", "count"))),
        )
    )
    return store


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(graph())


def labels(answer: Answer) -> list[str]:
    return [value.label for value in answer.values if isinstance(value, EntityRef)]


@pytest.mark.parametrize(("asks", "text"), CASES)
def test_examples_are_read_as_what_they_ask(asks: str, text: str) -> None:
    found = match(unnamed([text])[0])
    assert found is not None
    assert found[0] == asks


@pytest.mark.parametrize(
    ("question", "status", "named"),
    [
        ("Who invests in its own customers?", "answered", ["Chipco"]),
        ("which companies fund their own buyers", "answered", ["Chipco"]),
        ("Which firms are funded by their own supplier?", "answered", ["Bank", "Lab"]),
        ("Which customers does Chipco also back?", "answered", ["Bank", "Lab"]),
        ("Is there circular financing around Lab?", "answered", ["Chipco"]),
        ("Is there circular financing around Bank?", "partial", ["Chipco"]),
        ("Which of Chipco's customers design their own chips?", "answered", ["Lab"]),
        ("Is Lab likely to stop buying from Chipco?", "partial", ["Lab"]),
        ("Could Chipco be abandoned by Lab?", "partial", ["Lab"]),
        ("Who might walk away from Chipco?", "answered", ["Lab"]),
        ("Single points of failure for Chipco's H20?", "answered", ["Fabco"]),
        ("What are the choke points in the H20's supply chain?", "answered", ["Fabco"]),
        ("Who could replace Northmem as supplier of Chipco?", "answered", ["Southmem"]),
        ("Alternatives to Northmem for Chipco?", "answered", ["Southmem"]),
        ("By whom could Northmem be replaced as Chipco’s supplier?", "answered", ["Southmem"]),
        ("What happens if Fabco stops producing?", "answered", ["Bank", "Chipco", "Lab"]),
        ("What would happen if Lab stopped buying?", "answered", ["Chipco", "Fabco", "Northmem"]),
        ("What breaks if Fabco cannot deliver?", "answered", ["Bank", "Chipco", "Lab"]),
        ("If Northmem went bankrupt, who would suffer?", "answered", ["Bank", "Chipco", "Lab"]),
    ],
)  # fmt: skip
def test_reports_answer(engine: Engine, question: str, status: str, named: list[str]) -> None:
    answer = engine.ask(question)
    assert (answer.status, sorted(labels(answer))) == (status, named)
    assert answer.claims
    assert answer.evidence


@pytest.mark.parametrize(
    "question",
    [
        "How concentrated are Chipco's customers?",
        "How concentrated is the customer base of Chipco?",
        "What is Chipco’s customer concentration?",
        "How concentrated is Chipco?",
        "How concentrted are Chipco's customers?",
        "How concentrated are Chipco's custmoers?",
        "Could you tell me how concentrated are Chipco's clients?",
    ],
)
def test_concentration_comes_with_its_bounds(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    (amount,) = answer.values
    assert isinstance(amount, Amount)
    assert (amount.quantity.low, amount.quantity.high, amount.quantity.unit, amount.derived) == (
        4420,
        4616,
        "points",
        True,
    )
    assert "4,420–4,616 points" in answer.answer
    assert len(answer.claims) == 2


def test_what_if_tells_the_share_and_the_signs(engine: Engine) -> None:
    answer = engine.ask("What happens to Chipco if Lab stops buying?")
    (amount,) = answer.values
    assert isinstance(amount, Amount)
    assert (amount.quantity.low, amount.quantity.high) == (62, 62)
    assert (
        "signs that it may come to that: Lab develops the same kind of thing itself (strong: asserted" in answer.answer
    )
    assert any("SeedChip" in cited.quote for cited in answer.evidence)
    plain = engine.ask("What happens to Chipco if Bank stops buying?")
    assert "signs" not in plain.answer
    lost = engine.ask("What would Chipco lose if Lab left?")
    assert lost.values == answer.values


def test_what_if_tells_who_else_sells_the_same(engine: Engine) -> None:
    answer = engine.ask("What happens to Chipco if Northmem stops delivering?")
    assert (answer.status, answer.values) == ("partial", ())
    assert "others that sell the same: Southmem (HBM)" in answer.answer
    assert any("Southmem" in cited.quote for cited in answer.evidence)


def test_losses_are_told_only_where_claims_bear_them_out(engine: Engine) -> None:
    answer = engine.ask("What happens if Lab stops buying?")
    assert "Chipco (1 step away, at least 62 % of its output)" in answer.answer
    assert "Northmem (2 steps away)" in answer.answer
    assert "how hard is not known where no share is disclosed" in answer.caveats


def test_yes_stands_only_on_what_is_affirmed(engine: Engine) -> None:
    assert Truth(True) in engine.ask("Does Chipco invest in its own customers?").values
    planned = engine.ask("Is there circular financing around Bank?")
    assert (planned.status, Truth(True) in planned.values) == ("partial", False)
    assert "with a plan" in planned.answer


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("How concentrated are Northmem's customers?", "no claim discloses a share of Northmem's revenue"),
        ("How concentrated is the market for bananas?", "“bananas” is no entity"),
        ("Is there circular financing around Southmem?", "the graph holds no loop of financing through Southmem"),
        ("Is Bank likely to stop buying from Chipco?", "holds no sign that Bank may come to do without Chipco"),
        ("Could Deskco drop Chipco?", "no claim says that Deskco buys from Chipco"),
        ("Who could replace Fabco as supplier of Chipco?", "no claim says that Fabco supplies Chipco"),
        ("Who could replace Zorblatt Semi as supplier of Chipco?", "Zorblatt"),
        ("How concentrated are Zorblatt's customers?", "Zorblatt"),
        ("Single points of failure for Northmem?", "unknown, not none"),
        ("What happens if Southmem stops buying?", "the graph holds nobody who would be hit"),
    ],
)
def test_refusals_give_their_reason(engine: Engine, question: str, reason: str) -> None:
    answer = engine.ask(question)
    assert (answer.status, answer.values, answer.claims) == ("unknown", (), ())
    assert reason in answer.answer


def test_a_condition_that_is_not_understood_is_not_passed_over(engine: Engine) -> None:
    assert match("how concentrated are ‹0›'s customers in Europe") is None
    assert match("who could replace ‹0› as supplier of ‹1› by 2030") is None


def test_the_question_as_understood(engine: Engine) -> None:
    understood = {
        "Alternatives to Northmem for Chipco?": "who could take the place of Northmem as a supplier of Chipco",
        "How concentrated are Chipco's customers?": "concentration of Chipco (customers)",
        "Could Lab do without Chipco?": "signs that Lab may come to do without Chipco",
        "Who backs its own customers?": "loops of financing",
    }
    assert {question: engine.ask(question).interpretation for question in understood} == understood


def test_reports_see_through_the_same_lens(engine: Engine) -> None:
    assert engine.ask("How concentrated are Chipco's customers?", min_confidence=0.95).status == "unknown"


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("What happens if Lab stops buying from Chipco?", "What happens to Chipco if Lab stops buying from it?"),
        ("What would follow if Fabco stopped supplying Chipco?", "What happens to Chipco if Fabco stops supplying it?"),
    ],
)
def test_whoever_is_left_may_be_named_behind_the_verb(engine: Engine, question: str, plain: str) -> None:
    answer, same = engine.ask(question), engine.ask(plain)
    assert answer.claims == same.claims != ()
    assert answer.values == same.values
