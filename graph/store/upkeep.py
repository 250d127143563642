"""What a store on disk does beside each write: notes it, flushes the buffers in time, leaves no large log behind."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph

from graph.store.ledger import Ledger, require_all

FLUSH_QUADS = 50_000
"""Written quads between two flushes. They take some 30 MB in memory and in the log, which keeps the last two stretches;
the database itself would wait for 128 MB in each of its ten tables."""

_LARGE_LOG = 4 << 20


class Upkeep:
    """The upkeep of one folder, open for writing, whose last write is `version`. StoreError if writes were lost."""

    def __init__(self, folder: Path, quads: pyoxigraph.Store, version: int) -> None:
        require_all(folder, version)
        self._folder = folder
        self._quads = quads
        self._version = version
        self._unflushed = 0
        self._clean = True
        self._ledger = Ledger(folder)

    def wrote(self, version: int, what: str, size: int) -> None:
        """A write of about `size` quads is in; its number and its document's id go into the ledger."""
        self._version = version
        self._clean = False
        self._ledger.note(version, what)
        self._unflushed += size
        if self._unflushed >= FLUSH_QUADS:
            self.flush()

    def flush(self) -> None:
        """Write all buffers to files, if there is anything new in them."""
        if self._clean:
            return
        self._quads.flush()
        self._ledger.settle(self._version)
        self._unflushed = 0
        self._clean = True

    def close(self) -> None:
        """Flush for the last time and let go of the database; call `trim_log` when nobody holds it."""
        try:
            self.flush()
        finally:
            self._ledger.close()
            del self._quads


def trim_log(quads: Path) -> None:
    """Let the database drop a large log whose content is in its files: it does so only when it is opened."""
    if sum(log.stat().st_size for log in quads.glob("*.log")) > _LARGE_LOG:
        pyoxigraph.Store(quads)
