"""What the commands of `tollgraph risk` share: types of options, the lens they look through, and how they print."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from api.commands.common import (
    AsOfOption,
    ConfidenceOption,
    GraphOption,
    JsonOption,
    KnownAtOption,
    Run,
    UnreliableOption,
    begin,
    day,
    print_json,
    print_text,
)
from api.commands.files import whole_file
from graph.errors import SettingsError
from qa.risk.output.formats import FORMATS, Layout, by_suffix

if TYPE_CHECKING:
    from qa.risk.envelope import Result
    from qa.risk.lens import Lens
    from qa.risk.report import Report


class Impute(StrEnum):
    """How missing shares are filled."""

    no = "no"
    size = "size"
    even = "even"


class By(StrEnum):
    """What a party is counted as."""

    firm = "firm"
    owner = "owner"
    country = "country"


_NOT_LOADED = ("Asked", "Result", "Report")
Format = StrEnum("Format", {name: name for name in FORMATS})  # type: ignore[misc]

EntityArgument = Annotated[str, typer.Argument(metavar="ENTITY", help="Id, label or alias.")]
TiersOption = Annotated[int, typer.Option(min=1, max=10, help="How many steps to follow.")]
ImputeOption = Annotated[
    Impute,
    typer.Option(
        metavar="|".join(Impute),
        help="Fill shares that nobody discloses: by market share (size), evenly (even), or not (no).",
    ),
]
ByOption = Annotated[
    By, typer.Option(metavar="|".join(By), help="Count each firm by itself, under its ultimate owner, or its country.")
]
FormatOption = Annotated[
    Format | None,
    typer.Option(
        metavar="|".join(FORMATS), help="How to write the report (default: by the name of --output, else text)."
    ),
]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write there instead of stdout.")
]
TableOption = Annotated[
    str | None, typer.Option(metavar="KEY", help="Which table of the report to write as csv (default: the first).")
]


@dataclass(frozen=True, slots=True)
class Wanted:
    """In which format to write a report, where (None: stdout), and which of its tables if only one fits."""

    format: str
    output: Path | None = None
    table: str | None = None


def lens(
    as_of: datetime | None,
    known_at: datetime | None,
    min_confidence: float | None,
    include_unreliable: bool,
    impute: Impute,
) -> Lens:
    """The options by which every report looks, as a lens."""
    from qa.risk.lens import Lens

    return Lens(day(as_of), min_confidence, impute.value, known_at, include_unreliable)


def wanted(run: Run, format: Format | None, output: Path | None, table: str | None) -> Wanted:
    """How to write: by --format, else by the file's name, else by --json. Checked before anything is measured.

    Raises SettingsError for a file name that tells no format, --table with a format that has all, bytes on a terminal.
    """
    named = by_suffix(output.name) if output and not format else None
    chosen = format.value if format else named or ("json" if run.json else "text")
    if table is not None and chosen != "csv":
        raise SettingsError(f"--table chooses what csv holds, {chosen} has all tables: give --format csv")
    if output is None and FORMATS[chosen].binary and sys.stdout.isatty():
        raise SettingsError(f"{chosen} is no text for a terminal; give --output FILE")
    return Wanted(chosen, output, table)


def emit(run: Run, report: Result | Report, how: Wanted) -> None:
    """Write a report. Raises SettingsError for a table that it has not, or a file that cannot be written."""
    body = FORMATS[how.format].write(report, Layout(how.table, _width()))
    if how.output is None:
        _show(body, how.format)
        return
    with whole_file(how.output) as stream:
        stream.write(body)
    if run.json:
        print_json({"format": how.format, "output": str(how.output), "bytes": len(body)})
    else:
        print_text(f"Wrote {how.output} ({len(body):,} bytes of {how.format}).")


def report(measure: Callable[..., Result | Report]) -> Callable[..., None]:
    """The command of a report: the parameters of `measure` after its first, then those that every report has."""

    def command(ctx: typer.Context, **given: Any) -> None:
        from api.asked import Asked
        from api.commands.progress import bar

        looking = lens(*(given.pop(name) for name in inspect.signature(lens).parameters))
        run = begin(ctx, given.pop("graph"), given.pop("json"))
        how = wanted(run, given.pop("format"), given.pop("output"), given.pop("table"))
        with run.store() as store, bar("Computing", shown=not run.json) as follow:
            found = measure(Asked(store, looking, lambda done, total: follow(done, total, "")), **given)
        emit(run, found, how)

    _, *own = _parameters(measure)
    context, *common = _parameters(_common)
    command.__name__, command.__doc__ = measure.__name__, measure.__doc__
    command.__signature__ = inspect.Signature([context, *own, *common])  # type: ignore[attr-defined]
    command.__annotations__ = {}
    return command


def _width() -> int:
    """Columns to fill: those of the terminal, within what reads well; 80 in a file or pipe."""
    return min(max(get_terminal_size().columns, 60), 120) if sys.stdout.isatty() else 80


def _common(
    ctx: typer.Context,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    min_confidence: ConfidenceOption = None,
    include_unreliable: UnreliableOption = False,
    impute: ImputeOption = Impute.size,
    format: FormatOption = None,
    output: OutputOption = None,
    table: TableOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """The parameters that every report has."""


def _parameters(function: Callable[..., object]) -> list[inspect.Parameter]:
    """The parameters, their annotations as objects; the types of envelope and store are not loaded for it."""
    hints = get_type_hints(function, localns=dict.fromkeys(_NOT_LOADED, object), include_extras=True)
    return [
        parameter.replace(annotation=hints[name], kind=inspect.Parameter.KEYWORD_ONLY)
        for name, parameter in inspect.signature(function).parameters.items()
    ]


def _show(body: bytes, format: str) -> None:
    if format == "text":
        print_text(body.decode().rstrip("\n"))
        return
    sys.stdout.buffer.write(body)
    sys.stdout.buffer.flush()
