"""Documents with claims as RDF and back: `decode(encode(batch)) == batch`. The shape: docs/decisions/0002."""

from graph.rdf.decode import decode
from graph.rdf.encode import encode

__all__ = ["decode", "encode"]
