"""`tollgraph risk compare`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph.errors import SettingsError

if TYPE_CHECKING:
    from api.asked import Asked
    from qa.risk.envelope import Result


def compare(
    asked: Asked,
    report: Annotated[str | None, typer.Argument(metavar="[REPORT]", help="exposure, customers, loops …")] = None,
    entity: Annotated[str | None, typer.Argument(metavar="[ENTITY]", help="Id, label or alias.")] = None,
    later: Annotated[
        datetime | None,
        typer.Option("--and", formats=["%Y-%m-%d"], metavar="DATE", help="The second day; --as-of is the first."),
    ] = None,
    before: Annotated[Path | None, typer.Option(metavar="FILE", help="The first of two results as JSON.")] = None,
    after: Annotated[Path | None, typer.Option(metavar="FILE", help="The second of two results as JSON.")] = None,
) -> Result:
    """What changed in a report between two days, or between two results written as JSON (two scenarios)."""
    from api.compared import at_two_dates, of_files

    if before and after and report is None:
        return of_files(before, after)
    if before or after or report is None or entity is None or later is None:
        raise SettingsError(
            "compare takes REPORT ENTITY --as-of DATE --and DATE, or --before FILE --after FILE with results as JSON"
        )
    return at_two_dates(asked, report, entity, later.date())
