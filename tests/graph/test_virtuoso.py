"""What only a real server shows: literals, large documents, credentials, a kill in the middle of writes."""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from api.cli import run
from graph.model import DocumentClaims
from graph.store import OxigraphStore, open_store
from graph.store.outside import run_outside
from graph.store.remote import Endpoint, RemoteStore
from graph.store.remote.errors import ServerDeniedError, ServerDownError, ServerFaultError
from tests.graph import samples, servers
from tests.graph.strategies import batches

CHIPS, MARGINS = samples.sample_batches()


@pytest.fixture
def server(virtuoso: servers.Virtuoso) -> servers.Virtuoso:
    virtuoso.wipe()
    return virtuoso


@pytest.fixture(scope="module")
def mortal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Virtuoso]:
    """A server of its own, to be killed."""
    if servers.PROGRAM is None:
        pytest.skip(servers.MISSING)
    with servers.virtuoso(tmp_path_factory.mktemp("mortal")) as running:
        yield running


def graph_of(store: RemoteStore | OxigraphStore) -> set[str]:
    return {str(quad) for quad in store.quads()}


def embedded(*made: DocumentClaims) -> OxigraphStore:
    store = OxigraphStore()
    for batch in made:
        store.put(batch)
    return store


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches(), batches())
def test_any_document_comes_back_exactly(
    server: servers.Virtuoso, first: DocumentClaims, second: DocumentClaims
) -> None:
    server.wipe()
    with RemoteStore(server.endpoint) as store:
        for batch in (first, second):
            store.put(batch)
    plain = embedded(first, second)
    with RemoteStore(server.endpoint, write=False) as store:
        assert graph_of(store) == graph_of(plain)
        assert list(store.claims()) == list(plain.claims())


@pytest.mark.parametrize("graphs", [True, False], ids=["graph store", "updates"])
def test_a_long_text_and_many_claims(server: servers.Virtuoso, graphs: bool) -> None:
    (many,) = samples.many_batches(700, per_document=700)
    size = 3_000_000 if graphs else 100_000
    text = many.document.text + '\n字节 "跳动" \\ \x01\x1b\t\r\n' * (size // 20)
    large = replace(many, document=replace(many.document, text=text))
    endpoint = server.endpoint if graphs else replace(server.endpoint, graphs="")
    with RemoteStore(endpoint) as store:
        store.put(large)
        store.put(replace(large, claims=large.claims[:600]))
    with RemoteStore(endpoint, write=False) as store:
        assert store.document(large.document.id) == large.document
        assert graph_of(store) == graph_of(embedded(replace(large, claims=large.claims[:600])))


def test_credentials(server: servers.Virtuoso) -> None:
    address = f"{server.url}/sparql-auth"
    known = Endpoint(address, address, f"{server.url}/sparql-graph-crud-auth", user="dba", password=servers.PASSWORD)
    with RemoteStore(known) as store:
        store.put(CHIPS)
        assert store.counts().documents == 1
    with pytest.raises(ServerDeniedError, match=r"does not let user dba in for writes \(401\)") as caught:
        RemoteStore(replace(known, password="wr0ng"))
    assert "wr0ng" not in str(caught.value)


def test_a_server_that_anybody_may_only_read(server: servers.Virtuoso) -> None:
    with RemoteStore(server.endpoint) as store:
        store.put(CHIPS)
    server.sql_command('REVOKE SPARQL_UPDATE FROM "SPARQL"')
    try:
        with RemoteStore(server.endpoint, write=False) as store:
            assert store.counts().documents == 1
        with pytest.raises((ServerDeniedError, ServerFaultError), match=r"writes|permission"):
            RemoteStore(replace(server.endpoint, tries=2))
    finally:
        server.sql_command('GRANT SPARQL_UPDATE TO "SPARQL"')


def test_queries_of_outsiders_run_on_the_server(server: servers.Virtuoso) -> None:
    with RemoteStore(server.endpoint) as store:
        store.put(CHIPS)
        rows = run_outside(store, "SELECT DISTINCT ?low { ?q tg:low ?low ; tg:unit 'USD' }")
        (row,) = json.loads(rows.body)["results"]["bindings"]
        assert row["low"] == {
            "type": "literal",
            "value": "22000000000",
            "datatype": "http://www.w3.org/2001/XMLSchema#decimal",
        }
        cut = run_outside(store, "SELECT ?s { ?s ?p ?o }", rows=5, rows_as="csv")
        assert (cut.count, cut.truncated, cut.body.count(b"\n")) == (5, True, 6)
        built = run_outside(store, "CONSTRUCT { ?s rdfs:label ?l } { ?s rdfs:label ?l }")
        assert b'rdfs:label "ByteDance"' in built.body


def test_the_command_line_takes_an_address(
    server: servers.Virtuoso, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TOLLGRAPH_GRAPH_STORE_URL", server.endpoint.graphs)
    article = tmp_path / "a.txt"
    article.write_text("Deal\n\nMicron sells memory to Nvidia, Reuters reported on Monday.\n", encoding="utf-8")
    at = ["--graph", server.endpoint.query, "--json"]
    assert run([*at, "ingest", str(article)]) == 0
    assert json.loads(capsys.readouterr().out)["documents"] == 1
    assert run([*at, "claims", "--predicate", "supplies"]) == 0
    assert json.loads(capsys.readouterr().out)["subject"]["label"] == "Micron Technology"
    assert run([*at, "ask", "Who supplies Nvidia?"]) == 0
    assert "Micron" in json.loads(capsys.readouterr().out)["answer"]
    assert run([*at, "doctor"]) == 2
    assert "works on a folder" in capsys.readouterr().err


def test_killed_in_the_middle_of_writes_it_keeps_all_that_was_acknowledged(mortal: servers.Virtuoso) -> None:
    chance = random.Random(1)
    many = list(samples.many_batches(1_200, per_document=10))
    endpoint = replace(mortal.endpoint, tries=1)
    told = 0
    for _ in range(4):
        with open_store(endpoint.query, write=True, lock_seconds=90, server=replace(endpoint, query="")) as store:
            held = {document.id for document in store.documents()}
            assert {batch.document.id for batch in many[:told]} <= held
            left = [batch for batch in many if batch.document.id not in held]
            killer = threading.Timer(chance.uniform(0.2, 1.5), mortal.kill)
            killer.start()
            with suppress(ServerDownError, ServerFaultError):
                for number, batch in enumerate(left):
                    store.put(batch)
                    told = len(held) + number + 1
            killer.join()
        mortal.start()
        expire(mortal)
    with open_store(endpoint.query, write=True, server=replace(endpoint, query="", tries=6)) as store:
        held = {document.id for document in store.documents()}
        assert {batch.document.id for batch in many[:told]} <= held
        store.put_many(batch for batch in many if batch.document.id not in held)
        assert graph_of(store) == graph_of(embedded(*many))


def expire(server: servers.Virtuoso) -> None:
    """End the lease of the writer that lost its server."""
    deadline = time.monotonic() + 30
    while True:
        try:
            client = RemoteStore(server.endpoint, wall=lambda: time.time() + 1_000, lock_seconds=0)
            client.close()
            return
        except ServerDownError:
            assert time.monotonic() < deadline
