"""Which documents the last writes were about, told from the numbers that every write leaves behind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from pyoxigraph import NamedNode

from graph.namespaces import DOCUMENT as DOCUMENTS
from graph.namespaces import JUDGEMENT, STORE, id_of
from graph.rdf.terms import literal
from graph.store.desk import affected, judgements
from graph.store.history import DEFAULT, DOCUMENT, WRITTEN
from graph.store.seam import Quads


def changed(quads: Quads, since: int, version: int) -> frozenset[str] | None:
    """The documents (ids) that the writes after `since`, up to `version`, brought, replaced, took out or corrected.

    None if one of them erased history: what it was about is not on record. Costs what there is to tell.
    """
    names = {name for write in range(since + 1, version + 1) for name in _about(quads, write)}
    if STORE in names or since > version:
        return None
    found = {name for name in names if name.startswith(DOCUMENTS)}
    judged = {id_of(name) for name in names if name.startswith(JUDGEMENT)}
    if judged:
        found |= {name for one in judgements(quads) if one.id in judged for name in affected(quads, one)}
    return frozenset(map(id_of, found))


def _about(quads: Quads, write: int) -> Iterator[str]:
    number = literal(write)
    for stamp in quads.quads_for_pattern(None, WRITTEN, number, DEFAULT):
        if stamp.object != number:
            continue  # the database finds more than the number where its last byte is 255
        yield cast(NamedNode, stamp.subject).value
        for past in quads.quads_for_pattern(cast(NamedNode, stamp.subject), DOCUMENT, None, DEFAULT):
            yield cast(NamedNode, past.object).value
