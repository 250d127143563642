"""The index beside the graph: follows writes at the cost of what they wrote, and is made anew where it is no good."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from graph.judgements.model import Proposal
from graph.model import DocumentClaims
from graph.store.oxigraph import OxigraphStore
from graph.store.remote import RemoteStore
from graph.store.remote.client import Client
from qa.passages import Passages, keeping
from qa.passages.article import article
from qa.passages.keeping import FILE
from tests.graph import servers
from tests.qa.passages import news as n


@pytest.fixture
def store(tmp_path: Path) -> Iterator[OxigraphStore]:
    with OxigraphStore(tmp_path / "graph", clock=lambda: n.LATER) as opened:
        for batch in (n.bench_owner(), n.new_chief(), n.glass()):
            opened.put(batch)
        yield opened


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of the documents that the index read."""
    titles: list[str] = []

    def noted(batch: DocumentClaims) -> Any:
        titles.append(batch.document.title)
        return article(batch)

    monkeypatch.setattr(keeping, "article", noted)
    return titles


def _content(store: OxigraphStore) -> list[Any]:
    """What the index of a store says, whatever its numbers: postings, lengths and links by document and place."""
    assert store.path is not None
    with closing(sqlite3.connect(store.path / FILE)) as database:
        run = database.execute
        names = dict(run("SELECT first, name FROM document"))
        entities = dict(run("SELECT id, name FROM entity"))
        postings = [
            (term, names[at], int(times))
            for term, rows in run("SELECT term, rows FROM posting")
            for at, times in _pairs(rows)
        ]
        links = [
            (names[first], entities[entity])
            for first, rows in run("SELECT first, links FROM document")
            for _, entity in _links(rows)
        ]
        return [sorted(postings), sorted(links)]


def _pairs(rows: bytes) -> list[tuple[int, int]]:
    import numpy as np

    return [(int(at), int(times)) for at, times in np.frombuffer(rows, dtype="<u2,<u2")]


def _links(rows: bytes) -> list[tuple[int, int]]:
    import numpy as np

    from qa.passages.tables import LINK

    return [(int(at), int(entity)) for at, entity in np.frombuffer(rows, dtype=LINK)]


def test_a_new_a_replaced_and_a_retracted_document_are_read_alone(store: OxigraphStore, read: list[str]) -> None:
    passages = Passages(store)
    passages.follow()
    assert len(read) == 3
    read.clear()
    store.put(n.lasers())
    store.put(n.glass("Ovens rest.", ingested=n.LATER))
    store.remove(n.new_chief().document.id)
    assert {p.title for p in passages.search("ovens and a chair and lasers")} == {
        "A walk through the hall",
        "Ovens at their limit",
    }
    assert sorted(read) == ["A walk through the hall", "Ovens at their limit"]


def test_what_followed_writes_is_as_what_is_made_anew(store: OxigraphStore) -> None:
    passages = Passages(store)
    passages.follow()
    store.put(n.lasers())
    store.remove(n.bench_owner().document.id)
    store.put(n.glass("Ovens rest.", ingested=n.LATER))
    store.judge(Proposal("merge", "e:odile-marsh", value={"into": "e:tarn-holding"}, by="Mette", why="the same"))
    passages.follow()
    followed = _content(store)
    passages.close()
    assert store.path is not None
    (store.path / FILE).unlink()
    Passages(store).follow()
    assert _content(store) == followed


def test_it_is_kept_from_one_process_to_the_next(store: OxigraphStore, read: list[str]) -> None:
    first = Passages(store)
    first.follow()
    first.close()
    read.clear()
    assert Passages(store).search("ovens")
    assert read == []


