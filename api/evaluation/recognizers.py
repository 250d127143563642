"""The quantity and period grammar against Microsoft's Recognizers-Text specifications: exact values, units and days.

    measure(folder)             one Rate a table; `folder` holds English/ and Chinese/ as that project ships them
    rate(table, folder, read)   the same of one table with another reader

An item is right if a span that shares a character with it has its bounds and unit. A row that expects nothing is right
if nothing of that kind is found. Intervals of that project end before their last day or number; ours hold it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from api.evaluation import recognizers_amounts as amounts
from api.evaluation import recognizers_dates as dates
from api.evaluation.recognizers_items import Expected, Found
from graph.contract import Json
from graph.errors import SettingsError

Reader = Callable[[Json], list[Found]]


@dataclass(frozen=True, slots=True)
class Miss:
    """An item that came out otherwise: its row, counted from 0, what was expected (none: nothing), what was read."""

    row: int
    wanted: object | None
    got: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Rate:
    """How many expected items came out exactly, and those that did not."""

    name: str
    right: int
    total: int
    misses: tuple[Miss, ...] = ()

    @property
    def share(self) -> float | None:
        """Right over total, 0 to 1; None of nothing."""
        return self.right / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Table:
    """A file of the specifications: what its rows expect, and how we read them. `dated`: its items are days."""

    name: str
    path: str
    expected: Callable[[Json], list[Expected]]
    read: Reader
    dated: bool = False


def measure(folder: Path) -> list[Rate]:
    """Every table whose file is in `folder`; raises SettingsError for a file of another shape."""
    return [rate(table, folder, table.read) for table in TABLES if (folder / table.path).is_file()]


def rate(table: Table, folder: Path, read: Reader, *, news: bool = False) -> Rate:
    """One reader on one table; with `news`, without the items whose wording is none of news."""
    right, total, misses = 0, 0, []
    for number, row in enumerate(_rows(folder / table.path)):
        found = read(row)
        if not row["Results"]:
            verdicts: list[tuple[object, bool]] = [(None, not found)]
        else:
            verdicts = [(e.values[0], _has(e, found)) for e in _counted(table.expected(row), news=news)]
        total += len(verdicts)
        right += sum(good for _, good in verdicts)
        got = tuple(f.value for f in found)
        misses += [Miss(number, wanted, got) for wanted, good in verdicts if not good]
    return Rate(table.name, right, total, tuple(misses))


def _rows(path: Path) -> list[Json]:
    try:
        rows: list[Json] = json.loads(path.read_text("utf-8-sig"))
        return [row for row in rows if row["Results"] is not None]
    except (ValueError, KeyError, TypeError) as error:
        raise SettingsError(f"{path} is no specification of Recognizers-Text ({error}); restore it") from error


def _counted(items: Iterable[Expected], *, news: bool) -> list[Expected]:
    return [item for item in items if not news or dates.outside(item.words) is None]


def _has(item: Expected, found: list[Found]) -> bool:
    return any(f.start < item.end and item.start < f.end and f.value in item.values for f in found)


TABLES = (
    Table("currency", "English/NumberWithUnit/CurrencyModel.json", amounts.money_expected, amounts.money_read),
    Table("percent", "English/Number/PercentModel.json", amounts.percent_expected, amounts.percent_read),
    Table("number ranges", "English/Number/NumberRangeModel.json", amounts.range_expected, amounts.range_read),
    Table("dates", "English/DateTime/DateParser.json", dates.expected, dates.read_english, dated=True),
    Table("date ranges", "English/DateTime/DatePeriodParser.json", dates.expected, dates.read_english, dated=True),
    Table("currency, Chinese", "Chinese/NumberWithUnit/CurrencyModel.json", amounts.money_expected, amounts.money_read),
    Table("percent, Chinese", "Chinese/Number/PercentModel.json", amounts.percent_expected, amounts.percent_read),
    Table("number ranges, Chinese", "Chinese/Number/NumberRangeModel.json", amounts.range_expected, amounts.range_read),
    Table("dates, Chinese", "Chinese/DateTime/DateParser.json", dates.expected, dates.read_chinese, dated=True),
    Table(
        "date ranges, Chinese", "Chinese/DateTime/DatePeriodParser.json", dates.expected, dates.read_chinese, dated=True
    ),
)
