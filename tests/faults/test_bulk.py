"""Bulk loading: the same graph as by putting, whole documents only when killed, and nothing acknowledged lost."""

from __future__ import annotations

import gc
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import StoreError
from graph.model import DocumentClaims
from graph.store import OxigraphStore, bulk, open_store
from graph.store.doctor import examine
from tests.benchmarks.claims import document, documents
from tests.faults.graphs import ROOT
from tests.graph import samples

LOADER = """
import sys
from collections.abc import Iterator
from pathlib import Path
from graph.store import bulk, open_store
from tests.benchmarks.claims import documents
bulk.GROUP_QUADS = 1_000
store = open_store(Path(sys.argv[1]), write=True)
made = list(documents(2_500, first=int(sys.argv[2])))
store.put(made.pop())
print(1, flush=True)
store.put_many(made, told=lambda done: print(done + 1, flush=True))
"""


def graph_of(store: OxigraphStore) -> set[str]:
    return {str(quad) for quad in store.quads()}


def test_the_same_graph_as_by_putting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(bulk, "GROUP_QUADS", 1_000)
    made = [*documents(200), samples.chips_article()]
    told: list[int] = []
    with OxigraphStore() as one, open_store(tmp_path / "g", write=True) as many:
        many.put(samples.margins_article())
        one.put(samples.margins_article())
        for batch in made:
            one.put(batch)
        assert many.put_many(iter(made), told=told.append) == 21
        assert many.version() == one.version() == 22
        assert told == sorted(told)
        assert len(told) > 2
        assert graph_of(many) == graph_of(one)
        assert many.documents() == one.documents()
        assert list(many.claims()) == list(one.claims())
    assert all(finding.ok for finding in examine(tmp_path / "g"))


def test_a_document_that_is_there_or_comes_twice_is_replaced() -> None:
    changed = samples.article("Chips", ("Nvidia sells.", samples.relation("Nvidia", "supplies", "Meta")))
    again = samples.article("Chips", ("AMD sells.", samples.relation("AMD", "supplies", "Meta")))
    with OxigraphStore() as store:
        store.put(changed)
        assert store.put_many([again, samples.chips_article(), changed]) == 3
        assert [claim.subject.label for claim in store.claims()][-1] == "Nvidia"
        assert store.counts().documents == 2
        assert store.version() == 4


def test_a_bad_document_leaves_the_groups_before_it_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "GROUP_QUADS", 1)
    good = samples.chips_article()
    bad = samples.margins_article()
    bad = type(bad)(bad.document, bad.entities, good.claims)
    with OxigraphStore() as store:
        with pytest.raises(StoreError, match="must cite its own document"):
            store.put_many([good, bad])
        assert [held.title for held in store.documents()] == [good.document.title]


@pytest.mark.parametrize("collecting", [True, False])
def test_the_collector_is_as_it_was_after_a_load(collecting: bool) -> None:
    during: list[bool] = []

    def coming() -> Iterator[DocumentClaims]:
        during.append(gc.isenabled())
        yield samples.chips_article()

    try:
        if not collecting:
            gc.disable()
        with OxigraphStore() as store:
            store.put_many(coming(), told=lambda _: during.append(gc.isenabled()))
        assert during == [False, collecting]
        assert gc.isenabled() is collecting
    finally:
        gc.enable()


def test_killed_while_loading(tmp_path: Path) -> None:
    luck = random.Random(7)
    graph = tmp_path / "g"
    for number in range(8):
        command = [sys.executable, "-c", LOADER, str(graph), str(number * 250)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as loader:
            assert loader.stdout is not None
            said = [loader.stdout.readline() for _ in range(luck.randrange(1, 6))]
            time.sleep(luck.uniform(0, 0.05))
            os.kill(loader.pid, signal.SIGKILL)
            said += loader.stdout.read().split()
        acknowledged = max(int(line) for line in said if line.strip())
        with open_store(graph) as store:
            held = {document.title: document for document in store.documents()}
            mine = [f"Report {i}" for i in range(number * 250, number * 250 + 250)]
            there = [title in held for title in mine[:-1]]
            assert mine[-1] in held
            assert sum(there) >= acknowledged - 1
            assert there == sorted(there, reverse=True)
    assert all(finding.ok for finding in examine(graph))


def test_made_up_documents_are_the_same_for_the_same_number() -> None:
    assert document(7, 400) == document(7, 400)
    assert [len(batch.claims) for batch in documents(30)] == [10, 10, 10]
