"""The HTTP API over the sample articles: values, errors as problems, and that responses fit what OpenAPI says."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import BaseModel

from api import models
from graph.identity import document_id
from graph.settings import Settings
from tests.api.graphs import client
from tests.graph.samples import chips_article, margins_article

CHIPS = chips_article().document
MARGINS = margins_article().document


@pytest.fixture
def http() -> Iterator[TestClient]:
    with client() as session:
        yield session


SHAPES: list[tuple[str, type[BaseModel]]] = [
    ("/v1/documents", models.Documents),
    (f"/v1/documents/{CHIPS.id}", models.DocumentText),
    ("/v1/entities", models.Entities),
    ("/v1/entities/Nvidia", models.Entity),
    ("/v1/claims", models.Claims),
    (f"/v1/claims/{chips_article().claims[2].id}", models.Claim),
    ("/v1/graph?entity=ByteDance", models.Graph),
    ("/v1/passages?q=ByteDance", models.Passages),
    ("/v1/risk/exposure?entity=ByteDance", models.RiskReport),
    ("/v1/risk/dependents?entity=Nvidia", models.RiskReport),
    ("/healthz", models.Health),
    ("/readyz", models.Ready),
]


@pytest.mark.parametrize(("path", "shape"), SHAPES)
def test_responses_fit_the_shape_that_openapi_gives_them(http: TestClient, path: str, shape: type[BaseModel]) -> None:
    answer = http.get(path)
    assert answer.status_code == 200, answer.text
    shape.model_validate_json(answer.content)
    template = next(p for p in http.get("/openapi.json").json()["paths"] if _fits(p, path.partition("?")[0]))
    documented = http.get("/openapi.json").json()["paths"][template]["get"]["responses"]["200"]
    assert documented["content"]["application/json"]["schema"]["$ref"].endswith(f"/{shape.__name__}")


def _fits(template: str, path: str) -> bool:
    pairs = list(zip(template.split("/"), path.split("/"), strict=False))
    return template.count("/") == path.count("/") and all(t == p or t.startswith("{") for t, p in pairs)


def test_a_document_comes_with_its_text_and_evidence_offsets_are_exact(http: TestClient) -> None:
    text = http.get(f"/v1/documents/{CHIPS.id}").json()["text"]
    assert text == CHIPS.text
    for claim in http.get("/v1/claims", params={"document": CHIPS.id}).json()["items"]:
        for item in claim["evidence"]:
            if item["document"] == CHIPS.id:
                assert text[item["start"] : item["end"]] == item["quote"]


def test_claims_are_filtered_and_paged_with_their_total(http: TestClient) -> None:
    everything = http.get("/v1/claims").json()
    page = http.get("/v1/claims", params={"limit": 2, "offset": 1}).json()
    assert (page["total"], page["limit"], page["offset"]) == (everything["total"], 2, 1)
    assert page["items"] == everything["items"][1:3]
    margins = http.get("/v1/claims", params={"about": "nvidia", "predicate": "grossMargin"}).json()
    assert [c["object"] for c in margins["items"]] == [
        {"low": 70, "high": None, "unit": "percent", "approx": False, "text": "above 70%"}
    ]


def test_pages_of_claims_follow_each_other(http: TestClient) -> None:
    whole = http.get("/v1/claims").json()["items"]
    found: list[dict[str, object]] = []
    after: dict[str, str] = {}
    while len(found) < len(whole):
        page = http.get("/v1/claims", params={"limit": 3, **after}).json()
        assert page["total"] == len(whole)
        found += page["items"]
        after = {"after": page["next"]}
    assert (found, page["next"]) == (whole, None)
    assert http.get("/v1/claims", params={"after": "c:none"}).status_code == 404


def test_decimals_are_written_exactly(http: TestClient) -> None:
    assert '"low": 55.3,' in http.get("/v1/claims", params={"about": "Cambricon"}).text


def test_entities_are_searched_and_typed(http: TestClient) -> None:
    chips = http.get("/v1/entities", params={"type": "Chip"}).json()["items"]
    assert {e["label"] for e in chips} == {"H20", "SeedChip"}
    found = http.get("/v1/entities", params={"q": "nvid", "limit": 1}).json()["items"]
    assert [(e["id"], e["identifiers"]["wikidata"]) for e in found] == [("e:nvidia", "Q182477")]


def test_an_alias_names_an_entity(http: TestClient) -> None:
    assert http.get("/v1/entities/字节跳动").json()["id"] == "e:bytedance"


def test_the_neighbourhood_keeps_hedged_lines_apart(http: TestClient) -> None:
    graph = http.get("/v1/graph", params={"entity": "ByteDance"}).json()
    lines = {(e["source"], e["predicate"], e["affirmed"]) for e in graph["edges"]}
    assert ("e:nvidia", "supplies", True) in lines
    assert ("e:huawei", "supplies", False) in lines
    assert {n["id"] for n in graph["nodes"]} >= {"e:bytedance", "e:nvidia", "e:huawei"}
    assert len(http.get("/v1/graph", params={"entity": "ByteDance", "limit": 2}).json()["nodes"]) == 2


def test_a_question_is_handed_to_the_engine(http: TestClient) -> None:
    answer = http.post("/v1/ask", json={"question": "Who supplies ByteDance?", "as_of": "2026-02-01"}).json()
    models.Answer.model_validate(answer)
    assert (answer["question"], answer["answer"]) == ("Who supplies ByteDance?", "Asked as of 2026-02-01.")


PROBLEMS: list[tuple[str, str, dict[str, Any], int, str]] = [
    ("GET", "/v1/documents/d:0000000000000000", {}, 404, "unknown"),
    ("GET", "/v1/claims/c:0000000000000000", {}, 404, "unknown"),
    ("GET", "/v1/entities/Nvidea", {}, 404, "unknown"),
    ("GET", "/v1/claims?predicate=suplies", {}, 404, "unknown"),
    ("GET", "/v1/entities?type=Chips", {}, 404, "unknown"),
    ("GET", "/v1/claims?limit=0", {}, 422, "invalid"),
    ("GET", "/v1/claims?as_of=yesterday", {}, 422, "invalid"),
    ("GET", "/v1/graph?entity=ByteDance&limit=501", {}, 422, "invalid"),
    ("GET", "/v1/jobs/j:0", {}, 404, "unknown"),
    ("GET", "/v1/claims?about=", {}, 404, "unknown"),
    ("GET", "/v1/documents/nothing", {}, 404, "unknown"),
    ("GET", "/v1/risk/exposure?entity=ByteDance&to=ByteDance", {}, 400, "query"),
    ("GET", "/v1/nothing", {}, 404, "http"),
    ("DELETE", "/v1/documents/d:0000000000000000", {}, 404, "unknown"),
    ("POST", "/v1/ask", {"json": {"question": ""}}, 422, "invalid"),
    ("POST", "/v1/ask", {"content": b"{"}, 422, "invalid"),
    ("POST", "/v1/documents", {"content": b"%PDF", "headers": {"content-type": "application/pdf"}}, 415, "http"),
    ("POST", "/v1/documents", {"json": {}}, 400, "settings"),
    ("POST", "/v1/documents", {"json": {"url": "file:///etc/passwd"}}, 400, "settings"),
    ("POST", "/v1/documents", {"json": {"text": "a", "published": "soon"}}, 400, "settings"),
    ("POST", "/v1/documents", {"data": {"other": "x"}, "files": {"no": ("a.txt", b"a")}}, 400, "settings"),
]


@pytest.mark.parametrize(("method", "path", "options", "status", "kind"), PROBLEMS)
def test_errors_are_problems(
    http: TestClient, method: str, path: str, options: dict[str, Any], status: int, kind: str
) -> None:
    answer = http.request(method, path, **options)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status
    assert body["type"].endswith(f"#{kind}")
    assert body["detail"]
    assert "\n" not in body["detail"]


@pytest.mark.parametrize(
    ("method", "path", "options", "detail"),
    [
        ("GET", "/v1/claims?as_of=yesterday", {}, "query.as_of: “yesterday” is no day: give one as in 2026-03-02"),
        ("GET", "/v1/claims?known_at=soon", {}, "query.known_at: “soon” is no instant: give a day"),
        ("GET", "/v1/claims?abot=Nvidia", {}, "query.abot: there is no such parameter; did you mean about?"),
        ("GET", "/v1/watches?x=1", {}, "query.x: there is no such parameter; there are none"),
        ("POST", "/v1/ask", {"content": b"{", "headers": {"content-type": "application/json"}}, "body: it is not JSON"),
    ],
)
def test_what_is_wrong_with_a_request_is_said_in_words(
    http: TestClient, method: str, path: str, options: dict[str, Any], detail: str
) -> None:
    answer = http.request(method, path, **options)
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith(detail)


def test_documents_go_by_title_too(http: TestClient) -> None:
    assert http.get(f"/v1/documents/{CHIPS.title}").json()["id"] == CHIPS.id
    by_title = http.get("/v1/claims", params={"document": CHIPS.title}).json()
    assert by_title == http.get("/v1/claims", params={"document": CHIPS.id}).json()
    assert http.get("/v1/export", params={"format": "csv", "document": CHIPS.title}).status_code == 200


def test_a_misspelt_name_gets_suggestions(http: TestClient) -> None:
    assert http.get("/v1/entities/Nvidea").json()["suggestions"] == ["Nvidia"]


def wait(http: TestClient, job: dict[str, Any]) -> dict[str, Any]:
    for _ in range(500):
        found: dict[str, Any] = http.get(f"/v1/jobs/{job['id']}").json()
        if found["status"] in ("done", "failed"):
            return found
        time.sleep(0.01)
    raise AssertionError("the job did not end")


UPLOADS: list[tuple[dict[str, Any], str]] = [
    ({"content": b"Plain words. Nothing else.", "headers": {"content-type": "text/plain"}}, "Plain words."),
    ({"content": "Prix : 3 €.".encode("cp1252"), "headers": {"content-type": "text/plain; charset=cp1252"}}, "3 €"),
    ({"json": {"text": "Sent as JSON.", "title": "A title", "published": "2026-01-31"}}, "Sent as JSON."),
    ({"json": {"text": "The text of a page.", "url": "https://news.example/a"}}, "The text of a page."),
    ({"files": {"file": ("note.txt", b"From a file.")}}, "From a file."),
]


@pytest.mark.parametrize(("options", "words"), UPLOADS)
def test_what_is_sent_is_in_the_store_when_its_job_is_done(
    http: TestClient, options: dict[str, Any], words: str
) -> None:
    before = http.get("/readyz").json()["documents"]
    answer = http.post("/v1/documents", **options)
    assert answer.status_code == 202
    models.Job.model_validate_json(answer.content)
    assert answer.headers["location"] == f"/v1/jobs/{answer.json()['id']}"
    job = wait(http, answer.json())
    assert (job["status"], job["documents"], job["error"]) == ("done", 1, None)
    assert http.get("/readyz").json()["documents"] == before + 1
    newest = http.get("/v1/documents").json()["items"][-1]
    assert words in http.get(f"/v1/documents/{newest['id']}").json()["text"]


def test_title_day_and_address_sent_along_are_kept(http: TestClient) -> None:
    sent = {"text": "Words.", "url": "https://news.example/b", "title": "Said by hand", "published": "2026-01-31"}
    wait(http, http.post("/v1/documents", json=sent).json())
    stored = http.get(f"/v1/documents/{document_id('https://news.example/b')}").json()
    assert (stored["title"], stored["published"], stored["source"]) == ("Said by hand", "2026-01-31", sent["url"])


def test_an_unreadable_upload_fails_its_job_with_the_reason(http: TestClient) -> None:
    job = http.post("/v1/documents", content=b"   ", headers={"content-type": "text/plain"}).json()
    assert "empty" in wait(http, job)["error"]


def test_the_events_of_a_job_end_with_its_end(http: TestClient) -> None:
    job = http.post("/v1/documents", json={"text": "Words."}).json()
    with http.stream("GET", f"/v1/jobs/{job['id']}/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = [line for line in stream.iter_lines() if line.startswith("event:")]
    assert lines[-1] == "event: done"


def test_a_body_over_the_limit_is_refused() -> None:
    with client(settings=Settings(max_characters=10)) as http:
        answer = http.post("/v1/documents", content=b"x" * 200_000, headers={"content-type": "text/plain"})
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


def test_retracting_takes_the_document_and_what_only_it_supports(http: TestClient) -> None:
    answer = http.delete(f"/v1/documents/{MARGINS.id}")
    models.Retracted.model_validate_json(answer.content)
    shared = {c.id for c in chips_article().claims}
    only = [c for c in margins_article().claims if c.id not in shared]
    assert answer.json()["claims"] == len(only)
    assert http.get(f"/v1/documents/{MARGINS.id}").status_code == 404
    assert http.delete(f"/v1/documents/{MARGINS.id}").status_code == 404
    assert http.delete(f"/v1/documents/{MARGINS.id}", params={"forget": True}).json()["claims"] == 0
    assert http.delete(f"/v1/documents/{MARGINS.id}", params={"forget": True}).status_code == 404


def test_metrics_count_requests_by_route_and_say_what_the_graph_holds(http: TestClient) -> None:
    http.get("/v1/entities/Nvidia")
    http.get("/v1/entities/TSMC")
    text = http.get("/metrics").text
    assert 'tollgraph_requests_total{method="GET",route="/v1/entities/{entity}",status="200"} 2' in text
    assert "tollgraph_documents 2" in text


def test_addresses_are_fetched_only_on_the_local_machine() -> None:
    with client(settings=Settings(host="0.0.0.0")) as http:
        answer = http.post("/v1/documents", json={"url": "http://169.254.169.254/latest"})
    assert (answer.status_code, answer.json()["detail"].partition(";")[0]) == (
        400,
        "this server fetches no addresses for others",
    )


GUARDED: list[tuple[str, str, dict[str, str], int]] = [
    ("GET", "/healthz", {"host": "evil.example"}, 403),
    ("GET", "/healthz", {"host": "localhost:8642"}, 200),
    ("GET", "/healthz", {"host": "[::1]:8642"}, 200),
    ("GET", "/healthz", {"origin": "https://evil.example"}, 200),
    ("POST", "/v1/ask", {"origin": "https://evil.example"}, 403),
    ("POST", "/v1/ask", {"sec-fetch-site": "cross-site"}, 403),
    ("POST", "/v1/ask", {"origin": "http://127.0.0.1", "sec-fetch-site": "same-origin"}, 200),
    ("DELETE", f"/v1/documents/{CHIPS.id}", {"origin": "null"}, 403),
]


@pytest.mark.parametrize(("method", "path", "headers", "status"), GUARDED)
def test_other_hosts_and_pages_of_other_sites_are_kept_out(
    http: TestClient, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    body = {"json": {"question": "Who?"}} if method == "POST" else {}
    answer = http.request(method, path, headers=headers, **body)
    assert answer.status_code == status
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_openapi_documents_every_error_a_route_may_answer(http: TestClient) -> None:
    schema = http.get("/openapi.json").json()
    assert schema["components"]["schemas"]["Problem"]["properties"]["detail"]
    assert schema["components"]["schemas"]["Upload"]["properties"]["url"]
    add = schema["paths"]["/v1/documents"]["post"]
    assert set(add["responses"]) == {"202", "403", "413", "415", "422", "503", "400"}
    assert set(add["requestBody"]["content"]) == {
        "text/plain", "text/html", "application/json", "multipart/form-data",
    }  # fmt: skip
