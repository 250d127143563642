"""Who sells goods to whom, in the words of those who buy: “where does X get its Y?”, “who takes X's Y?”."""

from __future__ import annotations

import pytest

from graph.model import EntityRef
from graph.store.oxigraph import OxigraphStore
from qa.answer import Amount
from qa.engine import Engine
from qa.goods import goods
from tests.graph.samples import article, relation


@pytest.fixture(scope="module")
def engine() -> Engine:
    """Tincan sells lasers and glass; Bulkchem and Finechem buy glass, Labco lasers."""
    store = OxigraphStore()
    glass, lasers = (("item", "glass cloth"),), (("item", "lasers"),)
    store.put(
        article(
            "Glass and lasers",
            ("Tincan sells glass cloth to Bulkchem.", relation("Tincan", "supplies", "Bulkchem", qualifiers=glass)),
            ("Tincan sells glass cloth to Finechem.", relation("Tincan", "supplies", "Finechem", qualifiers=glass)),
            ("Tincan sells lasers to Labco.", relation("Tincan", "supplies", "Labco", qualifiers=lasers)),
            ("Dimco sells pumps to Labco.", relation("Dimco", "supplies", "Labco", qualifiers=(("item", "pumps"),))),
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
