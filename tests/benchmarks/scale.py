"""The store at one size, in a process of its own: python -m tests.benchmarks.scale FOLDER CLAIMS [rdflib]

Loads made-up claims through the store, measures size, look-ups and views, and then, for comparison, loads the same
statements with bare pyoxigraph (and rdflib in memory). Prints one JSON object. Times are of the processor, so that they
compare on a machine with other work.
"""

from __future__ import annotations

import json
import random
import resource
import shutil
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pyoxigraph

from graph.rdf import encode
from graph.store import ClaimFilter, OxigraphStore, open_store
from graph.views.network import connection, neighbourhood, network
from graph.views.sparse import share_matrix
from tests.benchmarks.claims import PER_DOCUMENT, document, documents, entities, entity

ASKED = 60
PAGE = 100
Lookup = Callable[[OxigraphStore, random.Random], object]


def main(folder: Path, claims: int, *, rdflib: bool) -> dict[str, Any]:
    """All figures of one size: seconds, megabytes, and statements a second; on stderr as far as they are there.

    What is compared comes last, so that it is not in the memory of the process that look-ups are made in.
    """
    found: dict[str, Any] = {"claims": claims, "documents": claims // PER_DOCUMENT}
    began = time.process_time()
    with open_store(folder / "g", write=True) as store:
        store.put_many(documents(claims))
    loading = time.process_time() - began
    found["bytes"] = sum(f.stat().st_size for f in (folder / "g").rglob("*") if f.is_file())
    found["index_bytes"] = (folder / "g" / "index").stat().st_size
    found["load_megabytes"] = _peak()
    found["open_seconds"] = _seconds(lambda: open_store(folder / "g").close())
    _tell(found)
    with open_store(folder / "g") as store:
        asked = lookups(claims)
        found["lookups"] = {name: _timed(store, look, claims) for name, look in asked.items()}
        _tell(found)
        found |= _views(store)
        found["lookups"] |= {name: _timed(store, look, claims) for name, look in over_the_network(claims).items()}
        found["counted"] = store.counts().claims
    _tell(found)
    shutil.rmtree(folder / "g")
    file = folder / "all.nq"
    found["made_seconds"], found["statements"] = _written(claims, file)
    found["load"] = found["statements"] / (loading - found["made_seconds"])
    found["bulk"] = found["statements"] / _seconds(lambda: _bare(folder / "bare", file))
    shutil.rmtree(folder / "bare")
    if rdflib:
        found |= _rdflib(file)
    file.unlink()
    return found


def lookups(claims: int) -> dict[str, Lookup]:
    """Typical questions to the store, by name; each draws what it asks for."""
    known, held = entities(claims), claims // PER_DOCUMENT
    small = partial(_small, claims)

    def large(luck: random.Random) -> str:
        return entity(luck.randrange(5)).id

    def read(luck: random.Random) -> str:
        return document(luck.randrange(held), known).document.id

    def stated(luck: random.Random) -> str:
        return luck.choice(document(luck.randrange(held), known).claims).id

    recent = ClaimFilter(as_of=date(2025, 1, 1))
    return {
        "claims of a small entity": lambda s, r: list(s.claims(ClaimFilter(about=small(r)))),
        "page of claims of a large entity": lambda s, r: list(
            s.claims(ClaimFilter(about=large(r), limit=PAGE, offset=PAGE * r.randrange(5)))
        ),
        "page of claims of a predicate and an entity": lambda s, r: list(
            s.claims(ClaimFilter(_some(r), predicate="revenue", limit=PAGE))
        ),
        "entity by name": lambda s, r: s.entities(entity(r.randrange(known)).label, limit=10),
        "entity by id": lambda s, r: s.entity(_some(r)),
        "document": lambda s, r: s.document(read(r)),
        "claim by id": lambda s, r: s.claim(stated(r)),
        "counts": lambda s, _: s.counts(),
        "sparql count": lambda s, r: s.select(
            f"SELECT (COUNT(DISTINCT ?c) AS ?n) {{ ?c tg:subject entity:{_some(r)[2:]} ; tg:predicate tg:supplies }}"
        ),
        "claims as of a day": lambda s, r: list(s.claims(ClaimFilter(about=small(r), as_of=recent.as_of))),
        "latest value": lambda s, r: max(
            s.claims(ClaimFilter(subject=_some(r), predicate="capex")),
            key=lambda c: (c.period.end or date.min) if c.period else date.min,
            default=None,
        ),
    }


def over_the_network(claims: int) -> dict[str, Lookup]:
    """Questions to the network, which is built before they are asked."""
    small = partial(_small, claims)
    return {
        "neighbourhood": lambda s, r: neighbourhood(s, small(r), limit=50),
        "path": lambda s, r: connection(s, _some(r), small(r)),
    }


def _small(claims: int, luck: random.Random) -> str:
    """An entity that some document names and that is not among the frequent ones."""
    known = entities(claims)
    while True:
        for named in document(luck.randrange(claims // PER_DOCUMENT), known).entities:
            if int(named.id[-5:]) > known // 40:
                return named.id


def _some(luck: random.Random) -> str:
    return entity(luck.randrange(5, 50)).id


def _timed(store: OxigraphStore, look: Lookup, claims: int) -> dict[str, float]:
    """Milliseconds: the first, and the median and 99th percentile of those after it; fewer if they are slow."""
    luck = random.Random(claims)
    first = _seconds(lambda: look(store, luck))
    spent: list[float] = []
    while len(spent) < ASKED and sum(spent) < 20:
        spent.append(_seconds(lambda: look(store, luck)))
    spent.sort()
    p50, p99 = spent[len(spent) // 2], spent[min(len(spent) - 1, int(len(spent) * 0.99))]
    return {"first": first * 1000, "p50": p50 * 1000, "p99": p99 * 1000}


def _written(claims: int, file: Path) -> tuple[float, int]:
    """The statements as N-Quads, for the comparison; how long making the claims took, and how many statements."""
    count, making = 0, 0.0
    with file.open("wb") as out:
        made = documents(claims)
        while True:
            began = time.process_time()
            batch = next(made, None)
            making += time.process_time() - began
            if batch is None:
                return making, count
            quads = encode(batch)
            count += len(quads)
            pyoxigraph.serialize(quads, out, format=pyoxigraph.RdfFormat.N_QUADS)


def _bare(folder: Path, file: Path) -> None:
    pyoxigraph.Store(str(folder)).bulk_load(path=str(file), format=pyoxigraph.RdfFormat.N_QUADS)


def _rdflib(file: Path) -> dict[str, Any]:
    import rdflib

    held = rdflib.Dataset()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    spent = _seconds(lambda: held.parse(str(file), format="nquads"))
    count = sum(1 for _ in held.quads())
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"rdflib": count / spent, "rdflib_megabytes": (after - before) / 1024}


def _views(store: OxigraphStore) -> dict[str, float]:
    """Seconds to build the network and a matrix of its arcs, and the peak memory after both, in megabytes."""
    began = time.process_time()
    graph = network(store)
    networked = time.process_time() - began
    arcs = ((a, b, 1.0) for a, b in graph.edges())
    matrix = _seconds(lambda: share_matrix(arcs))
    return {"network_seconds": networked, "matrix_seconds": matrix, "peak_megabytes": _peak()}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _tell(found: dict[str, Any]) -> None:
    print(json.dumps(found), file=sys.stderr, flush=True)


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), rdflib="rdflib" in sys.argv[3:])))
