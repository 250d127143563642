"""Ten thousand small documents in one call: python -m tests.faults.many FOLDER N

The extractor is a cheap one. Prints peak memory in kilobytes after a fifth of them and at the end, then the report.
"""

import hashlib
import json
import resource
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from graph.identity import document_id
from graph.model import Document, DocumentClaims, Evidence
from graph.store import open_store
from ingest.run import Progress, ingest_documents
from tests.graph import samples

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def documents(count: int) -> Iterator[Document]:
    for number in range(count):
        text = f"Maker {number % 300} sells parts to Buyer {number % 70}."
        source = f"/made-up/{number}.txt"
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        yield Document(document_id(source), text, f"Note {number}", source, sha256, ingested=NOW)


def extract(document: Document) -> DocumentClaims:
    if document.title.endswith("99"):
        raise ValueError("an extractor's bug")
    seller, buyer = document.text.removesuffix(".").split(" sells parts to ")
    claim = samples.relation(seller, "supplies", buyer)
    evidence = Evidence(document.id, 0, len(document.text), document.text)
    return DocumentClaims(document, (), (replace(claim, evidence=(evidence,)),))


def main(folder: Path, count: int) -> None:
    peaks: list[int] = []

    def follow(step: Progress) -> None:
        if step.done in (count // 5, count):
            peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)

    with open_store(folder, write=True) as store:
        report = ingest_documents(documents(count), store, extract=extract, progress=follow)
    print(json.dumps({"peaks": peaks, "report": report.to_json()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
