"""What every risk report beyond the traces comes in: one measure with bounds, tables whose rows cite their evidence.

The parts that a report shares with a trace (`Share`, `Path`, `Coverage`, `Quote`) are those of `report.py`. Renderers,
exports and plots read nothing but this shape, so a new report needs none of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, TypeAlias

from graph import contract
from graph.contract import Json
from graph.model import EntityRef
from qa.risk.report import Basis, Coverage, Path, Quote, Share


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that is not a share of a total: an index in points, a loss, a probability, an amount, months.

    `what` says what it measures, `unit` in what (“points”, “probability”, an ISO 4217 code, “months”, “percent”,
    “count”). `value` None: not known better than `low`–`high`; a bound None: nothing bounds it. `basis` None: nothing
    is known. `claims` are the ids of the claims that it rests on.
    """

    what: str
    unit: str
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    basis: Basis | None = None
    claims: tuple[str, ...] = ()
    period: str = ""
    note: str = ""

    def to_json(self) -> Json:
        """The measure with numbers as plain decimals, in the keys of a share."""
        known = (self.value, self.low, self.high, self.basis, self.claims, self.period, self.note)
        return Share("", self.what, *known).to_json() | {"whose": None, "unit": self.unit}


Cell: TypeAlias = "str | int | bool | Decimal | date | EntityRef | Measure | Share | Path | tuple[Cell, ...] | None"


@dataclass(frozen=True, slots=True)
class Column:
    """`key` names it in JSON and CSV (snake_case), `label` in headings."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """One cell a column; `evidence` are the numbers of the quotes that bear the row out."""

    cells: tuple[Cell, ...]
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """`key` names it in JSON. Raises ValueError for a row that does not fit the columns."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""

    def __post_init__(self) -> None:
        wrong = next((row for row in self.rows if len(row.cells) != len(self.columns)), None)
        if wrong is not None:
            raise ValueError(f"table {self.key} has {len(self.columns)} columns and a row of {len(wrong.cells)}")

    def to_json(self) -> list[Json]:
        """One object a row, with its numbered evidence."""
        keys = [column.key for column in self.columns]
        return [
            dict(zip(keys, map(cell_json, row.cells), strict=True)) | {"evidence": list(row.evidence)}
            for row in self.rows
        ]


@dataclass(frozen=True, slots=True)
class Point:
    """One bar or one link of a chart; `target` only in flows. Bounds None: none known."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    target: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """What a report shows best as a picture. `bars`: a point a bar; `flow`: a point a link from `label` to `target`;
    `distribution`: one point a draw.
    """

    kind: Literal["bars", "flow", "distribution"]
    title: str
    unit: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The envelope: `measure` is the answer in one number, `tables` what it is made of.

    `title` says in words what was measured, `entity` whom it is about if about one. `asked` holds all settings that
    the result depends on (scenario, seed, thresholds), enough to run it again.
    """

    kind: str
    title: str
    entity: EntityRef | None
    measure: Measure | Share
    tables: tuple[Table, ...]
    coverage: Coverage
    method: str
    assumptions: tuple[str, ...]
    evidence: tuple[Quote, ...]
    paths: tuple[Path, ...] = ()
    charts: tuple[Chart, ...] = ()
    as_of: date | None = None
    known_at: datetime | None = None
    asked: Json = field(default_factory=dict)

    def table(self, key: str) -> Table:
        """A table by its key. Raises KeyError if the report has none of that name."""
        for table in self.tables:
            if table.key == key:
                return table
        raise KeyError(f"the report {self.kind} has no table {key}")

    def to_json(self) -> Json:
        """The envelope with the keys of the measure at the top, as in a trace, and `tables` by key."""
        return {
            "report": self.kind,
            "title": self.title,
            "entity": contract.entity_ref(self.entity) if self.entity else None,
            **self.measure.to_json(),
            "coverage": self.coverage.to_json(),
            "method": self.method,
            "assumptions": list(self.assumptions),
            "tables": {table.key: table.to_json() for table in self.tables},
            "paths": [path.to_json() for path in self.paths],
            "evidence": [quote.to_json() for quote in self.evidence],
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "known_at": self.known_at.isoformat() if self.known_at else None,
            "asked": dict(self.asked),
        }


def cell_json(cell: Cell) -> Json | list[object] | str | int | bool | float | None:
    """A cell as JSON: an entity by its reference, a measure with its bounds, a date in ISO form."""
    if isinstance(cell, Measure | Share | Path):
        return cell.to_json()
    if isinstance(cell, EntityRef):
        return contract.entity_ref(cell)
    if isinstance(cell, tuple):
        return [cell_json(item) for item in cell]
    if isinstance(cell, Decimal):
        return contract.number(cell)
    return cell.isoformat() if isinstance(cell, date) else cell
