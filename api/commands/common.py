"""What every command shares: `--graph` and `--json` before or after its name, settings, the open store, output.

Nothing heavy is imported here: `tollgraph --help` loads this file.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from graph.settings import Settings
    from graph.store.protocol import Store
    from graph.store.remote import Endpoint


def _instant(text: str) -> datetime:
    from api.clocks import parse_instant

    try:
        return parse_instant(text)
    except ValueError as problem:
        raise typer.BadParameter(str(problem)) from None


GraphOption = Annotated[
    str | None,
    typer.Option("--graph", metavar="DIR|URL", help="Folder of the store, or SPARQL server (default: ./.tollgraph)."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
AsOfOption = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], metavar="DATE", help="Only what was published by that day."),
]
WaitOption = Annotated[
    float | None,
    typer.Option("--wait", min=0, metavar="SECONDS", help="How long to wait for a graph that another process has."),
]
KnownAtOption = Annotated[
    datetime | None,
    typer.Option(
        "--known-at",
        parser=_instant,
        metavar="TIME",
        help="As the graph was then: a day (its end, UTC) or a time such as 2026-03-02T09:30:00Z.",
    ),
]
UnreliableOption = Annotated[
    bool, typer.Option("--include-unreliable", help="Use claims that only sources judged unreliable make, too.")
]
ConfidenceOption = Annotated[
    float | None, typer.Option("--min-confidence", min=0, max=1, metavar="0…1", help="Leave less certain claims out.")
]


@dataclass(frozen=True)
class Given:
    """The options given so far on the command line, from left to right."""

    graph: str | None = None
    json: bool = False


def look(store: Store, as_of: datetime | None, known_at: datetime | None) -> Store:
    """The store by the options --as-of and --known-at."""
    return store.at(as_of=day(as_of), known_at=known_at)


@dataclass(frozen=True)
class Run:
    """One run of a command: where the graph is and how to print."""

    given: Given

    @property
    def json(self) -> bool:
        """Whether to print for machines."""
        return self.given.json

    @cached_property
    def settings(self) -> Settings:
        """Environment and command line put together. Raises SettingsError naming the variable at fault."""
        from pydantic import ValidationError

        from graph.errors import SettingsError
        from graph.settings import Settings

        try:
            return Settings() if self.given.graph is None else Settings(graph=self.given.graph)
        except ValidationError as problem:
            first = problem.errors()[0]
            name = "TOLLGRAPH_" + "_".join(str(part) for part in first["loc"]).upper()
            raise SettingsError(f"{name}={first['input']}: {first['msg']}; see docs/settings.md") from None

    @contextmanager
    def store(self, *, write: bool = False, create: bool = False, wait: float | None = None) -> Iterator[Store]:
        """The store, open for reading (or writing) as long as the block runs; `wait` seconds for whoever has it.

        Only with `create` may it be made: a mistyped --graph shall not leave an empty graph behind.
        """
        from graph.store import open_store
        from graph.store.folder import require

        settings = self.settings
        seconds = settings.lock_seconds if wait is None else wait
        opened: Store
        if isinstance(settings.graph, Path):
            if write and not create:
                require(settings.graph)
            opened = open_store(settings.graph, write=write, lock_seconds=seconds)
        else:
            opened = open_store(settings.graph, write=write, lock_seconds=seconds, server=_server(settings))
        try:
            yield opened
        finally:
            opened.close()


def folder_of(settings: Settings, what: str) -> Path:
    """The folder of the store; SettingsError for a server, on which a command does not work."""
    from graph.errors import SettingsError

    if isinstance(settings.graph, Path):
        return settings.graph
    raise SettingsError(f"{what} works on a folder; for a graph on a server use the server's own tools")


def _server(settings: Settings) -> Endpoint:
    from graph.store.remote import Endpoint

    return Endpoint(
        "",
        update=settings.graph_update_url,
        graphs=settings.graph_store_url,
        user=settings.graph_user,
        password=settings.graph_password.get_secret_value(),
        auth=settings.graph_auth,
        seconds=settings.graph_seconds,
    )


def merge(ctx: typer.Context, graph: str | None, json: bool) -> Given:
    """Options before the command name with those after it, which win."""
    before = ctx.obj if isinstance(ctx.obj, Given) else Given()
    return Given(graph or before.graph, json or before.json)


def begin(ctx: typer.Context, graph: str | None, json: bool) -> Run:
    """What a command does first."""
    return Run(merge(ctx, graph, json))


def day(value: datetime | None) -> date | None:
    """The day of a date option."""
    return value.date() if value else None


def print_json(value: Any, *, indent: int | None = 2) -> None:
    """JSON to stdout, decimals exact; `indent=None` for one object a line."""
    from graph.contract import dumps

    sys.stdout.write(dumps(value, indent=indent) + "\n")


def print_text(text: str) -> None:
    """Text to stdout without the control characters that a document may have brought along."""
    sys.stdout.write(clean(text) + "\n")


def clean(text: str) -> str:
    """Text without terminal control characters (line ends and tabs stay).

    >>> clean("a\\x1b[31mb\\tc\\x9b")
    'a[31mb\\tc'
    """
    return "".join(c for c in text if c in "\n\t" or not (ord(c) < 32 or 127 <= ord(c) < 160))


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun.

    >>> counted(1, "claim"), counted(2, "entity", "entities")
    ('1 claim', '2 entities')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def print_table(heads: list[str], rows: list[list[str]]) -> None:
    """A plain table; outside a terminal nothing is cut to a width."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for head in heads:
        table.add_column(head.rstrip("#"), justify="right" if head.endswith("#") else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(clean(cell)) for cell in row))
    screen().print(table)


def screen() -> Console:
    """The terminal for people; wide when it is a file or a pipe."""
    from rich.console import Console

    return Console(file=sys.stdout, highlight=False, width=None if sys.stdout.isatty() else 160)
