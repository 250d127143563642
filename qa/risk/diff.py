"""What differs between two reports in their JSON form: which rows came, went, or say something else.

A row is known by the entities in it; where several rows name the same ones, by as many of its words as tell them apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from graph.contract import Json

Change = Literal["added", "removed", "changed"]
Key = tuple[str, ...]

LISTS = ("supplier_dependence", "customer_dependence", "groups")
"""Where a trace (exposure, dependents) keeps its rows."""
_PLACES = frozenset(("evidence", "loop", "rank", "place", "paths", "path"))
"""Columns that say where a row stands or what it rests on, not what it says."""
_AMOUNT = ("what", "value", "low", "high", "unit", "basis", "period")


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that differs (`column`), or a row that is only in one of the two (`column` is its first amount, if any).

    `evidence` are the numbers of the quotes of the row, in the first report and in the second.
    """

    table: str
    key: Key
    change: Change
    column: str
    before: Any
    after: Any
    evidence: tuple[Sequence[int], Sequence[int]]


def tables_of(report: Json) -> dict[str, list[Json]]:
    """The rows of a report by table, those of a trace too."""
    if isinstance(report.get("tables"), Mapping):
        return {str(key): list(rows) for key, rows in report["tables"].items()}
    return {key: [_with_evidence(row) for row in report.get(key) or ()] for key in LISTS}


def differences(before: Json, after: Json) -> Iterator[Difference]:
    """All differences, table by table in the order of the second report."""
    first, second = tables_of(before), tables_of(after)
    for table in dict.fromkeys((*second, *first)):
        yield from _in_table(table, first.get(table, []), second.get(table, []))


def _in_table(table: str, before: list[Json], after: list[Json]) -> Iterator[Difference]:
    columns = _telling(before, after)
    old, new = _keyed(before, columns), _keyed(after, columns)
    for key, row in new.items():
        if key not in old:
            column, cell = _first_amount(row)
            yield Difference(table, key, "added", column, None, cell, ((), row.get("evidence", ())))
            continue
        both = (old[key].get("evidence", ()), row.get("evidence", ()))
        for column in (c for c in row if c in old[key] and c not in _PLACES and c not in columns):
            if _compared(old[key][column]) != _compared(row[column]):
                yield Difference(table, key, "changed", column, old[key][column], row[column], both)
    for key, row in old.items():
        if key not in new:
            column, cell = _first_amount(row)
            yield Difference(table, key, "removed", column, cell, None, (row.get("evidence", ()), ()))


def _telling(before: list[Json], after: list[Json]) -> tuple[str, ...]:
    """The columns by which rows are known: those of entities, then words until no two rows are alike."""
    rows = [*before, *after]
    names = [name for name in dict.fromkeys(c for row in rows for c in row) if name not in _PLACES]
    entities = tuple(name for name in names if any(_is_entity(row.get(name)) for row in rows))
    words = [name for name in names if any(isinstance(row.get(name), str) for row in rows)]
    chosen = entities or tuple(words[:1])
    for name in words:
        if all(len({_key(row, chosen) for row in side}) == len(side) for side in (before, after)):
            break
        chosen = tuple(dict.fromkeys((*chosen, name)))
    return chosen


def _keyed(rows: list[Json], columns: tuple[str, ...]) -> dict[Key, Json]:
    """The rows by their key; those that nothing tells apart are numbered."""
    found: dict[Key, Json] = {}
    for row in rows:
        key = _key(row, columns)
        number = 2
        while key in found:
            key = (*_key(row, columns), f"no. {number}")
            number += 1
        found[key] = row
    return found


def _key(row: Json, columns: tuple[str, ...]) -> Key:
    return tuple(_named(row.get(column)) for column in columns)


def _named(cell: Any) -> str:
    if isinstance(cell, Mapping):
        return str(cell.get("label", ""))
    return ", ".join(map(_named, cell)) if isinstance(cell, list) else str(cell if cell is not None else "")


def _is_entity(cell: Any) -> bool:
    if isinstance(cell, list):
        return bool(cell) and all(map(_is_entity, cell))
    return isinstance(cell, Mapping) and "label" in cell and "unit" not in cell


def _first_amount(row: Json) -> tuple[str, Any]:
    found = ((c, cell) for c, cell in row.items() if isinstance(cell, Mapping) and "unit" in cell)
    return next(found, ("", None))


def _compared(cell: Any) -> Any:
    """What of a cell counts: of an amount its numbers and basis, not the claims behind it."""
    if isinstance(cell, Mapping) and "unit" in cell:
        return tuple(cell.get(name) for name in _AMOUNT)
    if isinstance(cell, list):
        return [_compared(item) for item in cell]
    return cell


def _with_evidence(row: Json) -> Json:
    """A party of a trace with the evidence of its best path."""
    paths = row.get("paths") or ()
    steps = paths[0].get("steps", ()) if paths else ()
    cited = dict.fromkeys(n for step in steps for n in step.get("evidence", ()))
    return row | {"evidence": list(cited)} if "evidence" not in row else row
