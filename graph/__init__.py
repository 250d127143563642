"""The knowledge graph: vocabulary, claims with evidence, the store, its views and exports.

import graph

with graph.open("./.tollgraph") as store:
    for claim in store.claims():
        print(claim.subject.label, claim.predicate, claim.evidence[0].quote)
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.store.oxigraph import OxigraphStore

__all__ = ["open"]


def open(path: str | Path, *, write: bool = False, lock_seconds: float = 2.0) -> OxigraphStore:  # noqa: A001
    """The store in a folder, for one writer (which makes the folder if need be) or any number of readers.

    Raises StoreError: no graph there, in use by another process for `lock_seconds`, of a newer version, damaged.
    """
    from graph.store import open_store

    return open_store(Path(path), write=write, lock_seconds=lock_seconds)
