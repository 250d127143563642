"""What people judged, and what was computed before: the part of an export from which corrections can be undone."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import NamedNode, Quad

from graph.export.scope import Scope
from graph.judgements import Judgement, Rulings, encode_judgements
from graph.judgements.rdf import GRAPH
from graph.namespaces import iri
from graph.rdf import decode
from graph.rdf.encode import MARKS
from graph.rdf.terms import literal, tg
from graph.store.history import packed
from graph.store.protocol import Store

COMPUTED = tg("computed")


def judgements_in(store: Store, scope: Scope) -> list[Judgement]:
    """All judgements; none for the claims about one entity, or for a document on which none bears."""
    found = store.judgements()
    if not found or scope.about is not None:
        return []
    if scope.document is not None and not Rulings(found).touch(decode(store.computed(scope.document))):
        return []
    return found


def judgement_quads(store: Store, scope: Scope) -> list[Quad]:
    """The graph of judgements, with the packed former graph of each document that was corrected."""
    found = judgements_in(store, scope)
    quads = encode_judgements(found)
    for document in () if scope.about is not None else scope.documents(store):
        former = computed(store, document, list(store.quads(document)), found)
        if former is not None:
            quads.append(Quad(NamedNode(iri(document)), COMPUTED, literal(former), GRAPH))
    return sorted(quads, key=str)


def computed(store: Store, document: str, quads: Sequence[Quad], judgements: Sequence[Judgement]) -> str | None:
    """The packed graph as computed of a document whose graph `quads` is more than that with marks on claims."""
    if not judgements and not any(quad.predicate in MARKS for quad in quads):
        return None
    former = store.computed(document)
    if set(former) == {quad for quad in quads if quad.predicate not in MARKS}:
        return None
    return packed(sorted(former, key=str))
