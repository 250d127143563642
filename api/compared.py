"""The reports that can be held against each other at two dates: each for one entity, through a lens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

from api.asked import Asked
from graph.contract import Json, loads
from graph.errors import SettingsError, UnknownError
from qa.risk.chokepoints import chokepoints
from qa.risk.compare import compare
from qa.risk.concentrate import concentration
from qa.risk.customers import customers
from qa.risk.dependents import dependents
from qa.risk.envelope import Result
from qa.risk.exposure import exposure
from qa.risk.loops import loops
from qa.risk.output.traced import result_of
from qa.risk.reliance import reliance
from qa.risk.report import Report
from qa.risk.substitutes import substitutes

Measured = Callable[[Asked, str], Result | Report]


def _thing(asked: Asked, name: str) -> str:
    """The id of what is named, or its words: an input need be no entity."""
    try:
        return asked.named(name)
    except UnknownError:
        return name


REPORTS: Mapping[str, Measured] = {
    "exposure": lambda asked, name: exposure(asked.store, asked.named(name), **asdict(asked.lens)),
    "dependents": lambda asked, name: dependents(asked.store, asked.named(name), **asdict(asked.lens)),
    "concentration": lambda asked, name: concentration(asked.store, _thing(asked, name), lens=asked.lens),
    "chokepoints": lambda asked, name: chokepoints(asked.store, _thing(asked, name), lens=asked.lens),
    "substitutes": lambda asked, name: substitutes(asked.store, asked.named(name), lens=asked.lens),
    "reliance": lambda asked, name: reliance(asked.store, asked.named(name), lens=asked.lens),
    "customers": lambda asked, name: customers(asked.store, asked.named(name), lens=asked.lens),
    "loops": lambda asked, name: loops(asked.store, asked.named(name), lens=asked.lens),
}


def at_two_dates(asked: Asked, report: str, name: str, later: date) -> Result:
    """A report as of the lens's day and as of `later`. Raises SettingsError for an unknown report or a missing day."""
    if report not in REPORTS:
        raise SettingsError(f"{report} is no report to compare at two dates: give one of {', '.join(REPORTS)}")
    if asked.lens.as_of is None:
        raise SettingsError("compare needs two days: give the first as as-of, the second as and")
    before, after = (
        result_of(REPORTS[report](replace(asked, lens=replace(asked.lens, as_of=day)), name)).to_json()
        for day in (asked.lens.as_of, later)
    )
    return compare(before, after)


def of_files(before: Path, after: Path) -> Result:
    """Two reports written as JSON. Raises SettingsError for a file that is none."""
    return compare(_read(before), _read(after))


def _read(path: Path) -> Json:
    try:
        found: Json = loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise SettingsError(f"{path} cannot be read as JSON ({problem}): give what risk … --json wrote") from None
    return found
