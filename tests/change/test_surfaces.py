"""`diff`, `watch` and `feed` on the command line and over HTTP."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from lxml import etree

from api import models
from api.cli import run
from api.feeds.atom import atom
from api.feeds.feed import Entry, Feed
from api.moments import moment
from graph.change.watch import Watch
from graph.errors import SettingsError
from graph.store import open_store
from graph.store.oxigraph import OxigraphStore
from tests.api.graphs import client
from tests.change.news import news, on, revenue, store_of, supplies
from tests.change.test_difference import RUMOUR

BATCHES = (news(1, "one", RUMOUR, revenue("12"), outlet="Harbour Post"), news(5, "two", supplies()))
ATOM = {"a": "http://www.w3.org/2005/Atom"}

Said = tuple[int, str, str]


@pytest.fixture
def tollgraph(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    with open_store(tmp_path / "g", write=True) as store:
        for batch in BATCHES:
            store.put(batch)

    def call(*arguments: str) -> Said:
        code = run([*arguments, "--graph", str(tmp_path / "g")])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture
def store() -> OxigraphStore:
    made = store_of(*BATCHES)
    made.watch(Watch("firms", about="e:cindra"))
    return made


@pytest.fixture
def http(store: OxigraphStore) -> Iterator[TestClient]:
    with client(store) as session:
        yield session


def test_diff_says_what_changed_with_quotes(tollgraph: Callable[..., Said]) -> None:
    code, out, _ = tollgraph("diff", "--since", "2026-03-03")
    assert code == 0
    assert out == (
        "Confirmed (1)\n"
        "  Brightfab supplies Cindra\n"
        "    “Sentence 0 of two on day 5.”\n"
        "    before: Brightfab reportedly supplies Cindra, according to people familiar with it\n"
        "    “Sentence 0 of one on day 1.”\n"
    )
    assert tollgraph("diff", "--since", "2026-03-06")[1] == "Nothing changed.\n"
    code, out, _ = tollgraph("diff", "--since", "2026-03-03T00:00Z", "--until", "2026-03-04", "--json")
    found = models.Difference.model_validate(json.loads(out))
    assert (found.new, found.confirmed) == ([], [])
    assert tollgraph("diff", "--since", "yesterdayish")[0] == 2


def test_watch_lists_and_their_feed(tollgraph: Callable[..., Said]) -> None:
    assert tollgraph("watch", "add", "firms", "--about", "cindra")[1] == "Watching “firms”.\n"
    assert tollgraph("watch", "add", "sales", "--predicate", "revenue", "--subject", "arbor", "--json")[0] == 0
    listed = json.loads(tollgraph("watch", "list", "--json")[1])
    assert [row["name"] for row in listed] == ["firms", "sales"]
    for row in listed:
        models.Watch.model_validate(row)
    assert "e:cindra" in tollgraph("watch", "list")[1]
    feed = json.loads(tollgraph("feed", "firms", "--format", "json")[1])
    assert [item["title"] for item in feed["items"]] == [
        "Brightfab supplies Cindra",
        "Brightfab reportedly supplies Cindra, according to people familiar with it",
    ]
    assert len(json.loads(tollgraph("feed", "--json", "--limit", "2")[1])["items"]) == 2
    assert tollgraph("watch", "remove", "sales")[0] == 0
    missing = tollgraph("feed", "sales")
    assert missing == (1, "", "tollgraph: there is no watch list “sales”; there are firms\n")
    assert tollgraph("watch", "add", "nothing")[0] == 2
    assert tollgraph("watch", "add", "x", "--about", "Zorblax")[0] == 1


def test_atom_has_what_the_standard_asks_for(tollgraph: Callable[..., Said]) -> None:
    tollgraph("watch", "add", "firms", "--about", "cindra")
    root = etree.fromstring(tollgraph("feed", "firms")[1].encode())
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    for path in ("a:id", "a:title", "a:updated", "a:author/a:name"):
        assert len(root.findall(path, ATOM)) == 1, path
    first, second = root.findall("a:entry", ATOM)
    assert first.findtext("a:title", None, ATOM) == "Brightfab supplies Cindra"
    assert first.findtext("a:content", None, ATOM) == "“Sentence 0 of two on day 5.”\ntwo, 2026-03-05"
    assert [link.get("href") for link in first.findall("a:link", ATOM)] == ["https://news.example/two"]
    assert first.findtext("a:updated", None, ATOM) == "2026-03-05T09:00:00+00:00"
    assert (first.findtext("a:id", None, ATOM) or "").startswith("https://w3id.org/tollgraph/claim/")
    assert {c.get("term") for c in second.findall("a:category", ATOM)} >= {"Brightfab", "supplies", "Cindra", "firms"}
    assert "Harbour Post, 2026-03-01" in (second.findtext("a:content", None, ATOM) or "")


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    entry = Entry("urn:x", "a\x0b\ud800<b>", "q\x00", "s", None, now, now, ("t\x1f",))
    root = etree.fromstring(atom(Feed("urn:f", "t\ufffe", now, (entry,))))
    assert root.findtext("a:entry/a:title", None, ATOM) == "a<b>"


def test_diff_over_http(http: TestClient) -> None:
    found = http.get("/v1/diff", params={"since": "2026-03-03"}).json()
    models.Difference.model_validate(found)
    assert [step["after"]["id"] for step in found["confirmed"]] == [supplies().id]
    assert http.get("/v1/diff", params={"since": "soon"}).status_code == 400
    assert http.get("/v1/diff").status_code == 422


def test_watch_lists_over_http(http: TestClient) -> None:
    kept = http.put("/v1/watches/sales", json={"subject": "Arbor", "predicates": ["revenue"]})
    assert kept.json() == {
        "name": "sales",
        "about": None,
        "subject": "e:arbor",
        "object": None,
        "predicates": ["revenue"],
    }
    assert [w["name"] for w in http.get("/v1/watches").json()["items"]] == ["firms", "sales"]
    assert http.delete("/v1/watches/sales").status_code == 204
    assert http.delete("/v1/watches/sales").status_code == 404
    assert http.put("/v1/watches/none", json={}).status_code == 400
    assert http.put("/v1/watches/odd", json={"predicates": ["sells"]}).status_code == 404


@pytest.mark.parametrize(
    ("path", "media"),
    [("/v1/feed.atom", "application/atom+xml; charset=utf-8"), ("/v1/feed.json", "application/feed+json")],
)
def test_feeds_are_served_with_conditions(http: TestClient, store: OxigraphStore, path: str, media: str) -> None:
    full = http.get(path, params={"watch": "firms"})
    assert (full.status_code, full.headers["content-type"]) == (200, media)
    newest = "Thu, 05 Mar 2026 09:00:00 GMT"
    assert full.headers["last-modified"] == newest

    def again(**headers: str) -> int:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return http.get(path, params={"watch": "firms"}, headers=named).status_code

    tag = full.headers["etag"]
    assert [again(if_none_match=held) for held in (tag, f'"other", W/{tag}', "*")] == [304, 304, 304]
    assert again(if_modified_since=newest) == 304
    assert again(if_modified_since="Thu, 05 Mar 2026 08:59:59 GMT") == 200
    assert again(if_none_match='"other"', if_modified_since=newest) == 200
    assert again(if_modified_since="one fine day") == 200
    store.put(news(6, "three", supplies()))
    assert again(if_none_match=tag) == 200
    assert http.get(path, params={"watch": "nobody"}).status_code == 404


def test_a_json_feed_says_where_it_is_and_keeps_its_ids(http: TestClient) -> None:
    feed: dict[str, Any] = http.get("/v1/feed.json", params={"limit": 1}).json()
    assert (feed["version"], feed["title"]) == ("https://jsonfeed.org/version/1.1", "Tollgraph: all watch lists")
    assert feed["feed_url"].endswith("/v1/feed.json?limit=1")
    (item,) = feed["items"]
    assert item["id"] == http.get("/v1/feed.json", params={"watch": "firms"}).json()["items"][0]["id"]
    assert item["url"] == "https://news.example/two"
    assert item["date_published"] == "2026-03-05T09:00:00+00:00"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-01", datetime(2026, 3, 1, tzinfo=UTC)),
        ("2026-03-01T12:00+08:00", datetime(2026, 3, 1, 4, tzinfo=UTC)),
        ("36h", on(7, 0)),
        ("1 week ago", on(1)),
        ("2 days", on(6)),
    ],
)
def test_moments(text: str, expected: datetime) -> None:
    assert moment(text, on(8)) == expected


@pytest.mark.parametrize("text", ["", "soon", "2026-13-01", "99999w", "7"])
def test_what_is_no_moment(text: str) -> None:
    with pytest.raises(SettingsError, match="is no time"):
        moment(text, datetime(1, 1, 2, tzinfo=UTC))
