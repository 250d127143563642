"""Recognizers-Text measured: exact amounts, ranges, days and periods, ours beside quantulum3 and dateparser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from api.evaluation.public.base import Figure, Progress, PublicResult
from api.evaluation.recognizers import TABLES, Miss, Rate, Table, rate
from api.evaluation.recognizers_baselines import DATEPARSER, QUANTULUM, missing, readers

SUITE = "recognizers"
OURS = "tollgraph"
_NEWS = "dates and periods as news write them"
_ALL = "dates and periods, all rows"


def measure(folder: Path, progress: Progress) -> list[PublicResult]:
    """Ours on every table that is there, then each baseline on its tables; a baseline not installed is told of."""
    tables = [table for table in TABLES if (folder / table.path).is_file()]
    progress(f"reading {len(tables)} tables of Recognizers-Text")
    rates = {table.name: rate(table, folder, table.read) for table in tables}
    figures = [Figure(r.name, r.share, r.total) for r in rates.values()]
    figures += _dated(tables, lambda table: rates[table.name], _ALL)
    figures += _dated(tables, lambda table: rate(table, folder, table.read, news=True), _NEWS)
    lines = tuple(line for r in rates.values() for line in _lines(r))
    lacking = {name: reason for name in (QUANTULUM, DATEPARSER) if (reason := missing(name))}
    results = [PublicResult(SUITE, OURS, tuple(figures), (*lacking.values(), *lines))]
    for name in (QUANTULUM, DATEPARSER):
        if name not in lacking:
            progress(f"reading them with {name}")
            results.append(PublicResult(SUITE, name, tuple(_baseline(name, tables, folder))))
    return results


def _dated(tables: list[Table], measured: Callable[[Table], Rate], name: str) -> Iterator[Figure]:
    """One figure over days and periods together, for each language."""
    for language in ("English", "Chinese"):
        rates = [measured(table) for table in tables if table.dated and table.path.startswith(language)]
        total = sum(r.total for r in rates)
        if total:
            yield Figure(f"{name}, {language}", sum(r.right for r in rates) / total, total)


def _baseline(name: str, tables: list[Table], folder: Path) -> Iterator[Figure]:
    own = readers(name)
    for table in tables:
        if table.name in own:
            found = rate(table, folder, own[table.name])
            yield Figure(found.name, found.share, found.total)


def _lines(found: Rate) -> Iterator[str]:
    """What came out otherwise, by row and value; rows are counted from 0."""
    for miss in found.misses:
        read = "; ".join(_said(value) for value in miss.got) or "nothing"
        yield f"{found.name}, row {miss.row}: expected {_expected(miss)}, read {read}"


def _expected(miss: Miss) -> str:
    return "nothing" if miss.wanted is None else _said(miss.wanted)


def _said(value: object) -> str:
    """`(1000, None)` as `1000 to open`, `(5, "EUR")` as `5 EUR`, days as `2016-11-04 to 2016-11-21`."""
    if not isinstance(value, tuple):
        return format(value, "f") if hasattr(value, "quantize") else str(value)
    first, last = (("open" if part is None else _said(part)) for part in value)
    if isinstance(value[1], str):
        return f"{first} {last}"
    return first if first == last else f"{first} to {last}"
