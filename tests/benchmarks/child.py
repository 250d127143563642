"""A whole ingest run as a process of its own, for its peak memory: python -m tests.benchmarks.child FOLDER N [notes]

Prints documents, claims, peak memory in kilobytes and processor microseconds a document, the model loaded before.
"""

import resource
import sys
import time
from pathlib import Path

from graph.store.oxigraph import OxigraphStore
from ingest.pipeline import Pipeline
from ingest.run import ingest_documents
from tests.benchmarks.corpus import briefings, notes

if __name__ == "__main__":
    count = int(sys.argv[2])
    pipeline = Pipeline()
    ingest_documents(briefings(2), OxigraphStore(), extract=pipeline.extract)
    began = time.process_time()
    with OxigraphStore(Path(sys.argv[1])) as store:
        made = notes(count) if sys.argv[3:] == ["notes"] else briefings(count)
        report = ingest_documents(made, store, extract=pipeline.extract)
    spent = int((time.process_time() - began) / count * 1e6)
    print(report.documents, report.claims, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, spent)
