"""Damaged files: one clear line whatever is opened, a diagnosis, and a repair or a restored backup."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.store import open_store
from tests.faults.graphs import Commands
from tests.graph import samples

DOCUMENTS = 25


def tables(graph: Path) -> list[Path]:
    """The tables, that of long strings first, then by size."""
    found = sorted((graph / "quads").glob("*.sst"), key=lambda file: -file.stat().st_size)
    return sorted(found, key=lambda file: -file.read_bytes().count(b" ships part "))


def largest(graph: Path) -> Path:
    """The largest of those that hold quads."""
    return tables(graph)[1]


def garble(file: Path) -> None:
    """Sixty-four bytes a third of the way in."""
    data = bytearray(file.read_bytes())
    for at in range(len(data) // 3, len(data) // 3 + 64):
        data[at] ^= 0x5A
    file.write_bytes(data)


def flip(graph: Path) -> None:
    garble(largest(graph))


def cut_table(graph: Path) -> None:
    os.truncate(largest(graph), largest(graph).stat().st_size // 2)


def drop_table(graph: Path) -> None:
    largest(graph).unlink()


def drop_manifest(graph: Path) -> None:
    for file in (graph / "quads").glob("MANIFEST-*"):
        file.unlink()


def blank_manifest(graph: Path) -> None:
    for file in (graph / "quads").glob("MANIFEST-*"):
        file.write_bytes(bytes(file.stat().st_size))


def drop_current(graph: Path) -> None:
    (graph / "quads" / "CURRENT").unlink()


def garble_current(graph: Path) -> None:
    (graph / "quads" / "CURRENT").write_bytes(b"MANIFEST-9\xff9999\n")


def empty_format(graph: Path) -> None:
    (graph / "format").write_bytes(b"")


def cut_log(graph: Path) -> None:
    (log,) = (file for file in (graph / "quads").glob("*.log") if file.stat().st_size)
    os.truncate(log, log.stat().st_size - 100)


Damage = Callable[[Path], None]
UNOPENED = (cut_table, drop_table, drop_manifest, blank_manifest, drop_current, garble_current, empty_format, cut_log)
MENDED = {flip: 0, drop_current: 0, garble_current: 0, empty_format: 0, cut_log: 1}
"""Damages that leave all documents, or all but one, to be had from what is there."""


@pytest.mark.parametrize("damage", UNOPENED)
def test_every_command_says_it_in_one_line(graph: Path, tollgraph: Commands, damage: Damage, tmp_path: Path) -> None:
    damage(graph)
    (tmp_path / "a.txt").write_text("Nvidia supplies Meta with chips.")
    for command in (["claims"], ["entities"], ["documents"], ["sparql", "ASK {}"], ["export", "--format", "nquads"]):
        assert "`tollgraph doctor" in tollgraph.fails(*command)
    assert "`tollgraph doctor" in tollgraph.fails("ingest", str(tmp_path / "a.txt"))
    said = tollgraph("doctor", "--quick")
    assert said.code == 1
    assert "WRONG" in said.out


def test_a_table_with_flipped_bytes_is_told_when_it_is_read(graph: Path, tollgraph: Commands) -> None:
    flip(graph)
    said = tollgraph("doctor", "--json")
    assert said.code == 1
    assert any("checksum" in finding["text"] for finding in json.loads(said.out)["findings"] if not finding["ok"])


@pytest.mark.parametrize("damage", MENDED)
def test_what_can_be_mended(graph: Path, tollgraph: Commands, damage: Damage) -> None:
    with open_store(graph) as store:
        whole = {document.id: {str(quad) for quad in store.quads(document.id)} for document in store.documents()}
        version = store.version()
    assert len(whole) == DOCUMENTS
    damage(graph)
    said = tollgraph("doctor", "--repair", "--json")
    assert said.code == 0
    lost = json.loads(said.out)["repair"]["lost"]
    assert len(lost) == MENDED[damage]
    with open_store(graph, write=True) as store:
        kept = {document.id: {str(quad) for quad in store.quads(document.id)} for document in store.documents()}
        assert kept == {name: quads for name, quads in whole.items() if name not in [of["document"] for of in lost]}
        assert store.version() >= version - len(lost)
        store.put(samples.article("After the repair", ("It sells.", samples.relation("A", "supplies", "B"))))


@pytest.mark.parametrize("damage", [*UNOPENED, flip])
def test_a_backup_brings_everything_back(graph: Path, tollgraph: Commands, damage: Damage) -> None:
    assert tollgraph("backup").code == 0
    with open_store(graph) as store:
        before = {str(quad) for quad in store.quads()}
    damage(graph)
    said = tollgraph("restore", "--json")
    assert said.code == 0
    assert (Path(json.loads(said.out)["aside"]) / "quads").exists()
    with open_store(graph) as store:
        assert {str(quad) for quad in store.quads()} == before


def test_lost_documents_are_named_with_their_source(graph: Path, tollgraph: Commands) -> None:
    """The table of long strings has each once: whose text was in the damaged block is lost."""
    garble(tables(graph)[0])
    said = tollgraph("doctor", "--repair", "--json")
    assert said.code == 0
    report = json.loads(said.out)["repair"]
    assert 0 < report["documents"] < DOCUMENTS
    named = [of for of in report["lost"] if of["document"].startswith("d:")]
    unnamed = [int(of["reason"].split()[0]) for of in report["lost"] if of not in named]
    assert report["documents"] + len(named) + sum(unnamed) == DOCUMENTS
    assert any(of["source"].startswith("https://news.example/") for of in named)
    assert (Path(report["aside"]) / "quads").exists()


def test_random_damage_is_either_harmless_or_told(graph: Path, tollgraph: Commands) -> None:
    """Never a traceback, a crash, or an answer that differs without a word."""
    expected = tollgraph("claims").out
    luck = random.Random(20261125)
    files = {file: file.read_bytes() for file in sorted((graph / "quads").iterdir()) if file.is_file()}
    names = [f for f in files if f.suffix in (".sst", ".log") or f.name.startswith(("MANIFEST", "CURRENT"))]
    told = 0
    for _ in range(30):
        victim = luck.choice([name for name in names if files[name]])
        data = bytearray(files[victim])
        if luck.random() < 0.3:
            del data[luck.randrange(len(data)) :]
        else:
            for _ in range(luck.choice((1, 8, 200))):
                data[luck.randrange(len(data))] ^= 1 << luck.randrange(8)
        victim.write_bytes(data)
        said = tollgraph("claims")
        assert (said.code, said.err.count("\n")) in ((0, 0), (1, 1)), said.err
        if said.code == 0:
            assert said.out == expected, f"{victim.name} changed and nobody noticed"
        told += said.code
        victim.write_bytes(files[victim])
    assert told > 8


def test_no_graph_and_a_writer_at_work(graph: Path, tollgraph: Commands, capsys: pytest.CaptureFixture[str]) -> None:
    assert "no graph at" in Commands(capsys, graph / "none").fails("doctor")
    assert "no graph at" in Commands(capsys, graph / "none").fails("backup")
    assert "no backup at" in tollgraph.fails("restore", str(graph))
    with open_store(graph, write=True):
        assert f"is in use by process {os.getpid()}" in tollgraph.fails("doctor", "--wait", "0")
        assert f"is in use by process {os.getpid()}" in tollgraph.fails("ingest", "x.txt", "--wait", "0")


def test_a_sound_graph(tollgraph: Commands) -> None:
    said = tollgraph("doctor")
    assert said.code == 0
    assert f"all {DOCUMENTS} documents read back whole, quotes in place; all tables of the database agree" in said.out
    assert tollgraph("doctor", "--repair").out == said.out
