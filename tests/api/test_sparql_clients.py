"""The endpoint as other programs use it: rdflib's SPARQL client, all of SPARQL 1.1, many at once beside ingest."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import httpx
import pytest
import rdflib
import yaml
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.query import Result
from rdflib.term import Literal, Node

from graph.export import export
from graph.namespaces import PREFIXES
from graph.settings import Settings
from graph.store import open_store
from tests.api.graphs import filled_store, no_claims
from tests.api.live import served
from tests.graph.samples import sample_batches

TG = rdflib.Namespace(PREFIXES["tg"])
ENTITY = rdflib.Namespace(PREFIXES["entity"])
PLAIN = {"content-type": "text/plain"}
_DECLARED = "".join(f"PREFIX {name}: <{space}>\n" for name, space in PREFIXES.items())

QUERIES: dict[str, str] = yaml.safe_load(Path(__file__).with_name("sparql_queries.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with served(filled_store(), extract=no_claims) as at:
        yield f"{at}/sparql"


@pytest.fixture(scope="module")
def client(endpoint: str) -> rdflib.Graph:
    return rdflib.Graph(SPARQLStore(endpoint))


@pytest.fixture(scope="module")
def reference() -> rdflib.Graph:
    """The union of the same documents in rdflib's own store."""
    written = io.BytesIO()
    export(filled_store(), "turtle", written)
    return rdflib.Graph().parse(data=written.getvalue(), format="turtle")


def plain(term: Node | None) -> object:
    """A term for comparison: numbers by value, other literals by form (engines type computed ones differently)."""
    if isinstance(term, Literal):
        value = term.toPython()
        if isinstance(value, Decimal):
            return round(value, 9)
        return str(term) if isinstance(value, str | Literal) else value
    return str(term) if term is not None else None


def content(result: Result, query: str) -> object:
    if result.type == "ASK":
        return result.askAnswer
    if result.type == "CONSTRUCT":
        assert result.graph is not None
        return {tuple(map(str, triple)) for triple in result.graph}
    rows = [tuple(plain(row[name]) for name in result.vars or ()) for row in result]
    return rows if "ORDER BY" in query else Counter(rows)


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
def test_rdflib_as_a_client_gets_what_rdflib_itself_finds(
    client: rdflib.Graph, reference: rdflib.Graph, query: str
) -> None:
    asked = _DECLARED + query
    if "GROUP_CONCAT" in query or "SAMPLE" in query:
        assert len(client.query(asked)) == len(reference.query(asked)) > 3
        return
    assert content(client.query(asked), query) == content(reference.query(asked), query)


def test_the_set_is_not_answered_by_emptiness(reference: rdflib.Graph) -> None:
    found = {name: content(reference.query(_DECLARED + query), query) for name, query in QUERIES.items()}
    assert [name for name, rows in found.items() if not rows] == ["ask in vain", "nothing"]


def test_a_graph_of_rdflib_reads_through_the_endpoint(client: rdflib.Graph, reference: rdflib.Graph) -> None:
    assert set(client.objects(ENTITY["nvidia"], TG["supplies"])) == {ENTITY["bytedance"]}
    assert (ENTITY["nvidia"], TG["supplies"], ENTITY["bytedance"]) in client
    assert (ENTITY["bytedance"], TG["supplies"], ENTITY["nvidia"]) not in client
    claims = set(client.subjects(rdflib.RDF.type, TG["Claim"]))
    assert claims == set(reference.subjects(rdflib.RDF.type, TG["Claim"]))


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_every_result_format_of_the_client(endpoint: str, form: str) -> None:
    rows = rdflib.Graph(SPARQLStore(endpoint, returnFormat=form, method="POST")).query(
        "SELECT DISTINCT ?b { entity:nvidia tg:supplies ?b }"
    )
    assert [str(row[0]) for row in rows] == [str(ENTITY["bytedance"])]


SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p }"


def test_ingest_goes_on_while_queries_run(tmp_path: Path) -> None:
    with open_store(tmp_path / "graph", write=True) as store:
        for batch in sample_batches():
            store.put(batch)
        with (
            served(store, Settings(query_seconds=8), extract=no_claims) as at,
            httpx.Client(base_url=at, timeout=30) as http,
            ThreadPoolExecutor(4) as pool,
        ):
            long = pool.submit(http.get, "/sparql", params={"query": SLOW})
            quick = [pool.submit(http.get, "/sparql", params={"query": QUERIES["basic pattern"]}) for _ in range(6)]
            job = http.post("/v1/documents", content="Foundry\n\nA firm nobody knows.", headers=PLAIN).json()
            while job["status"] in ("queued", "running"):
                job = http.get(f"/v1/jobs/{job['id']}").json()
            assert job["status"] == "done"
            assert [len(each.result().json()["results"]["bindings"]) for each in quick] == [1] * 6
            assert not long.done()
            assert "longer than 8 s" in long.result().json()["detail"]
        assert len(store.documents()) == len(list(sample_batches())) + 1
