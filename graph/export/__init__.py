"""The graph for other tools: RDF with all evidence, a network of the affirmed relations, a table of the claims."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO

from graph.errors import SettingsError
from graph.export.network import write_graphml
from graph.export.rdf import write_jsonld, write_nquads, write_trig, write_turtle
from graph.export.table import write_csv
from graph.store.protocol import Store

FORMATS: dict[str, Callable[[Store, IO[bytes]], None]] = {
    "turtle": write_turtle,
    "trig": write_trig,
    "nquads": write_nquads,
    "jsonld": write_jsonld,
    "graphml": write_graphml,
    "csv": write_csv,
}
"""Format → what writes it."""


def export(store: Store, format: str, stream: IO[bytes]) -> None:
    """Write the whole graph to a binary stream, a document at a time; the same graph gives the same bytes.

    TriG, N-Quads and JSON-LD keep one named graph a document and read back as the same quads; Turtle is their union.
    GraphML holds the affirmed relations, CSV one row a claim (see graph.export.network and graph.export.table).
    Raises SettingsError for an unknown format; nothing is written then.
    """
    if format not in FORMATS:
        raise SettingsError(f"no export format “{format}”: choose one of {', '.join(FORMATS)}")
    FORMATS[format](store, stream)
