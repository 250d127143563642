"""Graphs to be damaged, and the command line as a process sees it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from api.cli import run
from graph.errors import StoreError
from graph.store import open_store
from graph.store.probe import probe
from tests.graph import samples

ROOT = Path(__file__).resolve().parents[2]
CLI = "import sys; from api.cli import main; main()"

_KILLED = """
import os, sys
from pathlib import Path
from graph.store import open_store
from tests.graph import samples
store = open_store(Path(sys.argv[1]), write=True)
for i in range(3):
    said = samples.relation(f"Maker {i}", "supplies", "Zed")
    store.put(samples.article(f"Late {i}", (f"Maker {i} sells parts to Zed.", said)))
os._exit(9)
"""


def make(folder: Path) -> None:
    """Two articles and twenty reports in files, and three more reports in the log alone, as after a kill."""
    with open_store(folder, write=True) as store:
        for batch in (*samples.sample_batches(), *samples.many_batches(200, per_document=10, firms=37)):
            store.put(batch)
    subprocess.run([sys.executable, "-c", _KILLED, str(folder)], cwd=ROOT, check=False)
    _drop_leftovers(folder)


def _drop_leftovers(folder: Path) -> None:
    """Delete the tables that the database no longer lists, left by the kill: their damage would harm nothing."""
    for table in (folder / "quads").glob("*.sst"):
        aside = table.rename(folder / table.name)
        try:
            probe(folder / "quads")
        except StoreError:
            aside.rename(table)
        else:
            aside.unlink()


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


class Commands:
    """Runs commands in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str], graph: Path) -> None:
        self._capsys = capsys
        self._graph = graph

    def __call__(self, *arguments: str) -> Said:
        self._capsys.readouterr()
        code = run([*arguments, "--graph", str(self._graph)])
        said = self._capsys.readouterr()
        assert "Traceback" not in said.err
        return Said(code, said.out, said.err)

    def fails(self, *arguments: str) -> str:
        """The one line that a command fails with."""
        said = self(*arguments)
        assert said.code == 1, said
        assert said.err.count("\n") == 1, said.err
        return said.err
