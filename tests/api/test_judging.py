"""The corrections desk over the command line and over HTTP."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api import models
from api.cli import JUDGING, run
from graph.judgements import KINDS
from graph.settings import Settings
from graph.store import open_store
from tests.api.graphs import client, filled_store
from tests.graph.samples import chips_article, margins_article

CHIPS, MARGINS = chips_article(), margins_article()
SUPPLY, CAPEX, RIVAL = (CHIPS.claims[n].id for n in (0, 2, 6))
Tollgraph = Callable[..., tuple[int, str, str]]


@pytest.fixture
def tollgraph(capsys: pytest.CaptureFixture[str], graph: Path, monkeypatch: pytest.MonkeyPatch) -> Tollgraph:
    monkeypatch.setenv("TOLLGRAPH_JUDGE", "ann")

    def call(*arguments: str) -> tuple[int, str, str]:
        code = run(["--graph", str(graph), *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def read(said: tuple[int, str, str]) -> Any:
    assert (said[0], said[2]) == (0, "")
    return json.loads(said[1])


def claims(tollgraph: Tollgraph, *options: str) -> list[Any]:
    code, out, err = tollgraph("claims", *options)
    assert (code, err) == (0, "")
    return [json.loads(line) for line in out.splitlines()]


def test_every_kind_of_judgement_has_its_command() -> None:
    assert set(JUDGING) == {*KINDS, "revoke"}


def test_accepting_and_revoking(tollgraph: Tollgraph) -> None:
    made = read(tollgraph("judge", "accept", SUPPLY, "--why", "the filing says so", "--json"))
    models.Judgement.model_validate(made)
    assert (made["kind"], made["by"], made["why"], made["revoked"]) == ("accept", "ann", "the filing says so", None)
    (claim,) = claims(tollgraph, "--predicate", "supplies", "--min-confidence", "0.99")
    models.Claim.model_validate(claim)
    assert claim["review"]["judgement"] == made["id"]
    gone = read(tollgraph("judge", "revoke", made["id"], "--why", "wrong year", "--by", "bob", "--json"))
    assert (gone["revoked"]["by"], gone["revoked"]["why"]) == ("bob", "wrong year")
    assert claims(tollgraph, "--predicate", "supplies", "--min-confidence", "0.99") == []
    code, out, _ = tollgraph("judgements")
    assert code == 0
    assert "accept “Nvidia supplies ByteDance (H20 cards)”" in " ".join(out.split())
    assert "by bob: wrong year" in " ".join(out.split())


def test_a_rejected_claim_is_listed_with_its_wording(tollgraph: Tollgraph) -> None:
    code, out, _ = tollgraph("judge", "reject", RIVAL, "--why", "misread")
    assert code == 0
    assert "reject “平头哥 competes with ByteDance”" in out
    assert "tollgraph judge revoke v:" in out
    assert claims(tollgraph, "--predicate", "competesWith") == []
    (made,) = read(tollgraph("judgements", "--about", RIVAL, "--json"))
    assert made["before"]["predicate"] == "competesWith"
    assert read(tollgraph("judgements", "--about", "Nvidia", "--json")) == []


def test_an_edit_reads_amounts_periods_and_names(tollgraph: Tollgraph) -> None:
    read(tollgraph("judge", "edit", CAPEX, "--object", "about 170 billion yuan", "--period", "Q3 2027", "--why", "x",
                   "--attributed-to", "", "--modality", "asserted", "--json"))  # fmt: skip
    (claim,) = claims(tollgraph, "--predicate", "capex")
    assert claim["object"] == {
        "low": 170000000000, "high": 170000000000, "unit": "CNY", "approx": True, "text": "about 170 billion yuan"
    }  # fmt: skip
    assert claim["period"] == {"start": "2027-07-01", "end": "2027-09-30", "text": "Q3 2027"}
    assert (claim["attributed_to"], claim["modality"], claim["review"]["status"]) == (None, "asserted", "edited")
    read(tollgraph("judge", "edit", RIVAL, "--object", "nvda", "--denied", "--fields", '{"scope": "phones"}', "--why",
                   "x", "--json"))  # fmt: skip
    (rival,) = claims(tollgraph, "--predicate", "competesWith")
    assert (rival["object"]["id"], rival["polarity"], rival["scope"]) == ("e:nvidia", False, "phones")


def test_merging_and_splitting_entities(tollgraph: Tollgraph) -> None:
    read(tollgraph("judge", "merge", "Cambricon", "Nvidia", "--why", "one firm", "--json"))
    assert {c["subject"]["label"] for c in claims(tollgraph, "--predicate", "grossMargin")} == {"Nvidia"}
    read(tollgraph("judge", "split", "Nvidia", "--undo", "Cambricon", "--why", "two firms", "--json"))
    assert {c["subject"]["label"] for c in claims(tollgraph, "--predicate", "grossMargin")} == {"Nvidia", "Cambricon"}
    read(tollgraph("judge", "split", "Nvidia", "--to", "Nvidia Cloud", "--document", MARGINS.document.title, "--why",
                   "its cloud arm", "--json"))  # fmt: skip
    assert {c["object"]["label"] for c in claims(tollgraph, "--predicate", "leads")} == {"Nvidia Cloud"}
    read(tollgraph("judge", "split", "TSMC", "--to", "e:huawei", "--claim", CHIPS.claims[5].id, "--why", "x", "--json"))
    assert claims(tollgraph, "--about", "Huawei", "--predicate", "manufactures")[1]["subject"]["id"] == "e:huawei"


def test_renaming_and_retyping(tollgraph: Tollgraph) -> None:
    read(tollgraph("judge", "rename", "TSMC", "Taiwan Semi", "--why", "house style", "--json"))
    read(tollgraph("judge", "retype", "H20", "Product", "--why", "a card", "--json"))
    (found,) = read(tollgraph("entities", "Taiwan Semi", "--json"))
    assert (found["id"], "TSMC" in found["aliases"]) == ("e:tsmc", True)
    assert [e["id"] for e in read(tollgraph("entities", "--type", "Product", "--json"))] == ["e:h20"]


def test_unreliable_sources_are_left_out_of_answers_and_reports_with_a_word(tollgraph: Tollgraph) -> None:
    question = "What is ByteDance's capex in 2026?"
    read(tollgraph("judge", "unreliable", "Example Wire", "--why", "gossip", "--json"))
    answer = read(tollgraph("ask", question, "--json"))
    assert (answer["status"], answer["caveats"]) == ("unknown", ["1 claim of sources judged unreliable left out"])
    asked = read(tollgraph("ask", question, "--include-unreliable", "--json"))
    assert asked["status"] == "answered"
    report = read(tollgraph("risk", "exposure", "ByteDance", "--json"))
    assert "6 claims of sources judged unreliable, anywhere in the graph, left out." in report["assumptions"]
    full = read(tollgraph("risk", "exposure", "ByteDance", "--include-unreliable", "--json"))
    assert not any("unreliable" in note for note in full["assumptions"])
    assert sum(c.get("unreliable", False) for c in claims(tollgraph)) == 6


MISUSED: list[tuple[list[str], int, str]] = [
    (["accept", "c:0000000000000000", "--why", "x"], 1, "no claim c:0000000000000000"),
    (["accept", SUPPLY], 2, "--why"),
    (["accept", SUPPLY, "--why", " "], 2, "needs “why”"),
    (["edit", CAPEX, "--why", "x"], 2, "needs a field to change"),
    (["edit", CAPEX, "--object", "a lot", "--why", "x"], 2, "“a lot” is no amount that can be read"),
    (["edit", CAPEX, "--period", "whenever", "--why", "x"], 2, "“whenever” is no period that can be read"),
    (["edit", CAPEX, "--fields", "{", "--why", "x"], 2, "not JSON"),
    (["edit", CAPEX, "--fields", "[]", "--why", "x"], 2, "give an object of fields"),
    (["edit", CAPEX, "--modality", "sure", "--why", "x"], 2, "give asserted, reported"),
    (["merge", "Nvidia", "Nvidia", "--why", "x"], 1, "into itself"),
    (["merge", "Nvidea", "TSMC", "--why", "x"], 1, "did you mean Nvidia"),
    (["split", "Nvidia", "--why", "x"], 2, "give --to NAME with --document or --claim, or --undo MERGED"),
    (["split", "Nvidia", "--to", "X", "--why", "x"], 2, "needs documents or claims"),
    (["split", "Nvidia", "--undo", "TSMC", "--why", "x"], 1, "no judgement merged “TSMC” into e:nvidia"),
    (["retype", "Nvidia", "Firm", "--why", "x"], 1, "there is no entity type “Firm”"),
    (["unreliable", "Nobody's Gazette", "--why", "x"], 1, "no document comes from “Nobody's Gazette”"),
    (["revoke", "v:0", "--why", "x"], 1, "no judgement v:0 on record"),
]


@pytest.mark.parametrize(("arguments", "code", "message"), MISUSED)
def test_what_cannot_be_judged_is_one_clear_line(
    tollgraph: Tollgraph, graph: Path, arguments: list[str], code: int, message: str
) -> None:
    found, out, err = tollgraph("judge", *arguments)
    assert (found, out) == (code, "")
    assert message in err
    assert err.count("\n") == 1
    with open_store(graph) as store:
        assert store.judgements() == []


@pytest.fixture
def http() -> Iterator[TestClient]:
    with client(filled_store(), settings=Settings(judge="ann")) as session:
        yield session


def post(http: TestClient, status: int = 201, **body: Any) -> Any:
    answer = http.post("/v1/judgements", json={"why": "read it"} | body)
    assert answer.status_code == status, answer.text
    return answer.json()


def test_judging_over_http(http: TestClient) -> None:
    answer = http.post("/v1/judgements", json={"kind": "reject", "target": SUPPLY, "why": "read it", "by": "bob"})
    made = answer.json()
    models.Judgement.model_validate(made)
    assert (answer.status_code, answer.headers["location"]) == (201, f"/v1/judgements/{made['id']}")
    assert http.get(answer.headers["location"]).json() == made
    assert http.get("/v1/judgements").json() == {"items": [made]}
    assert http.get("/v1/judgements", params={"about": "e:tsmc"}).json() == {"items": []}
    assert http.get(f"/v1/claims/{SUPPLY}").status_code == 404
    gone = http.post(f"/v1/judgements/{made['id']}/revoke", json={"why": "too soon"})
    assert gone.json()["revoked"]["by"] == "ann"
    assert http.get(f"/v1/claims/{SUPPLY}").json()["id"] == SUPPLY


def test_judgements_over_http_are_found_by_the_entitys_name(http: TestClient) -> None:
    made = post(http, kind="retype", target="Nvidia", value={"type": "Organization"})
    assert http.get("/v1/judgements", params={"about": "nvidia"}).json() == {"items": [made]}


def test_the_same_is_not_judged_twice(http: TestClient) -> None:
    made = post(http, kind="reject", target=SUPPLY)
    assert f"judged so already ({made['id']})" in post(http, 400, kind="reject", target=SUPPLY)["detail"]
    post(http, kind="accept", target=SUPPLY)
    post(http, kind="reject", target=SUPPLY)
    post(http, kind="unreliable", target="Example Wire")
    assert "judged so already" in post(http, 400, kind="unreliable", target="Example Wire")["detail"]


def test_an_edit_of_what_an_edit_hides_says_so(http: TestClient) -> None:
    made = post(http, kind="edit", target=CAPEX, value={"period": "2027"})
    detail = post(http, 404, kind="edit", target=CAPEX, value={"period": "2028"})["detail"]
    assert detail.startswith(
        f"claim {CAPEX} is no longer shown (edit {made['id']}): name the claim that took its place"
    )


def test_edits_over_http_take_json_or_words(http: TestClient) -> None:
    post(
        http, kind="edit", target=CAPEX, value={"object": {"low": 72.4, "high": None, "unit": "USD"}, "period": "2027"}
    )
    (claim,) = http.get("/v1/claims", params={"predicate": "capex"}).json()["items"]
    assert (claim["object"]["low"], claim["period"]["start"]) == (72.4, "2027-01-01")
    models.Claim.model_validate(claim)
    made = post(http, kind="merge", target="平头哥", value={"into": "TSMC"})
    assert made["value"]["into"]["id"] == "e:tsmc"
    post(
        http, kind="split", target="TSMC", value={"to": "Other", "type": "Organization", "claims": [CHIPS.claims[5].id]}
    )
    assert http.get("/v1/entities/Other").json()["type"] == "Organization"


PROBLEMS: list[tuple[dict[str, Any], int, str]] = [
    ({"kind": "accept", "target": "c:0"}, 404, "no claim c:0"),
    ({"kind": "bless", "target": SUPPLY}, 422, "kind"),
    ({"kind": "accept", "target": SUPPLY, "why": ""}, 422, "why"),
    ({"kind": "edit", "target": CAPEX, "value": {"confidence": 1}}, 400, "“confidence” cannot be edited"),
    ({"kind": "merge", "target": "Nvidia", "value": {"into": "e:nvidia"}}, 400, "into itself"),
    ({"kind": "merge", "target": "Nvidia"}, 404, "nothing in the graph is called"),
    ({"kind": "rename", "target": "Nvidia", "value": {}}, 400, "at least one letter"),
]


@pytest.mark.parametrize(("body", "status", "detail"), PROBLEMS)
def test_what_cannot_be_judged_is_a_problem(http: TestClient, body: dict[str, Any], status: int, detail: str) -> None:
    assert detail in post(http, status, **body)["detail"]
    assert http.get("/v1/judgements").json() == {"items": []}


def test_revoking_what_is_not_there_or_revoked_is_a_problem(http: TestClient) -> None:
    assert http.get("/v1/judgements/v:0").status_code == 404
    assert http.post("/v1/judgements/v:0/revoke", json={"why": "x"}).status_code == 404
    made = post(http, kind="accept", target=SUPPLY)
    assert http.post(f"/v1/judgements/{made['id']}/revoke", json={"why": "x"}).status_code == 200
    again = http.post(f"/v1/judgements/{made['id']}/revoke", json={"why": "x"})
    assert (again.status_code, "revoked already" in again.json()["detail"]) == (400, True)


def test_answers_over_http_can_include_unreliable_sources() -> None:
    from api.asker import EngineAsker

    store = filled_store()
    with client(store, ask=EngineAsker(store, Settings())) as session:
        post(session, kind="unreliable", target="Example Wire", by="ann")
        question = {"question": "What is ByteDance's capex in 2026?"}
        assert session.post("/v1/ask", json=question).json()["status"] == "unknown"
        asked = session.post("/v1/ask", json=question | {"include_unreliable": True}).json()
        assert asked["status"] == "answered"
        report = session.get("/v1/risk/exposure", params={"entity": "ByteDance", "include_unreliable": True}).json()
        assert not any("unreliable" in note for note in report["assumptions"])


def test_a_source_that_nothing_comes_from_is_said_to_be_one(tollgraph: Tollgraph) -> None:
    out = tollgraph("judge", "unreliable", "gazette.example", "--why", "x")[1]
    assert "gazette.example is unreliable (no document here is from it yet)" in out
    out = tollgraph("judge", "unreliable", "Example Wire", "--why", "x")[1]
    assert "Example Wire is unreliable. Take it back" in out
