"""Ctrl-C and SIGTERM in the middle of an ingest, and a second writer meanwhile, with the real command line."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.store import OxigraphStore, open_store
from graph.store.doctor import examine
from tests.faults.graphs import CLI, ROOT, Commands
from tests.graph import samples


def ingesting(folder: Path, graph: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", CLI, "ingest", str(folder), "--graph", str(graph)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(400):
        (folder / f"{number:03}.txt").write_text(f"Nvidia supplies Meta with chips, as report {number} says.\n")
    return folder


def until_some_are_in(graph: Path) -> None:
    """Wait until the ledger notes a few writes."""
    for _ in range(1_200):
        if (graph / "ledger").exists() and len((graph / "ledger").read_text().splitlines()) > 3:
            return
        time.sleep(0.05)
    raise AssertionError("nothing went in for a minute")


def test_stopped_by_a_signal_and_a_second_writer_meanwhile(
    articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    graph = tmp_path / "g"
    total = 0
    for number in (signal.SIGINT, signal.SIGTERM):
        with ingesting(articles, graph) as process:
            until_some_are_in(graph)
            if number == signal.SIGINT:
                refused = Commands(capsys, graph).fails("retract", "d:0", "--wait", "0")
                assert f"is in use by process {process.pid} (" in refused
            os.kill(process.pid, number)
            out, said = process.communicate()
        assert (process.returncode, out) == (130, "")
        match = re.fullmatch(
            r"tollgraph: interrupted: (\d+) documents? (?:is|are) in, (\d+) of 400 sources are left; run .*\n", said
        )
        assert match, said
        total += int(match[1])
        assert int(match[2]) == 400 - total
        with open_store(graph) as store:
            assert len(store.documents()) == total
    assert 0 < total < 400
    assert all(finding.ok for finding in examine(graph))


def test_a_clock_that_goes_back_changes_neither_order_nor_version(tmp_path: Path) -> None:
    days = iter([datetime(2026, 3, 9, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC)])
    for number in range(3):
        day = next(days)
        with OxigraphStore(tmp_path / "g", clock=lambda day=day: day) as store:  # type: ignore[misc]
            said = samples.relation("A", "supplies", f"B{number}")
            store.put(samples.article(f"N{number}", (f"A sells to B{number}.", said), ingested=day))
            assert store.version() == number + 1
    with open_store(tmp_path / "g") as store:
        assert [document.title for document in store.documents()] == ["N0", "N1", "N2"]
        assert [claim.object.label for claim in store.claims()] == ["B0", "B1", "B2"]
        assert store.version() == 3
    assert all(finding.ok for finding in examine(tmp_path / "g"))
