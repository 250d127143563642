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
    """The graph in a folder or on a SPARQL server (http://…), for any number of readers or one writer.

    Raises StoreError: no graph there, in use by another process for `lock_seconds`, of a newer version, damaged; the
    server down. Credentials of a server are given to `graph.store.open_store`.
    """
    from graph.notebook import Graph
    from graph.store import open_store

    server = isinstance(path, str) and path.lower().startswith(("http://", "https://"))
    return Graph(open_store(path if server else Path(path), write=write, lock_seconds=lock_seconds))
