"""Dialogues: every kind of turn as an edit of the typed query before it, on a small graph of invented suppliers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.contract import dumps
from graph.model import EntityRef
from qa.answer import Amount, Truth
from qa.dialogue.codec import from_json, to_json
from qa.dialogue.context import Context
from qa.dialogue.conversation import Exchange, say
from qa.dialogue.cues import cues
from qa.engine import Engine
from tests.qa.talks import late, talks_store


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(talks_store(late()))


def talk(engine: Engine, *turns: str) -> list[Exchange]:
    """The exchanges of a dialogue, each kept as JSON and read again, as a session does."""
    said: list[Exchange] = []
    for turn in turns:
        kept = json.loads(dumps(say(engine, said, turn).to_json()))
        said.append(Exchange.from_json(kept))
    return said


def short(exchange: Exchange) -> list[Any]:
    """Values in short: labels, truth, texts or plain numbers."""
    out: list[Any] = []
    for value in exchange.answer["values"]:
        if "boolean" in value:
            out.append(value["boolean"])
        elif "low" in value:
            out.append(value["text"] or value["low"])
        else:
            out.append(value["entity"]["label"])
    return out


WHO = "Who supplies Osprey?"
REVENUE = "What was Osprey's revenue in 2025?"
CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "talks.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[" / ".join(c["turns"]) for c in CASES])
def test_turns(engine: Engine, case: dict[str, Any]) -> None:
    last = talk(engine, *case["turns"])[-1]
    assert last.answer["status"] in ("answered", "partial"), last.answer["answer"]
    assert (last.edit, short(last)) == (case["edit"], case["values"])
    assert last.answer["interpretation"] == case["understood"]
    assert last.answer["claims"]
    assert last.answer["evidence"]


def test_a_dialogue_of_ten_turns(engine: Engine) -> None:
    turns = (
        *(WHO, "How many are there?", "Which of them make chips?", "Their revenue in 2025", "The largest?"),
        *("Who supplies it?", "And Osprey?", "Which are Taiwanese?", "Its headcount?", "Back to the first one"),
    )
    said = talk(engine, *turns)
    assert [e.answer["status"] for e in said] == ["answered"] * 10
    assert [short(e) for e in said[1:7]] == [
        [4], ["Lindal", "Mirova"], ["$9 billion", "$4 billion"], ["Lindal", "$9 billion", "$4 billion"], ["Petrel"],
        ["Lindal", "Mirova", "Norvik", "Quillon"],
    ]  # fmt: skip
    assert short(said[8]) == ["5,000"]
    assert all(e.answer["interpretation"] for e in said)


def test_a_turn_that_fails_leaves_the_answer_before_standing(engine: Engine) -> None:
    said = talk(engine, WHO, "Which of them are French?", "Which of them are Chinese?", "xyzzy plugh", "How many?")
    assert [e.answer["status"] for e in said] == ["answered", "unknown", "answered", "unknown", "answered"]
    assert said[1].answer["answer"].endswith("the graph does not say it of any.")
    assert short(said[4]) == [1]


def test_a_condition_that_is_not_understood_is_no_condition(engine: Engine) -> None:
    last = talk(engine, WHO, "Which of them are fabless?")[-1]
    assert last.answer["status"] == "unknown"
    assert "“fables” is not understood as a condition" in last.answer["answer"]


def test_what_lacks_a_figure_is_said(engine: Engine) -> None:
    last = talk(engine, WHO, "Their headcounts")[-1]
    assert last.answer["status"] == "partial"
    assert "no such headcount of Norvik and Quillon in the graph" in last.answer["caveats"]


def test_home_countries_of_the_catalogue_are_told_as_such() -> None:
    from tests.graph.samples import article, relation

    both = article(
        "Two",
        (
            "TSMC and SK hynix supply Osprey.",
            relation("TSMC", "supplies", "Osprey"),
            relation("SK hynix", "supplies", "Osprey"),
        ),
    )
    last = talk(Engine(talks_store(both)), WHO, "Which of them are Korean?")[-1]
    assert short(last) == ["SK hynix"]
    assert "home countries as in the catalogue" in last.answer["caveats"]


def test_a_kept_dialogue_goes_on_after_a_retraction_and_says_so() -> None:
    store = talks_store(late())
    engine = Engine(store)
    said = talk(engine, WHO)
    store.remove(late().document.id)
    said.append(say(engine, said, "How many?"))
    assert short(said[1]) == [3]
    gone = "the graph has changed: 1 of the 4 claims of the answer before is not in it any more"
    assert gone in said[1].answer["caveats"]
    said.append(say(engine, said, "Which are Chinese?"))
    assert gone not in said[2].answer["caveats"]


def test_a_kept_dialogue_goes_on_after_a_write() -> None:
    store = talks_store()
    engine = Engine(store)
    said = talk(engine, WHO, "How many?")
    assert short(said[1]) == [3]
    store.put(late())
    assert short(say(engine, said, "Back")) == ["Lindal", "Mirova", "Norvik", "Quillon"]


def test_there_is_nothing_to_go_back_to(engine: Engine) -> None:
    assert talk(engine, WHO, "Back")[-1].answer["answer"] == "I don't know: there is no earlier question to go back to."
    assert talk(engine, "Back")[-1].answer["status"] == "unknown"


def test_a_pronoun_for_nothing_is_said_to_be_one(engine: Engine) -> None:
    last = talk(engine, "xyzzy plugh", "Who founded it?")[-1]
    assert last.answer["answer"] == (
        "I don't know: nothing was said before that “it” could stand for; say whom you mean."
    )


@pytest.mark.parametrize("before", ["Does Lindal supply Osprey?", "Purple monkeys dishwasher?"])
def test_a_place_in_no_list_is_said_to_be_one(engine: Engine, before: str) -> None:
    last = talk(engine, before, "What is the second one's revenue?")[-1]
    assert last.answer["status"] == "unknown"
    assert "“the second one”" in last.answer["answer"]


def test_what_cannot_be_asked_by_itself_is_not(engine: Engine) -> None:
    last = talk(engine, "xyzzy plugh", "How much?")[-1]
    assert last.answer["answer"].startswith("I don't know: nothing was said before that “How much” could stand for")


def test_a_name_of_two_things_is_asked_back_with_what_they_are_known_for(engine: Engine) -> None:
    first = talk(engine, "Who makes the Heron 4?")[-1]
    assert first.answer["status"] == "ambiguous"
    assert sorted(first.answer["suggestions"]) == [
        "Heron phone part, a chip (is manufactured by Mirova)",
        "Heron server part, a chip (is manufactured by Lindal)",
    ]
    assert first.answer["values"] == []


CHOICES = [("1", "Mirova"), ("2", "Lindal"), ("the second one", "Lindal"), ("the phone part", "Mirova"),
           ("Heron server part", "Lindal"), ("the last", "Lindal"), ("I mean the server one", "Lindal")]  # fmt: skip


@pytest.mark.parametrize(("choice", "who"), CHOICES)
def test_choosing_goes_on_with_the_dialogue(engine: Engine, choice: str, who: str) -> None:
    said = talk(engine, "Who makes the Heron 4?", choice, "Its headcount?")
    assert (said[1].edit, short(said[1])) == ("choice", [who])
    assert short(said[2]) == ["5,000" if who == "Lindal" else "700"]


def test_a_turn_that_chooses_nothing_is_read_for_itself(engine: Engine) -> None:
    assert short(talk(engine, "Who makes the Heron 4?", WHO)[-1]) == ["Lindal", "Mirova", "Norvik", "Quillon"]
    assert talk(engine, "Who makes the Heron 4?", "7")[-1].answer["status"] == "unknown"


def test_whom_it_stands_for_is_asked_back(engine: Engine) -> None:
    said = talk(engine, "Who makes the Kestrel?", "What is its revenue?", "Osprey")
    assert said[1].answer["suggestions"] == ["revenue of Lindal", "revenue of Osprey"]
    assert said[1].answer["interpretation"] == "revenue of Lindal or revenue of Osprey"
    assert short(said[2]) == ["$20 billion"]


def test_by_what_the_largest_is_asked_back(engine: Engine) -> None:
    said = talk(engine, WHO, "The largest?", "by headcount")
    assert said[1].answer["suggestions"] == ["by revenue (of 3 of them)", "by headcount (of 2 of them)"]
    assert short(said[2]) == ["Lindal", "5,000", "700"]


def test_a_period_that_is_not_there_is_offered_as_those_that_are(engine: Engine) -> None:
    said = talk(engine, "What was Lindal's revenue in 2019?", "the second one")
    assert said[0].answer["suggestions"] == ["2024", "2025"]
    assert short(said[1]) == ["$9 billion"]


def test_a_misspelt_name_is_offered_and_taken_by_yes(engine: Engine) -> None:
    said = talk(engine, REVENUE, "And Lindel's?", "yes")
    assert said[1].answer["suggestions"] == ["Lindal"]
    assert short(said[2]) == ["$9 billion"]


@pytest.mark.parametrize("name", sorted(cues()))
def test_cues_match_their_examples_only(name: str) -> None:
    cue = cues()[name]
    assert [turn for turn in cue.yes if not cue.find(turn)] == []
    assert [turn for turn in cue.no if cue.find(turn)] == []
    assert cue.yes
    assert cue.no


def test_a_context_of_another_form_is_not_read(engine: Engine) -> None:
    context = engine.ask(WHO).context
    assert context is not None
    told = to_json(context)
    assert from_json(told) == context
    for wrong in (
        None,
        [],
        told | {"form": 99},
        {"form": 1, "context": {"is": "Nobody"}},
        {"form": 1, "context": {"is": "Context", "x": 1}},
    ):
        assert from_json(wrong) is None


def test_values_that_a_turn_may_lean_on(engine: Engine) -> None:
    context = engine.ask("Which company had the highest revenue in 2025?").context
    assert isinstance(context, Context)
    assert context.one == EntityRef("e:osprey", "Osprey", "Company")
    kinds = {type(v) for v in engine.ask("Does Lindal supply Osprey?").values}
    assert kinds == {Truth}
    assert {type(v) for v in engine.ask(REVENUE).values} == {Amount}


def test_the_only_figure_by_which_some_can_be_ranked_is_taken_and_named(engine: Engine) -> None:
    said = talk(engine, "Who makes Kestrel?", "The largest?")
    answer = said[-1].answer
    assert (answer["status"], answer["values"][0]["entity"]["label"]) == ("answered", "Osprey")
    assert any(note.startswith("by revenue") for note in answer["caveats"])
