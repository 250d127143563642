"""Anyone's SPARQL, run so that it does no harm: read-only, in its own process, within limits of time, rows and memory.

run_outside(store, "SELECT …", rows_as="csv", seconds=10, rows=10_000).body
"""

from graph.store.outside.checking import check_query
from graph.store.outside.running import GRAPH_FORMATS, ROW_FORMATS, Outcome, run_outside

__all__ = ["GRAPH_FORMATS", "ROW_FORMATS", "Outcome", "check_query", "run_outside"]
