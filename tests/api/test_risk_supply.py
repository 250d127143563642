"""`tollgraph risk concentration|chokepoints|substitutes`, and over HTTP, on the shipped briefings and small graphs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from api.cli import run
from graph.store import OxigraphStore
from tests.api.graphs import client
from tests.graph.samples import relation
from tests.risk.facts import holds, link, store

Captured = pytest.CaptureFixture[str]


def small() -> OxigraphStore:
    return store(
        link("blade", "partOf", "turbine"),
        link("shaft", "partOf", "turbine"),
        *(link(firm, "manufactures", "blade", subject="Company") for firm in ("Xenon", "Yard")),
        link("Zinc", "manufactures", "shaft", subject="Company"),
        relation("Yard", "subsidiaryOf", "Xenon"),
        holds("Xenon", "60", "blades"),
        holds("Yard", "30", "blades"),
    )


def risk(capsys: Captured, *arguments: str) -> tuple[int, Any, str]:
    code = run(["risk", *arguments])
    captured = capsys.readouterr()
    return code, json.loads(captured.out) if captured.out.startswith("{") else captured.out, captured.err


def test_what_stops_a_chip_of_the_briefings(capsys: Captured, briefings: Path) -> None:
    code, found, _ = risk(capsys, "chokepoints", "Rubin", "--json", "--graph", str(briefings))
    (cut,) = found["tables"]["cuts"]
    assert (code, found["report"], found["value"], found["high"]) == (0, "chokepoints", 1, None)
    assert [firm["label"] for firm in cut["together"]] == ["TSMC"]
    assert "fabricates" in found["evidence"][cut["evidence"][0] - 1]["quote"]
    _, worst, _ = risk(capsys, "chokepoints", "Rubin", "--unnamed", "--json", "--graph", str(briefings))
    alone = [firm["label"] for row in worst["tables"]["cuts"] if row["order"] == 1 for firm in row["together"]]
    assert {"ASML", "Zeiss", "Trumpf"} <= set(alone)


def test_how_concentrated_memory_is_in_the_briefings(capsys: Captured, briefings: Path) -> None:
    code, found, _ = risk(capsys, "concentration", "HBM", "--json", "--graph", str(briefings))
    assert (code, found["value"], found["unit"]) == (0, 4574, "points")
    assert [row["firm"]["label"] for row in found["tables"]["shares"]] == [
        "SK hynix",
        "Micron Technology",
        "Samsung Electronics",
    ]
    _, by_country, _ = risk(capsys, "concentration", "HBM", "--by", "country", "--json", "--graph", str(briefings))
    assert by_country["value"] == 6682
    _, customers, _ = risk(capsys, "concentration", "Cambricon", "--json", "--graph", str(briefings))
    assert (customers["asked"]["side"], customers["low"], customers["high"]) == ("customers", 2500, 10000)


def test_who_could_stand_in_for_a_memory_maker_of_the_briefings(capsys: Captured, briefings: Path) -> None:
    asked = ("SK hynix", "--item", "HBM", "--customer", "Nvidia")
    code, found, _ = risk(capsys, "substitutes", *asked, "--json", "--graph", str(briefings))
    rows = {row["substitute"]["label"]: row for row in found["tables"]["substitutes"]}
    assert (code, list(rows)[:2]) == (0, ["Micron Technology", "Samsung Electronics"])
    assert (rows["Micron Technology"]["share"]["value"], rows["Micron Technology"]["flag"]) == (
        21,
        "capacity not known",
    )
    assert found["basis"] is None


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["concentration", "sextants"], "shares are known for: "),
        (["concentration", "Nvida"], "did you mean Nvidia?"),
        (["concentration", "HBM", "--percent", "0"], "more than 0 and at most 100"),
        (["chokepoints", "sextants"], "no claim names providers of it"),
        (["chokepoints", "Rubin", "--failing", "TSMC=often"], "“TSMC=often” gives no probability"),
        (["chokepoints", "Rubin", "--failing", "0.1", "--failing", "0.2"], "second probability for every firm"),
        (["chokepoints", "Rubin", "--failing", "TSMC=0.1", "--failing", "TSMC=0.2"], "second probability for TSMC"),
        (["chokepoints", "Rubin", "--failing", "Samsung Electronics=0.1"], "the target does not hang on it"),
        (["chokepoints", "Rubin", "--negligible", "100"], "a percentage from 0 to below 100"),
        (["substitutes", "SK hynix", "--item", "sextants"], "no claim says that SK hynix supplies “sextants”"),
    ],
)
def test_what_cannot_be_answered_is_one_line(
    capsys: Captured, briefings: Path, arguments: list[str], words: str
) -> None:
    code, out, err = risk(capsys, *arguments, "--graph", str(briefings))
    assert (code > 0, out) == (True, "")
    assert words in err
    assert len(err.splitlines()) == 1


def test_over_http() -> None:
    with client(small()) as http:
        shares = http.get("/v1/risk/concentration?of=blades&by=owner").json()
        assert (shares["low"], shares["high"]) == (8100, 8200)
        cuts = http.get("/v1/risk/chokepoints?target=turbine&failing=Xenon=0.1&failing=0.05").json()
        found = [([e["label"] for e in r["together"]], r["probability"]["value"]) for r in cuts["tables"]["cuts"]]
        assert found == [(["Zinc"], 0.05), (["Xenon", "Yard"], 0.005)]
        assert cuts["value"] == 0.05475
        by_owner = http.get("/v1/risk/chokepoints?target=turbine&by=owner").json()
        assert [len(row["together"]) for row in by_owner["tables"]["cuts"]] == [1, 1]
        stand_in = http.get("/v1/risk/substitutes?supplier=Xenon&item=blades").json()
        assert [row["substitute"]["label"] for row in stand_in["tables"]["substitutes"]] == ["Yard"]
        assert (
            http.get("/v1/risk/substitutes?supplier=Xenon&item=blades&by=owner").json()["tables"]["substitutes"] == []
        )
        assert http.get("/v1/risk/concentration?of=blades&side=suppliers").status_code == 200
        assert http.get("/v1/risk/concentration?of=sextants").status_code == 404
        assert http.get("/v1/risk/chokepoints?target=turbine&order=4").status_code == 422
        assert http.get("/v1/risk/concentration?of=blades&format=svg").headers["content-type"] == "image/svg+xml"
