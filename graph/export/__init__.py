"""The graph for other tools: RDF with all evidence, a network of the affirmed relations, tables of the claims."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from graph.errors import SettingsError
from graph.export.arrow import write_parquet
from graph.export.network import write_graphml
from graph.export.rdf import write_jsonld, write_nquads, write_nquads12, write_trig, write_turtle, write_turtle12
from graph.export.scope import EVERYTHING, Scope
from graph.export.table import write_csv
from graph.export.tables import write_csv_tables, write_parquet_tables
from graph.store.protocol import Store

__all__ = ["FORMATS", "Format", "Scope", "export", "format_of"]


@dataclass(frozen=True, slots=True)
class Format:
    """What writes a format, its media type and file suffix; `lossless` if `tollgraph import` reads it back."""

    write: Callable[[Store, IO[bytes], Scope], None]
    media_type: str
    suffix: str
    lossless: bool = False


FORMATS: dict[str, Format] = {
    "turtle": Format(write_turtle, "text/turtle", "ttl"),
    "trig": Format(write_trig, "application/trig", "trig", lossless=True),
    "nquads": Format(write_nquads, "application/n-quads", "nq", lossless=True),
    "jsonld": Format(write_jsonld, "application/ld+json", "jsonld", lossless=True),
    "graphml": Format(write_graphml, "application/graphml+xml", "graphml"),
    "csv": Format(write_csv, "text/csv", "csv"),
    "parquet": Format(write_parquet, "application/vnd.apache.parquet", "parquet"),
    "csv-tables": Format(write_csv_tables, "application/zip", "csv.zip", lossless=True),
    "parquet-tables": Format(write_parquet_tables, "application/zip", "parquet.zip", lossless=True),
    "turtle12": Format(write_turtle12, "text/turtle; version=1.2", "ttl"),
    "nquads12": Format(write_nquads12, "application/n-quads; version=1.2", "nq"),
}
"""The export formats by name."""


def export(store: Store, format: str, stream: IO[bytes], scope: Scope = EVERYTHING) -> None:
    """Write the graph, or what is in scope, to a binary stream, a document at a time; the same graph, the same bytes.

    The lossless formats read back as the same documents. Turtle is their union; GraphML holds the affirmed relations,
    CSV and Parquet a row a claim (see graph.export.network, table and arrow); the formats of RDF 1.2 add triple terms.
    Raises SettingsError for an unknown format, or a scope that cuts documents up in a lossless one; nothing is written
    then.
    """
    format_of(format, scope).write(store, stream, scope)


def format_of(name: str, scope: Scope = EVERYTHING) -> Format:
    """The format of a name. Raises SettingsError if there is none, or if it cannot write that scope."""
    found = FORMATS.get(name)
    if found is None:
        raise SettingsError(f"no export format “{name}”: choose one of {', '.join(FORMATS)}")
    if scope.about is not None and found.lossless:
        cut = ", ".join(each for each, one in FORMATS.items() if not one.lossless)
        raise SettingsError(f"{name} holds whole documents, not the claims about one entity: choose one of {cut}")
    return found
