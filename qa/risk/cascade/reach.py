"""Who can be reached over any number of tiers: breadth first, in time linear in the number of links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from graph.errors import SettingsError
from qa.risk.cascade import checks

if TYPE_CHECKING:
    from qa.risk.cascade.checks import Places


def tiers_from(flows: Any, start: int | list[int], *, upstream: bool = False) -> Places:
    """How many links away each firm is from those that it starts at, shape (n,): 0 at the start, −1 out of reach.

    `flows[i, j]` above 0 means that i sells to j: customers are followed, or suppliers with `upstream`. Raises
    SettingsError for a start that is no firm, or a matrix that is none.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import breadth_first_order

    found = checks.amounts(flows)
    firms = found.shape[0]
    begin = np.unique(np.atleast_1d(np.asarray(start)))
    if not begin.size or not np.issubdtype(begin.dtype, np.integer) or begin[0] < 0 or begin[-1] >= firms:
        raise SettingsError(f"start is {start}; give firms by their numbers, 0 to {firms - 1}")
    links = found.T.tocsr() if upstream else found
    ends = np.append(links.indptr, links.nnz + begin.size)  # one more row: it links to all that we start at
    columns = np.concatenate([links.indices, begin.astype(links.indices.dtype)])
    grown = csr_array((np.ones(columns.size), columns, ends), shape=(firms + 1, firms + 1))
    order, parent = breadth_first_order(grown, firms)
    tier = np.full(firms + 1, -1, dtype=np.int64)
    place = np.empty(firms + 1, dtype=np.int64)
    place[order] = np.arange(order.size)
    parents = place[parent[order[1:]]]  # ascending: a tier is those whose parents are in the tier before
    low, high, at = 0, 1, -1
    while low < high:
        tier[order[low:high]] = at
        low, high, at = high, 1 + int(np.searchsorted(parents, high)), at + 1
    return tier[:firms]
