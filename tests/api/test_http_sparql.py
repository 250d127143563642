"""`/sparql`: the SPARQL 1.1 protocol as clients speak it, and what it refuses."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.slots import Slots
from graph.errors import StoreError
from graph.settings import Settings
from tests.api.graphs import client

ROWS = "SELECT DISTINCT ?c WHERE { entity:nvidia tg:supplies ?c }"
TRIPLES = "CONSTRUCT { ?s tg:supplies ?o } WHERE { ?s tg:supplies ?o }"
BYTEDANCE = "https://w3id.org/tollgraph/entity/bytedance"
JSON = "application/sparql-results+json"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def http() -> Iterator[TestClient]:
    with client() as session:
        yield session


def test_get_post_and_form_give_the_same_rows(http: TestClient) -> None:
    answers = [
        http.get("/sparql", params={"query": ROWS}),
        http.post("/sparql", content=ROWS, headers={"content-type": "application/sparql-query"}),
        http.post("/sparql", data={"query": ROWS}),
    ]
    for answer in answers:
        assert (answer.status_code, answer.headers["content-type"]) == (200, JSON)
        assert answer.json()["results"]["bindings"] == [{"c": {"type": "uri", "value": BYTEDANCE}}]
        assert "tollgraph-truncated" not in answer.headers


MEDIA: list[tuple[str, str, str, str]] = [
    (ROWS, "text/csv", "text/csv; charset=utf-8", f"c\r\n{BYTEDANCE}"),
    (ROWS, "application/sparql-results+xml, */*;q=0.1", "application/sparql-results+xml", f"<uri>{BYTEDANCE}</uri>"),
    (ROWS, "application/json", "application/json; charset=utf-8", BYTEDANCE),
    (ROWS, "text/html,*/*;q=0.8", JSON, BYTEDANCE),
    (TRIPLES, "text/turtle", "text/turtle; charset=utf-8", "entity:nvidia tg:supplies entity:bytedance"),
    (TRIPLES, "application/n-triples", "application/n-triples", f"<{BYTEDANCE}> ."),
    (TRIPLES, "application/ld+json", "application/ld+json", BYTEDANCE),
    ("ASK { entity:huawei tg:supplies entity:bytedance }", JSON, JSON, '"boolean":false'),
]


@pytest.mark.parametrize(("query", "accept", "media", "words"), MEDIA)
def test_results_come_as_the_client_asks(http: TestClient, query: str, accept: str, media: str, words: str) -> None:
    answer = http.get("/sparql", params={"query": query}, headers={"accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, media)
    assert words in answer.text


def test_more_rows_than_the_limit_are_cut_and_said() -> None:
    with client(settings=Settings(query_rows=2)) as http:
        answer = http.get("/sparql", params={"query": "SELECT DISTINCT ?s WHERE { ?s a ?t }"})
    assert len(answer.json()["results"]["bindings"]) == 2
    assert answer.headers["tollgraph-truncated"] == "true"


REFUSED: list[tuple[str, dict[str, Any], int, str]] = [
    ("GET", {}, 400, "give one query"),
    ("GET", {"params": [("query", ROWS), ("query", ROWS)]}, 400, "give one query"),
    ("GET", {"params": {"query": "SELECT * WHERE {"}}, 400, "malformed SPARQL"),
    ("GET", {"params": {"query": "INSERT DATA { <a:b> <a:c> <a:d> }"}}, 400, "INSERT is refused"),
    ("GET", {"params": {"query": "SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }"}}, 400, "SERVICE is refused"),
    ("GET", {"params": {"query": ROWS, "default-graph-uri": "a:b"}}, 400, "name a document with GRAPH"),
    ("GET", {"params": {"query": ROWS}, "headers": {"accept": "image/png"}}, 406, "none of image/png"),
    ("POST", {"data": {"update": "CLEAR ALL"}}, 400, "updates are refused"),
    ("POST", {"content": b"\xff", "headers": {"content-type": "application/sparql-query"}}, 400, "not UTF-8"),
    ("POST", {"content": ROWS, "headers": {"content-type": "application/sparql-update"}}, 415, "is not a query"),
    ("POST", {"data": {"query": ROWS}, "headers": {"origin": "https://evil.example"}}, 403, "another site"),
]


@pytest.mark.parametrize(("method", "options", "status", "words"), REFUSED)
def test_refusals_are_problems(http: TestClient, method: str, options: dict[str, Any], status: int, words: str) -> None:
    answer = http.request(method, "/sparql", **options)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert words in answer.json()["detail"]


def test_a_query_without_end_is_stopped_at_the_limit() -> None:
    endless = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }"
    with client(settings=Settings(query_seconds=0.5)) as http:
        began = time.monotonic()
        answer = http.get("/sparql", params={"query": endless})
    assert answer.status_code == 400
    assert "longer than 0.5 s" in answer.json()["detail"]
    assert time.monotonic() - began < 5


def test_who_finds_no_place_free_is_sent_away_and_places_come_free_again() -> None:
    slots = Slots(1)
    with slots.taken(0), pytest.raises(StoreError, match="try again"), slots.taken(0.01):
        pass
    with slots.taken(0):
        pass


def test_openapi_says_how_to_ask_and_what_comes(http: TestClient) -> None:
    path = http.get("/openapi.json").json()["paths"]["/sparql"]
    assert path["get"]["parameters"][0]["name"] == "query"
    assert set(path["post"]["requestBody"]["content"]) == {FORM, "application/sparql-query"}
    assert {JSON, "text/csv", "text/turtle"} <= set(path["get"]["responses"]["200"]["content"])
    assert set(path["post"]["responses"]) == {"200", "400", "403", "406", "413", "415", "503"}
