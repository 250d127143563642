"""Who stands in what relation to whom, asked in idioms, without a verb, from the other side, or around a corner."""

from __future__ import annotations

import pytest

from graph.model import EntityRef
from graph.store.oxigraph import OxigraphStore
from qa.answer import Truth, Value
from qa.engine import Engine
from qa.lexicon import written_out
from qa.sayings import meaning, plainly, sayings, unnamed
from tests.graph.samples import TYPES, article, relation

TYPES.update(
    {
        "Brenta": "Company",
        "Corvo": "Company",
        "Dorado": "Company",
        "Zephyr": "Chip",
        "Mistral": "Chip",
        "Halo": "Product",
        "Ondine": "Model",
        "Ripley": "Technology",
        "Overlay": "Technology",
    }
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    """One claim of each relation between firms, chips, a device, a model and two technologies."""
    store = OxigraphStore()
    item = (("item", "lenses"),)
    store.put(
        article(
            "Brenta and Corvo",
            ("Brenta sells lenses to Corvo.", relation("Brenta", "supplies", "Corvo", qualifiers=item)),
            ("Corvo designed the Zephyr.", relation("Corvo", "develops", "Zephyr")),
            ("Brenta makes the Zephyr.", relation("Brenta", "manufactures", "Zephyr")),
            ("The Zephyr is a part of the Halo.", relation("Zephyr", "partOf", "Halo")),
            ("Corvo leans on Brenta.", relation("Corvo", "dependsOn", "Brenta")),
            ("The Zephyr took over from the Mistral.", relation("Zephyr", "replaces", "Mistral")),
            ("Dorado uses Ondine.", relation("Dorado", "uses", "Ondine")),
            ("Ripley is one kind of Overlay.", relation("Ripley", "kindOf", "Overlay")),
        )
    )
    return Engine(store)


def _short(values: tuple[Value, ...]) -> list[str | bool]:
    return sorted(
        (v.label if isinstance(v, EntityRef) else v.value) for v in values if isinstance(v, EntityRef | Truth)
    )


ASKED: list[tuple[str, list[str | bool]]] = [
    # supplies
    ("Who is on the receiving end of Brenta's shipments?", ["Corvo"]),
    ("Is Corvo among Brenta's clients?", [True]),
    ("Is Brenta on Corvo's list of approved vendors?", [True]),
    ("Has Corvo taken on Brenta as a second source?", [True]),
    ("Has Brenta won Corvo as a customer?", [True]),
    ("Who keeps Corvo in lenses?", ["Brenta"]),
    ("Whose lenses does Corvo order?", ["Brenta"]),
    ("For whom is Corvo a good customer?", ["Brenta"]),
    ("Who got their lenses off Brenta?", ["Corvo"]),
    ("Corvo buys from Brenta – confirmed?", [True]),
    ("Any sign that Brenta supplies Corvo?", [True]),
    ("The firm that sells Corvo its lenses – who is it?", ["Brenta"]),
    # manufactures
    ("In whose plants is the Zephyr made?", ["Brenta"]),
    ("Who has been entrusted with the mass production of the Zephyr?", ["Brenta"]),
    ("What rolls off the lines at Brenta?", ["Zephyr"]),
    ("Does the Zephyr come off Brenta's assembly line?", [True]),
    ("Zephyr manufacturer?", ["Brenta"]),
    # develops
    ("Whose brainchild is the Zephyr?", ["Corvo"]),
    ("Who is behind the Zephyr?", ["Corvo"]),
    ("What has Corvo got in the pipeline?", ["Zephyr"]),
    ("Zephyr – a Corvo design?", [True]),
    ("The chip that Corvo designed – what is it called?", ["Zephyr"]),
    # partOf
    ("Zephyr inside Halo?", [True]),
    ("What will you find if you pry open the Halo?", ["Zephyr"]),
    ("Does the Halo come with the Zephyr on board?", [True]),
    ("What is the Zephyr a component of?", ["Halo"]),
    # dependsOn
    ("Is Corvo at Brenta's mercy?", [True]),
    ("Does Brenta have Corvo over a barrel?", [True]),
    ("Whose fortunes hang on Brenta?", ["Corvo"]),
    ("What can't Corvo do without?", ["Brenta"]),
    ("Is Brenta the one firm on which Corvo's survival hinges?", [True]),
    # replaces
    ("Has the Mistral been dropped in favour of the Zephyr?", [True]),
    ("Did the Zephyr make the Mistral obsolete?", [True]),
    ("What comes after the Mistral?", ["Zephyr"]),
    ("What was the Zephyr the successor to?", ["Mistral"]),
    # uses
    ("Has Dorado rolled out Ondine to its staff?", [True]),
    ("Has Ondine caught on at Dorado?", [True]),
    ("Who has Ondine under the bonnet?", ["Dorado"]),
    # kindOf
    ("What sort of thing is Ripley?", ["Overlay"]),
    ("Is Ripley an Overlay?", [True]),
    ("Examples of Overlay?", ["Ripley"]),
    ("Does Overlay cover Ripley?", [True]),
    ("Is Ripley a member of the Overlay family?", [True]),
    ("Without whom would Corvo be lost?", ["Brenta"]),
    ("Was the Zephyr the work of Corvo?", [True]),
]


@pytest.mark.parametrize(("question", "values"), ASKED, ids=[q for q, _ in ASKED])
def test_relations_are_understood_however_they_are_asked_for(
    engine: Engine, question: str, values: list[str | bool]
) -> None:
    answer = engine.ask(question)
    assert _short(answer.values) == values, answer.interpretation


@pytest.mark.parametrize(
    "question",
    [
        "Is Corvo on Brenta's list of approved vendors?",
        "Is Brenta at Corvo's mercy?",
        "Does Corvo no longer buy from Brenta?",
        "Has Brenta stopped supplying Corvo?",
        "Did the Mistral make the Zephyr obsolete?",
        "Is the Halo inside the Zephyr?",
        "Who keeps Corvo in business?",
        "Is Overlay a kind of Ripley?",
    ],
)
def test_the_other_way_round_nothing_is_claimed(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert (answer.status, answer.values) == ("unknown", ())


@pytest.mark.parametrize("saying", sayings(), ids=[s.examples[0] for s in sayings()])
def test_each_saying_has_examples_that_it_reads(saying: object) -> None:
    said = next(s for s in sayings() if s is saying)
    for text in unnamed(said.examples):
        found = meaning(text)
        assert found is not None, text
        assert ("‹" in found.text, found.also) == (True, said.also)


def test_a_saying_needs_its_names(engine: Engine) -> None:
    names = engine._view(None, None, None, False).facts.names
    assert plainly("Who is behind the Zephyr?", names).text == "Who developed Zephyr?"
    assert plainly("Who is behind the move?", names).text == "Who is behind the move?"


def test_alternatives_of_a_phrase_are_written_out() -> None:
    assert list(written_out("(count|list) * among (its|) clients")) == [
        "count * among its clients",
        "count * among clients",
        "list * among its clients",
        "list * among clients",
    ]
