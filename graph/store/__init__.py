"""Stores of the graph, and the way to open one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, overload

from graph.store.oxigraph import OxigraphStore
from graph.store.protocol import ClaimFilter, Counts, Rows, Store, Term

if TYPE_CHECKING:
    from graph.store.remote import Endpoint, RemoteStore

__all__ = ["ClaimFilter", "Counts", "OxigraphStore", "Rows", "Store", "Term", "open_store"]


@overload
def open_store(path: Path, *, write: bool = False, lock_seconds: float = 2.0) -> OxigraphStore: ...
@overload
def open_store(
    path: str, *, write: bool = False, lock_seconds: float = 2.0, server: Endpoint | None = None
) -> RemoteStore: ...
@overload
def open_store(
    path: Path | str, *, write: bool = False, lock_seconds: float = 2.0, server: Endpoint | None = None
) -> OxigraphStore | RemoteStore: ...
def open_store(
    path: Path | str, *, write: bool = False, lock_seconds: float = 2.0, server: Endpoint | None = None
) -> OxigraphStore | RemoteStore:
    """The store in a folder (a Path) or on a SPARQL server (its address), for one writer or any number of readers.

    A writer makes what is missing. `server` says what the address does not: where updates go, credentials, limits.
    Raises StoreError: no graph there, in use by another process for `lock_seconds`, of a newer version, damaged; the
    server down, slow or closed to us.
    """
    if isinstance(path, Path):
        return OxigraphStore(path, write=write, lock_seconds=lock_seconds)
    from graph.store.remote import RemoteStore, endpoint  # httpx, which folders do without

    return RemoteStore(endpoint(path, server), write=write, lock_seconds=lock_seconds)
