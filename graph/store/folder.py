"""The store's folder: `format` (its version), `lock`, `ledger`, `quads/` (Oxigraph), `index` (derived; may be deleted)
and short-lived `checkpoints/`.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

import pyoxigraph

from graph.errors import StoreError
from graph.store.lock import FolderLock

FORMAT = 2  # 2: judgements, and a journal of what was replaced or removed


def open_folder(folder: Path, *, write: bool, lock_seconds: float) -> tuple[pyoxigraph.Store, FolderLock]:
    """The quads and the lock that guards them; a writer creates what is missing. Raises StoreError."""
    if write:
        _prepare(folder)
    else:
        require(folder)
    lock = FolderLock(folder, exclusive=write, seconds=lock_seconds)
    try:
        _check_format(folder, write=write)
        if write:
            shutil.rmtree(folder / "checkpoints", ignore_errors=True)
        return _open_quads(folder, write=write), lock
    except BaseException:
        lock.release()
        raise


def new_checkpoint(folder: Path | None) -> Path:
    """A path for a copy of the quads, beside them (for hard links) or, without a folder, among the temporary files."""
    if folder is None:
        return Path(tempfile.mkdtemp(prefix="tollgraph-")) / "quads"
    beside = folder / "checkpoints"
    beside.mkdir(exist_ok=True)
    return Path(tempfile.mkdtemp(dir=beside)) / "quads"


def _prepare(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        strangers = [] if (folder / "format").exists() else [f.name for f in folder.iterdir() if f.name != "lock"]
    except FileExistsError:
        raise StoreError(f"{folder} is a file, not a graph's folder; give another --graph") from None
    except OSError as problem:
        raise StoreError(f"{folder} cannot be written ({problem.strerror}); give another --graph") from None
    if any(not name.startswith("format.") for name in strangers):
        raise StoreError(f"{folder} holds other things than a graph; give --graph a new or empty folder")


def require(folder: Path) -> None:
    """Raises StoreError if there is no graph in the folder."""
    if folder.is_file():
        raise StoreError(f"{folder} is a file, not a graph's folder; give another --graph")
    if not folder.is_dir():
        raise StoreError(f"no graph at {folder}: run `tollgraph ingest` first, or give its folder with --graph")
    if not (folder / "format").exists():
        what = "is not a graph's folder" if any(folder.iterdir()) else "is empty"
        raise StoreError(f"no graph at {folder} (it {what}): run `tollgraph ingest` first, or give another --graph")


def _check_format(folder: Path, *, write: bool) -> None:
    file = folder / "format"
    if write and not file.exists():
        _write_format(file)
    try:
        found = int(file.read_text(encoding="ascii"))
    except (ValueError, OSError):
        raise StoreError(f"{file} is damaged; `tollgraph doctor --repair` mends it") from None
    if found > FORMAT:
        raise StoreError(
            f"{folder} was written by a newer Tollgraph (format {found}, this one reads {FORMAT}): "
            "update with `pip install --upgrade tollgraph`, or give another --graph"
        )
    if write and found < FORMAT:
        _write_format(file)


def _write_format(file: Path) -> None:
    new = file.with_name(f"format.{os.getpid()}")
    new.write_text(f"{FORMAT}\n", encoding="ascii")
    new.replace(file)


def _open_quads(folder: Path, *, write: bool) -> pyoxigraph.Store:
    quads = folder / "quads"
    started = (quads / "CURRENT").exists()
    if not started and any(quads.glob("*.sst")):  # a writer would begin a new database and delete the old one's files
        raise StoreError(damaged(quads, "its file CURRENT is missing"))
    if not (started or write):
        raise StoreError(f"no document is in {folder} yet: run `tollgraph ingest` first")
    try:
        return pyoxigraph.Store(quads) if write else pyoxigraph.Store.read_only(str(quads))
    except (OSError, RuntimeError) as problem:
        raise StoreError(damaged(quads, str(problem).splitlines()[0])) from None


def damaged(quads: Path, why: str) -> str:
    """What is said of a database that does not open."""
    return (
        f"{quads} is damaged or cannot be opened ({why.strip()}); `tollgraph doctor` says what is left, "
        "`tollgraph restore` brings a backup back"
    )


def drop_checkpoint(checkpoint: Path) -> None:
    """Delete a checkpoint that `new_checkpoint` made room for."""
    shutil.rmtree(checkpoint.parent, ignore_errors=True)
    with suppress(OSError):  # the last one out closes the door; others may still be in
        checkpoint.parent.parent.rmdir()
