"""The knowledge graph: vocabulary, claims with evidence, the store, its views and exports.

import graph

with graph.open("./.tollgraph") as g:
    for claim in g.claims(about="Nvidia", predicate="supplies"):
        print(claim.subject.label, claim.object.label, claim.evidence[0].quote)
    g.claims(predicate="capex").frame()      # a pandas DataFrame

docs/notebooks.md has more.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.notebook import Graph

__all__ = ["open"]


def open(path: str | Path = ".tollgraph", *, write: bool = False, lock_seconds: float = 2.0) -> Graph:  # noqa: A001
    """The graph in a folder, for any number of readers or one writer (which makes the folder if need be).

    Raises StoreError: no graph there, in use by another process for `lock_seconds`, of a newer version, damaged.
    """
    from graph.notebook import Graph
    from graph.store import open_store

    return Graph(open_store(Path(path), write=write, lock_seconds=lock_seconds))
