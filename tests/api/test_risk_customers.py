"""`tollgraph risk customers` and `/v1/risk/customers` on the shipped briefings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from api.cli import run
from graph.store import OxigraphStore, open_store
from tests.api.graphs import client
from tests.graph.samples import relation
from tests.risk.facts import share, store
from tests.shared import SHARED

Captured = pytest.CaptureFixture[str]


def small() -> OxigraphStore:
    firms = ("Lab", "Cloud")
    return store(*(relation("Startup", "supplies", x) for x in firms), *(share("Startup", x, "40") for x in firms))


def test_the_briefings_warn_of_a_customer_that_designs_its_own(capsys: Captured, briefings: Path) -> None:
    code = run(["risk", "customers", "Cambricon", "--loss", "ByteDance=0.5", "--json", "--graph", str(briefings)])
    found = json.loads(capsys.readouterr().out)
    (customer,) = found["tables"]["customers"]
    assert (code, customer["customer"]["label"], customer["flag"]) == (0, "ByteDance", "warning")
    assert (customer["share"]["low"], customer["share"]["high"], customer["share"]["what"]) == (50, 100, "order book")
    assert (customer["at_risk"]["low"], customer["at_risk"]["high"]) == (25, 50)
    states = {row["sign"]: row["state"] for row in found["tables"]["signals"]}
    assert states["help with a design of its own"] == "found"
    assert states["own design where the purchase is told"] == "found"
    with open_store(briefings) as graph:
        for quote in found["evidence"]:
            text = graph.document(quote["document"]).text
            assert text[quote["start"] : quote["end"]] == quote["quote"]


@pytest.mark.parametrize(
    ("loss", "words"),
    [
        ("ByteDance=lots", "“ByteDance=lots” gives no probability: write a number from 0 to 1, or CUSTOMER=NUMBER"),
        ("3", "the probability of losing every customer is 3: give a number from 0 to 1"),
        ("Nvidia=0.5", "is no customer of Cambricon in the graph; its customers: ByteDance"),
        ("Nobody Inc=0.5", "Nobody Inc"),
    ],
)
def test_bad_probabilities_are_one_line(capsys: Captured, briefings: Path, loss: str, words: str) -> None:
    code = run(["risk", "customers", "Cambricon", "--loss", loss, "--graph", str(briefings)])
    captured = capsys.readouterr()
    assert (code > 0, captured.out) == (True, "")
    assert words in captured.err
    assert len(captured.err.splitlines()) == 1


def test_over_http() -> None:
    with client(small()) as session:
        answer = session.get("/v1/risk/customers?entity=Startup&loss=Lab=0.5&loss=0.1")
        rows = answer.json()["tables"]["customers"]
        assert (answer.status_code, {row["customer"]["label"]: row["at_risk"]["value"] for row in rows}) == (
            200,
            {"Lab": 20, "Cloud": 4},
        )
        assert session.get("/v1/risk/customers?entity=Startup&loss=Lab=0.5&loss=Lab=0.1").status_code == 400
        assert session.get("/v1/risk/customers?entity=Nobody").status_code == 404


@pytest.mark.shared
@pytest.mark.skipif(SHARED is None, reason="no ../shared beside this checkout")
def test_the_article_of_record_shows_the_whole_picture(capsys: Captured, tmp_path: Path) -> None:
    """A start-up sells to a group that builds its own chips: the product, the team, its state, and why it bought."""
    assert SHARED is not None
    where = ["--graph", str(tmp_path / "graph"), "--json"]
    assert run(["ingest", str(SHARED / "articles" / "bytedance-silicon.txt"), *where]) == 0
    capsys.readouterr()
    assert run(["risk", "customers", "Cambricon", *where]) == 0
    found = json.loads(capsys.readouterr().out)
    (customer,) = found["tables"]["customers"]
    assert (customer["customer"]["label"], customer["flag"]) == ("ByteDance", "watch")
    assert customer["share"]["basis"] is None
    signs = {row["sign"]: row for row in found["tables"]["signals"]}
    for sign, claim in {
        "own product of the same kind": "ByteDance develops ByteDance chips",
        "own product in use or in production": "ByteDance headcount",
        "chip team or hiring": "ByteDance headcount",
        "bought as a stop-gap": "Cambricon supplies ByteDance",
        "other suppliers of the same kind": "Nvidia supplies ByteDance",
    }.items():
        assert signs[sign]["state"] == "found", sign
        assert any(said.startswith(claim) for said in signs[sign]["claims"]), sign
        assert signs[sign]["evidence"], sign
    assert signs["product that replaces or rivals"]["state"] == "not found in the graph"