def test_many_writes_are_caught_up_with_by_comparing(
    store: OxigraphStore, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    passages = Passages(store)
    passages.follow()
    read.clear()
    monkeypatch.setattr(keeping, "TOGETHER", 1)
    store.put(n.lasers())
    store.remove(n.new_chief().document.id)
    assert passages.follow()
    assert read == ["A walk through the hall"]
    assert passages.search("chair") == []


def test_what_time_does_not_allow_is_read_the_next_time(
    store: OxigraphStore, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "TOGETHER", 1)
    passages = Passages(store)
    assert not passages.follow(seconds=0)
    assert len(read) == 1
    told: list[tuple[int, int]] = []
    assert passages.follow(told=lambda done, of: told.append((done, of)))
    assert told == [(2, 3), (3, 3)]
    assert sorted(read) == ["A bench changes hands", "A new chair", "Ovens at their limit"]


def test_judgements_change_what_passages_link(store: OxigraphStore) -> None:
    passages = Passages(store)
    assert [p.title for p in passages.search("Quillon", k=1)] == ["A bench changes hands"]
    store.judge(Proposal("merge", "e:quillon", value={"into": "e:odile-marsh"}, by="Mette", why="the same"))
    assert {p.title for p in passages.search("And its chief?", entities=["e:odile-marsh"])} == {
        "A bench changes hands",
        "A new chair",
    }


def test_what_is_forgotten_is_in_the_file_no_more(store: OxigraphStore) -> None:
    assert store.path is not None
    passages = Passages(store)
    passages.follow()
    assert b"oven" in (store.path / FILE).read_bytes()
    store.remove(n.glass().document.id, forget=True)
    passages.follow()
    passages.close()
    assert b"oven" not in (store.path / FILE).read_bytes()


@pytest.mark.parametrize("damage", ["nothing", "words", "another form", "cut", "blobs"])
def test_a_damaged_file_is_made_anew(store: OxigraphStore, damage: str) -> None:
    assert store.path is not None
    file = store.path / FILE
    first = Passages(store)
    first.follow()
    first.close()
    whole = file.read_bytes()
    match damage:
        case "nothing":
            file.write_bytes(b"")
        case "words":
            file.write_bytes(b"no database " * 1_000)
        case "another form":
            with closing(sqlite3.connect(file)) as database:
                database.execute("PRAGMA user_version = 99")
        case "cut":
            file.write_bytes(whole[: len(whole) // 2])
        case "blobs":
            with closing(sqlite3.connect(file)) as database, database:
                database.execute("UPDATE posting SET rows = x'010203'")
    (found, *_) = Passages(store).search("ovens", k=1)
    assert found.title == "Ovens at their limit"


def test_an_index_of_a_later_state_is_made_anew(store: OxigraphStore) -> None:
    assert store.path is not None
    passages = Passages(store)
    passages.follow()
    passages.close()
    with closing(sqlite3.connect(store.path / FILE)) as database, database:
        database.execute("UPDATE state SET version = 1000")
    store.put(n.lasers())
    assert [p.title for p in Passages(store).search("lasers")] == ["A walk through the hall"]


def test_a_file_that_another_process_writes_is_used_as_it_is(
    store: OxigraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert store.path is not None
    monkeypatch.setattr(keeping, "WAIT", 0.01)
    passages = Passages(store)
    passages.follow()
    passages.close()
    store.put(n.lasers())
    with closing(sqlite3.connect(store.path / FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert [p.title for p in passages.search("ovens and lasers")] == ["Ovens at their limit"]
        other.execute("ROLLBACK")
    assert len(passages.search("ovens and lasers")) == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes where nobody may")
def test_a_folder_that_may_not_be_written_has_its_index_in_memory(store: OxigraphStore) -> None:
    assert store.path is not None
    store.path.chmod(0o500)
    try:
        assert Passages(store).search("ovens")
    finally:
        store.path.chmod(0o700)
    assert not (store.path / FILE).exists()


def test_where_the_file_cannot_be_the_index_is_in_memory(store: OxigraphStore) -> None:
    assert store.path is not None
    (store.path / FILE).mkdir()
    assert [p.title for p in Passages(store).search("ovens")] == ["Ovens at their limit"]


def test_readers_of_one_folder_share_the_file(store: OxigraphStore, read: list[str]) -> None:
    assert store.path is not None
    folder = store.path
    store.close()
    with OxigraphStore(folder, write=False) as one, OxigraphStore(folder, write=False) as two:
        assert Passages(one).search("ovens")
        assert Passages(two).search("ovens")
    assert len(read) == 3


def test_threads_search_while_documents_come_in(store: OxigraphStore) -> None:
    passages = Passages(store)
    with ThreadPoolExecutor(4) as pool:
        searches = [pool.submit(passages.search, "ovens or lasers") for _ in range(20)]
        for number in range(10):
            store.put(n.lasers(source=f"https://news.example/hall/{number}"))
        searches += [pool.submit(passages.search, "ovens or lasers") for _ in range(20)]
        found = [search.result() for search in searches]
    assert all(1 <= len(one) <= 2 for one in found)
    (lasers,) = (p for p in found[-1] if p.title == "A walk through the hall")
    assert len(lasers.copies) == 9


def test_a_server_has_its_index_in_memory() -> None:
    fake = servers.Fake()
    with RemoteStore(fake.endpoint, client=Client(fake.endpoint, transport=fake)) as store:
        store.put(n.glass())
        passages = Passages(store)
        assert len(passages.search("ovens")) == 1
        store.put(n.lasers())
        store.remove(n.glass().document.id)
        assert [p.title for p in passages.search("ovens and lasers")] == ["A walk through the hall"]
