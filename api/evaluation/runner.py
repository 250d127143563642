"""`run`: the suites asked for, in order, measured in one process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from api.evaluation.markdown import page
from api.evaluation.results import EvaluationReport, Result
from api.evaluation.shared import beside_checkout
from api.evaluation.suites import SUITES, Bench, Place, dev_place, sample_place
from graph.errors import SettingsError


def run(
    suites: Sequence[str] | None = None,
    *,
    shared: Path | None = None,
    write: Path | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> EvaluationReport:
    """Run suites by name (None: all that there is data for) and write the page to `write` if given.

    `shared` is a folder with development data (None: `shared` beside the checkout, if it is there). `progress` is told
    what is being done. Raises SettingsError for an unknown suite or one without data, SourceError for a missing file.
    """
    now = datetime.now(UTC)
    places = _places(shared)
    benches = {name: Bench(place, now=now, progress=progress) for name, place in places.items()}
    results: list[Result] = []
    for suite in _chosen(suites, set(places)):
        place, measure = SUITES[suite]
        progress(f"suite {suite}")
        results += measure(benches[place])
    report = EvaluationReport(version("tollgraph"), now.date().isoformat(), tuple(results))
    if write is not None:
        write.parent.mkdir(parents=True, exist_ok=True)
        write.write_text(page(report), encoding="utf-8")
    return report


def _places(shared: Path | None) -> dict[str, Place]:
    folder = shared or beside_checkout()
    return {"sample": sample_place()} | ({"dev": dev_place(folder)} if folder else {})


def _chosen(suites: Sequence[str] | None, places: set[str]) -> list[str]:
    if suites is None:
        return [name for name, (place, _) in SUITES.items() if place in places]
    for name in suites:
        if name not in SUITES:
            raise SettingsError(f"no suite “{name}”; there are {', '.join(SUITES)}")
        if SUITES[name][0] not in places:
            raise SettingsError(f"suite “{name}” needs development data; give its folder with --shared")
    return list(dict.fromkeys(suites))
