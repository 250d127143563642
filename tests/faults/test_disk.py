"""A disk that is full, and one that cannot be written: really mounted where this may be done, by limits everywhere."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.store import open_store
from graph.store.doctor import examine
from tests.faults.graphs import ROOT, Commands
from tests.graph import samples

WRITER = """
import sys
from pathlib import Path
from graph.errors import StoreError
from graph.store import open_store
from tests.graph import samples
try:
    with open_store(Path(sys.argv[1]), write=True) as store:
        for batch in samples.many_batches(40_000, per_document=10):
            store.put(batch)
            print(batch.document.id, flush=True)
except StoreError as problem:
    sys.exit(str(problem))
"""


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A file system of 12 MB."""
    place = tmp_path / "small"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(place)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        pytest.skip("there is no mount command; limits on files test a full disk elsewhere (test_store_folder.py)")
    if done.returncode:
        pytest.skip(f"nothing may be mounted here ({done.stderr.strip()}); see test_store_folder.py")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    graph = small / "g"
    done = subprocess.run(
        [sys.executable, "-c", WRITER, str(graph)], capture_output=True, text=True, cwd=ROOT, check=False
    )
    acknowledged = set(done.stdout.split())
    assert len(acknowledged) > 10
    assert done.returncode == 1
    assert "No space left on device" in done.stderr
    assert "free space if its disk is full" in done.stderr
    assert done.stderr.count("\n") == 1
    tollgraph = Commands(capsys, graph)
    assert tollgraph("claims").code == 0
    with open_store(graph) as store:
        assert acknowledged <= {document.id for document in store.documents()}
    assert "cannot be written (No space left" in tollgraph.fails("backup", str(small / "b"))
    assert not list((small / "b").glob("*"))
    assert all(finding.ok for finding in examine(graph))
    subprocess.run(["mount", "-o", "remount,size=60m", str(small)], check=True)
    with open_store(graph, write=True) as store:
        store.put(samples.chips_article())
    assert tollgraph("backup", str(small / "b")).code == 0


def test_a_disk_for_reading_only(small: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with open_store(small / "g", write=True) as store:
        store.put(samples.chips_article())
    subprocess.run(["mount", "-o", "remount,ro", str(small)], check=True)
    tollgraph = Commands(capsys, small / "g")
    assert len(tollgraph("claims").out.splitlines()) == len(samples.chips_article().claims)
    assert tollgraph("sparql", "ASK { entity:nvidia ?p ?o }").out == "yes\n"
    assert tollgraph("doctor").code == 0
    assert tollgraph("backup", str(tmp_path / "b")).code == 0
    (tmp_path / "a.txt").write_text("Nvidia supplies Meta with chips.")
    for command in (["ingest", str(tmp_path / "a.txt")], ["retract", samples.chips_article().document.id]):
        assert "cannot be written (Read-only file system); give" in tollgraph.fails(*command)
    assert "Read-only file system" in tollgraph.fails("restore", str(tmp_path / "b"))
    assert "cannot be written (Read-only" in Commands(capsys, small / "new").fails("ingest", str(tmp_path / "a.txt"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere; the mounted disk covers it")
def test_a_folder_for_reading_only(graph: Path, tollgraph: Commands) -> None:
    for folder in (graph, graph / "quads"):
        folder.chmod(0o555)
    for file in (graph / "lock", graph / "ledger"):
        file.chmod(0o444)
    assert tollgraph("claims").code == 0
    assert "cannot be written" in tollgraph.fails("retract", samples.chips_article().document.id)
