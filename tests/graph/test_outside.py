import csv
import io
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import QueryError, StoreError
from graph.store import OxigraphStore, open_store
from graph.store.outside import GRAPH_FORMATS, ROW_FORMATS, check_query, checking, run_outside, running
from tests.clock import growth
from tests.graph import samples

CUSTOMERS = "SELECT DISTINCT ?who ?name { ?who tg:supplies entity:bytedance ; rdfs:label ?name }"
NVIDIA = "https://w3id.org/tollgraph/entity/nvidia"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z . ?d ?s ?w }"


@pytest.fixture(scope="module", params=["writer", "reader", "memory"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OxigraphStore]:
    folder = None if request.param == "memory" else tmp_path_factory.mktemp("outside") / "g"
    with OxigraphStore(folder) as made:
        for batch in samples.sample_batches():
            made.put(batch)
        if request.param != "reader":
            yield made
            return
    assert folder is not None
    with open_store(folder) as made:
        yield made


def test_rows_as_json(store: OxigraphStore) -> None:
    found = run_outside(store, CUSTOMERS)
    assert (found.form, found.media_type, found.count, found.truncated) == (
        "SELECT",
        "application/sparql-results+json",
        1,
        False,
    )
    assert json.loads(found.body) == {
        "head": {"vars": ["who", "name"]},
        "results": {
            "bindings": [{"who": {"type": "uri", "value": NVIDIA}, "name": {"type": "literal", "value": "Nvidia"}}]
        },
    }


def test_rows_as_tables_and_xml(store: OxigraphStore) -> None:
    as_csv = run_outside(store, CUSTOMERS, rows_as="csv")
    assert list(csv.reader(io.StringIO(as_csv.body.decode()))) == [["who", "name"], [NVIDIA, "Nvidia"]]
    assert run_outside(store, CUSTOMERS, rows_as="tsv").body.decode() == f'?who\t?name\n<{NVIDIA}>\t"Nvidia"\n'
    space = "{http://www.w3.org/2005/sparql-results#}"
    xml = ElementTree.fromstring(run_outside(store, CUSTOMERS, rows_as="xml").body)
    assert [term.text for term in xml.iter(f"{space}uri")] == [NVIDIA]


@pytest.fixture(scope="module")
def memory() -> Iterator[OxigraphStore]:
    with OxigraphStore() as made:
        for batch in samples.sample_batches():
            made.put(batch)
        yield made


@pytest.mark.parametrize(
    ("rows_as", "body"),
    [("json", b'{"head":{},"boolean":true}'), ("csv", b"true"), ("tsv", b"true")],
)
def test_ask(memory: OxigraphStore, rows_as: str, body: bytes) -> None:
    found = run_outside(memory, "ASK { ?who tg:supplies entity:bytedance }", rows_as=rows_as)
    assert (found.form, found.format, found.body) == ("ASK", rows_as, body)


@pytest.mark.parametrize("graph_as", GRAPH_FORMATS)
@pytest.mark.parametrize("query", ["DESCRIBE entity:tsmc", "CONSTRUCT { entity:tsmc ?p ?o } { entity:tsmc ?p ?o }"])
def test_graphs_in_every_format(memory: OxigraphStore, query: str, graph_as: str) -> None:
    found = run_outside(memory, query, graph_as=graph_as)
    assert found.media_type == GRAPH_FORMATS[graph_as]
    read = {quad.triple for quad in ox.parse(found.body, format=ox.RdfFormat.from_media_type(found.media_type))}
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    assert ox.Triple(ox.NamedNode("https://w3id.org/tollgraph/entity/tsmc"), label, ox.Literal("TSMC")) in read
    assert len(read) == found.count == 6


def test_typed_literals_languages_blank_nodes_and_unbound(memory: OxigraphStore) -> None:
    query = "SELECT ?low ('chip'@en AS ?tag) (BNODE() AS ?b) ?none { ?q tg:unit 'USD' ; tg:low ?low }"
    (row,) = json.loads(run_outside(memory, query).body)["results"]["bindings"]
    decimal = {"type": "literal", "value": "22000000000", "datatype": "http://www.w3.org/2001/XMLSchema#decimal"}
    assert row["low"] == decimal
    assert row["tag"] == {"type": "literal", "value": "chip", "xml:lang": "en"}
    assert row["b"]["type"] == "bnode"
    assert "none" not in row


def test_the_row_limit_cuts_and_says_so(memory: OxigraphStore) -> None:
    cut = run_outside(memory, "SELECT * { ?s ?p ?o }", rows=5)
    assert (cut.count, cut.truncated, len(json.loads(cut.body)["results"]["bindings"])) == (5, True, 5)
    exact = run_outside(memory, "SELECT * { ?s ?p ?o } LIMIT 5", rows=5)
    assert (exact.count, exact.truncated) == (5, False)
    triples = run_outside(memory, "CONSTRUCT WHERE { ?s ?p ?o }", rows=5, graph_as="ntriples")
    assert (triples.count, triples.truncated, len(triples.body.splitlines())) == (5, True, 5)


def test_the_time_limit_kills(memory: OxigraphStore) -> None:
    start = time.monotonic()
    with pytest.raises(QueryError, match=r"longer than 0\.5 s and was stopped; narrow it"):
        run_outside(memory, SLOW, seconds=0.5)
    assert time.monotonic() - start < 5


def test_too_large_a_result(memory: OxigraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "_BYTES", 1 << 20)
    with pytest.raises(QueryError, match="larger than 1 MB; add LIMIT"):
        run_outside(memory, "SELECT * { ?s ?p ?o . ?t ?q ?v }", rows=1_000_000)


def test_too_much_memory(memory: OxigraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "_MEMORY", 160 << 20)
    hungry = "SELECT (COUNT(DISTINCT CONCAT(STR(?a), STR(?x), STR(?b), STR(?y))) AS ?n) { ?a ?p ?x . ?b ?q ?y }"
    with pytest.raises(QueryError, match="memory"):
        run_outside(memory, hungry, seconds=60)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("INSERT DATA { entity:a tg:supplies entity:b }", "INSERT is refused: SPARQL here only reads"),
        ("PREFIX x: <http://x.example/> # all of it\n drop all", "DROP is refused"),
        ("LOAD <http://127.0.0.1:9/x>", "LOAD is refused"),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE is refused"),
        ("WITH document:a DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "WITH is refused"),
        ("SELECT * { service silent ?where { ?s ?p ?o } }", "SERVICE is refused because"),
        ("SELECT * FROM document:a { ?s ?p ?o }", "FROM is refused because"),
        ("ASK FROM NAMED document:a { ?s ?p ?o }", "FROM is refused because"),
        ("", "begins with SELECT, ASK"),
        ("ASK { ?s ?p 'x\udc80' }", "not valid Unicode"),
        ("ASK {}" + " " * 30_000, "the query has 30,006 characters; 30,000 are the most"),
        ("what is this", "begins with SELECT, ASK"),
        ("SELECT * { ?s ex:x ?o }", "prefix ex: is not declared: add PREFIX ex: <…> before the SELECT"),
        ("SELECT * { ?s : ?o }", "prefix : is not declared"),
        ("SELECT ?x {", "malformed SPARQL: error at 1:"),
        ("SELECT * { <a b> ?p ?o }", "malformed SPARQL"),
    ],
)
def test_what_is_refused(memory: OxigraphStore, query: str, message: str) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        run_outside(memory, query)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?service tg:from ?o . ?o rdfs:label 'SERVICE <x> FROM' } # SERVICE FROM",
        'SELECT * { ?s rdfs:label """a "quoted" SERVICE """, "it\'s" ; a schema:Service }',
        "SELECT * { GRAPH ?services { ?service schema:serviceType ?o } FILTER(STR(?o) = 'service desk') }",
        "SELECT * { { ?x a schema:Service } UNION { ?x ?y 'SERVICE' } }",
        "SELECT * { <https://service.example/FROM#SERVICE> ?p ?o }",
        "PREFIX : <https://x.example/> PREFIX Ex: <https://y.example/> SELECT * { _:b :p Ex:q\\'s ; ?p 'x'@en-GB }",
        "BASE <https://x.example/> PREFIX e: <y#> SELECT * { ?a e:b ?c FILTER(?a<?b && ?c>1) }",
    ],
)
def test_what_only_looks_refused(memory: OxigraphStore, query: str) -> None:
    assert run_outside(memory, query).form == "SELECT"


