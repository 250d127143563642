"""The quantity and period grammar against Microsoft's Recognizers-Text specifications: exact values, units and days.

    measure(folder)   one Rate a table; `folder` holds English/ and Chinese/ as that project ships them

An item is right if a span that shares a character with it has its bounds and unit. A row that expects nothing is right
if nothing of that kind is found. Intervals of that project end before their last day or number; ours hold it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from graph.contract import Json
from graph.text.periods import PeriodSpan, find_periods
from graph.text.quantities import QuantitySpan, find_quantities

_CODES = {
    "Dollar": "USD", "Pound": "GBP", "Cent": "USD", "Pence": "GBP", "Penny": "GBP", "Franc": "CHF", "Rupee": "INR",
    "Finnish markka": "FIM", "Peseta": "ESP", "Netherlands guilder": "NLG", "Bitcoin": "BTC",
    "Sen": "JPY", "Satoshi": "BTC",
}  # fmt: skip
_PARTS = {"Cent": 100, "Pence": 100, "Penny": 100, "Sen": 100, "Satoshi": 10**8}
_INTERVAL = re.compile(r"[\[(](?P<low>[^,]*),(?P<high>[^)\]]*)[)\]]")
_DATES = ("date", "daterange")


@dataclass(frozen=True, slots=True)
class Rate:
    """How many expected items came out exactly; `misses` holds (input, what was expected) of the others."""

    name: str
    right: int
    total: int
    misses: tuple[tuple[str, str], ...] = ()

    @property
    def share(self) -> float:
        """Right over total, 0 to 1."""
        return self.right / self.total if self.total else 0.0


Found = tuple[int, int, Any]
Wanted = tuple[int, int, list[object]]


def measure(folder: Path) -> list[Rate]:
    """Every table whose file is in `folder`; raises ValueError for a file of another shape."""
    rates = []
    for name, path, read in TABLES:
        file = folder / path
        if file.is_file():
            rates.append(_rate(name, json.loads(file.read_text("utf-8-sig")), read))
    return rates


def _rate(name: str, rows: list[Json], read: Callable[[Json], tuple[list[Wanted], list[Found]]]) -> Rate:
    right, total, misses = 0, 0, []
    for row in rows:
        wanted, found = read(row)
        if not row["Results"]:
            wanted, verdicts = [(0, 0, ["nothing"])], [not found]
        else:
            verdicts = [_has(item, found) for item in wanted]
        right, total = right + sum(verdicts), total + len(verdicts)
        misses += [
            (row["Input"], str(item[2][:1]) + f" got {[f[2] for f in found]}")
            for item, good in zip(wanted, verdicts, strict=True)
            if not good
        ]
    return Rate(name, right, total, tuple(misses))


def _has(item: Wanted, found: list[Found]) -> bool:
    start, end, values = item
    return any(f_start < end and start < f_end and value in values for f_start, f_end, value in found)


def _place(result: Json) -> tuple[int, int]:
    start = int(result.get("Start", 0))
    return start, int(result["End"]) + 1 if "End" in result else start + int(result.get("Length", len(result["Text"])))


def _number(written: str) -> Decimal | None:
    try:
        return Decimal(written.replace(",", "").rstrip("%")).normalize()
    except InvalidOperation:
        return None


def _spans(row: Json, *kinds: str) -> Iterator[QuantitySpan]:
    return (s for s in find_quantities(row["Input"]) if not kinds or s.kind in kinds)


def _bounds(span: QuantitySpan) -> tuple[Decimal | None, Decimal | None]:
    q = span.quantity
    return (None if q.low is None else q.low.normalize(), None if q.high is None else q.high.normalize())


def _values(span: QuantitySpan) -> set[Decimal]:
    return {value for value in _bounds(span) if value is not None}


def _currency(row: Json) -> tuple[list[Wanted], list[Found]]:
    wanted: list[Wanted] = []
    for result in row["Results"]:
        said = result["Resolution"]
        unit, value = said.get("unit"), _number(said.get("value") or "")
        if value is not None:
            code = said.get("isoCurrency") or _CODES.get(unit, unit)
            wanted.append((*_place(result), [(value / _PARTS.get(unit, 1), code)]))
    return wanted, [
        (s.start, s.end, (v, s.quantity.unit.partition("/")[0])) for s in _spans(row, "money") for v in _values(s)
    ]


def _percent(row: Json) -> tuple[list[Wanted], list[Found]]:
    values = [(_place(result), _number(result["Resolution"]["value"] or "")) for result in row["Results"]]
    wanted: list[Wanted] = [(*place, [value]) for place, value in values if value is not None]
    return wanted, [(s.start, s.end, v) for s in _spans(row, "percent", "points") for v in _values(s)]


def _range(row: Json) -> tuple[list[Wanted], list[Found]]:
    wanted: list[Wanted] = []
    for result in row["Results"]:
        m = _INTERVAL.fullmatch(result["Resolution"]["value"])
        if m:
            wanted.append((*_place(result), [(_number(m["low"]), _number(m["high"]))]))
    found: list[Found] = [(s.start, s.end, _whole(s)) for s in _spans(row)]
    return wanted, [f for f in found if row["Results"] or len(set(f[2])) > 1]


def _whole(span: QuantitySpan) -> tuple[Decimal | None, Decimal | None]:
    """The bounds, percent as a part of one, as that project reads “half”."""
    low, high = _bounds(span)
    size = 100 if span.kind == "percent" else 1
    return (None if low is None else (low / size).normalize(), None if high is None else (high / size).normalize())


def _day(written: Any, *, last: bool = False) -> date | None:
    try:
        return date.fromisoformat(str(written)[:10]) - timedelta(days=int(last))
    except ValueError:
        return None


def _days(said: Json) -> Iterator[tuple[date | None, date | None]]:
    one = said.get("date") or (said.get("value") if said.get("type") == "date" else None)
    if one:
        yield _day(one), _day(one)
        return
    first, last = said.get("startDate") or said.get("start"), said.get("endDate") or said.get("end")
    yield _day(first), _day(last, last=True)
    if last and not last.endswith("-01"):  # “4 to 22 January” is written without its last day
        yield _day(first), _day(last)


def _found_days(spans: list[PeriodSpan]) -> list[Found]:
    return [(s.start, s.end, (s.period.start, s.period.end)) for s in spans]


def _reference(row: Json) -> date | None:
    said = row.get("Context", {}).get("ReferenceDateTime")
    return date.fromisoformat(said[:10]) if said else None


def _dates(row: Json) -> tuple[list[Wanted], list[Found]]:
    wanted: list[Wanted] = []
    for result in row["Results"]:
        said = result.get("Value")
        if said:
            both = [said.get(way) for way in ("FutureResolution", "PastResolution")]
            wanted.append((*_place(result), [day for days in both if days for day in _days(days)]))
        elif result.get("TypeName", "").removeprefix("datetimeV2.") in _DATES:
            wanted.append(
                (
                    *_place(result),
                    [day for said in (result["Resolution"] or {}).get("values", ()) for day in _days(said)],
                )
            )
    return wanted, _found_days(find_periods(row["Input"], reference=_reference(row)))


TABLES = (
    ("currency", "English/NumberWithUnit/CurrencyModel.json", _currency),
    ("percent", "English/Number/PercentModel.json", _percent),
    ("number ranges", "English/Number/NumberRangeModel.json", _range),
    ("dates", "English/DateTime/DateParser.json", _dates),
    ("date ranges", "English/DateTime/DatePeriodParser.json", _dates),
    ("currency, Chinese", "Chinese/NumberWithUnit/CurrencyModel.json", _currency),
    ("percent, Chinese", "Chinese/Number/PercentModel.json", _percent),
    ("number ranges, Chinese", "Chinese/Number/NumberRangeModel.json", _range),
    ("dates, Chinese", "Chinese/DateTime/DateParser.json", _dates),
    ("date ranges, Chinese", "Chinese/DateTime/DatePeriodParser.json", _dates),
)
