"""Backups: a verified copy of the store in a folder of its own, made while others read or write, and the way back.

    TARGET/2026-11-25T191502Z-v1234/    format, quads/, manifest.json (version, size and SHA-256 of every file)

A backup appears under its name only when it is whole: it is written beside, read back, opened, and then renamed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from graph.errors import StoreError
from graph.store.capture import captured
from graph.store.folder import FORMAT
from graph.store.ledger import noted
from graph.store.lock import FolderLock
from graph.store.probe import probe

_MANIFEST = "manifest.json"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup: its folder, the store's version in it, its documents and its size in bytes."""

    path: Path
    version: int
    documents: int
    size: int


def beside(folder: Path) -> Path:
    """Where the backups of a graph go if nobody says otherwise."""
    folder = folder.absolute()
    return folder.with_name(folder.name + ".backups")


def back_up(folder: Path, target: Path, *, now: datetime, keep: int | None = None) -> Backup:
    """Copy the graph as it stands into a new folder under `target`, verify it, and drop all but the `keep` newest.

    Every write acknowledged before the call is in it. StoreError if there is no graph, or the copy does not verify.
    """
    if not (folder / "format").exists():
        raise StoreError(f"no graph at {folder}: give its folder with --graph")
    acknowledged = max((write.version for write in noted(folder)), default=0)
    with _disk(target):
        target.mkdir(parents=True, exist_ok=True)
        partial = target / f".partial-{os.getpid()}"
        shutil.rmtree(partial, ignore_errors=True)
        try:
            return _finish(folder, partial, target, acknowledged, now, keep)
        finally:
            shutil.rmtree(partial, ignore_errors=True)


def _finish(folder: Path, partial: Path, target: Path, acknowledged: int, now: datetime, keep: int | None) -> Backup:
    (partial / "quads").mkdir(parents=True)
    with captured(folder / "quads") as files:
        sums = {f"quads/{f.name}": _copy(f.file, partial / "quads" / f.name, f.size) for f in files}
    (partial / "format").write_text(f"{FORMAT}\n", encoding="ascii")
    for name, expected in sums.items():
        if _digest(partial / name) != expected:
            raise StoreError(f"{partial / name} does not read back as it was written; use another disk")
    found = probe(partial / "quads")
    if found.version < acknowledged:
        raise StoreError(
            f"{folder} has lost writes that were acknowledged ({found.version} of {acknowledged} are left); "
            "run `tollgraph doctor`"
        )
    size = sum((partial / name).stat().st_size for name in sums)
    record = {"version": found.version, "documents": found.documents, "taken": now.isoformat(), "files": sums}
    (partial / _MANIFEST).write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    _sync(partial)
    name = f"{now.strftime('%Y-%m-%dT%H%M%SZ')}-v{found.version}"
    while (target / name).exists():
        name += "+"
    partial.rename(target / name)
    _sync(target)
    for old in backups(target)[keep or None :] if keep else ():
        shutil.rmtree(old)
    return Backup(target / name, found.version, found.documents, size)


def backups(target: Path) -> list[Path]:
    """The whole backups under a folder, newest first."""
    found = [p.parent for p in target.glob(f"*/{_MANIFEST}") if not p.parent.name.startswith(".")]
    return sorted(found, key=lambda path: path.name, reverse=True)


def restore(source: Path, folder: Path, *, now: datetime, lock_seconds: float = 2.0) -> tuple[Backup, Path | None]:
    """Put a backup (or the newest under `source`) in the place of the graph, which is moved aside and named.

    The backup is verified before and after it is copied. StoreError if it is damaged or the graph is in use.
    """
    chosen = source if (source / _MANIFEST).exists() else next(iter(backups(source)), None)
    if chosen is None:
        raise StoreError(f"no backup at {source}: give a backup's folder, or the folder that holds backups")
    record = _record(chosen)
    folder = folder.absolute()
    new = folder.with_name(f".{folder.name}.restoring-{os.getpid()}")
    with _held(folder, lock_seconds), _disk(folder.parent):
        try:
            (new / "quads").mkdir(parents=True)
            for name, expected in record["files"].items():
                with _backed_up(chosen, name) as file:
                    copied = _copy(file, new / name, None)
                if copied != expected or _digest(new / name) != expected:
                    raise StoreError(f"{chosen / name} is damaged; restore another backup")
            (new / "format").write_text(f"{FORMAT}\n", encoding="ascii")
            found = probe(new / "quads")
            (new / "ledger").write_text(f"{found.version} \n", encoding="ascii")
            _sync(new)
            aside = put_in_place(new, folder, f"before-restore-{now.strftime('%Y%m%dT%H%M%SZ')}")
        finally:
            shutil.rmtree(new, ignore_errors=True)
    size = sum((folder / name).stat().st_size for name in record["files"])
    return Backup(chosen, found.version, found.documents, size), aside


def put_in_place(new: Path, folder: Path, word: str) -> Path | None:
    """Rename a new graph's folder into place; the one that was there goes aside under its name and the word."""
    aside = None
    if folder.exists():
        aside = folder.with_name(f"{folder.name}.{word}")
        while aside.exists():
            aside = aside.with_name(aside.name + "+")
        folder.rename(aside)
    new.rename(folder)
    _sync(folder.parent)
    return aside


def _record(chosen: Path) -> dict[str, dict[str, str]]:
    try:
        found: dict[str, dict[str, str]] = json.loads((chosen / _MANIFEST).read_text(encoding="utf-8"))
        found["files"].items()
    except (OSError, ValueError, KeyError, AttributeError):
        raise StoreError(f"{chosen / _MANIFEST} is damaged; restore another backup") from None
    if any(not name.startswith("quads/") or ".." in name for name in found["files"]):
        raise StoreError(f"{chosen / _MANIFEST} names files outside of the backup; restore another backup")
    return found


@contextmanager
def _backed_up(chosen: Path, name: str) -> Iterator[BinaryIO]:
    try:
        file = (chosen / name).open("rb")
    except FileNotFoundError:
        raise StoreError(f"{chosen / name} is missing; restore another backup") from None
    with file:
        yield file


@contextmanager
def _held(folder: Path, seconds: float) -> Iterator[None]:
    """Nobody else has the graph that is to be replaced, if there is one."""
    if not folder.is_dir():
        yield
        return
    lock = FolderLock(folder, exclusive=True, seconds=seconds)
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _disk(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        where = problem.filename or target
        raise StoreError(
            f"{where} cannot be written ({problem.strerror}); free space, or give another folder"
        ) from None


def _copy(source: BinaryIO, target: Path, size: int | None) -> str:
    """Copy so many bytes (None: all), safely on disk when it returns; their SHA-256."""
    seen = hashlib.sha256()
    with target.open("wb") as out:
        while chunk := source.read(_CHUNK if size is None else min(_CHUNK, size)):
            size = size if size is None else size - len(chunk)
            seen.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    return seen.hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(folder: Path) -> None:
    """Make the names in a folder safe."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
