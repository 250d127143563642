import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.errors import StoreError
from graph.rdf import decode
from graph.store import open_store
from tests.graph import samples

ROOT = Path(__file__).resolve().parents[2]

WRITER = """
import sys
from pathlib import Path
from graph.store import open_store
from tests.graph import samples
store = open_store(Path(sys.argv[1]), write=True)
while True:
    for batch in samples.many_batches(400):
        store.put(batch)
        print(batch.document.id, flush=True)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with open_store(tmp_path / "g", write=True) as store:
        store.put(samples.chips_article())
    return tmp_path / "g"


@pytest.mark.parametrize("round", range(3))
def test_a_killed_writer_leaves_whole_documents_and_all_it_acknowledged(tmp_path: Path, round: int) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path / "g")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as writer:
        assert writer.stdout is not None
        said = [writer.stdout.readline().strip() for _ in range(3 + 7 * round)]
        time.sleep(0.013 * round)
        os.kill(writer.pid, signal.SIGKILL)
        said += writer.stdout.read().split()
    whole = {batch.document.id: batch for batch in samples.many_batches(400)}
    with open_store(tmp_path / "g") as store:
        found = {document.id for document in store.documents()}
        assert set(said) <= found
        for name in found:
            assert {c.id for c in decode(store.quads(name)).claims} == {c.id for c in whole[name].claims}
    with open_store(tmp_path / "g", write=True) as store:
        store.put(samples.chips_article())


FULL = """
import resource, sys
from pathlib import Path
from graph.errors import StoreError
from graph.store import open_store
from tests.graph import samples
store = open_store(Path(sys.argv[1]), write=True)
resource.setrlimit(resource.RLIMIT_FSIZE, (4_000_000, 4_000_000))
try:
    for batch in samples.many_batches(40_000):
        store.put(batch)
        print(batch.document.id, flush=True)
except StoreError as problem:
    sys.exit(str(problem))
"""


def test_a_disk_that_takes_no_more_is_told_and_keeps_what_was_acknowledged(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FULL, str(tmp_path / "g")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert re.fullmatch(r"\S+/g: the database failed \(.+\); free space if its disk is full, .*\n", done.stderr)
    with open_store(tmp_path / "g") as store:
        found = {document.id for document in store.documents()}
    assert found >= set(done.stdout.split())
    assert done.stdout


def test_no_graph_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no graph at .*nowhere: run `tollgraph ingest`"):
        open_store(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(StoreError, match=r"it is empty\): run `tollgraph ingest`"):
        open_store(tmp_path / "empty")


@pytest.mark.parametrize("write", [True, False])
def test_a_file_is_no_graph(tmp_path: Path, write: bool) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="is a file, not a graph's folder"):
        open_store(tmp_path / "file", write=write)


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("x")
    with pytest.raises(StoreError, match="holds other things than a graph"):
        open_store(tmp_path, write=True)
    with pytest.raises(StoreError, match="is not a graph's folder"):
        open_store(tmp_path)
    assert [f.name for f in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("write", [True, False])
def test_a_newer_format(folder: Path, write: bool) -> None:
    (folder / "format").write_text("3\n")
    with pytest.raises(StoreError, match=r"newer Tollgraph \(format 3, this one reads 2\): update with"):
        open_store(folder, write=write)


def test_an_older_format_is_read_and_becomes_the_present_one_when_written(folder: Path) -> None:
    (folder / "format").write_text("1\n")
    with open_store(folder) as store:
        assert store.counts().documents == 1
    assert (folder / "format").read_text() == "1\n"
    with open_store(folder, write=True):
        assert (folder / "format").read_text() == "2\n"


@pytest.mark.parametrize("write", [True, False])
@pytest.mark.parametrize(("victim", "content"), [("format", b"\xff?"), ("quads/CURRENT", b"nonsense\n")])
def test_damage_is_told(folder: Path, victim: str, content: bytes, write: bool) -> None:
    (folder / victim).write_bytes(content)
    with pytest.raises(StoreError, match="damaged") as caught:
        open_store(folder, write=write)
    assert "\n" not in str(caught.value)


def test_a_damaged_manifest_is_told(folder: Path) -> None:
    (manifest,) = (folder / "quads").glob("MANIFEST-*")
    manifest.write_bytes(b"\0" * manifest.stat().st_size)
    with pytest.raises(StoreError, match="damaged"):
        open_store(folder)


def test_readers_share_and_writers_do_not(folder: Path) -> None:
    with open_store(folder) as first, open_store(folder) as second:
        assert first.counts() == second.counts()
        with pytest.raises(StoreError, match=rf"is in use by process {os.getpid()} \("):
            open_store(folder, write=True, lock_seconds=0)
    with open_store(folder, write=True), pytest.raises(StoreError, match="wait for it or stop it"):
        open_store(folder, lock_seconds=0.1)


def test_a_waiting_reader_gets_in_when_the_writer_leaves(folder: Path) -> None:
    code = "import sys,time; from pathlib import Path; from graph.store import open_store\n"
    code += "s = open_store(Path(sys.argv[1]), write=True); print('in', flush=True); time.sleep(0.4); s.close()"
    with subprocess.Popen([sys.executable, "-c", code, str(folder)], stdout=subprocess.PIPE, cwd=ROOT) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        with pytest.raises(StoreError, match=rf"process {writer.pid} \(-c"):
            open_store(folder, lock_seconds=0)
        with open_store(folder, lock_seconds=10) as store:
            assert store.counts().documents == 1


def test_closing_twice_does_nothing(folder: Path) -> None:
    store = open_store(folder)
    store.close()
    store.close()


def test_old_checkpoints_go_when_a_writer_opens(folder: Path) -> None:
    with open_store(folder, write=True) as store:
        kept = store.checkpoint()
        assert (kept / "CURRENT").exists()
    with open_store(folder, write=True):
        assert not kept.exists()
