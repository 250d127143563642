"""Documents out of what an export wrote: TriG, N-Quads, JSON-LD, and tables as CSV or Parquet.

    for loaded in read(Path("graph.trig")):
        store.put(loaded.batch)

Nothing is fetched: a JSON-LD context must be in the file, as it is in our exports.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import RdfFormat

from graph.errors import SourceError
from graph.load.document import Loaded
from graph.load.rdf import read_rdf
from graph.load.tables import read_tables, tables_in

__all__ = ["Loaded", "read"]

_RDF = {
    ".trig": RdfFormat.TRIG,
    ".nq": RdfFormat.N_QUADS,
    ".nquads": RdfFormat.N_QUADS,
    ".jsonld": RdfFormat.JSON_LD,
}
_CANNOT = {
    ".ttl": "Turtle is the union of the documents and no longer says which said what",
    ".nt": "N-Triples do not say which document a statement is from",
    ".rdf": "RDF/XML does not say which document a statement is from",
    ".graphml": "GraphML holds relations only, without texts and passages",
    ".csv": "one CSV table holds claims only, without texts",
    ".parquet": "one Parquet table holds claims only, without texts",
}
_WAY_OUT = "export as trig, nquads, jsonld, csv-tables or parquet-tables, which lose nothing"


def read(path: Path) -> Iterator[Loaded]:
    """The documents of a file, or of a folder of tables, in its order; those that cannot be taken say why.

    The whole file is read once before the first document comes out. Raises SourceError, naming file and line, if it is
    missing, of another format, or not well-formed: then nothing comes out of it.
    """
    suffix = path.suffix.lower()
    if path.is_dir():
        if tables_in(path) is None:
            raise SourceError(f"{path} is a folder without documents.csv or documents.parquet; name the file to import")
        return read_tables(path)
    if not path.exists():
        raise SourceError(f"{path} is not there; name a file that `tollgraph export` wrote")
    if suffix == ".zip":
        return read_tables(path)
    if suffix in _RDF:
        return read_rdf(path, _RDF[suffix])
    if suffix in _CANNOT:
        raise SourceError(f"{path} cannot be imported: {_CANNOT[suffix]}; {_WAY_OUT}")
    raise SourceError(f"{path} has none of the suffixes .trig, .nq, .jsonld, .zip of what can be imported; {_WAY_OUT}")
