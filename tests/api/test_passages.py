"""`tollgraph passages` and `GET /v1/passages`: places, ranks, clocks; the index kept up by ingest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api import models
from api.cli import run
from graph.judgements.model import Proposal
from graph.store import open_store
from graph.store.oxigraph import OxigraphStore
from qa.passages.keeping import FILE
from tests.api.graphs import client
from tests.qa.passages import news as n


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A graph on disk with the news."""
    with open_store(tmp_path / "graph", write=True) as store:
        for batch in (n.bench_owner(), n.new_chief(), n.glass(), n.lasers()):
            store.put(batch)
    return tmp_path / "graph"


def test_the_command_prints_passages_with_their_places(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["passages", "hotter ovens", "--graph", str(folder), "--limit", "1"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("  [1] “Ovens at their limit")
    assert f"{n.glass().document.id} 0–{len(n.glass().document.text)}; rank by words 1" in said


def test_the_command_as_json_fits_the_stored_text(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["passages", "Who leads the buyer of Quillon?", "--graph", str(folder), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [row["n"] for row in found["items"]] == [1, 2]
    with open_store(folder) as store:
        for row in found["items"]:
            assert store.document(row["document"]).text[row["start"] : row["end"]] == row["text"]
            models.Passage.model_validate({name: value for name, value in row.items() if name != "n"})


def test_nothing_near_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["passages", "xyzzy", "--graph", str(folder)]) == 0
    assert capsys.readouterr().out == "No passage has anything to do with that.\n"


def test_the_clocks_and_unreliable_sources_hold_for_the_command(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_store(folder, write=True) as store:
        store.judge(Proposal("unreliable", n.glass().document.id, by="Mette", why="made up"))

    def count(*options: str) -> int:
        assert run(["passages", "ovens", "--graph", str(folder), "--json", *options]) == 0
        return len(json.loads(capsys.readouterr().out)["items"])

    assert count() == 0
    assert count("--include-unreliable") == 1
    assert count("--known-at", "2026-03-02T10:00:00Z") == 1
    assert count("--as-of", "2026-02-01", "--include-unreliable") == 0


def test_vectors_without_their_model_are_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.text.encoder._PACKAGE", "no_such_package")
    assert run(["passages", "ovens", "--graph", str(folder), "--vectors"]) == 2
    assert capsys.readouterr().err == (
        "tollgraph: the package no_such_package is missing: install it or turn vectors off\n"
    )


def test_ingest_leaves_an_index_that_is_up_to_date(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "note.txt").write_text(f"A bench\n\n{n.OWNER}\n", encoding="utf-8")
    assert run(["ingest", str(tmp_path / "note.txt"), "--graph", str(tmp_path / "graph")]) == 0
    assert (tmp_path / "graph" / FILE).exists()
    held = (tmp_path / "graph" / FILE).stat().st_mtime_ns
    assert run(["passages", "Tarn", "--graph", str(tmp_path / "graph")]) == 0
    assert "Tarn Holding bought" in capsys.readouterr().out
    assert (tmp_path / "graph" / FILE).stat().st_mtime_ns == held


@pytest.fixture
def http() -> Iterator[TestClient]:
    with client(n.news()) as session:
        yield session


def test_passages_over_http(http: TestClient) -> None:
    answer = http.get("/v1/passages", params={"q": "hotter ovens", "limit": 1})
    assert answer.status_code == 200, answer.text
    found = models.Passages.model_validate_json(answer.content)
    assert (found.query, found.complete, len(found.items)) == ("hotter ovens", True, 1)
    (first,) = found.items
    text = http.get(f"/v1/documents/{first.document}").json()["text"]
    assert text[first.start : first.end] == first.text
    assert first.legs.words is not None
    assert (first.legs.words.rank, first.legs.links, first.legs.sense) == (1, None, None)


@pytest.mark.parametrize(
    ("params", "count"),
    [({"as_of": "2026-02-01"}, 0), ({"known_at": "2026-03-01"}, 0), ({"as_of": "2026-03-01"}, 1)],
)
def test_the_clocks_hold_over_http(http: TestClient, params: dict[str, str], count: int) -> None:
    assert len(http.get("/v1/passages", params={"q": "ovens", **params}).json()["items"]) == count


@pytest.mark.parametrize("params", [{}, {"q": ""}, {"q": "x", "limit": "0"}, {"q": "x", "k": "3"}])
def test_what_is_no_search_is_refused(http: TestClient, params: dict[str, str]) -> None:
    assert http.get("/v1/passages", params=params).status_code == 422


def test_a_document_that_comes_in_is_found_at_once() -> None:
    store = OxigraphStore()
    with client(store) as http:
        assert http.get("/v1/passages", params={"q": "ovens"}).json()["items"] == []
        store.put(n.glass())
        assert len(http.get("/v1/passages", params={"q": "ovens"}).json()["items"]) == 1


def test_what_is_forgotten_leaves_no_word_in_the_index(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["passages", "ovens", "--graph", str(folder)]) == 0
    assert b"oven" in (folder / FILE).read_bytes()
    assert run(["retract", n.glass().document.id, "--forget", "--graph", str(folder)]) == 0
    assert not (folder / FILE).exists()
    assert run(["passages", "ovens and lasers", "--graph", str(folder)]) == 0
    assert n.LASERS.split()[1] in capsys.readouterr().out
    assert b"oven" not in (folder / FILE).read_bytes()


def test_what_is_forgotten_over_http_is_found_no_more(http: TestClient) -> None:
    assert len(http.get("/v1/passages", params={"q": "ovens"}).json()["items"]) == 1
    assert http.delete(f"/v1/documents/{n.glass().document.id}", params={"forget": "true"}).status_code == 200
    assert http.get("/v1/passages", params={"q": "ovens"}).json()["items"] == []
