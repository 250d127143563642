"""Stores of the graph, and the way to open one."""

from __future__ import annotations

from pathlib import Path

from graph.store.oxigraph import OxigraphStore
from graph.store.protocol import ClaimFilter, Counts, Rows, Store, Term

__all__ = ["ClaimFilter", "Counts", "OxigraphStore", "Rows", "Store", "Term", "open_store"]


def open_store(path: Path, *, write: bool = False, lock_seconds: float = 2.0) -> OxigraphStore:
    """The store in a folder, for one writer (which makes the folder if need be) or any number of readers.

    Raises StoreError: no graph there, in use by another process for `lock_seconds`, of a newer version, damaged.
    """
    return OxigraphStore(path, write=write, lock_seconds=lock_seconds)
