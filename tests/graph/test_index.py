"""The index beside the quads: its answers are those of going through the quads, after whatever was written."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import StoreError, TollgraphError, UnknownError
from graph.identity import claim_id
from graph.judgements import Proposal
from graph.model import Claim, DocumentClaims, EntityRef
from graph.rdf.encode import document_graph
from graph.store import ClaimFilter, OxigraphStore, Store, open_store
from graph.store.history import Version
from graph.store.index.counted import counted
from graph.store.index.facts import facts, facts_in
from graph.store.index.stated import checksum, read, written
from graph.store.index.tables import Tables
from graph.store.protocol import Days
from tests.graph import samples
from tests.graph.strategies import batches

CHIPS, MARGINS = samples.sample_batches()
ALWAYS = date(9999, 1, 1)
DAYS = (date(2026, 3, 1), date(2026, 3, 2))
NAMES = ("Arbor", "Birk Arbor", "Cedar", "Dorn", "Élan")
PREDICATES = ("supplies", "uses")
"""Few names, predicates and documents, so that claims meet."""


@st.composite
def articles(draw: st.DrawFn) -> DocumentClaims:
    """One of four documents with up to four claims, under labels and types that documents do not agree on."""
    told = []
    for number in range(draw(st.integers(0, 4))):
        subject, other = (draw(st.sampled_from(NAMES)) for _ in range(2))
        claim = samples.relation(subject, draw(st.sampled_from(PREDICATES)), other)
        label = draw(st.sampled_from((subject, f"{subject} Group")))
        kind = draw(st.sampled_from(("Company", "Chip")))
        named = replace(claim, subject=EntityRef(claim.subject.id, label, kind))
        said = replace(named, attributed_to=draw(st.sampled_from((None, "Dr Ode", "Post"))))
        named = replace(said, id=claim_id(said))
        sure = replace(named, confidence=Decimal(draw(st.integers(1, 9))) / 10)
        told.append((f"Sentence {number} of it.", sure))
    title = draw(st.sampled_from(("One", "Two", "Three", "Four")))
    return samples.article(title, *told, published=draw(st.sampled_from((*DAYS, None))))


ENTITIES = st.sampled_from([samples.ref(name).id for name in NAMES])
WRITES = st.one_of(
    st.tuples(st.just("put"), articles()),
    st.tuples(st.just("many"), st.lists(articles(), max_size=3)),
    st.tuples(st.just("remove"), st.integers(0, 3)),
    st.tuples(st.just("look"), st.none()),
    st.tuples(st.just("claim"), st.sampled_from(("accept", "reject")), st.integers(0, 5)),
    st.tuples(st.just("merge"), ENTITIES, ENTITIES),
    st.tuples(st.just("rename"), ENTITIES),
    st.tuples(st.just("source"), st.integers(0, 3)),
    st.tuples(st.just("revoke"), st.integers(0, 3)),
)


def write(store: OxigraphStore, step: Any) -> None:
    """Carry out a step, if the store lets it."""
    told = {"by": "somebody", "why": "for the test"}
    match step:
        case ("put", batch):
            store.put(batch)
        case ("many", batches):
            store.put_many(batches)
        case ("remove", number) if number < store.counts().documents:
            store.remove(store.documents()[number].id)
        case ("claim", kind, number) if number < store.counts().claims:
            store.judge(Proposal(kind, list(store.claims())[number].id, **told))
        case ("merge", one, other):
            store.judge(Proposal("merge", one, value={"into": other}, **told))
        case ("rename", entity):
            store.judge(Proposal("rename", entity, value={"label": "Zirbe"}, **told))
        case ("source", number) if number < store.counts().documents:
            store.judge(Proposal("unreliable", store.documents()[number].id, **told))
        case ("revoke", number) if number < len(store.judgements()):
            store.revoke(store.judgements()[number].id, **told)
        case ("look", None):
            answers(store)


FILTERS = [
    ClaimFilter(),
    ClaimFilter(predicate="uses"),
    ClaimFilter(min_confidence=0.5),
    *(ClaimFilter(about=samples.ref(name).id) for name in NAMES),
    ClaimFilter(subject="e:arbor", predicate="supplies"),
    ClaimFilter(object="e:arbor", min_confidence=0.9),
    ClaimFilter(about="e:arbor", predicate="uses", limit=2),
    ClaimFilter(about="e:arbor", subject="e:cedar"),
    ClaimFilter(about="e:arbor", object="e:arbor"),
    ClaimFilter(about="e:arbor", subject="e:cedar", object="e:dorn"),
    ClaimFilter(subject="e:cedar", object="e:arbor"),
    ClaimFilter(limit=2, offset=1),
    ClaimFilter(about="e:zirbe", limit=0),
]
MATCHES: list[dict[str, tuple[str, ...]]] = [
    {},
    {"predicates": ("uses",)},
    {"subjects": ("e:arbor", "e:cedar", "e:none")},
    {"subjects": ("e:none",)},
    {"subjects": ("e:arbor", "e:dorn"), "predicates": ("uses", "supplies", "none")},
    {"objects": ("e:arbor",), "subjects": ("e:cedar", "e:dorn")},
    {"either": ("e:arbor", "e:birk-arbor"), "predicates": ("supplies",)},
    {"either": ("e:arbor",), "subjects": ("e:dorn", "e:arbor")},
    {"subjects": ("e:arbor",), "objects": ("e:dorn",), "predicates": ("uses", "supplies")},
    {"subjects": ("e:arbor", "e:cedar"), "objects": ("e:arbor", "e:cedar")},
]
JOINED: list[dict[str, tuple[str, ...]]] = [
    {"subjects": ("e:arbor",), "predicates": ("supplies", "uses")},
    {"objects": ("e:arbor", "e:dorn"), "predicates": ("supplies",)},
    {"either": ("e:arbor",), "predicates": ("supplies", "partnersWith")},
    {"subjects": ("e:none",), "predicates": ("supplies",)},
]
QUERIES = (None, "arbor", "Birk", "elan", "rbo", "arbro", "group", " ")


def answers(store: Store) -> dict[str, Any]:
    """All that the index has a part in."""
    held = store.documents()
    of_documents = [ClaimFilter(document=document.id) for document in held]
    filters = [*FILTERS, *of_documents, *(replace(of, about="e:arbor") for of in of_documents)]
    return {
        "counts": store.counts(),
        "documents": held,
        "claims": {where: list(store.claims(where)) for where in filters},
        "numbers": {where: store.count_claims(where) for where in filters},
        "entities": {query: store.entities(query) for query in QUERIES},
        "first": {query: store.entities(query, limit=2, type="Company") for query in QUERIES},
        "matching": [store.matching(**given) for given in MATCHES],
        "first of them": [store.matching(**given, limit=2) for given in MATCHES],
        "attested": [
            store.attested(ids, limit=limit, offset=offset)
            for ids in ((), ("e:arbor",), ("e:none", "e:cedar", "e:dorn"))
            for limit, offset in ((3, 0), (2, 3), (50, 0))
        ],
        "neighbours": [store.neighbours(ids) for ids in ((), ("e:arbor",), ("e:none", "e:cedar", "e:dorn"))],
        "touching": store.touching(("e:arbor", "e:cedar", "e:none"), ("e:dorn", "e:birk-arbor", "e:arbor")),
        "joined": [store.joined(**given) for given in JOINED],
        "some": store.each_claim(["c:none", *(claim.id for claim in store.claims(ClaimFilter(predicate="uses")))]),
        "speakers": store.speakers(),
        "last": store.last_day(),
        "ids": store.document_ids(),
        "those": sorted(store.each_entity(["e:none", "e:arbor", "e:dorn"]), key=lambda entity: entity.id),
        "each": [store.entity(entity.id) for entity in store.entities()],
    }


def through(store: Store, day: date | None = None) -> Store:
    """The store, as far as published by a day, by way of the quads: a look at an instant does not use the index."""
    return store.at(as_of=day, known_at=datetime.max.replace(tzinfo=UTC))


@settings(max_examples=60, deadline=None)
@given(st.lists(WRITES, max_size=12))
def test_answers_are_those_of_going_through_the_quads(steps: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        graph = Path(folder) / "g"
        with open_store(graph, write=True) as store:
            for step in steps:
                try:
                    write(store, step)
                except TollgraphError:
                    continue
            found = answers(store)
            assert found == answers(through(store))
            for day in DAYS:
                assert answers(store.at(as_of=day)) == answers(through(store, day))
        if not found["documents"]:
            return
        with open_store(graph) as store:
            assert answers(store) == found
        (graph / "index").unlink()
        with open_store(graph) as store:
            assert answers(store) == found


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    with open_store(tmp_path / "g", write=True) as store:
        store.put(CHIPS)
        store.put(MARGINS)
    return tmp_path / "g"


@pytest.mark.parametrize("look", [lambda store: store, lambda store: store.at(as_of=ALWAYS), through])
@pytest.mark.parametrize("where", [ClaimFilter(), ClaimFilter(about="e:bytedance"), ClaimFilter(min_confidence=0.9)])
def test_pages_one_after_another_are_the_whole(graph: Path, where: ClaimFilter, look: Callable[[Store], Store]) -> None:
    with open_store(graph) as opened:
        store = look(opened)
        whole = list(store.claims(where))
        after, gone = None, []
        while page := list(store.claims(replace(where, limit=3, after=after))):
            assert len(page) == 3 or len(gone) + len(page) == len(whole)
            gone += page
            after = page[-1].id
        assert gone == whole
        assert list(store.claims(replace(where, limit=2, offset=1))) == whole[1:3]
        assert store.count_claims(replace(where, limit=2)) == len(whole)
        with pytest.raises(UnknownError, match="no claim c:none in this graph to go on after"):
            list(store.claims(replace(where, after="c:none")))


def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The claims (ids) that are read, from now on, once for each document that states them."""
    asked: list[str] = []

    def counting(id: str, document: str, said: str, refer: Callable[[str], EntityRef]) -> Claim:
        asked.append(id)
        return read(id, document, said, refer)

    monkeypatch.setattr("graph.store.indexed.read", counting)
    return asked


