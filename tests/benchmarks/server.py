"""The store on Virtuoso beside the embedded one, in one run: `python -m tests.benchmarks.server [CLAIMS]`.

Loads made-up claims into both (20 a document) and looks the same things up in both. Needs `virtuoso-t`.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from graph.store import ClaimFilter, OxigraphStore, Store
from graph.store.remote import RemoteStore
from tests.graph import samples, servers

_REPEATED = 15


def main(count: int) -> None:
    """Print a table of seconds (load) and milliseconds (look-ups)."""
    batches = list(samples.many_batches(count))
    few = batches[: max(1, len(batches) // 20)]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "virtuoso").mkdir()
        with servers.virtuoso(Path(folder) / "virtuoso") as server, OxigraphStore(Path(folder) / "embedded") as here:
            with RemoteStore(replace(server.endpoint, graphs="")) as plain:
                slow = _seconds(lambda: plain.put_many(few)) / len(few)
            server.wipe()
            with RemoteStore(server.endpoint) as there:
                one = [_seconds(partial(there.put, batch)) for batch in few]
                load = _seconds(lambda: there.put_many(batches[len(few) :])) / (1 - len(few) / len(batches))
            local = _seconds(lambda: here.put_many(batches))
            print(f"{count} claims, {len(batches)} documents, {sum(1 for _ in here.quads())} quads")
            print(f"put, a document: {1e3 * statistics.median(one):.0f} ms; by updates alone {1e3 * slow:.0f} ms")
            print(f"put_many of all: server {load:.1f} s, embedded {local:.1f} s")
            for name, look in _looks(batches[len(batches) // 2].document.id).items():
                with RemoteStore(server.endpoint, write=False) as reader:
                    first = _seconds(partial(look, reader, 0))
                    remote, embedded = _median(look, reader), _median(look, here)
                print(f"{name}: first {1e3 * first:.0f} ms, then server {remote:.1f} ms, embedded {embedded:.2f} ms")


def _median(look: Callable[[Store, int], object], store: Store) -> float:
    """Milliseconds of a look-up."""
    return 1e3 * statistics.median(_seconds(partial(look, store, i)) for i in range(1, _REPEATED))


def _looks(document: str) -> dict[str, Callable[[Store, int], object]]:
    return {
        "version": lambda store, i: store.version(),
        "claims about a firm": lambda store, i: list(store.claims(ClaimFilter(about=f"e:firm-{i}"))),
        "claims about a firm, one predicate": lambda store, i: list(
            store.claims(ClaimFilter(about=f"e:firm-{i}", predicate="supplies"))
        ),
        "an entity": lambda store, i: store.entity(f"e:firm-{i}"),
        "finding entities": lambda store, i: store.entities(f"firm {i}"),
        "a document": lambda store, i: store.document(document),
        "counts": lambda store, i: store.counts(),
        "select": lambda store, i: store.select(f"SELECT DISTINCT ?x {{ entity:firm-{i} tg:supplies ?x }}"),
    }


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
