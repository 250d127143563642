"""What questions remember of the graph, through writes: answers are those of an engine that has just begun."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.catalogue import catalogue
from graph.errors import TollgraphError
from graph.judgements import Proposal
from graph.model import Claim, Document, Entity, Period, Quantity
from graph.namespaces import id_of
from graph.store.oxigraph import OxigraphStore
from graph.text.name_ranking import Ranking
from graph.views.timeline import Sources
from qa.engine import Engine
from qa.facts import Facts, View
from qa.in_period import days_of, in_period
from qa.lexicon import lexicon
from qa.names import Names
from qa.query import Span
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
        anew.renew((), cast(Any, Held()))  # which makes all names ready
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


FIRMS = [Entity(e.id, e.label, e.type, e.aliases, claims=1) for e in catalogue().entries if e.type == "Company"][:200]
CALLED = Names(FIRMS)
EVERYBODY = Ranking(FIRMS)
SLIPS = st.tuples(
    st.sampled_from([name for firm in FIRMS for name in (firm.label, *firm.aliases)]),
    st.integers(0, 30),
    st.sampled_from(("", "x", "e", "-")),
    st.booleans(),
)


@given(SLIPS)
def test_slips_lead_to_the_names_that_a_ranking_of_all_gives(slip: tuple[str, int, str, bool]) -> None:
    name, at, letter, kept = slip
    written = name[:at] + letter + name[at if kept else at + 1 :]
    best = [c for c in EVERYBODY.rank(written, type=None, limit=3) if c.score >= 0.75]
    near = CALLED.near(written)
    assert {c.entry.label for c in best} <= {*near} or len(near) == 3  # the words that lead to a firm are names too


def test_of_a_list_without_a_kind_nobody_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    store = firms_store()
    asked = _reading(monkeypatch)
    answer = Engine(store).ask("How many companies does Brightfab supply?")
    assert answer.status == "answered"
    assert not any("manufactures" in given.get("predicates", ()) and given.get("subjects") for given in asked)


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


def test_stems_of_claims_are_forgotten_of_every_kind() -> None:
    facts = Facts(firms_store())
    claim = next(claim for claim in facts.claims(Pattern(predicates=("grossMargin",))) if claim.scope)
    assert facts.part_stems(claim) == {"server"}
    facts.forget_stems([claim.id])
    assert facts.part_stems(replace(claim, scope="lasers")) == {"laser"}
    facts.forget_stems()
    assert facts.part_stems(claim) == {"server"}


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


def _reading(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the store is asked for from now on."""
    asked: list[dict[str, Any]] = []
    matching = OxigraphStore.matching

    def noted(self: OxigraphStore, **given: Any) -> Any:
        asked.append({name: value for name, value in given.items() if value})
        return matching(self, **given)

    monkeypatch.setattr(OxigraphStore, "matching", noted)
    return asked


def test_a_profile_reads_no_more_than_it_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    store = firms_store()
    asked = _reading(monkeypatch)
    answer = Engine(store).ask("What is Arbor?")
    assert answer.status == "answered"
    assert [given for given in asked if "either" in given] == []
    told = [store.claim(claim) for claim in answer.claims]
    everything = [claim for claim in store.claims() if "e:arbor" in (claim.subject.id, getattr(claim.object, "id", ""))]
    firm = [claim for claim in everything if claim.affirmed]
    assert len(told) == 8 < len(firm)
    assert store.attested(("e:arbor",), limit=99) == sorted(
        firm,
        key=lambda c: (c.subject.id != "e:arbor", isinstance(c.object, Quantity), -len(c.evidence), c.id),
    )


def test_a_profile_counts_what_it_leaves_out_of_unreliable_sources() -> None:
    store = firms_store()
    unreliable = store.documents()[0]
    store.judge(Proposal("unreliable", unreliable.id, by="Ann", why="it makes things up"))
    left_out = [claim for claim in store.matching(either=("e:arbor",)) if claim.unreliable]
    assert left_out
    caveat = Engine(store).ask("What is Arbor?").caveats[-1]
    assert caveat == f"{len(left_out)} claims of sources judged unreliable left out"


@pytest.mark.parametrize("wide", [False, True])
def test_what_contradicts_a_claim_is_found_whatever_was_read_before(wide: bool) -> None:
    store = OxigraphStore()
    yes, no = (samples.relation("Arbor", "supplies", "Dorn", polarity=polarity) for polarity in (True, False))
    other = samples.relation("Arbor", "supplies", "Cedar")
    ours, theirs, late = (
        samples.metric("Arbor", "revenue", samples.exactly(f"{n}000", "USD", text=f"${n},000"), period=samples.year(at))
        for n, at in ((1, 2024), (2, 2024), (3, 2025))
    )
    for number, claim in enumerate((yes, no, other, ours, theirs, late)):
        store.put(samples.article(f"Article {number}", (f"Sentence {number}.", claim)))
    facts = Facts(store)
    if wide:
        facts.claims(Pattern(subjects=("e:arbor",), predicates=("supplies",)))
        facts.claims(Pattern(subjects=("e:arbor",), predicates=("revenue",)))
    assert {claim.id for claim in facts.rivals(store.claim(yes.id))} == {yes.id, no.id}
    assert {claim.id for claim in facts.rivals(store.claim(ours.id))} == {ours.id, theirs.id}
    assert {claim.id for claim in facts.rivals(store.claim(late.id))} == {late.id}


