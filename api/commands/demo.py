"""`tollgraph demo`: the main job on the sample briefings that come with the program."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

import typer

from api.commands.common import GraphOption, JsonOption, begin, merge, print_json, print_text

if TYPE_CHECKING:
    from graph.settings import Settings
    from graph.store.protocol import Store
    from ingest.run import Report

FOLDER = ".tollgraph-demo"

# A number, a list of suppliers, a comparison, and one that the briefings hold no answer to.
QUESTIONS = (
    "What is ByteDance's capex in 2026?",
    "Who supplies Nvidia?",
    "Whose gross margin is higher, TSMC's or ASML's?",
    "How many chips did Moore Threads ship in 2025?",
)
EXPOSED = "ByteDance"


def demo(ctx: typer.Context, graph: GraphOption = None, json: JsonOption = False) -> None:
    """Run the main job on the sample briefings: ingest, four questions, one exposure report, with the evidence."""
    given = merge(ctx, graph, json)
    folder = given.graph or FOLDER
    run = begin(ctx, folder, json)
    with run.store(write=True, create=True) as store:
        report = take_in(store, run.settings, shown=not run.json)
    with run.store() as store:
        from api.commands.render import answer_lines
        from api.names import resolve
        from qa.engine import Engine
        from qa.risk.exposure import exposure
        from qa.risk.output.text import text
        from qa.risk.output.traced import result_of

        engine = Engine(store, settings=run.settings)
        answers = [engine.ask(question).to_json() for question in QUESTIONS]
        risk = exposure(store, resolve(store, EXPOSED).id)
    if run.json:
        print_json({"ingest": report.to_json(), "answers": answers, "exposure": risk.to_json(), "graph": str(folder)})
        return
    print_text(f"{report.documents} briefings read: {report.claims} claims about {report.entities} entities.")
    for question, answer in zip(QUESTIONS, answers, strict=True):
        print_text("\n".join([_head(f"tollgraph ask “{question}”"), *answer_lines(answer)]))
    print_text(_head(f"tollgraph risk exposure {EXPOSED}"))
    print_text(text(result_of(risk), rows=6))
    print_text(_head("The same in the browser"))
    print_text(f"tollgraph serve --graph {folder}      then open http://{run.settings.host}:{run.settings.port}")


def take_in(store: Store, settings: Settings, *, shown: bool) -> Report:
    """Ingest the sample briefings, again if they are there already; with a progress bar if `shown`."""
    from api.commands.ingest import progress_bar
    from ingest.pipeline import Pipeline
    from ingest.run import ingest_sources

    with as_file(files("ingest") / "samples") as samples, progress_bar("Reading", shown=shown) as progress:
        return ingest_sources(
            [str(path) for path in sorted(samples.glob("*.txt"))],
            store,
            settings=settings,
            extract=Pipeline().extract,
            now=lambda: datetime.now(UTC),
            progress=progress,
            again=True,
        )


def _head(words: str) -> str:
    return f"\n── {words} " + "─" * max(0, 96 - len(words))
