"""Tables among the documents: their rows are found by their claims and are no passages."""

from __future__ import annotations

from urllib.parse import quote

from graph.locators import TABLES
from graph.namespaces import EXTRACTOR, PROV, iri
from graph.store.protocol import Store


def is_table(store: Store, document_id: str) -> bool:
    """Whether the store has a document as a table; asks for one statement of it, for a table may be large."""
    graph = f"<{iri(document_id)}>"
    found = store.select(f"SELECT ?made {{ GRAPH {graph} {{ {graph} <{PROV}wasAttributedTo> ?made }} }}")
    return any(row[0] and row[0].value.startswith(EXTRACTOR + quote(TABLES, safe="")) for row in found.rows)
