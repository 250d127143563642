"""`run`: the suites asked for, in order, measured in one process."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from api.evaluation.bench import Bench
from api.evaluation.markdown import page
from api.evaluation.places import beside_checkout, sample_place, shared_places
from api.evaluation.results import EvaluationReport, Result, Skipped
from api.evaluation.suites import SUITES, PublicSuite
from graph.errors import SettingsError
from graph.settings import Settings

WITHOUT_SHARED = "no development data: there is no folder shared beside the checkout, and --shared names none"


def run(
    suites: Sequence[str] = (),
    *,
    settings: Settings,
    now: datetime,
    shared: Path | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> EvaluationReport:
    """Run suites by name (none named: all that there is data for, the others are skipped with the reason).

    `shared` is a folder with development data (None: `shared` beside the checkout, if it is there). `progress` is told
    what is being done. Raises SettingsError for an unknown suite or a named one without data, SourceError for a missing
    file.
    """
    _check(suites)
    folder = shared or beside_checkout()
    places = [sample_place(), *(shared_places(folder) if folder else ())]
    benches = {p.name: Bench(p, settings=settings, now=now, progress=progress) for p in places}
    results: list[Result] = []
    skipped: list[Skipped] = []
    for name in dict.fromkeys(suites or SUITES):
        suite = SUITES[name]
        data = folder / "data" / suite.needs if folder and isinstance(suite, PublicSuite) else None
        lacking = _lacking(suite.needs, benches, data)
        if lacking and suites:
            raise SettingsError(f"suite “{name}” cannot run: {lacking}")
        if lacking:
            skipped.append(Skipped(name, lacking))
            continue
        progress(f"suite {name}")
        if isinstance(suite, PublicSuite):
            results += suite.measure(data, progress) if data else []
        else:
            results += suite.measure(benches)
    return EvaluationReport(version("tollgraph"), tuple(results), tuple(skipped))


def write(report: EvaluationReport, path: Path) -> None:
    """Write the page of a report; the same report gives the same bytes. Raises OSError as the file system says it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(report), encoding="utf-8", newline="\n")


def _check(suites: Sequence[str]) -> None:
    for name in suites:
        if name not in SUITES:
            raise SettingsError(f"no suite “{name}”; there are {', '.join(SUITES)}")


def _lacking(needs: str, benches: Mapping[str, Bench], data: Path | None) -> str:
    """Why a suite cannot run; empty if it can. `data` is the folder of a public set."""
    if data is not None:
        return "" if data.is_dir() else f"there is no folder {needs} among the public sets ({data.parent})"
    return "" if needs in benches else WITHOUT_SHARED
