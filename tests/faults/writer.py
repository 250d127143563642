"""Ingests in processes that are made to be killed: python -m tests.faults.writer FOLDER

Made-up notes are read by the real pipeline once. For every line on stdin it forks a child, which takes them in, over
and over in other words, and says of each, flushed: `try ID DIGEST` before the store gets it, `in ID` once the store has
it.
"""

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from pyoxigraph import Quad

from graph.model import Document, DocumentClaims
from graph.rdf import encode
from graph.store import open_store
from ingest.pipeline import Pipeline
from ingest.run import Progress, ingest_documents
from tests.benchmarks.corpus import notes

SOURCES = 6


def digest(quads: Iterable[Quad]) -> str:
    """What a document's graph holds, as a short word."""
    return hashlib.sha256("\n".join(sorted(map(str, quads))).encode()).hexdigest()[:16]


def say(*words: str) -> None:
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


def rewritten() -> list[Document]:
    """Notes of which every third has the same source, so that it replaces another text."""
    made = list(notes(SOURCES * 3))
    return [replace(text, id=made[i % SOURCES].id, source=made[i % SOURCES].source) for i, text in enumerate(made)]


def work(folder: Path, documents: Iterator[Document], read: dict[tuple[str, str], DocumentClaims]) -> None:
    """Take the documents in until killed; `read` has what the pipeline made of each."""

    def extract(document: Document) -> DocumentClaims:
        batch = read[document.id, document.sha256]
        say("try", document.id, digest(encode(batch)))
        return batch

    def told(step: Progress) -> None:
        if step.document is not None:
            say(step.outcome, step.document.id)

    store = open_store(folder, write=True, lock_seconds=10)
    say("open")
    ingest_documents(documents, store, extract=extract, progress=told)


def main() -> None:
    pipeline, documents = Pipeline(), rewritten()
    read = {(document.id, document.sha256): pipeline.extract(document) for document in documents}
    say("ready")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            work(Path(sys.argv[1]), islice(cycle(documents), int(line), None), read)
        say("child", str(child))
        os.waitpid(child, 0)
        say("gone")


if __name__ == "__main__":
    main()
