"""How `/v1/risk/…` takes its lens and negotiates the format, whatever the report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.graphs import client

EXPOSURE = "/v1/risk/exposure?entity=ByteDance"


@pytest.fixture
def http() -> Iterator[TestClient]:
    with client() as session:
        yield session


@pytest.mark.parametrize(
    ("query", "accept", "media"),
    [
        ("", "*/*", "application/json"),
        ("", "text/plain, application/json;q=0.5", "text/plain; charset=utf-8"),
        ("&format=text", "application/json", "text/plain; charset=utf-8"),
        ("&format=json", "text/plain", "application/json"),
        ("", "text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8"),
        ("", "text/csv", "text/csv; charset=utf-8"),
        ("", "text/markdown", "text/markdown; charset=utf-8"),
        ("", "image/svg+xml", "image/svg+xml"),
        ("", "image/png", "image/png"),
    ],
)
def test_the_format_is_that_of_the_query_or_else_of_accept(
    http: TestClient, query: str, accept: str, media: str
) -> None:
    answer = http.get(EXPOSURE + query, headers={"accept": accept})
    assert (answer.status_code, answer.headers["content-type"], answer.headers["vary"]) == (200, media, "accept")


@pytest.mark.parametrize(
    ("query", "headers", "status", "words"),
    [
        ("", {"accept": "image/jp2"}, 406, "none of image/jp2 can be written; ask for application/json"),
        ("&format=pdf", {}, 422, "query.format"),
        ("&table=paths", {}, 400, "give format=csv"),
        ("&format=csv&table=owners", {}, 400, "there are supplier_dependence, customer_dependence"),
        ("&tabel=paths", {}, 422, "did you mean table?"),
        ("&min_confidence=2", {}, 422, "query.min_confidence"),
    ],
)
def test_what_cannot_be_answered_is_a_problem(
    http: TestClient, query: str, headers: dict[str, str], status: int, words: str
) -> None:
    answer = http.get(EXPOSURE + query, headers=headers)
    found: dict[str, Any] = answer.json()
    assert (answer.status_code, found["status"]) == (status, status)
    assert words in found["detail"]


def test_the_lens_is_what_the_query_says(http: TestClient) -> None:
    found = http.get(f"{EXPOSURE}&as_of=2026-03-01&known_at=2030-01-01").json()
    assert (found["as_of"], found["known_at"]) == ("2026-03-01", "2030-01-01T23:59:59.999999+00:00")


def test_a_memo_may_style_itself_and_nothing_else(http: TestClient) -> None:
    memo = http.get(f"{EXPOSURE}&format=html")
    assert memo.headers["content-security-policy"].startswith("default-src 'none'; style-src 'unsafe-inline';")
    assert "<h1>Exposure of ByteDance</h1>" in memo.text
    assert "'unsafe-inline'" not in http.get(EXPOSURE).headers["content-security-policy"]


def test_a_table_is_chosen_for_csv(http: TestClient) -> None:
    found = http.get(f"{EXPOSURE}&format=csv&table=evidence").text.splitlines()
    assert found[0].startswith("n,quote,outlet,title,published")
    assert "ByteDance" in found[1]
