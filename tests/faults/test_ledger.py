"""The ledger: writes that a damaged log loses are noticed and named; the log itself stays small."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from graph.errors import StoreError
from graph.store import open_store, upkeep
from graph.store.ledger import Written, noted
from tests.graph import samples

ROOT = Path(__file__).resolve().parents[2]

KILLED = """
import os, sys
from pathlib import Path
from graph.store import open_store, upkeep
from tests.graph import samples
store = open_store(Path(sys.argv[1]), write=True)
for batch in samples.many_batches(60):
    store.put(batch)
os._exit(9)
"""


@pytest.fixture
def killed(tmp_path: Path) -> Path:
    """A graph with one document in files and three in the log alone."""
    with open_store(tmp_path / "g", write=True) as store:
        store.put(samples.chips_article())
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "g")], cwd=ROOT, check=False)
    return tmp_path / "g"


def test_each_write_is_noted_until_it_is_flushed(killed: Path) -> None:
    names = [batch.document.id for batch in samples.many_batches(60)]
    assert noted(killed) == [Written(1, ""), *(Written(i + 2, name) for i, name in enumerate(names))]
    with open_store(killed, write=True) as store:
        store.remove(names[0])
    assert noted(killed) == [Written(5, "")]


@pytest.mark.parametrize("write", [True, False])
def test_a_log_cut_short_is_noticed(killed: Path, write: bool) -> None:
    (log,) = (file for file in (killed / "quads").glob("*.log") if file.stat().st_size)
    os.truncate(log, log.stat().st_size - 100)
    last = list(samples.many_batches(60))[-1].document.id
    with pytest.raises(StoreError, match=rf"lost its last 1 writes \({last}\): its log is damaged.*`tollgraph doctor"):
        open_store(killed, write=write)


def test_a_database_that_is_gone_is_noticed(killed: Path) -> None:
    for file in (killed / "quads").iterdir():
        file.unlink()
    with pytest.raises(StoreError, match="has lost its last 4 writes"):
        open_store(killed, write=True)


def test_a_writer_does_not_begin_anew_over_files_that_lost_their_list(killed: Path) -> None:
    (killed / "quads" / "CURRENT").unlink()
    before = sorted(file.name for file in (killed / "quads").glob("*.sst"))
    for write in (True, False):
        with pytest.raises(StoreError, match="CURRENT is missing"):
            open_store(killed, write=write)
    assert sorted(file.name for file in (killed / "quads").glob("*.sst")) == before


def test_a_ledger_with_a_cut_line_is_read_as_far_as_it_goes(killed: Path) -> None:
    with (killed / "ledger").open("a") as ledger:
        ledger.write("nonsense")
    with open_store(killed) as store:
        assert store.version() == 4


def test_the_log_stays_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "FLUSH_QUADS", upkeep.FLUSH_QUADS // 10)
    largest = written = 0
    with open_store(tmp_path / "g", write=True) as store:
        for batch in samples.many_batches(1_500, per_document=50):
            store.put(batch)
            written += sum(1 for _ in store.quads(batch.document.id))
            largest = max(largest, _log(tmp_path / "g"))
    assert written > 5 * upkeep.FLUSH_QUADS
    assert largest < 10_000_000
    assert _log(tmp_path / "g") < 5_000_000


def _log(folder: Path) -> int:
    return sum(file.stat().st_size for file in (folder / "quads").glob("*.log"))
