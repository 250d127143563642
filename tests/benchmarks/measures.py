"""The measurements. Each runs what it compares side by side in this process or in fresh ones, and returns `Row`s."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from graph.store.oxigraph import OxigraphStore
from tests.benchmarks.corpus import ODDITIES, briefings, oddity
from tests.graph.samples import many_batches

_QUESTIONS = (
    "Who supplies Firm {even}?",
    "What was the revenue of Firm {even} in {year}?",
    "Which companies does Firm {odd} supply?",
    "Whose revenue is higher, Firm {even} or Firm {next}?",
    "How is Firm {odd} connected to Firm {even}?",
    "What did Moore Threads earn in {year}?",
)  # of the made-up firms the even ones report revenue, the odd ones sell; the last question must be refused


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: the figure, its goal, and whether it is met. `detail` says what was measured."""

    name: str
    value: float
    unit: str
    goal: float
    most: bool
    detail: str

    @property
    def met(self) -> bool:
        return self.value <= self.goal if self.most else self.value >= self.goal


def memory(documents: int = 60) -> Row:
    """Peak memory of an ingest run. Run it first: a child's peak counts from the size of the process that starts it."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tests.benchmarks.child", str(Path(folder, "graph")), str(documents)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    taken, claims, kilobytes, _ = map(int, done.stdout.split())
    detail = f"{taken} documents, {claims} claims"
    return Row("peak memory of an ingest run", kilobytes / 1024**2, "GB", 1.5, True, detail)


def flat(counts: tuple[int, ...] = (10, 100, 1_000, 5_000)) -> list[Row]:
    """Processor time a document and peak memory of ever larger runs, as ratios to the smallest; minutes."""
    times, peaks = [], []
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-m", "tests.benchmarks.child", str(Path(folder, "graph")), str(count), "notes"]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
        *_, kilobytes, microseconds = map(int, done.stdout.split())
        times.append(microseconds)
        peaks.append(kilobytes)
    return [
        Row(
            f"{what}, {counts[-1]:,} against {counts[0]} documents", of[-1] / of[0], "×", 1.3, True, _ratios(counts, of)
        )
        for what, of in (("time a document", times), ("peak memory", peaks))
    ]


def _ratios(counts: tuple[int, ...], measured: list[int]) -> str:
    return ", ".join(f"{n:,}: {value / measured[0]:.2f} ×" for n, value in zip(counts, measured, strict=True))


def growth(small: int = 12_000, times: int = 4) -> list[Row]:
    """Processor time of extraction from bad input of four times the length; twice linear is too much."""
    from ingest.pipeline import Pipeline

    pipeline = Pipeline()
    pipeline.extract(oddity("a very long sentence", 2_000))
    rows = []
    for name in ODDITIES:
        short, long = (_processor(partial(pipeline.extract, oddity(name, n))) for n in (small, small * times))
        detail = f"{long / (small * times) * 1e6:.0f} µs a character"
        rows.append(Row(f"{name}, {times} × as long", long / short, "×", times * 2, True, detail))
    return rows


def start_up(times: int = 7) -> Row:
    """`tollgraph --help` as a fresh process, against a Python that does nothing."""
    bare = _fresh("pass", times)
    helped = _fresh("from api.cli import main; main()", times, "--help")
    return Row("tollgraph --help", helped, "s", 0.5, True, f"{helped / bare:.1f} × python -c pass")


def ingest(documents: int = 24, rounds: int = 3) -> Row:
    """Words a second of the whole ingest (read, extract, put) against the bare spaCy pipeline, in turns."""
    import spacy

    from ingest.nlp import MODEL
    from ingest.pipeline import Pipeline
    from ingest.run import ingest_documents

    made, pipeline, nlp = briefings(documents), Pipeline(), spacy.load(MODEL)
    texts = [d.text for d in made]
    words = sum(len(text.split()) for text in texts)
    ingest_documents(made[:2], OxigraphStore(), extract=pipeline.extract)
    bare, whole = [], []
    for _ in range(rounds):
        bare.append(_seconds(lambda: list(nlp.pipe(texts))))
        whole.append(_seconds(lambda: ingest_documents(made, OxigraphStore(), extract=pipeline.extract)))
    detail = f"{words / min(whole):,.0f} words/s against {words / min(bare):,.0f} of bare spaCy"
    return Row("ingest, share of spaCy's speed", min(bare) / min(whole), "×", 0.6, False, detail)


def ask(claims: int = 10_000, asked: int = 60) -> Row:
    """Median time of a question put to a warm engine on a large graph."""
    from qa.engine import Engine

    store = OxigraphStore()
    for batch in many_batches(claims):
        store.put(batch)
    engine = Engine(store)
    questions = [
        _QUESTIONS[i % len(_QUESTIONS)].format(even=2 * i, odd=2 * i + 1, next=2 * i + 2, year=2000 + 2 * i % 30)
        for i in range(asked + len(_QUESTIONS))
    ]
    first = _seconds(lambda: engine.ask(questions[0]))
    for question in questions[: len(_QUESTIONS)]:
        engine.ask(question)
    answers = []
    spent = [_seconds(lambda q=q: answers.append(engine.ask(q))) for q in questions[len(_QUESTIONS) :]]  # type: ignore[misc]
    right = sum(answer.status == "answered" for answer in answers)
    worst = sorted(spent)[int(len(spent) * 0.95)]
    detail = f"95 % within {worst * 1000:.0f} ms, first {first:.1f} s; {right} of {asked} answered"
    return Row(f"warm ask on {store.counts().claims:,} claims", median(spent) * 1000, "ms", 50, True, detail)


def scale(sizes: tuple[int, ...] = (1_000, 10_000), rdflib_at: int = 10_000) -> list[Row]:
    """The store at growing sizes, each in a fresh process: loading, ten look-ups and more, views, bytes a claim."""
    found = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-m", "tests.benchmarks.scale", folder, str(size)]
            command += ["rdflib"] if size == rdflib_at else []
            found.append(json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout))
    rows = []
    for at in found:
        detail = f"{at['load']:,.0f} statements/s against {at['bulk']:,.0f} of bare pyoxigraph"
        detail += f" and {at['rdflib']:,.0f} of rdflib in memory" if "rdflib" in at else ""
        rows.append(Row(f"load of {at['claims']:,} claims", at["load"] / at["bulk"], "×", 0.5, False, detail))
        rows.append(Row("disk a claim", at["bytes"] / at["claims"] / 1000, "kB", 10, True, f"{at['claims']:,} claims"))
        built = f"matrix {at['matrix_seconds']:.1f} s, peak {at['peak_megabytes']:,.0f} MB"
        per_claim = at["network_seconds"] / at["claims"] * 1000
        rows.append(Row("network, time a claim", per_claim, "ms", 1, True, built))
    for name in found[0]["lookups"]:
        for which, goal in (("p50", 10), ("p99", 50)):
            values = [at["lookups"][name][which] for at in found]
            detail = ", ".join(f"{n:,}: {v:.1f}" for n, v in zip(sizes, values, strict=True))
            rows.append(Row(f"{name}, {which}", values[-1], "ms", goal, True, detail))
    return rows


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _processor(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _fresh(code: str, times: int, *arguments: str) -> float:
    command = [sys.executable, "-c", code, *arguments]
    return min(_seconds(lambda: subprocess.run(command, capture_output=True, check=True)) for _ in range(times))
