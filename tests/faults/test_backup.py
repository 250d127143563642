"""Backups beside a writer: each is whole, holds all that was acknowledged before it, and comes back as it was."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.errors import StoreError
from graph.judgements import Proposal
from graph.rdf import decode
from graph.store import open_store
from graph.store.backup import back_up, backups, beside, restore
from graph.store.doctor import examine
from tests.faults.graphs import ROOT, Commands
from tests.graph import samples

NOW = datetime(2026, 11, 25, 19, 15, 2, tzinfo=UTC)

WRITER = """
import sys
from pathlib import Path
from graph.store import open_store, upkeep
from tests.graph import samples
upkeep.FLUSH_QUADS = 4_000  # so that tables come and go while they are copied
store = open_store(Path(sys.argv[1]), write=True)
while True:
    for batch in samples.many_batches(400, per_document=10):
        store.put(batch)
        print(batch.document.id, flush=True)
"""


def test_beside_a_writer(tmp_path: Path) -> None:
    graph = tmp_path / "g"
    whole = {batch.document.id: batch for batch in samples.many_batches(400, per_document=10)}
    command = [sys.executable, "-c", WRITER, str(graph)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as writer:
        assert writer.stdout is not None
        made, said = [], 0
        for _ in range(6):
            for _ in range(23):
                writer.stdout.readline()
                said += 1
            made.append((back_up(graph, tmp_path / "b", now=NOW), said))
        writer.kill()
        writer.stdout.read()
    for backup, acknowledged in made:
        assert backup.version >= acknowledged
        restore(backup.path, tmp_path / "r", now=NOW)
        with open_store(tmp_path / "r") as store:
            assert store.version() == backup.version
            assert len(store.documents()) == backup.documents == min(backup.version, 40)
            for document in store.documents():
                held = decode(store.quads(document.id))
                assert {c.id for c in held.claims} == {c.id for c in whole[document.id].claims}


def test_the_command_and_the_way_back(graph: Path, tollgraph: Commands) -> None:
    for version in (25, 26, 27):
        said = json.loads(tollgraph("backup", "--json", "--keep", "2").out)
        assert (said["version"], said["documents"]) == (version, version)
        with open_store(graph, write=True) as store:
            store.put(samples.article(f"After {version}", ("It sells.", samples.relation("A", "supplies", "B"))))
    assert [path.name.rpartition("-")[2].rstrip("+") for path in backups(beside(graph))] == ["v27", "v26"]
    assert "again: 27 documents, version 27. What was there is in" in tollgraph("restore").out
    assert "again: 26 documents" in tollgraph("restore", str(backups(beside(graph))[1])).out
    with open_store(graph, write=True) as store:
        assert store.version() == 26
        store.put(samples.article("Later", ("It sells.", samples.relation("A", "supplies", "B"))))


def test_judgements_are_no_document_of_a_backup(graph: Path, tollgraph: Commands) -> None:
    with open_store(graph, write=True) as store:
        held = len(store.documents())
        store.judge(Proposal("unreliable", "gazette.example", "ann", "x"))
    assert json.loads(tollgraph("backup", "--json").out)["documents"] == held


def test_nothing_is_restored_over_a_graph_in_use(graph: Path, tollgraph: Commands) -> None:
    tollgraph("backup")
    with open_store(graph):
        assert "is in use by" in tollgraph.fails("restore", "--wait", "0")


@pytest.mark.parametrize("how", ["flipped", "missing", "record"])
def test_a_damaged_backup_is_refused_and_the_graph_stays(graph: Path, tollgraph: Commands, how: str) -> None:
    tollgraph("backup")
    (backup,) = backups(beside(graph))
    victim = max((backup / "quads").glob("*.sst"), key=lambda file: file.stat().st_size)
    if how == "flipped":
        data = bytearray(victim.read_bytes())
        data[100] ^= 1
        victim.write_bytes(data)
    elif how == "missing":
        victim.unlink()
    else:
        (backup / "manifest.json").write_text("{")
    assert "restore another backup" in tollgraph.fails("restore")
    assert all(finding.ok for finding in examine(graph))
    assert [path.name for path in graph.parent.glob("*g.*")] == ["g.backups"]


def test_a_damaged_graph_is_not_backed_up(graph: Path, tollgraph: Commands) -> None:
    next((graph / "quads").glob("*.sst")).unlink()
    assert "is damaged" in tollgraph.fails("backup")
    assert backups(beside(graph)) == []


def test_a_backup_of_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no graph at"):
        back_up(tmp_path / "none", tmp_path / "b", now=NOW)
    with open_store(tmp_path / "empty", write=True):
        pass
    assert back_up(tmp_path / "empty", tmp_path / "b", now=NOW).documents == 0
