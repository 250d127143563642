"""Judgements out of an export, and documents as they were computed before judgements corrected them."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterable, Sequence

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from graph.conform import require_shape
from graph.errors import ShapeError, TollgraphError
from graph.export.judged import COMPUTED
from graph.judgements import KINDS, Judgement, decode_judgements, encode_judgements
from graph.judgements.model import judgement_id
from graph.namespaces import DOCUMENT, id_of, iri

_MOST = 256 << 20  # bytes of one document's graph; a packed one may pretend to be small


def judgements_of(quads: Sequence[Quad]) -> list[Judgement]:
    """The judgements that the quads of their graph state. Raises ShapeError for anything else in it."""
    said = [quad for quad in quads if quad.predicate != COMPUTED]
    require_shape(said, "the graph of judgements")
    try:
        found = decode_judgements(said)
        again = set(encode_judgements(found))
    except (TollgraphError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError) as bad:
        raise ShapeError(f"the graph of judgements cannot be read ({type(bad).__name__}: {bad})") from None
    if odd := again.symmetric_difference(said):
        raise ShapeError(f"the graph of judgements says what no judgement says: {str(min(odd, key=str))[:200]}")
    require_judgements(found)
    return found


def require_judgements(found: Iterable[Judgement]) -> None:
    """Raises ShapeError for a judgement whose id does not fit what it says, or of no known kind."""
    for judgement in found:
        if judgement.kind not in KINDS or judgement_id(judgement) != judgement.id:
            raise ShapeError(
                f"judgement {judgement.id} ({judgement.kind} {judgement.target}) is not what its id was made from"
            )


def computed_of(quads: Iterable[Quad]) -> dict[str, str]:
    """Document id → its packed graph as computed, from the quads of the graph of judgements."""
    found: dict[str, str] = {}
    for quad in quads:
        if (
            quad.predicate == COMPUTED
            and isinstance(quad.subject, NamedNode)
            and quad.subject.value.startswith(DOCUMENT)
        ):
            found[id_of(quad.subject.value)] = getattr(quad.object, "value", "")
    return found


def unpacked(name: str, text: str) -> list[Quad]:
    """The quads of a packed graph of the document `name`. Raises ShapeError if it is none."""
    try:
        opener = zlib.decompressobj()
        data = opener.decompress(base64.b64decode(text, validate=True), _MOST)
        if opener.unconsumed_tail or not opener.eof:
            raise ValueError("too large, or cut")
        quads = list(dict.fromkeys(parse(data, format=RdfFormat.N_QUADS)))
    except (ValueError, zlib.error, SyntaxError) as problem:
        raise ShapeError(f"{name}: what was computed from it cannot be unpacked ({problem})") from None
    if any(quad.graph_name != NamedNode(iri(name)) for quad in quads):
        raise ShapeError(f"{name}: what was computed from it is another document's graph")
    return quads
