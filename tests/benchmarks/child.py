"""A whole ingest run as a process of its own, for its peak memory: python -m tests.benchmarks.child FOLDER COUNT"""

import resource
import sys
from pathlib import Path

from graph.store.oxigraph import OxigraphStore
from ingest.pipeline import Pipeline
from ingest.run import ingest_documents
from tests.benchmarks.corpus import briefings

if __name__ == "__main__":
    with OxigraphStore(Path(sys.argv[1])) as store:
        report = ingest_documents(briefings(int(sys.argv[2])), store, extract=Pipeline().extract)
    print(report.documents, report.claims, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
