"""`tollgraph ask`: one question, or a file of them."""

from __future__ import annotations

import json as jsonlib
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands.common import (
    AsOfOption,
    ConfidenceOption,
    GraphOption,
    JsonOption,
    KnownAtOption,
    UnreliableOption,
    begin,
    day,
    print_json,
    print_text,
)

if TYPE_CHECKING:
    from qa.answer import Answer
    from qa.rdf.answer import RdfAnswer


def ask(
    ctx: typer.Context,
    question: Annotated[str | None, typer.Argument(help="The question, in quotes.")] = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    min_confidence: ConfidenceOption = None,
    include_unreliable: UnreliableOption = False,
    batch: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help='Ask many: lines of {"id", "q", "after"}, - for stdin; one answer a line.'),
    ] = None,
    rdf: Annotated[
        list[str] | None,
        typer.Option("--rdf", metavar="FILE|URL", help="Ask these RDF files, or this SPARQL endpoint, instead."),
    ] = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Answer a question with the sentences that bear the answer out."""
    if (question is None) == (batch is None):
        raise typer.BadParameter("give a question or --batch FILE, one of the two", param_hint="QUESTION")
    rows = list(read_batch(batch)) if batch else []

    run = begin(ctx, graph, json)
    if rdf:
        if as_of or known_at or min_confidence is not None or include_unreliable:
            raise typer.BadParameter("other RDF graphs hold no claims to choose from", param_hint="--rdf")
        from qa.rdf.engine import RdfEngine

        _answer(RdfEngine(rdf, settings=run.settings).ask, question, rows, json=run.json)
        return

    from qa.engine import Engine

    with run.store() as store:
        engine = Engine(store, settings=run.settings)
        put = partial(
            engine.ask,
            as_of=day(as_of),
            known_at=known_at,
            min_confidence=min_confidence,
            include_unreliable=include_unreliable,
        )
        _answer(put, question, rows, json=run.json)


def _answer(put: Callable[..., Answer | RdfAnswer], question: str | None, rows: list[Any], *, json: bool) -> None:
    """Print the answer to the question, or one line for each row of a batch."""
    from api.commands.render import answer_lines

    if question is not None:
        answer = put(question).to_json()
        if json:
            print_json(answer)
        else:
            print_text("\n".join(answer_lines(answer)))
    given: dict[str, Answer | RdfAnswer] = {}
    for row in rows:
        after = given.get(row["after"]) if row.get("after") else None
        reply = put(row["q"], after=after)
        given[row["id"]] = reply
        print_json({"id": row["id"]} | reply.to_json(), indent=None)


def read_batch(file: Path) -> Iterator[dict[str, Any]]:
    """The rows of a batch file. Raises SourceError naming the line that is not as `--batch` wants it."""
    from graph.errors import SourceError

    try:
        lines = (sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")).split("\n")
    except OSError as problem:
        raise SourceError(f"{file}: {problem.strerror}; --batch wants a file of JSON lines") from None
    except UnicodeDecodeError:
        raise SourceError(f"{file} is not UTF-8 text; --batch wants a file of JSON lines") from None
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = jsonlib.loads(line)
        except ValueError as problem:
            raise SourceError(f"{file}, line {number}: not JSON ({problem})") from None
        if not isinstance(row, dict) or not isinstance(row.get("q"), str) or not isinstance(row.get("id"), str):
            raise SourceError(f'{file}, line {number}: a row needs "id" and "q", both texts')
        if row.get("after") is not None and row["after"] not in seen:
            raise SourceError(f'{file}, line {number}: "after" names {row["after"]!r}, which no line above has as "id"')
        seen.add(row["id"])
        yield row
