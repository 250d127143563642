"""The files of a database as they stand at one moment, even while another process writes to it.

Oxigraph's tables never change once written; its list of tables (MANIFEST) and its log only grow. All files are opened
first, so that none can vanish, and if the list did not change meanwhile they belong together. What a log holds
by the time it is opened counts, up to the last whole transaction.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from graph.errors import StoreError

_TRIES = 100
_PAUSE = 0.05
_FILES = 16_384


@dataclass(frozen=True, slots=True)
class Captured:
    """One open file and how much of it counts."""

    name: str
    file: BinaryIO
    size: int


@contextmanager
def captured(quads: Path) -> Iterator[list[Captured]]:
    """The database's files, open as long as the block runs. StoreError if it is missing or never at rest."""
    _allow_many_files()
    for _ in range(_TRIES):
        with ExitStack() as opened:
            try:
                before = _list_of_tables(quads)
                files = [_open(path, opened) for path in _files(quads)]
                after = _list_of_tables(quads)
            except FileNotFoundError:
                before, after, files = "", "", []
            if files and before == after:
                yield files
                return
        if not quads.exists():
            raise StoreError(f"no document is in {quads.parent} yet: run `tollgraph ingest` first")
        time.sleep(_PAUSE)
    raise StoreError(
        f"{quads} changes too fast to be copied, or is damaged; try again when its writer is done, or run "
        "`tollgraph doctor`"
    )


def _files(quads: Path) -> list[Path]:
    """The files that make the database; the logs last, so that they hold all that was acknowledged before."""
    current = quads / "CURRENT"
    manifest = quads / current.read_text(encoding="ascii", errors="replace").strip()
    names = ["IDENTITY", *sorted(p.name for p in quads.glob("*.sst")), *sorted(p.name for p in quads.glob("*.log"))]
    return [current, manifest, *(quads / name for name in names)]


def _list_of_tables(quads: Path) -> str:
    name = (quads / "CURRENT").read_text(encoding="ascii", errors="replace").strip()
    found = (quads / name).stat()
    return f"{name} {found.st_ino} {found.st_size}"


def _open(path: Path, opened: ExitStack) -> Captured:
    file = opened.enter_context(path.open("rb"))
    return Captured(path.name, file, os.fstat(file.fileno()).st_size)


def _allow_many_files() -> None:
    """A large database has more files than a process may usually open."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES if hard == resource.RLIM_INFINITY else min(_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
