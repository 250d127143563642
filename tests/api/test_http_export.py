"""`GET /v1/export` and `/ontology`: what other tools take from a served graph."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from typing import IO

import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient

from graph.errors import StoreError
from graph.export import FORMATS, Format, Scope, export
from graph.jsonld import context
from graph.ontology import ontology
from graph.shapes import shapes
from graph.store import Store
from tests.api.graphs import client, filled_store
from tests.graph.samples import chips_article, margins_article

SYNTAXES = {
    "text/turtle": (ox.RdfFormat.TURTLE, "text/turtle; charset=utf-8"),
    "application/ld+json": (ox.RdfFormat.JSON_LD, "application/ld+json"),
    "application/rdf+xml": (ox.RdfFormat.RDF_XML, "application/rdf+xml"),
}


@pytest.fixture(scope="module")
def http() -> Iterator[TestClient]:
    with client() as session:
        yield session


@pytest.mark.parametrize("format", FORMATS)
def test_an_export_has_the_same_bytes_as_a_file(http: TestClient, format: str) -> None:
    wanted = io.BytesIO()
    export(filled_store(), format, wanted)
    answer = http.get("/v1/export", params={"format": format})
    assert answer.status_code == 200
    assert answer.content == wanted.getvalue()
    assert answer.headers["content-type"].startswith(FORMATS[format].media_type)
    assert answer.headers["content-disposition"] == f'attachment; filename="tollgraph.{FORMATS[format].suffix}"'


def test_one_document_or_entity(http: TestClient) -> None:
    chips = chips_article().document.id
    quads = http.get("/v1/export", params={"format": "nquads", "document": chips}).content
    assert {quad.graph_name.value.rpartition("/")[2] for quad in ox.parse(quads, ox.RdfFormat.N_QUADS)} == {chips[2:]}
    early = http.get("/v1/export", params={"format": "csv", "as_of": "2026-02-15"}).text
    assert early.count("\r\n") == 1 + len(margins_article().claims)
    table = http.get("/v1/export", params={"format": "parquet", "about": "seedchip"}).content
    assert pq.read_table(io.BytesIO(table)).num_rows == 2
    pack = zipfile.ZipFile(io.BytesIO(http.get("/v1/export", params={"format": "csv-tables"}).content))
    assert pack.testzip() is None


@pytest.mark.parametrize(
    ("query", "status", "detail"),
    [
        ("format=xlsx", 422, "Input should be 'turtle', 'trig'"),
        ("", 422, "Field required"),
        ("format=trig&about=nvidia", 400, "trig holds whole documents"),
        ("format=csv&about=nobody-at-all", 404, "nothing in the graph is called"),
        ("format=csv&document=d:none", 404, "no document d:none"),
    ],
)
def test_what_cannot_be_exported(http: TestClient, query: str, status: int, detail: str) -> None:
    answer = http.get(f"/v1/export?{query}")
    assert answer.status_code == status
    assert detail in answer.json()["detail"]


def test_an_export_that_fails_on_its_way_does_not_end_well(monkeypatch: pytest.MonkeyPatch) -> None:
    def some(store: Store, stream: IO[bytes], scope: Scope) -> None:
        stream.write(b"x" * 200_000)
        raise StoreError("the disk is gone")

    monkeypatch.setitem(FORMATS, "csv", Format(some, "text/csv", "csv"))
    with client() as session, pytest.raises(RuntimeError, match="response already started"):
        session.get("/v1/export?format=csv")


def test_an_export_gives_its_place_back(http: TestClient) -> None:
    for _ in range(5):  # there are two places
        assert http.get("/v1/export?format=csv").status_code == 200


@pytest.mark.parametrize("accept", SYNTAXES)
def test_the_ontology_and_the_shapes_in_what_the_client_asks_for(http: TestClient, accept: str) -> None:
    syntax, shown = SYNTAXES[accept]
    for path, wanted in (("/ontology", ontology()), ("/ontology/shapes", shapes())):
        answer = http.get(path, headers={"accept": accept})
        assert (answer.status_code, answer.headers["content-type"]) == (200, shown)
        assert answer.headers["vary"] == "Accept"
        assert len({quad.triple for quad in ox.parse(answer.content, syntax)}) == len(wanted)


def test_people_see_the_vocabulary(http: TestClient) -> None:
    answer = http.get("/ontology", headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    for text in ('<code id="supplies">', "suppliedBy", '<code id="capex">', 'href="/ontology/shapes"'):
        assert text in answer.text
    assert http.get("/ontology").headers["content-type"].startswith("text/turtle")


def test_the_context_is_that_of_the_exports(http: TestClient) -> None:
    answer = http.get("/ontology/context.jsonld")
    assert answer.headers["content-type"] == "application/ld+json"
    assert json.loads(answer.text) == {"@context": context()}


def test_other_forms_of_the_ontology_are_refused(http: TestClient) -> None:
    for path in ("/ontology", "/ontology/shapes"):
        answer = http.get(path, headers={"accept": "image/png"})
        assert (answer.status_code, answer.headers["content-type"]) == (406, "application/problem+json")
        assert "ask for text/turtle, application/ld+json, application/rdf+xml" in answer.json()["detail"]