def test_a_page_reads_no_more_than_its_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    store = OxigraphStore()
    for batch in samples.many_batches(200, per_document=10, firms=3):
        store.put(batch)
    asked = reads(monkeypatch)
    (claim, *others) = store.claims(ClaimFilter(about="e:firm-1", limit=5, offset=20))
    assert asked == [claim.id, *(other.id for other in others)]
    assert len(asked) == 5
    assert store.claim(claim.id) is claim


def test_a_write_makes_only_its_own_claims_be_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    store = OxigraphStore()
    store.put(CHIPS)
    store.put(MARGINS)
    before = {claim.id: claim for claim in store.claims()}
    asked = reads(monkeypatch)
    store.put(replace(MARGINS, document=replace(MARGINS.document, title="Margins, once more")))
    after = {claim.id: claim for claim in store.claims()}
    assert after == before
    own = {claim.id for claim in MARGINS.claims}
    assert {name for name in before if after[name] is not before[name]} == own
    assert set(asked) == own


def test_a_label_that_changes_shows_in_the_claims_of_other_documents() -> None:
    store = OxigraphStore()
    for title, label in (("One", "Arbor"), ("Two", "Arbor Group"), ("Three", "Arbor Group")):
        claim = samples.relation("Arbor", "supplies", title)
        store.put(samples.article(title, ("It sells.", replace(claim, subject=EntityRef("e:arbor", label, "Company")))))
        shown = {claim.subject.label for claim in store.claims(ClaimFilter(about="e:arbor"))}
        assert shown == {"Arbor Group" if title == "Three" else "Arbor"}
    assert store.entity("e:arbor").aliases == ("Arbor",)