HIDDEN = [
    "SELECT * { SERVICE HERE { ?s ?p ?o } }",
    "select * { service silent HERE{ ?s ?p ?o } }",
    "PREFIX : HERE SELECT * { SERVICE: { ?s ?p ?o } }",
    "PREFIX ex: HERE SELECT * { SERVICEex:a { ?s ?p ?o } }",
    "PREFIX ex: HERE SELECT * { SERVICE ex:a\\#b # c d\n { ?s ?p ?o } }",
    "PREFIX ex: HERE SELECT * { ?s ?p true SERVICESILENTex:a { ?s ?p ?o } }",
    "SELECT * { BIND(HERE AS ?u) ?s ?p ?o SERVICE ?u { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o BIND(?s=trueSERVICE HERE { ?s ?p ?o } AS ?x) }",
    "SELECT * { ?s ?p 'x'SERVICE HERE { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o FILTER(?s!=?p||?s<?b)SERVICE#>\nHERE { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o FILTER(?s!=?p||?s<?b#>'''\n) SERVICE HERE { ?s ?p ?o } #'''\n }",
    "SELECT * { ?s ?p ?o FILTER(?s!=?p||?s<?b&&?o='x>y') SERVICE HERE { ?s ?p ?o } FILTER('' = '') }",
    "SELECT * { ?s ?p ?o BIND(true AS ?x)SERVICE#{\r#{\nHERE#{ x\n#\n{ ?s ?p ?o } }",
    "SELECT * { <http://x/\\u0041#> ?b ?c SERVICE HERE { ?s ?p ?o } }",
    "SELECT * { ?a <x:y'> ?c SERVICE HERE { ?s ?p ?o } FILTER('' = '') }",
    "SELECT * { ?a tg:b\\' ?c SERVICE HERE { ?s ?p ?o } FILTER('' = '') }",
    "SELECT * { \\u0053ERVICE HERE { ?s ?p ?o } }",
    "SELECT * { ?a ?b tg:c.SERVICE HERE { ?s ?p ?o } }",
    "SELECT * { ?a ?b ''' SERVICE HERE { ?s ?p ?o } }",
    "ASK { { SELECT * { SERVICE HERE { ?s ?p ?o } } } }",
]


