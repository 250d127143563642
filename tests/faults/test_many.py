"""Thousands of small documents in one call: memory stays flat, the summary is clear, the graph is sound.

`python -m tests.faults.many FOLDER 10000` runs more of them; fewer spare the suite half a minute.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from api.commands.ingest import SHOWN, report_lines
from graph.store import open_store
from ingest.run import Failed, Report, Skipped
from tests.faults.graphs import ROOT, Commands

COUNT = 2_000


def test_thousands_of_documents(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.faults.many", str(tmp_path / "g"), str(COUNT)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    said = json.loads(done.stdout)
    report = said["report"]
    assert report["documents"] == COUNT * 99 // 100
    assert len(report["failed"]) == COUNT // 100
    assert report["failed"][0] == {
        "source": "/made-up/99.txt",
        "error": "/made-up/99.txt: cannot be taken in (ValueError); please report it.",
    }
    early, late = said["peaks"]
    assert late < early * 1.5
    with open_store(tmp_path / "g") as store:
        counts = store.counts()
        assert counts.documents == COUNT * 99 // 100
        assert counts.claims == report["claims"]
        assert store.documents()[-1].title == f"Note {COUNT - 2}"


def test_real_documents_in_one_call(tmp_path: Path, tollgraph: Commands) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(30):
        (folder / f"{number}.txt").write_text(f"Nvidia supplies Meta with chips, as report {number} says.\n")
    (folder / "empty.txt").write_text("")
    said = tollgraph("ingest", str(folder))
    assert said.code == 3
    assert said.out.startswith("30 documents in: ")
    assert said.out.count("\n") == 2
    again = tollgraph("ingest", str(folder))
    assert again.out.startswith("0 documents in: 0 entities, 0 claims.\n")
    assert "  skipped  and 10 more; --json lists them all\n" in again.out


def test_a_long_report_is_cut_where_people_read_it() -> None:
    skipped = tuple(Skipped(f"{i}.txt", "unchanged") for i in range(SHOWN + 1))
    lines = list(report_lines(Report(1, 2, 3, skipped, (Failed("a.txt", "a.txt: empty."),))))
    assert lines[0] == "1 document in: 2 entities, 3 claims."
    assert lines[1] == "  skipped  0.txt: unchanged"
    assert lines[-2:] == ["  skipped  and 1 more; --json lists them all", "  failed   a.txt: empty."]
