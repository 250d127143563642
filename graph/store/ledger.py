"""The last acknowledged writes in a small file beside the quads, so that their loss is noticed and can be named.

The database drops the end of a damaged log without a word. The ledger says how far the store had come: a line for each
write (its number and its document) since the buffers were last flushed, and the number of the last one before.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from graph.errors import StoreError

NAME = "ledger"
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Written:
    """One acknowledged write: its number and what it was about (a document's id), "" if that is not known."""

    version: int
    what: str


class Ledger:
    """The ledger of a store that is open for writing. OSError if its disk takes no more."""

    def __init__(self, folder: Path) -> None:
        self._file = os.open(folder / NAME, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)

    def note(self, version: int, what: str) -> None:
        """One more write is in the database."""
        os.write(self._file, f"{version} {what}\n".encode())

    def settle(self, version: int) -> None:
        """All writes up to `version` are safe in files of their own; forget them."""
        os.ftruncate(self._file, 0)
        self.note(version, "")

    def close(self) -> None:
        """Release the file."""
        os.close(self._file)


def noted(folder: Path) -> list[Written]:
    """The writes that the ledger of a folder notes; none if there is no ledger."""
    try:
        lines = (folder / NAME).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    found = []
    for line in lines:
        number, _, what = line.partition(" ")
        with suppress(ValueError):  # the last line of a full disk may be cut
            found.append(Written(int(number), what))
    return found


def last_noted(folder: Path) -> int:
    """The number of the last write that the ledger of a folder notes; 0 if there is no ledger."""
    return max((write.version for write in noted(folder)), default=0)


def missing(folder: Path, version: int) -> list[Written]:
    """The acknowledged writes that a store of this version does not hold."""
    return [write for write in noted(folder) if write.version > version]


def require_all(folder: Path, version: int) -> None:
    """StoreError if the store has lost acknowledged writes."""
    lost = missing(folder, version)
    if lost:
        names = list(dict.fromkeys(write.what for write in lost if write.what))
        shown = f" ({', '.join(names[:_SHOWN])}{' …' if len(names) > _SHOWN else ''})" if names else ""
        raise StoreError(
            f"{folder} has lost its last {lost[-1].version - version} writes{shown}: its log is damaged, or the power "
            "failed; `tollgraph restore` brings a backup back, `tollgraph doctor --repair` goes on without them"
        )