def version_of(graph: Path) -> int:
    """The version that the index's file says it has."""
    with closing(sqlite3.connect(graph / "index")) as database:
        return int(database.execute("SELECT version FROM state").fetchone()[0])


def stale(graph: Path) -> None:
    """As a killed writer leaves it: a document more than the index has, and one less."""
    kept = (graph / "index").read_bytes()
    with open_store(graph, write=True) as store:
        store.remove(MARGINS.document.id)
        store.put(samples.article("Later", ("It sells.", samples.relation("Arbor", "supplies", "Birk"))))
    (graph / "index").write_bytes(kept)


def judged(graph: Path) -> None:
    kept = (graph / "index").read_bytes()
    with open_store(graph, write=True) as store:
        store.judge(Proposal("rename", "e:nvidia", by="a", why="b", value={"label": "Envidia"}))
    (graph / "index").write_bytes(kept)


def ahead(graph: Path) -> None:
    """As a loss of power may leave it."""
    with closing(sqlite3.connect(graph / "index")) as database, database:
        database.execute("UPDATE state SET version = 9, claims = 99")


def garbled(graph: Path) -> None:
    (graph / "index").write_bytes(b"no such file" * 1000)


def cut(graph: Path) -> None:
    (graph / "index").write_bytes((graph / "index").read_bytes()[:5000])