def test_the_first_of_the_claims_are_those_of_all_of_them() -> None:
    view = View(Facts(firms_store()), lexicon())
    pattern = Pattern(either=("e:arbor",))
    everything = view.claims(pattern)
    assert view.first(pattern, 3) == everything[:3]
    assert (
        View(view.facts, lexicon(), min_confidence=0.95).first(pattern, 3)
        == [claim for claim in everything if claim.certainty >= Decimal("0.95")][:3]
    )


def test_who_says_so_of_two_reads_what_joins_them(monkeypatch: pytest.MonkeyPatch) -> None:
    store = OxigraphStore()
    for number, by in enumerate(("Ms Ode", None, "Dr Tern")):
        said = samples.relation("Arbor", "supplies", f"Firm {number}", attributed_to=by)
        store.put(samples.article(f"Article {number}", (f"Arbor ships to Firm {number}.", said)))
    asked = _reading(monkeypatch)
    answer = Engine(store).ask("Who says that Arbor supplies Firm 2?")
    assert [value["entity"]["label"] for value in answer.to_json()["values"]] == ["Dr Tern"]
    assert all(given.get("predicates") or given.get("objects") or given.get("mentioning") for given in asked)


def test_documents_are_read_some_at_a_time_as_expected() -> None:
    store = OxigraphStore()
    store.put_many(samples.many_batches(200, per_document=2))
    ids = [document.id for document in store.documents()]
    read: list[int] = []

    def documents(names: list[str]) -> list[Document]:
        read.append(len(names))
        return store.documents(names)

    sources = Sources(cast(Any, SimpleNamespace(documents=documents)))
    sources.expect(ids)
    assert sources[ids[10]].id == ids[10]
    assert sources[ids[73]].id == ids[73]
    assert sources[ids[74]].id == ids[74]
    assert read == [64, 26]


def test_a_denial_takes_hearsay_of_the_same_two_out_and_no_other() -> None:
    store = OxigraphStore()
    for firm, polarity in (("Dorn", True), ("Cedar", True), ("Dorn", False)):
        said = samples.relation("Arbor", "supplies", firm, modality="reported", polarity=polarity)
        store.put(samples.article(f"{firm} {polarity}", (f"Of {firm} it is heard.", said)))
    answer = Engine(store).ask("Whom does Arbor supply?")
    assert [value["entity"]["label"] for value in answer.to_json()["values"]] == ["Cedar"]


def test_claims_are_told_apart_by_their_ids() -> None:
    claim = samples.relation("Arbor", "supplies", "Dorn")
    assert hash(claim) == hash(replace(claim)) == hash(claim.id)
    assert len({claim, replace(claim), replace(claim, id="c:other")}) == 2


@pytest.mark.parametrize("question", ["Whom does Arbor supply?", "Who supplies Dorn?", "Who partners with Dorn?"])
def test_a_list_chosen_in_the_index_is_the_one_of_all_claims(question: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store = OxigraphStore()
    number = 0
    for other in ("Dorn", "Cedar", "Birk Arbor", "Zirbe"):
        for modality, polarity, item in product(("asserted", "reported", "possible"), (True, False), (None, "chips")):
            number += 1
            if number % 5 == 0:
                continue
            told: dict[str, Any] = {"modality": modality, "polarity": polarity}
            told["qualifiers"] = (("item", item),) if item else ()
            made = (
                samples.relation("Arbor", "supplies", other, **told),
                samples.relation(other, "supplies", "Dorn", **told),
                samples.relation(
                    *(("Dorn", "partnersWith", other) if number % 2 else (other, "partnersWith", "Dorn")), **told
                ),
            )
            store.put(samples.article(f"Article {number}", (f"Sentence {number}.", *made)))
    quick = Engine(store).ask(question)
    assert quick.status == "answered"
    monkeypatch.setattr("qa.run_list.chosen", lambda *_: None)
    assert replace(Engine(store).ask(question), took_ms=0) == replace(quick, took_ms=0)


SPANS = st.builds(
    lambda start, days: Span(start, start + timedelta(days=days), str((start + timedelta(days=days)).year)),
    st.dates(date(2024, 1, 1), date(2026, 12, 31)),
    st.sampled_from((20, 89, 180, 364, 365, 700)),
)


@given(SPANS)
def test_no_claim_of_a_period_is_left_unread(span: Span) -> None:
    view = View(Facts(PERIODS), lexicon())
    for metric in ("revenue", "orders"):
        days = days_of(span, (metric,))
        assert days is not None
        every = view.claims(Pattern(predicates=(metric,)))
        read = view.claims(Pattern(predicates=(metric,), days=days))
        fit = [claim for claim in every if in_period(view, claim, span) is not None]
        assert {claim.id for claim in fit} <= {claim.id for claim in read}
    assert days_of(replace(span, relation="since"), ("revenue",)) is None


def _periods() -> OxigraphStore:
    store = OxigraphStore()
    spans = [None, *(samples.year(at) for at in (2024, 2025, 2026))]
    for number, period in enumerate((*spans, Period(date(2025, 4, 1), date(2025, 6, 30), "second quarter"))):
        amount = samples.exactly(str(number), "USD", text=f"${number}")
        made = [samples.metric("Arbor", name, amount, period=period) for name in ("revenue", "orders")]
        day = date(2025, 2, 1 + number)
        store.put(samples.article(f"A {number}", (f"It was ${number} in 2025.", *made), published=day))
    return store


PERIODS = _periods()
