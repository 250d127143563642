"""A store on a server that fails in every way: nothing acknowledged is lost, nothing is half there or there twice."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import QueryError, SettingsError, StoreError
from graph.model import DocumentClaims
from graph.store import ClaimFilter, OxigraphStore, Store, open_store
from graph.store.remote import Endpoint, RemoteStore, endpoint
from graph.store.remote import changes as writing
from graph.store.remote.client import Client
from graph.store.remote.errors import ServerDeniedError, ServerDownError, ServerFaultError, ServerSlowError
from graph.store.remote.mirror import Mirror
from tests.graph import samples
from tests.graph.servers import Fake, Fault
from tests.graph.strategies import batches

CHIPS, MARGINS = samples.sample_batches()
FAULTS = ("refused", "slow", "503", "lost", "cut", "late")
NOW = datetime(2026, 4, 1, tzinfo=UTC)


def client(fake: Fake, **changes: Any) -> Client:
    return Client(replace(fake.endpoint, **changes), transport=fake, pause=lambda seconds: None)


def store_on(fake: Fake, *, write: bool = True, **options: Any) -> RemoteStore:
    return RemoteStore(fake.endpoint, client=client(fake), write=write, lock_seconds=0, **options)


def graph_of(store: Store) -> set[str]:
    return {str(quad) for quad in store.quads()}


def in_a_while() -> float:
    return time.time() + 100


def ticking() -> Callable[[], datetime]:
    hours = iter(range(10_000))
    return lambda: NOW + timedelta(hours=next(hours))


def seldom(seed: int, kinds: tuple[str, ...] = FAULTS, share: float = 0.3) -> Fault:
    """Faults at random, never more than four in a row."""
    source, row = random.Random(seed), [0]

    def fault(number: int, request: httpx.Request) -> str:
        row[0] = row[0] + 1 if source.random() < share and row[0] < 4 else 0
        return source.choice(kinds) if row[0] else ""

    return fault


@settings(max_examples=60, deadline=None)
@given(
    st.lists(batches(), min_size=1, max_size=3, unique_by=lambda b: b.document.id),
    st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["put", "change", "remove", "forget"])), max_size=6),
    st.integers(0, 10**6),
    st.booleans(),
)
def test_whatever_fails_the_content_is_that_of_the_embedded_store(
    made: list[DocumentClaims], steps: list[tuple[int, str]], seed: int, graphs: bool
) -> None:
    fake = Fake(graphs=graphs)
    remote, embedded = store_on(fake, clock=ticking()), OxigraphStore(clock=ticking())
    fake.fault = seldom(seed)
    for which, action in steps:
        batch = made[which % len(made)]
        there = batch.document.id in {document.id for document in embedded.documents()}
        for store in (remote, embedded):
            if action in ("put", "change"):
                store.put(batch if action == "put" else replace(batch, claims=batch.claims[:1]))
            elif there:
                store.remove(batch.document.id, forget=action == "forget")
    fake.fault = lambda number, request: ""
    assert graph_of(remote) == graph_of(embedded)
    assert remote.version() == embedded.version()
    with store_on(fake, write=False) as reader:
        assert list(reader.claims()) == list(embedded.claims())
        assert reader.entities() == embedded.entities()
        assert reader.counts() == embedded.counts()
    staged = [quad for quad in fake.store if "/stage/" in str(quad.graph_name)]
    remote.close()
    store_on(fake).close()
    left = {str(quad.graph_name) for quad in fake.store if "/stage/" in str(quad.graph_name)}
    assert left == set(), f"swept of {len(staged)}"


@pytest.mark.parametrize("kind", FAULTS)
@pytest.mark.parametrize("graphs", [True, False], ids=["graph store", "updates"])
def test_every_single_request_of_a_write_may_fail(kind: str, graphs: bool) -> None:
    plain = OxigraphStore()
    for batch in (CHIPS, MARGINS, replace(CHIPS, claims=CHIPS.claims[:2])):
        plain.put(batch)
    number = 0
    while True:
        fake = Fake(graphs=graphs)
        with store_on(fake) as store:
            store.put(CHIPS)
            store.put(MARGINS)
            start, failed = fake.requests, []
            fake.fault = lambda n, request, at=start + number, seen=failed: (seen.append(n) or kind) if n == at else ""  # type: ignore[misc]
            store.put(replace(CHIPS, claims=CHIPS.claims[:2]))
            assert graph_of(store) == graph_of(plain)
            assert store.version() == 3
        if not failed:
            break
        number += 1
    assert number >= 5


@pytest.mark.parametrize("moment", range(40))
def test_a_writer_that_dies_leaves_whole_documents(monkeypatch: pytest.MonkeyPatch, moment: int) -> None:
    """The server goes away for good at one request of a large write in several steps; another writer goes on."""
    monkeypatch.setattr(writing, "STEP_QUADS", 40)
    fake = Fake()
    first = store_on(fake)
    first.put(MARGINS)
    before = graph_of(first)
    start = fake.requests
    fake.fault = lambda number, request: "refused" if number >= start + moment else ""
    acknowledged = True
    try:
        first.put(CHIPS)
    except StoreError:
        acknowledged = False
    fake.fault = lambda number, request: ""
    with store_on(fake, write=False) as reader:
        seen = {document.id for document in reader.documents()}
        assert seen <= {CHIPS.document.id, MARGINS.document.id}
        assert (CHIPS.document.id in seen) or not acknowledged
    plain = OxigraphStore()
    plain.put(MARGINS)
    plain.put(CHIPS)
    with store_on(fake, wall=in_a_while) as second:
        assert graph_of(second) in ([graph_of(plain)] if acknowledged else [before, graph_of(plain)])
        second.put(CHIPS)
        assert graph_of(second) == graph_of(plain)


def test_a_load_that_broke_off_goes_on_where_it_stopped() -> None:
    many = list(samples.many_batches(400, per_document=5))
    fake = Fake()
    told: list[int] = []
    with store_on(fake) as store:
        start = fake.requests
        fake.fault = lambda number, request: "refused" if number > start + 12 else ""
        with pytest.raises(ServerDownError):
            store.put_many(many, told=told.append)
        fake.fault = lambda number, request: ""
        held = {document.id for document in store.documents()}
        assert 0 < told[-1] < len(many)
        assert {batch.document.id for batch in many[: told[-1]]} <= held
        version = store.version()
        assert store.put_many(batch for batch in many if batch.document.id not in held) == len(many) - len(held)
        assert store.version() == version + len(many) - len(held)
        assert store.counts().claims == 400
    plain = OxigraphStore()
    for batch in many:
        plain.put(batch)
    with store_on(fake, write=False) as reader:
        assert graph_of(reader) == graph_of(plain)
        assert list(reader.claims()) == list(plain.claims())


def test_a_document_that_is_refused_keeps_none_before_it_out() -> None:
    with store_on(Fake()) as store:
        bad = replace(MARGINS, claims=(replace(MARGINS.claims[0], evidence=()),))
        with pytest.raises(StoreError, match="must cite its own document"):
            store.put_many([CHIPS, bad])
        assert [document.id for document in store.documents()] == [CHIPS.document.id]


def test_one_writer_at_a_time_and_the_other_is_told_who_it_is() -> None:
    fake = Fake()
    with store_on(fake) as first:
        first.put(CHIPS)
        with pytest.raises(StoreError, match=r"is being written by process \d+ on .*its right ends at \d\d:"):
            store_on(fake)
        first.put(MARGINS)
        with store_on(fake, write=False) as reader:
            assert reader.counts().documents == 2
            with pytest.raises(StoreError, match="opened for reading"):
                reader.put(CHIPS)
    with store_on(fake) as second:
        second.remove(CHIPS.document.id)
        assert second.version() == 3


def test_a_writer_that_was_silent_too_long_changes_nothing() -> None:
    fake = Fake()
    first = store_on(fake)
    first.put(CHIPS)
    second = store_on(fake, wall=in_a_while)
    with pytest.raises(StoreError, match="taken over by process"):
        first.put(MARGINS)
    assert [document.id for document in second.documents()] == [CHIPS.document.id]
    second.put(MARGINS)
    second.close()
    first.put(CHIPS)
    assert first.version() == 3
    assert first.counts().documents == 2


def test_readers_see_whole_documents_while_one_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = Fake()
    writer, reader = store_on(fake), None
    writer.put(CHIPS)
    reader = store_on(fake, write=False)
    less = replace(CHIPS, claims=CHIPS.claims[:3])
    seen: list[int] = []
    fetch = reader._quads._fetch_graphs

    def interrupted(graph: str) -> None:
        if not seen:
            seen.append(1)
            writer.put(less)
        fetch(graph)

    monkeypatch.setattr(reader._quads, "_fetch_graphs", interrupted)
    assert len(list(reader.claims())) == 3
    assert reader.version() == 2


def test_readers_follow_writers_without_reading_all_again(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = Fake()
    with store_on(fake) as writer, store_on(fake, write=False) as reader:
        writer.put_many(samples.many_batches(200, per_document=10))
        assert reader.counts().claims == 200
        assert len(list(reader.claims())) == 200
        writer.put(CHIPS)
        fetched: list[str] = []
        fetch = reader._quads._fetch_graphs
        monkeypatch.setattr(reader._quads, "_fetch_graphs", lambda graph: (fetched.append(graph), fetch(graph)))
        assert len(list(reader.claims())) == 207
        assert len(fetched) == 1
        monkeypatch.setattr(Mirror, "_clear", lambda self: pytest.fail("the books were read from the beginning"))
        writer.remove(CHIPS.document.id)
        assert reader.counts().claims == 200


def test_a_few_claims_are_fetched_without_the_documents_they_are_in() -> None:
    fake = Fake()
    with store_on(fake) as writer:
        writer.put_many(samples.many_batches(2_000, per_document=100))
        plain = OxigraphStore()
        plain.put_many(samples.many_batches(2_000, per_document=100))
        with store_on(fake, write=False) as reader:
            for number in (1, 2, 199):
                where = ClaimFilter(about=f"e:firm-{number}")
                assert list(reader.claims(where)) == list(plain.claims(where))
            assert 0 < reader._quads._size < 3_000 < len(list(plain.quads())) / 10
            assert list(reader.claims()) == list(plain.claims())
            assert reader._quads._size == len(reader._quads._kept)


def test_results_that_a_server_cuts_are_read_in_pages() -> None:
    fake = Fake()
    with store_on(fake) as store:
        store.put_many(samples.many_batches(1_500, per_document=50))
        with store_on(fake, write=False) as reader:
            assert len(list(reader.claims())) == 1_500
            assert len(list(reader.quads())) == len(list(store.quads())) > 10_000


@pytest.mark.parametrize(
    ("fault", "error", "message"),
    [
        ("refused", ServerDownError, r"http://fake.example/sparql does not answer.*start the server"),
        ("slow", ServerSlowError, r"gave no answer to a query within 5 s.*TOLLGRAPH_GRAPH_SECONDS"),
        ("503", ServerFaultError, r"failed at a query \(503: come back later\)"),
        ("cut", ServerDownError, r"does not answer, or not in full"),
    ],
)
def test_what_is_said_of_a_server_that_fails(fault: str, error: type[StoreError], message: str) -> None:
    fake = Fake(fault=lambda number, request: fault)
    with pytest.raises(error, match=message):
        store_on(fake, write=False)
    assert fake.requests == fake.endpoint.tries


def test_a_server_that_takes_no_updates_is_refused_in_words() -> None:
    fake = Fake(writable=False)
    with pytest.raises(
        ServerDeniedError, match=r"does not let anybody without a name in for writes \(403: read-only\)"
    ):
        store_on(fake)
    assert fake.requests == 1


def test_a_server_whose_default_graph_is_no_union_is_refused() -> None:
    with pytest.raises(StoreError, match="does not show its named graphs in the default graph"):
        store_on(Fake(union=False))


def test_a_server_without_a_graph_is_said_to_have_none() -> None:
    with pytest.raises(StoreError, match=r"no graph at http://fake.example/sparql: run `tollgraph ingest` on it first"):
        store_on(Fake(), write=False)


def test_credentials_leave_the_address_and_never_show() -> None:
    made = endpoint("http://ann:s3cret@127.0.0.1:9/sparql?x=1", Endpoint("", user="bob", tries=1))
    assert (made.query, made.update, made.user, made.password) == (
        "http://127.0.0.1:9/sparql?x=1",
        "http://127.0.0.1:9/sparql?x=1",
        "ann",
        "s3cret",
    )
    assert "s3cret" not in repr(made)
    with pytest.raises(ServerDownError) as caught:
        open_store("http://ann:s3cret@127.0.0.1:9/sparql", server=Endpoint("", tries=1))
    assert "s3cret" not in str(caught.value)
    with pytest.raises(SettingsError, match="no address of a SPARQL server"):
        open_store("127.0.0.1/sparql")


@pytest.mark.parametrize(
    "query", ["SELECT (bif:http_get('http://x') AS ?x) {}", "PREFIX b: <\\u0062if:> ASK { b:x ?p 1 }"]
)
def test_functions_of_the_server_itself_are_refused(query: str) -> None:
    from graph.store.outside import run_outside

    with store_on(Fake()) as store:
        store.put(CHIPS)
        with pytest.raises(QueryError, match=r"refused|not declared"):
            run_outside(store, query)
