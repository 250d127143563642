"""The command line `tollgraph`. Errors are one line on stderr: exit 1 for a failure, 2 for usage, 3 partial."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import Annotated

import typer

from api.commands import (
    ask,
    changes,
    chat,
    conflicts,
    demo,
    evaluate,
    export,
    imports,
    ingest,
    judge,
    keep,
    ontology,
    passages,
    read,
    retract,
    risk,
    serve,
    sparql,
    tables,
    timeline,
)
from api.commands.common import GraphOption, JsonOption, merge, print_text
from api.commands.stopping import Stopped
from graph.errors import SettingsError, TollgraphError

INTERRUPTED = 130

COMMANDS: dict[str, Callable[..., None]] = {
    "demo": demo.demo,
    "ingest": ingest.ingest,
    "retract": retract.retract,
    "claims": read.claims,
    "documents": read.documents,
    "entities": read.entities,
    "timeline": timeline.timeline,
    "conflicts": conflicts.conflicts,
    "diff": changes.diff,
    "feed": changes.feed,
    "ask": ask.ask,
    "chat": chat.chat,
    "passages": passages.passages,
    "judgements": judge.judgements,
    "sparql": sparql.sparql,
    "export": export.export,
    "import": imports.import_,
    "validate": ontology.validate,
    "ontology": ontology.ontology,
    "eval": evaluate.evaluate,
    "serve": serve.serve,
    "backup": keep.backup,
    "restore": keep.restore,
    "doctor": keep.doctor,
}
JUDGING: dict[str, Callable[..., None]] = {
    "accept": judge.accept,
    "reject": judge.reject,
    "edit": judge.edit,
    "merge": judge.merge,
    "split": judge.split,
    "rename": judge.rename,
    "retype": judge.retype,
    "unreliable": judge.unreliable,
    "revoke": judge.revoke,
}
GROUPS = (
    ("judge", "Correct the graph: every judgement is kept with who, when and why, and can be revoked.", JUDGING),
    ("watch", "What to hear of: watch lists, whose news `feed` prints.", changes.WATCH),
    ("tables", "Mappings, by which `ingest` reads tables.", tables.TABLES),
    ("risk", "Who is exposed to whom, with the evidence.", risk.REPORTS),
)


def _print_version(wanted: bool) -> None:
    if wanted:
        print_text(f"tollgraph {version('tollgraph')}")
        raise typer.Exit


VersionOption = Annotated[
    bool, typer.Option("--version", help="Print the version and end.", callback=_print_version, is_eager=True)
]


def _options(ctx: typer.Context, graph: GraphOption = None, json: JsonOption = False) -> None:
    ctx.obj = merge(ctx, graph, json)


def _root(ctx: typer.Context, graph: GraphOption = None, json: JsonOption = False, _: VersionOption = False) -> None:
    ctx.obj = merge(ctx, graph, json)


def build() -> typer.Typer:
    """The typer application with every command."""
    app = typer.Typer(
        name="tollgraph",
        help="A knowledge graph of who depends on whom in AI and semiconductors, and answers with evidence.",
        add_completion=False,
        rich_markup_mode="rich",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
    )
    app.callback()(_root)
    for name, command in COMMANDS.items():
        app.command(name)(command)
    for name, about, commands in GROUPS:
        group = typer.Typer(name=name, help=about, no_args_is_help=True)
        group.callback()(_options)
        for inner, command in commands.items():
            group.command(inner)(command)
        app.add_typer(group)
    return app


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; what went wrong is on stderr."""
    try:
        code = build()(list(arguments) or ["--help"], prog_name="tollgraph", standalone_mode=False)
    except Stopped as problem:
        return _fail(str(problem), INTERRUPTED)
    except SettingsError as problem:
        return _fail(str(problem), 2)
    except TollgraphError as problem:
        return _fail(str(problem), 1)
    except typer.TyperException as problem:
        return _misused(problem)
    except OSError as problem:
        return _fail(f"{problem.strerror or problem}: {problem.filename or 'no file named'}", 1)
    except KeyboardInterrupt:
        return _fail("interrupted", INTERRUPTED)
    except Exception as problem:  # noqa: BLE001 (the edge of the process: a bug is one line too, never a traceback)
        return _fail(_bug(problem), 1)
    if code == INTERRUPTED:
        return _fail("interrupted", INTERRUPTED)
    return code if isinstance(code, int) else 0


def _misused(problem: typer.TyperException) -> int:
    """Say what is wrong with the command line, and where its help is; a group named alone has printed its help."""
    message = _one_line(problem.format_message()).replace("Value error, ", "")
    if message:
        where = getattr(getattr(problem, "ctx", None), "command_path", "tollgraph")
        _fail(f"{message.rstrip('.')}; see {where} --help", 2)
    return 2


def _bug(problem: Exception) -> str:
    *_, last = traceback.extract_tb(problem.__traceback__)
    where = "/".join(last.filename.split(os.sep)[-2:])
    return f"a bug ({type(problem).__name__} in {where}, line {last.lineno}: {problem}); please report this line"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _fail(message: str, code: int) -> int:
    sys.stderr.write(f"tollgraph: {_one_line(message)}\n")
    return code


def main() -> None:
    """The entry point of the `tollgraph` program."""
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output is gone; Python would complain when it flushes once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(code)


if __name__ == "__main__":
    main()
