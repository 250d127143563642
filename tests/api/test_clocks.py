"""`as_of` and `known_at` on every reading command and endpoint, and timelines."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from api import models
from api.asker import EngineAsker
from api.cli import run
from graph.settings import Settings
from graph.store import OxigraphStore, open_store
from tests.api.graphs import client
from tests.graph import samples

CHIPS, MARGINS = samples.sample_batches()
BEFORE, BETWEEN, NOW = "2026-03-01", "2026-03-02T09:30:30Z", "2026-12-31"


def removed(store: OxigraphStore) -> OxigraphStore:
    """The sample articles, taken in a minute apart; the second is retracted a day later."""
    store._clock = lambda: samples.INGESTED + timedelta(days=1)
    for batch in (CHIPS, MARGINS):
        store.put(batch)
    store.remove(MARGINS.document.id)
    return store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with open_store(tmp_path / "g", write=True) as store:
        removed(store)
    return tmp_path / "g"


def shown(capsys: pytest.CaptureFixture[str], folder: Path, *arguments: str) -> str:
    code = run(["--graph", str(folder), *arguments])
    said = capsys.readouterr()
    assert (code, said.err) == (0, "")
    return said.out


SAME_DAY = "2026-03-02"  # its end: both were in, and the second not yet out

COMMANDS: list[tuple[list[str], str]] = [
    (["claims"], "grossMargin"),
    (["documents"], MARGINS.document.title),
    (["documents", MARGINS.document.id], MARGINS.document.text),
    (["entities"], "Cambricon"),
    (["timeline", "Nvidia"], "above 70%"),
    (["ask", "What is Nvidia's gross margin?"], "gross margin is above 70%"),
    (["export", "--format", "nquads"], "above 70%"),
    (["export", "--format", "csv"], "above 70%"),
    (["risk", "exposure", "ByteDance"], "Nvidia sells H20 cards to ByteDance."),
]


@pytest.mark.parametrize(("command", "known"), COMMANDS)
def test_commands_read_the_graph_as_it_was_known(
    capsys: pytest.CaptureFixture[str], folder: Path, command: list[str], known: str
) -> None:
    assert known in shown(capsys, folder, *command, "--known-at", SAME_DAY)
    for instant in (BETWEEN, NOW, BEFORE):
        if command[1:] == [MARGINS.document.id]:
            continue
        if instant == BEFORE and command[0] == "timeline":
            continue
        assert known not in shown(capsys, folder, *command, "--known-at", instant)


@pytest.mark.parametrize("command", [command for command, _ in COMMANDS if len(command) < 2 or command[0] == "export"])
def test_commands_read_what_was_published_by_a_day(
    capsys: pytest.CaptureFixture[str], folder: Path, command: list[str]
) -> None:
    assert CHIPS.document.title in shown(capsys, folder, "documents", "--as-of", "2026-03-01")
    early = shown(capsys, folder, *command, "--as-of", "2026-02-10", "--known-at", SAME_DAY)
    assert "SeedChip" not in early
    assert "Cambricon" in early or MARGINS.document.title in early
    assert "SeedChip" not in shown(capsys, folder, *command, "--as-of", "2026-02-10")


@pytest.mark.parametrize("value", ["yesterday", "2026-02-30", "2026-03-02T25:00", ""])
def test_a_malformed_instant_is_told(capsys: pytest.CaptureFixture[str], folder: Path, value: str) -> None:
    assert run(["--graph", str(folder), "claims", "--known-at", value]) == 2
    said = capsys.readouterr().err
    assert f"“{value}” is no instant: give a day (2026-03-02) or a time (2026-03-02T09:30:00Z)" in said


def test_a_batch_of_questions_is_asked_as_known_then(
    capsys: pytest.CaptureFixture[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = '{"id": "1", "q": "What is Nvidia\'s gross margin?"}\n'
    monkeypatch.setattr("sys.stdin", io.StringIO(rows))
    answer = json.loads(shown(capsys, folder, "ask", "--batch", "-", "--known-at", SAME_DAY))
    assert answer["status"] == "answered"


def test_timelines_are_in_order_of_validity_with_the_undated_last(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    found = json.loads(shown(capsys, folder, "timeline", "cambricon", "--known-at", SAME_DAY, "--json"))
    models.Timeline.model_validate(found)
    assert found["entity"]["id"] == "e:cambricon"
    assert [(e["predicate"], e["undated"]) for e in found["items"]] == [
        *[("revenue", False)] * 2,
        *[(e["predicate"], True) for e in found["items"][2:]],
    ]
    first = found["items"][0]
    assert first["published"] == {"first": "2026-02-10", "last": "2026-02-10"}
    assert first["ingested"] == "2026-03-02T09:31:00+00:00"
    assert first["evidence"]["quote"] in MARGINS.document.text
    text = shown(capsys, folder, "timeline", "cambricon", "--known-at", SAME_DAY, "--predicate", "grossMargin")
    assert text.count("undated") == 1


ENDPOINTS = [
    "/v1/claims",
    "/v1/documents",
    "/v1/entities",
    "/v1/graph?entity=Nvidia",
    "/v1/entities/Nvidia/timeline",
    "/v1/risk/exposure?entity=ByteDance",
    "/v1/risk/dependents?entity=Nvidia",
    "/v1/export?format=nquads",
]


@pytest.mark.parametrize("path", ENDPOINTS)
def test_endpoints_read_the_graph_as_it_was_known(path: str) -> None:
    with client(removed(OxigraphStore())) as http:
        more = "&" if "?" in path else "?"
        known, now = http.get(f"{path}{more}known_at={SAME_DAY}"), http.get(path)
        assert (known.status_code, now.status_code) == (200, 200), known.text
        assert MARGINS.document.id[2:] in known.text or "Jensen" in known.text or "Cambricon" in known.text
        assert MARGINS.document.id[2:] not in now.text
        assert "Jensen" not in now.text
        bad = http.get(f"{path}{more}known_at=soon")
        assert bad.status_code == 422
        assert "“soon” is no instant" in bad.json()["detail"]
        assert http.get(f"{path}{more}as_of=soon").status_code == 422


def test_one_claim_entity_or_document_as_known_then() -> None:
    with client(removed(OxigraphStore())) as http:
        margin = MARGINS.claims[0].id
        for path in (f"/v1/claims/{margin}", "/v1/entities/Cambricon", f"/v1/documents/{MARGINS.document.id}"):
            assert http.get(path).status_code == 404
            assert http.get(path, params={"known_at": SAME_DAY}).status_code == 200
        claim = http.get(f"/v1/claims/{CHIPS.claims[0].id}", params={"known_at": SAME_DAY}).json()
        assert claim["published"] == {"first": "2026-02-10", "last": "2026-03-01"}
        assert claim["ingested"] == "2026-03-02T09:30:00Z".replace("Z", "+00:00")


def test_questions_over_http_as_known_then() -> None:
    store = removed(OxigraphStore())
    with client(store, ask=EngineAsker(store, Settings())) as http:

        def ask(**more: Any) -> Any:
            return http.post("/v1/ask", json={"question": "What is Nvidia's gross margin?"} | more)

        assert ask().json()["status"] == "unknown"
        assert ask(known_at=SAME_DAY).json()["values"][0]["low"] == 70
        assert ask(known_at=SAME_DAY, as_of="2026-02-09").json()["status"] == "unknown"
        assert ask(known_at="soon").status_code == 422


def test_the_clock_of_a_day_is_its_end_in_utc() -> None:
    from api.clocks import parse_instant

    assert parse_instant("2026-03-02") == datetime(2026, 3, 2, 23, 59, 59, 999999, UTC)
    assert parse_instant("2026-03-02T09:30") == datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    assert parse_instant("2026-03-02T09:30:00+09:00") == datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
