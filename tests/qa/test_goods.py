"""Who sells goods to whom, in the words of those who buy: “where does X get its Y?”, “who takes X's Y?”."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.model import EntityRef
from graph.store.oxigraph import OxigraphStore
from qa.answer import Amount
from qa.engine import Engine
from qa.goods import goods
from qa.query import Node
from tests.graph.samples import TYPES, article, relation
from tests.qa.values import short


@pytest.fixture(scope="module")
def engine() -> Engine:
    """Tincan sells lasers and glass, Dimco pumps and etchers; Bulkchem and Finechem buy glass, Labco lasers."""
    store = OxigraphStore()
    glass, lasers, etchers = (("item", "glass cloth"),), (("item", "lasers"),), (("item", "etchers"),)
    store.put(
        article(
            "Glass and lasers",
            ("Tincan sells glass cloth to Bulkchem.", relation("Tincan", "supplies", "Bulkchem", qualifiers=glass)),
            ("Tincan sells glass cloth to Finechem.", relation("Tincan", "supplies", "Finechem", qualifiers=glass)),
            ("Tincan sells lasers to Labco.", relation("Tincan", "supplies", "Labco", qualifiers=lasers)),
            ("Dimco sells pumps to Labco.", relation("Dimco", "supplies", "Labco", qualifiers=(("item", "pumps"),))),
            ("Dimco sells etchers to Bulkchem.", relation("Dimco", "supplies", "Bulkchem", qualifiers=etchers)),
            ("Dimco assembles racks for Labco.", relation("Dimco", "manufactures", "Labco")),
            ("Bulkchem and Finechem own parts of Dimco.", relation("Bulkchem", "investsIn", "Dimco")),
            ("Finechem holds shares in Dimco.", relation("Finechem", "investsIn", "Dimco")),
        )
    )
    return Engine(store)


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("Where does Labco get its lasers?", ["Tincan"]),
        ("Where does Labco buy pumps from?", ["Dimco"]),
        ("Where do Labco's lasers come from?", ["Tincan"]),
        ("Which firms take Tincan's glass cloth?", ["Bulkchem", "Finechem"]),
        ("Which two chemical firms buy Tincan's glass cloth?", ["Bulkchem", "Finechem"]),
        ("Who has Labco as a customer?", ["Dimco", "Tincan"]),
        ("Who puts Labco's racks together?", ["Dimco"]),
    ],
)
def test_who_sells_to_whom(engine: Engine, question: str, labels: list[str]) -> None:
    answer = engine.ask(question)
    assert sorted(v.label for v in answer.values if isinstance(v, EntityRef)) == labels


def test_a_kind_that_no_claim_bears_out_is_not_counted(engine: Engine) -> None:
    plain, kind = (engine.ask(f"How many {what} invest in Dimco?") for what in ("firms", "private firms"))
    assert [v.quantity.low for v in plain.values if isinstance(v, Amount)] == [2]
    assert (kind.status, kind.values) == ("unknown", ())


@pytest.mark.parametrize(
    "question",
    ["Who bought Tincan's glass business?", "Where does Labco have sites?", "Who has a stake in Labco?", "Where is X?"],
)
def test_other_questions_stay_as_they_are(question: str) -> None:
    assert goods(question) == question


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("Who supplies lasers?", ["Tincan"]),
        ("Which companies sell etchers?", ["Dimco"]),
        ("Who are the suppliers of glass cloth?", ["Tincan"]),
        ("List all etcher suppliers.", ["Dimco"]),
        ("Who buys glass cloth?", ["Bulkchem", "Finechem"]),
        ("Who buys lasers?", ["Labco"]),
        ("Which firms use lasers?", ["Labco"]),
        ("Who supplies laminate?", []),
        ("Which companies make turbines?", []),
    ],
)
def test_goods_that_are_nobodys_by_name(engine: Engine, question: str, labels: list[str]) -> None:
    answer = engine.ask(question)
    assert answer.status == ("answered" if labels else "unknown"), answer.answer
    assert sorted(short(answer)) == labels


def test_buyers_of_goods_are_counted(engine: Engine) -> None:
    (count,) = engine.ask("How many companies buy glass cloth?").values
    assert isinstance(count, Amount)
    assert count.quantity.low == 2


def test_who_makes_goods_follows_from_selling_them_and_says_so(engine: Engine) -> None:
    answer = engine.ask("Who makes etchers?")
    assert short(answer) == ["Dimco"]
    assert "inferred from “supplies”" in answer.caveats


def test_a_kind_of_thing_means_all_things_of_the_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TYPES, "Kestrel", "Chip")
    monkeypatch.setitem(TYPES, "GPT-5", "Model")
    store = OxigraphStore()
    store.put(
        article(
            "Chips and models",
            ("Tincan designed the Kestrel.", relation("Tincan", "develops", "Kestrel")),
            ("Dimco trained GPT-5.", relation("Dimco", "develops", "GPT-5")),
            ("Labco runs GPT-5.", relation("Labco", "uses", "GPT-5")),
        )
    )
    engine = Engine(store)
    assert short(engine.ask("Who develops chips?")) == ["Tincan"]
    assert short(engine.ask("Which companies develop models?")) == ["Dimco"]
    assert short(engine.ask("Which firms use models?")) == ["Labco"]


def test_whom_a_query_leaves_out_or_must_speak_of_counts_for_goods_too(engine: Engine) -> None:
    asked = engine.ask("Who buys glass cloth?").typed
    assert asked is not None
    bulkchem, labco = Node(ids=("e:bulkchem",), label="Bulkchem"), Node(ids=("e:labco",), label="Labco")
    assert short(engine.run("…", replace(asked, without=(bulkchem,)), edit="new")) == ["Finechem"]
    assert engine.run("…", replace(asked, about=(labco,)), edit="new").status == "unknown"
