"""`tollgraph risk loops` on the shipped briefings, `/v1/risk/loops`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from api.cli import run
from tests.api.graphs import client
from tests.graph.samples import relation
from tests.risk.facts import store

Captured = pytest.CaptureFixture[str]


def found(capsys: Captured, *arguments: str) -> dict[str, Any]:
    assert run(["risk", "loops", *arguments, "--json"]) == 0
    result: dict[str, Any] = json.loads(capsys.readouterr().out)
    return result


def test_the_briefings_tell_of_money_that_comes_back(capsys: Captured, briefings: Path) -> None:
    result = found(capsys, "Anthropic", "--longest", "2", "--graph", str(briefings))
    loops = {tuple(firm["label"] for firm in row["firms"]): row for row in result["tables"]["loops"]}
    assert {("Amazon", "Anthropic"), ("Alphabet", "Anthropic"), ("Anthropic", "Nvidia")} <= set(loops)
    assert loops["Amazon", "Anthropic"]["standing"] == "affirmed"
    assert loops["Amazon", "Anthropic"]["money"]["low"] == 8_000_000_000
    assert loops["Anthropic", "Nvidia"]["standing"] == "with a plan"
    quotes = {quote["n"]: quote["quote"] for quote in result["evidence"]}
    amazon = " ".join(quotes[n] for n in loops["Amazon", "Anthropic"]["evidence"])
    assert "$8 billion" in amazon
    assert "Amazon Web Services belongs to Amazon, by the catalogue." in result["assumptions"]


def test_over_http() -> None:
    graph = store(relation("Maker", "investsIn", "Lab"), relation("Maker", "supplies", "Lab"))
    with client(graph) as session:
        answer = session.get("/v1/risk/loops").json()
        assert (answer["report"], answer["value"]) == ("loops", 1)
        assert session.get("/v1/risk/loops?entity=Lab&longest=2").json()["entity"]["label"] == "Lab"
        assert session.get("/v1/risk/loops?longest=9").status_code == 422