@pytest.mark.parametrize("query", HIDDEN)
def test_nothing_is_smuggled_to_the_network(memory: OxigraphStore, query: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        with pytest.raises(QueryError):
            run_outside(memory, query.replace("HERE", f"<http://127.0.0.1:{server.getsockname()[1]}/>"))
        with pytest.raises(TimeoutError):
            server.accept()


def test_the_worker_has_no_network_even_if_a_query_slips_through(
    memory: OxigraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "import ctypes; f = ctypes.CDLL(None).unshare; raise SystemExit(f(0x40000000) and f(0x50000000))"
    if subprocess.run([sys.executable, "-c", code], check=False).returncode:
        pytest.skip("this machine grants no network namespaces")
    monkeypatch.setattr(running, "check_query", lambda query: checking.Checked("SELECT", query))
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        with pytest.raises(StoreError, match="unreachable"):
            run_outside(memory, f"SELECT * {{ SERVICE <http://127.0.0.1:{server.getsockname()[1]}/> {{ ?s ?p ?o }} }}")
        with pytest.raises(TimeoutError):
            server.accept()


def test_formats_must_fit_the_form(memory: OxigraphStore) -> None:
    with pytest.raises(QueryError, match="SELECT results are written as json, xml, csv, tsv, not as turtle"):
        run_outside(memory, "SELECT * { ?s ?p ?o }", rows_as="turtle")
    with pytest.raises(QueryError, match="DESCRIBE results are written as turtle"):
        run_outside(memory, "DESCRIBE entity:tsmc", graph_as="csv")
    assert set(ROW_FORMATS) == {"json", "xml", "csv", "tsv"}


def test_a_broken_worker_is_told(memory: OxigraphStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "worker.py").write_text("raise SystemExit('no such library')")
    monkeypatch.setattr(running, "_WORKER", tmp_path / "worker.py")
    with pytest.raises(StoreError, match=r"the query process failed \(no such library\)"):
        run_outside(memory, "ASK {}")


def test_a_folder_named_like_a_library_is_not_imported(
    memory: OxigraphStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "pyoxigraph.py").write_text("raise SystemExit('wrong file')")
    monkeypatch.chdir(tmp_path)
    assert run_outside(memory, "ASK {}").count == 1


def test_snapshots_leave_nothing_behind(tmp_path: Path) -> None:
    with open_store(tmp_path / "g", write=True) as store:
        store.put(samples.chips_article())
        run_outside(store, "ASK {}")
        with pytest.raises(QueryError):
            run_outside(store, SLOW, seconds=0.3)
        store.put(samples.margins_article())
        assert json.loads(run_outside(store, "ASK { entity:cambricon ?p ?o }").body)["boolean"] is True
    assert sorted(os.listdir(tmp_path / "g")) == ["format", "index", "ledger", "lock", "quads"]


@pytest.mark.parametrize(
    "piece", ["a-", "a.", "'", '"', "'''\\", "<", "<a", "SERVICE", "SERVICE#", "SERVICE SILENT ", "\\", "?", "_:"]
)
def test_checking_takes_no_longer_than_the_query_is_long(piece: str) -> None:
    def check(text: str) -> None:
        with suppress(QueryError):
            check_query("SELECT * { " + text)

    assert growth(check, piece, 14_500, 29_000) < 6  # linear is two


@given(st.text(max_size=60))
def test_any_text_is_checked_or_refused(text: str) -> None:
    with suppress(QueryError):
        assert check_query(f"{text} SELECT").form in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
