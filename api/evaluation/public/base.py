"""What every public set reports: figures of one system, each with how much it was measured on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from api.evaluation.tally import Tally
from graph.contract import Json
from graph.errors import SettingsError, SourceError

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value between 0 and 1 (None: nothing to measure) and the number of gold units behind it."""

    name: str
    value: float | None
    n: int


@dataclass(frozen=True, slots=True)
class PublicResult:
    """One system on one public set. `misses` are lines to read, with ids and labels of rows but none of their text."""

    suite: str
    system: str
    figures: tuple[Figure, ...]
    misses: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[str, ...]:
        """What may never be: nothing here, low scores do not fail a run."""
        return ()

    def to_json(self) -> Json:
        """The figures by name, and the misses."""
        return {
            "suite": self.suite,
            "system": self.system,
            "figures": {f.name: {"value": f.value, "n": f.n} for f in self.figures},
            "misses": list(self.misses),
        }


def prf_figures(name: str, tally: Tally) -> tuple[Figure, ...]:
    """Precision, recall and F1 of a tally, each on its gold units."""
    rates = (("P", tally.precision), ("R", tally.recall), ("F1", tally.f1))
    return tuple(Figure(f"{name} {rate}", value, tally.gold) for rate, value in rates)


def rows(path: Path) -> Iterator[Json]:
    """One JSON object a line; SourceError if the file is missing, SettingsError if it is malformed."""
    if not path.is_file():
        raise SourceError(f"evaluation file missing: {path}; restore it or leave the suite out")
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            yield json.loads(line)
        except ValueError as error:
            raise SettingsError(f"{path}:{number}: no JSON object ({error}); correct the file") from error