def gone(graph: Path) -> None:
    (graph / "index").unlink()


def other_form(graph: Path) -> None:
    with closing(sqlite3.connect(graph / "index")) as database:
        database.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize("writing", [False, True])
@pytest.mark.parametrize("harm", [stale, judged, ahead, garbled, cut, gone, other_form])
def test_a_file_that_is_not_of_the_version_is_mended(graph: Path, harm: Callable[[Path], None], writing: bool) -> None:
    harm(graph)
    with open_store(graph, write=writing) as store:
        assert answers(store) == answers(through(store))
        assert version_of(graph) == store.version()
    assert [file.name for file in sorted(graph.iterdir())] == ["format", "index", "ledger", "lock", "quads"]


def test_where_the_file_cannot_be_kept_it_is_in_memory(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone(graph)

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device", str(target))

    with open_store(graph, write=True) as store:
        monkeypatch.setattr(Path, "replace", full)
        assert store.counts().documents == 2
        store.put(samples.article("Later", ("It sells.", samples.relation("Arbor", "supplies", "Birk"))))
        assert store.counts().documents == 3
        assert answers(store) == answers(through(store))
    assert not (graph / "index").exists()


def test_a_file_damaged_further_in_is_told(graph: Path) -> None:
    whole = (graph / "index").read_bytes()
    (graph / "index").write_bytes(whole[:8192] + bytes(len(whole) - 8192))
    with open_store(graph) as store, pytest.raises(StoreError, match=r"its index failed .* delete the file `index`"):
        answers(store)


def test_a_claim_that_was_damaged_in_the_file_is_told(graph: Path) -> None:
    with closing(sqlite3.connect(graph / "index")) as database, database:
        database.execute("UPDATE stated SET said = replace(said, 'reported', 'asserted')")
    with open_store(graph) as store, pytest.raises(StoreError, match=r"its index failed .* delete the file `index`"):
        list(store.claims())


@settings(max_examples=100, deadline=None)
@given(batches())
def test_a_stated_claim_comes_back(batch: DocumentClaims) -> None:
    refs = {
        ref.id: ref for claim in batch.claims for ref in (claim.subject, claim.object) if isinstance(ref, EntityRef)
    }
    for claim in batch.claims:
        said = written(claim)
        assert read(claim.id, batch.document.id, said, refs.__getitem__) == claim
        assert checksum(said) != checksum(said + " ")


def test_large_intersections_are_looked_up_from_the_small_side() -> None:
    """SQLite's plan for claims between two entities names the index of the one with fewer claims."""
    store = OxigraphStore()
    for number in range(20):
        store.put(
            samples.article(f"Note {number}", ("It sells.", samples.relation("Hub", "supplies", f"Leaf {number}")))
        )
    asked: list[str] = []
    database = store._index.finding()._run.__self__  # type: ignore[attr-defined]
    database.set_trace_callback(asked.append)
    assert len(list(store.claims(ClaimFilter(subject="e:hub", object="e:leaf-3")))) == 1
    (query,) = (sql for sql in asked if "+subject" in sql)
    (plan,) = (row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {query}"))
    assert plan == "SEARCH claim USING INDEX claim_object (object=? AND first=?)"


@settings(max_examples=60, deadline=None)
@given(batches())
def test_the_facts_of_claims_are_those_of_their_quads(batch: DocumentClaims) -> None:
    made = document_graph(batch)
    since = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    of_claims = facts_in(made.batch, 7, since)
    of_quads = facts(Version(made.name.value, 7, since), made.quads())
    assert (replace(of_claims, votes=()), set(of_claims.votes)) == (replace(of_quads, votes=()), set(of_quads.votes))
    assert len(of_claims.votes) == len(set(of_claims.votes))


def test_claims_that_are_not_in_the_usual_order_are_read_as_from_the_quads() -> None:
    (first, second, *_), document = CHIPS.claims, CHIPS.document
    claim = replace(
        first,
        evidence=(*second.evidence, *first.evidence, *second.evidence),
        qualifiers=(("role", "b"), ("item", "a"), ("role", "b")),
    )
    with OxigraphStore() as store:
        store.put_many([replace(CHIPS, document=document, claims=(claim, second))])
        assert answers(store) == answers(through(store))


@pytest.mark.parametrize("load", [True, False])
def test_a_document_without_a_day_counts_from_when_it_came(load: bool) -> None:
    """The second was taken in after the first by a clock that had gone back: it came no earlier than the first."""
    days = (datetime(2026, 3, 5, tzinfo=UTC), datetime(2026, 3, 3, tzinfo=UTC), datetime(2026, 3, 6, tzinfo=UTC))
    with OxigraphStore() as store:
        made = [samples.article(f"On {day}", published=None, ingested=day) for day in days]
        if load:
            store.put_many(made)
        else:
            for batch in made:
                store.put(batch)
        for day, there in ((4, 0), (5, 2), (6, 3)):
            for look in (store.at(as_of=date(2026, 3, day)), through(store, date(2026, 3, day))):
                assert len(look.documents()) == there


def test_a_look_at_a_day_reads_no_quads_of_the_bookkeeping(monkeypatch: pytest.MonkeyPatch) -> None:
    """It costs what it gives back; what goes through all documents is left alone."""

    def unwanted(*asked: object, **more: object) -> None:
        raise AssertionError(f"gone through: {asked} {more}")

    monkeypatch.setattr("graph.store.dated.Moment", unwanted)
    with OxigraphStore() as store:
        store.put(replace(CHIPS, document=replace(CHIPS.document, published=date(2026, 3, 1))))
        store.put(replace(MARGINS, document=replace(MARGINS.document, published=date(2026, 3, 2))))
        then = store.at(as_of=date(2026, 3, 1))
        assert [held.id for held in then.documents()] == [CHIPS.document.id]
        assert {claim.id for claim in then.claims()} == {claim.id for claim in CHIPS.claims}
        assert then.count_claims() == len(CHIPS.claims)
        assert then.claim(CHIPS.claims[0].id).evidence == CHIPS.claims[0].evidence
        with pytest.raises(UnknownError, match="no document"):
            then.document(MARGINS.document.id)


def test_a_load_is_followed_without_reading_it_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unwanted(*asked: object) -> None:
        raise AssertionError(f"read again: {asked}")

    monkeypatch.setattr("graph.store.index.keeping.facts_of", unwanted)
    with open_store(tmp_path / "g", write=True) as store:
        store.put_many(samples.many_batches(60, per_document=3))
        assert store.counts().claims == 60
    with open_store(tmp_path / "g") as store:
        assert store.counts().documents == 20


def test_what_is_taken_out_does_not_stay_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "index"
    made = document_graph(CHIPS)
    stated = facts_in(made.batch, 1, datetime(2026, 3, 1, tzinfo=UTC))
    quote = made.batch.claims[0].evidence[0].quote.encode()
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.execute("PRAGMA secure_delete = OFF")
        tables = Tables(database)
        tables.create()
        tables.apply([(stated.document, stated)], 1)
        assert quote in file.read_bytes()
        tables.apply([(stated.document, None)], 2)
        assert quote not in file.read_bytes()


def test_claims_are_sought_by_words_titles_and_numbers() -> None:
    store = OxigraphStore()
    twelve = samples.relation("Arbor", "supplies", "Cedar", scope="chips")
    many = samples.relation("Arbor", "supplies", "Dorn")
    store.put(samples.article("Arbor and Kestrel", ("Arbor ships to twelve\nfirms and to Cedar.", twelve)))
    store.put(samples.article("On Dorn", ("Arbor ships to some firms, Dorn among 30 others.", many)))

    def found(**words: tuple[str, ...]) -> list[str]:
        return [claim.object.label for claim in store.matching(either=("e:arbor",), **words)]  # type: ignore[union-attr]

    assert (found(saying=("kestrel",)), found(mentioning=("kestrel",))) == ([], ["Cedar"])
    assert found(mentioning=("arbor", "dorn")) == ["Dorn"]
    assert (found(counted=("firm",)), found(counted=("other",)), found(counted=("cedar",))) == (["Cedar"], ["Dorn"], [])


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("32 companies", True),
        ("1,200, companies", True),
        (r"has thirty\ncompanies", True),
        ("Nine Companies", True),
        ("stone companies", False),
        ("32 large companies", False),
        ("B-32companies", False),
        ("a company", False),
        (r"rose\ntwo companies", True),
        ('"twenty-two companies"', True),
    ],
)
def test_a_number_stands_right_before_a_word(said: str, expected: bool) -> None:
    assert any(word.startswith("compan") for word in counted(said)) is expected


