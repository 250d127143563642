"""`tollgraph risk compare` and `/v1/risk/compare`: two days, two results."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from api.cli import run
from api.compared import REPORTS
from graph.store import OxigraphStore
from tests.api.graphs import client
from tests.graph.samples import relation
from tests.risk.facts import says, stored

Captured = pytest.CaptureFixture[str]


def graph() -> OxigraphStore:
    return stored(
        says("Early", relation("Startup", "supplies", "Lab"), published=date(2025, 1, 1)),
        says("Late", relation("Startup", "supplies", "Cloud"), published=date(2026, 1, 1)),
    )


def added(answer: dict[str, Any]) -> list[str]:
    return [row["row"] for row in answer["tables"]["changes"] if row["change"] == "added"]


@pytest.mark.parametrize("report", ["exposure", "customers", "concentration"])
def test_two_days_over_http(report: str) -> None:
    with client(graph()) as session:
        query = f"/v1/risk/compare?report={report}&entity=Startup&as_of=2025-06-01&and=2026-06-01"
        answer = session.get(query)
        assert answer.status_code == 200
        assert any("Cloud" in row for row in added(answer.json()))
        assert session.get(query.replace("&as_of=2025-06-01", "")).status_code == 400
        assert session.get(query.replace(report, "weather")).status_code == 422


@pytest.mark.parametrize("report", sorted(REPORTS))
def test_every_report_can_be_compared(report: str) -> None:
    with client() as session:
        query = f"/v1/risk/compare?report={report}&entity=Nvidia&as_of=2026-02-15&and=2026-03-15"
        answer = session.get(query)
        assert (answer.status_code, answer.json()["asked"]["report"]) == (200, report)


def test_two_results_over_http() -> None:
    with client(graph()) as session:
        before = session.get("/v1/risk/exposure?entity=Startup&as_of=2025-06-01").json()
        after = session.get("/v1/risk/exposure?entity=Startup").json()
        answer = session.post("/v1/risk/compare", json={"before": before, "after": after})
        assert (answer.status_code, added(answer.json())) == (200, ["Cloud"])
        assert session.post("/v1/risk/compare", json={"before": {}, "after": after}).status_code == 400


def test_on_the_command_line(capsys: Captured, small_graph: Path, tmp_path: Path) -> None:
    where = ["--graph", str(small_graph)]
    for day in ("2026-02-15", "2026-03-15"):
        to = ["--output", str(tmp_path / f"{day}.json")]
        assert run(["risk", "exposure", "Doubao", "--as-of", day, *to, *where]) == 0
    capsys.readouterr()
    days = ["--as-of", "2026-02-15", "--and", "2026-03-15", "--json"]
    assert run(["risk", "compare", "exposure", "Doubao", *days, *where]) == 0
    by_days = json.loads(capsys.readouterr().out)
    files = ["--before", str(tmp_path / "2026-02-15.json"), "--after", str(tmp_path / "2026-03-15.json"), "--json"]
    assert run(["risk", "compare", *files, *where]) == 0
    assert added(json.loads(capsys.readouterr().out)) == added(by_days) == ["H20"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["exposure", "ByteDance"], "compare takes REPORT ENTITY --as-of DATE --and DATE, or --before FILE"),
        (["exposure", "ByteDance", "--and", "2026-03-15"], "give the first as as-of, the second as and"),
        (["weather", "ByteDance", "--as-of", "2026-02-15", "--and", "2026-03-15"], "give one of exposure, dependents"),
        (["--before", "none.json", "--after", "none.json"], "none.json cannot be read as JSON"),
    ],
)
def test_bad_input_is_one_line(capsys: Captured, small_graph: Path, arguments: list[str], words: str) -> None:
    assert run(["risk", "compare", *arguments, "--graph", str(small_graph)]) == 2
    captured = capsys.readouterr()
    assert (captured.out, words in captured.err, len(captured.err.splitlines())) == ("", True, 1)
