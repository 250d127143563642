"""What questions remember of the graph, through writes: answers are those of an engine that has just begun."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import TollgraphError
from graph.judgements import Proposal
from graph.model import Claim, Entity
from graph.namespaces import id_of
from graph.store.oxigraph import OxigraphStore
from qa.engine import Engine
from qa.facts import Facts
from qa.names import Names
from qa.sparql import Pattern, select
from qa.words import begun, lemmas
from tests.graph import samples
from tests.graph.test_index import WRITES, write
from tests.qa.firms import firms_store

ASKED = (
    "Who supplies Arbor?",
    "How is Arbor connected to Dorn?",
    "Who uses Birk Arbor?",
    "What is Zirbe?",
    "Does Cedar supply Dorn?",
    "Who says that Arbor supplies Birk Arbor?",
)


def told(engine: Engine) -> list[Any]:
    """Answers without their times, refusals without passages."""
    answers = [replace(engine.ask(question), took_ms=0) for question in ASKED]
    return [replace(answer, evidence=()) if answer.status == "unknown" else answer for answer in answers]


@settings(max_examples=40, deadline=None)
@given(st.lists(WRITES, max_size=8))
def test_after_any_writes_answers_are_as_if_begun_anew(steps: list[Any]) -> None:
    store = OxigraphStore()
    engine = Engine(store)
    for step in steps:
        try:
            write(store, step)
        except TollgraphError:
            continue
        assert told(engine) == told(Engine(store))


LABELS = ("Micron Technology", "Micron Foods", "Micron", "Zed Lab", "zed", "Micron's Mill", "GPT-5", "GPT 5", "T-5")


class Held:
    """A store of nothing but entities."""

    def __init__(self) -> None:
        self.held: dict[str, Entity] = {}

    def each_entity(self, ids: list[str]) -> list[Entity]:
        return [self.held[name] for name in ids if name in self.held]

    def entities(self) -> list[Entity]:
        return sorted(self.held.values(), key=lambda entity: (-entity.claims, entity.id))


ENTITIES = st.builds(
    Entity,
    st.sampled_from([f"e:{n}" for n in range(5)]),
    st.sampled_from(LABELS),
    st.sampled_from(("Company", "Person", "Model")),
    st.lists(st.sampled_from(LABELS), max_size=2, unique=True).map(tuple),
    st.just(()),
    st.integers(0, 3),
)
WORDS = (
    "Micron Technology Inc, Micron’s Technology, micron foods and Micron; Zed, the zed Lab of Micron's Mill on GPT-5s"
)


@given(st.lists(st.lists(ENTITIES, max_size=3, unique_by=lambda entity: entity.id), max_size=6))
def test_renewed_names_are_those_of_the_entities(steps: list[list[Entity]]) -> None:
    store: Any = Held()
    names = Names(())
    for step in steps:
        for entity in step:
            if entity.claims:
                store.held[entity.id] = entity
            else:
                store.held.pop(entity.id, None)
        names.renew({entity.id for entity in step}, store)
        anew = Names(store.entities())
        assert names.find(WORDS) == anew.find(WORDS)
        assert names.near("Micro") == anew.near("Micro")
        assert names.generic == anew.generic
        assert [names.bearers((stem,)) for stem in ("micron", "zed")] == [
            anew.bearers((stem,)) for stem in ("micron", "zed")
        ]


@given(st.lists(ENTITIES, max_size=6, unique_by=lambda entity: entity.id), st.permutations([*LABELS, WORDS]))
def test_names_are_found_whatever_was_sought_before(entities: list[Entity], texts: list[str]) -> None:
    names = Names(entities)
    for text in texts:
        anew = Names(entities)
        anew.near("Micro")  # which makes all names ready
        assert names.find(text) == anew.find(text)


def test_a_word_leads_to_the_only_one_that_begins_with_it() -> None:
    store: Any = Held()
    store.held["e:a"] = Entity("e:a", "Micron Technology", "Company", claims=1)
    names = Names(store.entities())
    assert [hit.ids for hit in names.find("What of Micron?")] == [("e:a",)]
    store.held["e:b"] = Entity("e:b", "Micron Foods", "Company", claims=1)
    names.renew({"e:b"}, store)
    assert names.find("What of Micron?") == []
    del store.held["e:a"]
    names.renew({"e:a"}, store)
    assert [hit.ids for hit in names.find("What of Micron?")] == [("e:b",)]


def test_only_what_a_question_needs_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    store = OxigraphStore()
    for batch in samples.many_batches(400):
        store.put(batch)
    asked: list[dict[str, Any]] = []
    matching = OxigraphStore.matching

    def counting(self: OxigraphStore, **given: Any) -> Any:
        asked.append(given)
        return matching(self, **given)

    monkeypatch.setattr(OxigraphStore, "matching", counting)
    answer = Engine(store).ask("Who supplies Firm 4?")
    assert answer.status == "answered"
    assert asked
    assert all(given["subjects"] or given["objects"] or given["either"] for given in asked)


def test_facts_forget_what_a_write_touched() -> None:
    store = firms_store()
    facts = Facts(store)
    pattern = Pattern(subjects=("e:arbor",), predicates=("develops",))
    before = facts.claims(pattern)
    stems = [facts.quote_stems(claim) for claim in before]
    assert facts.today == date(2026, 3, 1)
    assert facts.speakers == {("ms", "ode"): "Ms Ode", ("brightfab",): "Brightfab", ("harbour", "post"): "Harbour Post"}
    made = samples.relation("Arbor", "develops", "Swift", attributed_to="Dr Tern")
    store.put(samples.article("Later", ("Arbor designed the Swift.", made), published=date(2026, 4, 1)))
    assert facts.follow()
    after = facts.claims(pattern)
    assert {claim.id for claim in after} == {made.id, *(claim.id for claim in before)}
    assert [facts.quote_stems(claim) for claim in after if claim in before] == stems
    assert facts.today == date(2026, 4, 1)
    assert facts.speakers[("dr", "tern")] == "Dr Tern"
    assert [hit.ids for hit in facts.names.find("the Swift")] == [("e:swift",)]
    store.judge(Proposal("rename", "e:swift", by="a", why="b", value={"label": "Swallow"}))
    assert facts.follow()
    assert [hit.ids for hit in facts.names.find("the Swallow")] == [("e:swift",)]
    (claim,) = (claim for claim in facts.claims(pattern) if claim.id == made.id or "Swallow" in str(claim.object))
    assert "swallow" in facts.field_stems(claim)


PATTERNS = [
    Pattern(),
    Pattern(predicates=("supplies", "develops")),
    Pattern(subjects=("e:brightfab",), predicates=("supplies",), objects=("e:arbor", "e:cindra")),
    Pattern(subjects=("e:arbor", "e:nobody")),
    Pattern(objects=("e:nobody",)),
    Pattern(either=("e:arbor", "e:cindra"), predicates=("supplies", "acquires")),
    Pattern(either=("e:arbor",), attributed=True),
    Pattern(attributed=True),
]


@pytest.mark.parametrize("moment", [None, date(9999, 1, 1), date(2026, 2, 1)])
@pytest.mark.parametrize("pattern", PATTERNS)
def test_claims_are_those_that_the_sparql_of_the_answer_gives(pattern: Pattern, moment: date | None) -> None:
    store = firms_store().at(as_of=moment)
    rows = store.select(select(pattern)).rows
    found = [claim.id for claim in Facts(store).claims(pattern)]
    assert found == sorted(id_of(row[0].value) for row in rows if row[0] is not None)


@pytest.mark.parametrize("name", ["Kestrel", "foundries", "wafers", "Ms Ode", "Arbor memory", "100%_\\", "nowhere"])
@pytest.mark.parametrize("moment", [None, date(2026, 2, 1)])
def test_of_claims_that_bear_out_a_name_none_is_left_unread(name: str, moment: date | None) -> None:
    facts = Facts(firms_store().at(as_of=moment))

    def bears_out(claim: Claim) -> bool:
        return {*lemmas(name)} <= facts.field_stems(claim) | facts.quote_stems(claim)

    every = facts.claims(Pattern())
    read = facts.claims(Pattern(saying=begun([name])))
    assert [claim for claim in read if bears_out(claim)] == [claim for claim in every if bears_out(claim)]
    assert len(read) < len(every)


def test_a_look_at_the_past_is_begun_anew_after_a_write() -> None:
    store = firms_store()
    facts = Facts(store.at(as_of=date(9999, 1, 1)))
    assert facts.follow()
    store.put(samples.article("Later", ("It sells.", samples.relation("Arbor", "supplies", "Tern"))))
    assert not facts.follow()