def test_claims_are_sought_by_their_periods() -> None:
    store = OxigraphStore()
    for number, (period, sentence) in enumerate(
        (
            (samples.year(2024), "It was so."),
            (samples.year(2025), "So it was."),
            (None, "It was 5 in 2025."),
            (None, "It was 6 before."),
        )
    ):
        amount = samples.exactly(str(number + 3), "USD", text=f"${number + 3}")
        store.put(samples.article(f"A {number}", (sentence, samples.metric("Arbor", "revenue", amount, period=period))))

    def found(first: date | None, last: date | None, **told: Any) -> list[str]:
        claims = store.matching(subjects=("e:arbor",), predicates=("revenue",), days=Days(first, last, **told))
        return sorted(claim.object.text for claim in claims)  # type: ignore[union-attr]

    whole = (date(2025, 1, 1), date(2025, 12, 31))
    assert found(*whole) == ["$4"]
    assert found(*whole, undated="2025") == ["$4", "$5"]
    assert found(*whole, undated="") == ["$4", "$5", "$6"]
    assert found(date(2024, 12, 31), whole[0]) == ["$3", "$4"]
    assert found(date(2024, 12, 31), whole[0], beginning=True) == ["$4"]
    assert found(None, None, beginning=True) == ["$5", "$6"]


