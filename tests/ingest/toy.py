"""A toy extractor for tests of the run, and a program that ingests with it (and may be killed at any moment).

python -m tests.ingest.toy STORE FOLDER     prints the id of each document that is acknowledged
"""

import re
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from graph.errors import QueryError
from graph.model import Document, DocumentClaims, Entity, Evidence
from graph.settings import Settings
from graph.store.oxigraph import OxigraphStore
from ingest.run import Progress, ingest_sources
from tests.graph.samples import ref, relation

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
_SUPPLIES = re.compile(r"(\w+) supplies (\w+)\.")


def extract(document: Document) -> DocumentClaims:
    """A claim for each “A supplies B.”; a text with “poison” is one that an extractor cannot take."""
    if "poison" in document.text:
        raise QueryError("poisoned")
    claims = tuple(
        replace(relation(m[1], "supplies", m[2]), evidence=(Evidence(document.id, m.start(), m.end(), m[0]),))
        for m in _SUPPLIES.finditer(document.text)
    )
    labels = {label for m in _SUPPLIES.finditer(document.text) for label in m.groups()}
    entities = tuple(Entity(r.id, r.label, r.type) for r in map(ref, sorted(labels)))
    notes = ("one sentence left out",) if "???" in document.text else ()
    return DocumentClaims(document, entities, claims, notes)


def acknowledge(progress: Progress) -> None:
    if progress.outcome == "in" and progress.document is not None:
        print(progress.document.id, flush=True)


if __name__ == "__main__":
    with OxigraphStore(Path(sys.argv[1])) as store:
        ingest_sources(
            sys.argv[2:], store, settings=Settings(), extract=extract, now=lambda: NOW, progress=acknowledge, again=True
        )
