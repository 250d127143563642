"""`tollgraph risk simulate|systemic` and the same over HTTP, on the shipped briefings and small graphs."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from api.cli import run
from api.whatif import Flags, flagged
from graph.errors import SettingsError
from qa.risk.whatif.scenario import Scenario, Shock
from tests.api.graphs import client

Captured = pytest.CaptureFixture[str]
STOPS = {"shocks": [{"firm": "ByteDance", "stops": "buying"}], "draws": 50}


def risk(capsys: Captured, *arguments: str) -> tuple[int, Any, str]:
    code = run(["risk", *arguments])
    captured = capsys.readouterr()
    return code, json.loads(captured.out) if captured.out.startswith("{") else captured.out, captured.err


def test_a_customer_of_the_briefings_stops_buying(capsys: Captured, briefings: Path) -> None:
    where = ["--draws", "100", "--json", "--graph", str(briefings)]
    code, found, _ = risk(capsys, "simulate", "ByteDance", "--stops", "buying", *where)
    assert (code, found["report"], found["title"]) == (0, "simulate", "What if: ByteDance stops buying")
    loss = {row["firm"]["label"]: row for row in found["tables"]["losses"]}["Cambricon"]
    assert (loss["loss"]["value"], loss["if_right"]["low"], loss["if_right"]["high"], loss["tier"]) == (75, 50, 100, 1)
    assert any("orders come from ByteDance" in found["evidence"][n - 1]["quote"] for n in loss["evidence"])
    assert found["asked"]["scenario"]["shocks"] == [{"firm": "ByteDance", "size": 1, "stops": "buying"}]


def test_a_scenario_is_saved_and_reruns_to_the_same(capsys: Captured, briefings: Path, tmp_path: Path) -> None:
    file = tmp_path / "stops.yaml"
    where = ["--json", "--graph", str(briefings)]
    arguments = ["--supply", "TSMC>Nvidia", "--size", "50%", "--draws", "60", "--mode", "linear", "--no-substitution"]
    code, first, _ = risk(capsys, "simulate", *arguments, "--save", str(file), *where)
    assert (code, "mode: linear" in file.read_text()) == (0, True)
    _, second, _ = risk(capsys, "simulate", "--scenario", str(file), *where)
    assert first == second
    _, more, _ = risk(capsys, "simulate", "SMIC", "--scenario", str(file), "--seed", "9", *where)
    assert [shock.get("firm") for shock in more["asked"]["scenario"]["shocks"]] == [None, "SMIC"]
    assert more["asked"]["scenario"]["seed"] == 9


def test_slips_are_one_line_and_a_way_out(capsys: Captured, briefings: Path, tmp_path: Path) -> None:
    where = ["--graph", str(briefings)]
    file = tmp_path / "slip.yaml"
    file.write_text("shocks: [{frim: TSMC}]")
    assert "has no `frim`; did you mean `firm`?" in risk(capsys, "simulate", "--scenario", str(file), *where)[2]
    assert risk(capsys, "simulate", *where)[0] == 2
    assert "did you mean ByteDance?" in risk(capsys, "simulate", "ByteDanc", *where)[2]
    assert "write SUPPLIER>CUSTOMER" in risk(capsys, "simulate", "--supply", "TSMC", *where)[2]


def test_whom_the_briefings_could_least_do_without(capsys: Captured, briefings: Path) -> None:
    code, found, _ = risk(capsys, "systemic", "--draws", "20", "--json", "--graph", str(briefings))
    rows = found["tables"]["firms"]
    assert (code, found["report"], found["entity"]["label"]) == (0, "systemic", rows[0]["firm"]["label"])
    assert all(row["loss"]["low"] <= row["loss"]["value"] <= row["loss"]["high"] for row in rows)
    assert [row["loss"]["value"] for row in rows] == sorted((row["loss"]["value"] for row in rows), reverse=True)
    assert sum(row["first"] for row in rows[:10]) == pytest.approx(100, abs=0.01)
    assert all(row["evidence"] for row in rows)


def test_how_much_of_the_foundry_s_customer_hangs_on_it(capsys: Captured, briefings: Path) -> None:
    where = ["--draws", "50", "--json", "--graph", str(briefings)]
    code, found, _ = risk(capsys, "reliance", "CoreWeave", "--side", "customers", *where)
    row = {row["party"]["label"]: row for row in found["tables"]["parties"]}["Microsoft"]
    assert (code, row["share"]["value"], row["if_right"]["low"], row["tier"]) == (0, 71, 71, 1)
    assert found["entity"]["label"] == "CoreWeave"
    _, only, _ = risk(capsys, "reliance", "Nvidia", "--to", "Zeiss", *where)
    assert [step["target"]["label"] for step in only["paths"][0]["steps"]][-1] == "Zeiss"


def test_over_http_at_once_and_in_the_background() -> None:
    with client() as session:
        answer = session.post("/v1/risk/simulate", json=STOPS)
        assert answer.status_code == 200
        assert answer.json()["tables"]["losses"][0]["firm"]["label"] == "Nvidia"
        job = session.post("/v1/risk/simulate?background=true", json=STOPS)
        assert (job.status_code, job.json()["source"]) == (202, "what if: ByteDance stops buying")
        where = job.headers["location"]
        limit = time.monotonic() + 10
        while session.get(where).json()["status"] != "done" and time.monotonic() < limit:
            time.sleep(0.01)
        assert session.get(f"{where}/result").json() == answer.json()
        assert session.get(where).json()["total"] == 50
        ranking = session.get("/v1/risk/systemic", params={"draws": 10, "mode": "leontief"})
        assert (ranking.status_code, ranking.json()["asked"]["mode"]) == (200, "leontief")
        hangs = session.get("/v1/risk/reliance", params={"entity": "ByteDance", "draws": 10})
        assert (hangs.status_code, hangs.json()["tables"]["parties"][0]["party"]["label"]) == (200, "Nvidia")
        memo = session.post("/v1/risk/simulate?format=markdown", json=STOPS)
        assert "What if: ByteDance stops buying" in memo.text


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"shoks": []}, 400, "did you mean `shocks`"),
        ({"shocks": [{"firm": "Nobody at all"}]}, 404, "nothing in the graph is called"),
        ({"shocks": []}, 400, "shocks nobody"),
        ([], 400, "the scenario"),
    ],
)
def test_a_wrong_body_is_a_problem(body: object, status: int, said: str) -> None:
    with client() as session:
        answer = session.post("/v1/risk/simulate", json=body)
        assert (answer.status_code, said in str(answer.json()["detail"])) == (status, True)


def test_options_stand_beside_a_file() -> None:
    base = Scenario((Shock("firm", "Alpha"),), draws=10, seed=5)
    found = flagged(base, Flags(countries=("China",), size="30%"), mode="linear", draws=None, seed=7)
    assert found.shocks == (Shock("firm", "Alpha"), Shock("country", "China", 0.3))
    assert (found.mode, found.draws, found.seed) == ("linear", 10, 7)
    alone = flagged(None, Flags(firms=("Beta",), inputs=("HBM",), owners=("Gamma",), stops="selling"))
    assert alone.shocks == (
        Shock("firm", "Beta", stops="selling"),
        Shock("owner", "Gamma", stops="selling"),
        Shock("input", "HBM"),
    )
    with pytest.raises(SettingsError, match="--size and --stops are about what options strike"):
        flagged(base, Flags(size="30%"))


def test_a_scenario_comes_as_yaml_too_and_only_as_that() -> None:
    yaml = "shocks:\n  - {firm: ByteDance, stops: buying}\ndraws: 50\n"
    with client() as session:
        sent = session.post("/v1/risk/simulate", content=yaml, headers={"content-type": "application/yaml"})
        assert (sent.status_code, sent.json()) == (200, session.post("/v1/risk/simulate", json=STOPS).json())
        other = session.post("/v1/risk/simulate", content=yaml, headers={"content-type": "text/plain"})
        assert (other.status_code, "send application/json or application/yaml" in other.json()["detail"]) == (415, True)
        for content, kind in (("shocks: [", "yaml"), ("{", "json"), (b"\xff", "json")):
            bad = session.post("/v1/risk/simulate", content=content, headers={"content-type": f"application/{kind}"})
            assert (bad.status_code, bad.json()["type"].endswith("#settings")) == (400, True)
        long = session.post("/v1/risk/simulate", json=STOPS | {"name": "x" * 200_001})
        assert long.status_code == 413


@pytest.mark.parametrize(
    ("scenario", "headers"),
    [(STOPS, {"prefer": "wait=5, respond-async"}), (STOPS | {"draws": 100_000}, {})],
    ids=["preferred", "long"],
)
def test_a_long_scenario_or_one_that_is_preferred_so_is_a_job_that_can_be_stopped(
    scenario: dict[str, Any], headers: dict[str, str]
) -> None:
    with client() as session:
        answer = session.post("/v1/risk/simulate", json=scenario, headers=headers)
        assert (answer.status_code, answer.json()["kind"]) == (202, "risk")
        begun = time.monotonic()
        state = session.delete(answer.headers["location"]).json()
        assert state["status"] in ("cancelled", "done")
        assert time.monotonic() - begun < 3  # a second, on a machine that has time


def test_a_job_with_a_name_that_is_not_there_fails_with_the_way_out() -> None:
    with client() as session:
        body = {"shocks": [{"firm": "ByteDanc"}]}
        where = session.post("/v1/risk/simulate?background=true", json=body).headers["location"]
        limit = time.monotonic() + 10
        while (state := session.get(where).json())["status"] in ("queued", "running") and time.monotonic() < limit:
            time.sleep(0.01)
        assert (state["status"], "did you mean ByteDance?" in state["error"]) == ("failed", True)
        assert session.get(f"{where}/result").status_code == 409
