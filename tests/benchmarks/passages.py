"""The passage index at growing sizes: what following a write and a search cost, as ratios of the small to the large."""

import time
from collections.abc import Callable
from statistics import median

from graph.store.oxigraph import OxigraphStore
from qa.passages import Passages
from tests.benchmarks.claims import PER_DOCUMENT, document, documents, entities
from tests.benchmarks.measures import Row

_QUERIES = (
    "Who supplies Company {a:05d} Group?",
    "What was the revenue of Chip {b:05d} in 2025?",
    "Which firms depend on Company {a:05d} for memory, according to The Ledger?",
    "margin of Company {c:05d}",
)


def passages(sizes: tuple[int, ...] = (10_000, 100_000), asked: int = 40) -> list[Row]:
    """Processor time of building, of following one document and of a search, on made-up claims of these numbers."""
    found = [_at(size, asked) for size in sizes]
    times = f"{sizes[-1] / sizes[0]:g} × the claims"

    def row(name: str, goal: float, *, ratio: bool) -> Row:
        values = [at[name] for at in found]
        detail = ", ".join(f"{n:,}: {v:.1f} ms" for n, v in zip(sizes, values, strict=True))
        if ratio:
            return Row(f"passages, {name}, {times}", values[-1] / values[0], "×", goal, True, detail)
        return Row(f"passages, {name}", values[-1], "ms", goal, True, detail)

    ratios = (("build, a document", 1.5), ("a document in", 2.0), ("a document out", 2.0))
    limits = (("search p50", 20), ("search p99", 100), ("search after a write", 100))
    return [row(n, goal, ratio=True) for n, goal in ratios] + [row(n, goal, ratio=False) for n, goal in limits]


def _at(claims: int, asked: int) -> dict[str, float]:
    store, count = OxigraphStore(), claims // PER_DOCUMENT
    store.put_many(documents(claims))
    index = Passages(store)
    took = {"build, a document": _milliseconds(index.follow) / count}
    queries = [_QUERIES[i % 4].format(a=7 * (i % 9), b=7 * i % 40 + 7, c=13 * i % 900) for i in range(asked)]
    for query in queries[:4]:
        index.search(query)
    spent = sorted(_milliseconds(lambda q=query: index.search(q)) for query in queries)  # type: ignore[misc]
    took |= {"search p50": median(spent), "search p99": spent[int(0.99 * len(spent))]}
    into, after, out = [], [], []
    for number in range(count, count + 7):
        batch = document(number, entities(claims))
        store.put(batch)
        into.append(_milliseconds(index.follow))
        after.append(_milliseconds(lambda: index.search(queries[0])))
        store.remove(batch.document.id)
        out.append(_milliseconds(index.follow))
    return took | {
        "a document in": median(into),
        "a document out": median(out),
        "search after a write": median(after),
    }


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000
