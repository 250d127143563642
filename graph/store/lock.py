"""One writer or many readers: an advisory lock on the store folder that names its holder and ends with the process."""

from __future__ import annotations

import fcntl
import json
import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

from graph.errors import StoreError

_PAUSE = 0.05


class FolderLock:
    """Holds `folder/lock`, shared or exclusive, until `release`; an flock, so a killed holder leaves nothing behind."""

    def __init__(self, folder: Path, *, exclusive: bool, seconds: float) -> None:
        self._file = _open(folder / "lock", exclusive=exclusive)
        if self._file is not None:
            self._acquire(folder, exclusive=exclusive, seconds=seconds)

    def _acquire(self, folder: Path, *, exclusive: bool, seconds: float) -> None:
        assert self._file is not None
        deadline = time.monotonic() + seconds
        mode = (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB
        while True:
            try:
                fcntl.flock(self._file, mode)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    holder = _holder(self._file)
                    self._file.close()
                    raise StoreError(
                        f"{folder} is in use by {holder}; wait for it or stop it (`--wait SECONDS`, or "
                        "TOLLGRAPH_LOCK_SECONDS, says how long to wait), or give another --graph folder"
                    ) from None
                time.sleep(_PAUSE)
        if self._file.writable():
            with suppress(OSError):  # a full disk keeps nobody from reading
                self._file.seek(0)
                self._file.truncate()
                self._file.write(json.dumps({"pid": os.getpid(), "command": _command()}))
                self._file.flush()

    def release(self) -> None:
        """Let go; a second call does nothing."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _open(path: Path, *, exclusive: bool) -> IO[str] | None:
    """The lock file; None for a reader of a folder where nobody can write, so that there is none."""
    try:
        return path.open("a+", encoding="utf-8")
    except OSError as problem:
        if exclusive:
            raise StoreError(f"{path.parent} cannot be written ({problem.strerror}); give a --graph that can") from None
    try:
        return path.open(encoding="utf-8")
    except FileNotFoundError:
        return None
    except OSError as problem:
        raise StoreError(f"{path} cannot be read ({problem.strerror}); ask its owner for access") from None


def _command() -> str:
    return " ".join([Path(sys.argv[0]).name or "python", *sys.argv[1:3]])


def _holder(file: IO[str]) -> str:
    """Who holds the lock: by the system's own list where it has one, otherwise the last one that wrote its name."""
    file.seek(0)
    try:
        held = json.loads(file.read())
        last, command = int(held["pid"]), str(held["command"])
    except (ValueError, KeyError, TypeError):
        last, command = 0, ""
    holders = _listed(os.fstat(file.fileno()))
    if last and (not holders or last in holders):
        return f"process {last} ({command})"
    return f"process {holders[0]}" if holders else "another process"


def _listed(lock: os.stat_result) -> list[int]:
    """The processes that hold this file's lock, of Linux's /proc/locks; empty where there is none."""
    place = f"{os.major(lock.st_dev):02x}:{os.minor(lock.st_dev):02x}:{lock.st_ino}"
    try:
        lines = [line.split() for line in Path("/proc/locks").read_text(encoding="ascii").splitlines()]
    except (OSError, ValueError):
        return []
    return [int(line[4]) for line in lines if line[1] == "FLOCK" and line[5] == place and int(line[4]) > 0]
