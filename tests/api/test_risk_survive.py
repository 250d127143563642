"""`tollgraph risk survive` and `POST /v1/risk/survive`."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.cli import run
from tests.api.graphs import client

Captured = pytest.CaptureFixture[str]
PLAN = {"inputs": {"HBM": {"demand": 10, "stock": 30}}, "suppliers": {"SK hynix": {"capacity": 10, "recover": 4}}}


def test_the_plan_is_a_file(capsys: Captured, small_graph: Path, tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text("inputs:\n  HBM: {demand: 10, stock: 30}\nsuppliers:\n  SK hynix: {capacity: 10, recover: 4}\n")
    where = ["--graph", str(small_graph)]
    assert run(["risk", "survive", "Nvidia", "--plan", str(file), *where]) == 0
    out = capsys.readouterr().out
    assert "How long Nvidia survives the loss of a supplier" in out
    assert "does not survive" in out
    assert run(["risk", "survive", "Nvidia", *where]) == 2
    assert "survive needs --plan FILE: a YAML file with the inputs" in capsys.readouterr().err
    assert run(["risk", "survive", "Nvidia", "--plan", str(file), "--lost", "Micron", *where]) == 2
    assert "Micron is no supplier of the plan: it has SK hynix" in capsys.readouterr().err


def test_over_http() -> None:
    with client() as session:
        answer = session.post("/v1/risk/survive", json={"entity": "Nvidia", "plan": PLAN})
        (row,) = answer.json()["tables"]["outages"]
        assert (answer.status_code, row["survives"]["value"], row["verdict"]) == (200, 3, "does not survive")
        wrong = session.post("/v1/risk/survive", json={"entity": "Nvidia", "plan": {"inputs": {}}})
        assert (wrong.status_code, "no inputs" in wrong.json()["detail"]) == (400, True)
        assert session.post("/v1/risk/survive", json={"entity": "Nvidia", "plans": PLAN}).status_code == 422