def test_who_is_joined_comes_with_the_first_claims_and_what_is_contested() -> None:
    store = OxigraphStore()
    made = [
        samples.relation("Arbor", "supplies", firm, modality=modality, polarity=polarity, scope=scope)
        for firm, modality, polarity, scope in (
            ("Dorn", "asserted", True, None),
            ("Dorn", "reported", True, "chips"),
            ("Dorn", "asserted", False, "lasers"),
            ("Dorn", "possible", True, None),
            ("Cedar", "reported", True, None),
            ("Cedar", "asserted", True, "chips"),
            ("Cedar", "asserted", True, "lasers"),
            ("Arbor", "asserted", True, None),
        )
    ]
    for number, claim in enumerate(made):
        store.put(samples.article(f"A {number}", (f"Sentence {number}.", claim)))
    cedar, dorn = store.joined(subjects=("e:arbor",), predicates=("supplies",))
    assert (cedar.entity.label, cedar.contested) == ("Cedar", ())
    assert list(cedar.claims) == sorted(claim.id for claim in made[4:7])[:2]
    assert (dorn.entity.label, dorn.claims) == ("Dorn", (made[0].id,))
    assert {*dorn.contested} == {made[1].id, made[2].id}
    assert [one.entity.id for one in store.joined(either=("e:dorn",), predicates=("supplies",))] == ["e:arbor"]


def test_who_is_joined_goes_by_the_name_of_the_day() -> None:
    store = OxigraphStore()
    for day, label in ((1, "Cedar"), (2, "Cedar Group"), (3, "Cedar Group")):
        sold = replace(samples.relation("Arbor", "supplies", "Cedar"), object=EntityRef("e:cedar", label, "Company"))
        store.put(samples.article(f"On {day}", ("It sells.", sold), published=date(2026, 3, day)))
    asked = {"subjects": ("e:arbor",), "predicates": ("supplies",)}
    for day, label in ((3, "Cedar Group"), (1, "Cedar")):
        look = store.at(as_of=date(2026, 3, day))
        assert [one.entity.label for one in look.joined(**asked)] == [label]
        assert {claim.object.label for claim in look.claims() if isinstance(claim.object, EntityRef)} == {label}
