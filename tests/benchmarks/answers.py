"""Answers and the network at growing sizes, each in a process of its own: python -m tests.benchmarks.answers FOLDER N

Questions are drawn over made-up claims as those were: frequent entities are asked about as often as they come up. Times
are of the processor, in milliseconds; what follows a write is given as a ratio to what it cost to begin with.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

from graph.store import OxigraphStore, open_store
from graph.views.network import network
from qa.answer import Answer
from qa.engine import Engine
from qa.passages import Passages
from tests.benchmarks.claims import PER_DOCUMENT, document, documents, entities, entity
from tests.benchmarks.measures import Row

ASKED = 300
WRITES = 5
FIRST = "Who supplies Company 00013?"
FORMS = (
    "Who supplies {a}?",
    "What was the revenue of {a} in 2025?",
    "Which companies does {a} supply?",
    "Whose revenue is higher, {a} or {b}?",
    "How is {a} connected to {b}?",
    "What is {a}?",
    "Does {a} supply {b}?",
    "How many companies does {a} supply?",
    "Who says that {a} supplies {b}?",
    "What was the capex of {a} in 2026?",
    "Which companies does {a} compete with?",
    "Who are the suppliers of the suppliers of {c}?",
    "What is the total revenue of {a} and {b} in 2025?",
    "When did {a} partner with {b}?",
    "Do sources agree on the revenue of {a} in 2025?",
)


def answers(sizes: tuple[int, ...] = (1_000, 10_000)) -> list[Row]:
    """A warm answer, the first one, one after a write, a cold command and the network after a write."""
    found = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-m", "tests.benchmarks.answers", folder, str(size)]
            found.append(json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout))

    def row(name: str, unit: str, goal: float) -> Row:
        values = ", ".join(f"{n:,}: {at[name]:.3g}" for n, at in zip(sizes, found, strict=True))
        return Row(f"answers, {name}", found[-1][name], unit, goal, True, values)

    return [
        row("warm p50", "ms", 20),
        row("warm p99", "ms", 100),
        row("first", "ms", 2_000),
        row("after a write", "ms", 100),
        row("cold command", "ms", 2_000),
        row("network after a write, of a whole one", "×", 0.02),
        row("peak memory", "MB", 1_000),
    ]


def questions(claims: int, asked: int) -> Iterator[str]:
    """So many questions, the same for the same numbers."""
    luck, known = random.Random(claims), entities(claims)

    def drawn() -> str:
        while True:
            found = entity(int(known ** luck.random()) - 1)
            if found.type == "Company":
                return found.label

    for _ in range(asked):
        rare = entity(luck.randrange(known // 2) // 13 * 13).label
        yield luck.choice(FORMS).format(a=drawn(), b=drawn(), c=rare)


def main(folder: Path, claims: int) -> dict[str, Any]:
    """All figures of one size."""
    with open_store(folder / "g", write=True) as store:
        store.put_many(documents(claims))
        passages = Passages(store)
        passages.follow()
        passages.close()
    found: dict[str, Any] = {"claims": claims, "cold command": _cold(folder / "g")}
    with open_store(folder / "g", write=True) as store:
        engine = Engine(store)
        found["first"] = _milliseconds(lambda: engine.ask(FIRST))
        found |= _warm(engine, claims)
        found["after a write"] = median(_written(store, claims, lambda: engine.ask(FIRST)))
        found["peak memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with open_store(folder / "g", write=True) as store:
        whole = _milliseconds(lambda: network(store))
        found["network after a write, of a whole one"] = median(_written(store, claims, lambda: network(store))) / whole
    return found


def _cold(graph: Path) -> float:
    """The command line asked once, in a process of its own; the better of two."""
    command = [sys.executable, "-c", "from api.cli import main; main()", "ask", FIRST, "--graph", str(graph)]
    spent = []
    for _ in range(2):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(spent) * 1000


def _warm(engine: Engine, claims: int) -> dict[str, Any]:
    given: list[Answer] = []
    spent = [_milliseconds(lambda q=q: given.append(engine.ask(q))) for q in questions(claims, ASKED)]  # type: ignore[misc]
    spent.sort()
    answered = sum(answer.status != "unknown" for answer in given)
    marks = {f"warm p{n}": spent[len(spent) * n // 100] for n in (50, 90, 99)}
    return {**marks, "answered": answered / len(given)}


def _written(store: OxigraphStore, claims: int, look: Callable[[], object]) -> list[float]:
    """What a look costs after one more document, and after it went again."""
    spent = []
    for number in range(WRITES):
        batch = document(claims // PER_DOCUMENT + number, entities(claims))
        store.put(batch)
        spent.append(_milliseconds(look))
        store.remove(batch.document.id)
        spent.append(_milliseconds(look))
    return spent


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))
