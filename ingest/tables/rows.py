"""What a row claims: templates filled from its cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any, cast, get_args

from graph.identity import claim_id
from graph.model import Claim, EntityRef, Evidence, Modality, Period, Quantity
from graph.text.periods import describe_period, period_of
from graph.text.periods.calendars import month, quarter
from ingest.firmness import FIRMNESS
from ingest.tables.amounts import NoAmountError, amount, written
from ingest.tables.model import Amount, Condition, Matrix, Over, Party, Span, Template, Text
from ingest.tables.names import Names, NoNameError
from ingest.tables.records import Record
from ingest.tables.table import Table
from ingest.tables.tally import Tally
from ingest.tables.view import View

_MODALITIES = get_args(Modality)


class LeftOutError(ValueError):
    """What a template cannot make of a row: `kind` and, as its text, the cell and what is wrong with it."""

    def __init__(self, kind: str, column: str, cell: str, why: str) -> None:
        shown = cell if len(cell) <= 40 else cell[:40] + "…"
        super().__init__(f"{column} “{shown}” {why}")
        self.kind = kind


class Claims:
    """Makes the claims of a table's rows; what a row does not give is noted in the tally."""

    def __init__(self, table: Table, names: Names, tally: Tally, extractor: str) -> None:
        self._table, self._names, self._tally = table, names, tally
        self._extractor = extractor
        self._decimal = table.mapping.reading.decimal
        self._view: View = table.view()
        self._cells = {id(t): _cells(t.matrix, table) for t in table.mapping.claims if t.matrix}

    def of(self, record: Record, evidence: Evidence) -> Iterator[Claim]:
        """The claims of a row; `evidence` is the whole row, of which each gets its cells."""
        for template in self._table.mapping.claims:
            for at in self._cells[id(template)] if template.matrix else (None,):
                self._view.enter(record.cells, at)
                if not all(self._holds(condition) for condition in template.where):
                    continue
                self._view.forget()
                try:
                    yield from self._filled(template, record, evidence)
                except LeftOutError as problem:
                    self._tally.fault(problem.kind, record.number, str(problem))

    def _holds(self, condition: Condition) -> bool:
        said = self._view.cell(condition.column)
        if condition.filled is not None and condition.filled != bool(said):
            return False
        if condition.values is not None and said not in condition.values:
            return False
        if said in condition.but:
            return False
        return condition.pattern is None or condition.pattern.search(said) is not None

    def _filled(self, template: Template, record: Record, evidence: Evidence) -> Iterator[Claim]:
        view, measured = self._view, self._amount(template.amount)
        if template.amount is not None and measured is None:
            return
        common: dict[str, Any] = {
            "basis": template.basis,
            "basis_period": template.basis_period,
            "of": view.text(template.of),
            "scope": view.text(template.scope),
            "period": self._period(template.period),
            "attributed_to": view.text(template.attributed_to),
            "qualifiers": self._qualifiers(template),
            "extractor": self._extractor,
        }
        modality = view.text(template.modality) or "asserted"
        if modality not in _MODALITIES:
            raise LeftOutError("no modality", "modality", modality, f"is none of {', '.join(_MODALITIES)}")
        common |= {"modality": modality, "confidence": template.confidence or FIRMNESS[cast(Modality, modality)]}
        subjects = self._parties(template.subject)
        objects = self._parties(template.object) if template.object else []
        cell = measured[1] if measured and measured[1] in evidence.quote else ""
        locator = _locator(record.number, view.seen)
        place = Evidence("", evidence.start, evidence.end, evidence.quote, cell, locator)
        for subject in subjects:
            for value in (measured[0],) if measured else objects:
                if value != subject or template.matrix is not None:
                    claim = Claim("", subject, template.predicate, value, (place,), **common)
                    yield replace(claim, id=claim_id(claim))

    def _parties(self, party: Party) -> list[EntityRef]:
        view = self._view
        names = view.texts(party.name)
        single = len(names) == 1
        ids = tuple((scheme, value) for scheme, spec in party.ids if single and (value := view.text(spec)))
        maker, types = view.text(party.maker), party.types
        if party.kind is not None:
            said = view.text(party.kind)
            if said not in types:
                raise LeftOutError("no type", (party.kind.columns or ("type",))[0], said or "", "says no type")
            types = (said,)
        try:
            return list(dict.fromkeys(self._names.refer(name, types, ids, maker) for name in names))
        except NoNameError as problem:
            raise LeftOutError("no name", (party.name.columns or ("name",))[0], names[0], str(problem)) from None

    def _amount(self, spec: Amount | None) -> tuple[Quantity, str] | None:
        """An amount and its cell."""
        column, cell = self._view.amount(spec) if spec else ("", "")
        if spec is None or not cell:
            return None
        try:
            return amount(cell, spec, decimal=self._decimal), cell
        except NoAmountError as problem:
            raise LeftOutError("no amount", column, cell, str(problem)) from None

    def _qualifiers(self, template: Template) -> tuple[tuple[str, str], ...]:
        found = []
        for name, spec in template.qualifiers:
            if isinstance(spec, Amount):
                held = self._amount(spec)
                said = written(held[0]) if held else None
            else:
                said = self._view.text(spec)
            if said:
                found.append((name, said))
        return tuple(found)

    def _period(self, spec: Span | None) -> Period | None:
        if spec is None:
            return None
        start, end = self._days(spec.start), self._days(spec.end)
        if spec.end is None:
            return _widened(start, spec.over) if start else None
        if not start and not end:
            return None
        made = Period(start.start if start else None, end.end if end else None)
        if made.start and made.end and made.start > made.end:
            raise LeftOutError("no period", "period", f"{made.start} to {made.end}", "ends before it begins")
        return replace(made, text=describe_period(made))

    def _days(self, spec: Text | None) -> Period | None:
        if spec is None or (said := self._view.text(spec)) is None:
            return None
        found = _read_period(said)
        if found is None or not (found.start or found.end):
            raise LeftOutError("no period", (spec.columns or ("period",))[0], said, "is no day, month or year")
        return found


@lru_cache(maxsize=4096)
def _read_period(said: str) -> Period | None:
    """What names a time, also with an hour behind the day; the same few stand in a column again and again."""
    return period_of(said, reference=None) or period_of(said[:10], reference=None)


def _widened(found: Period, over: Over | None) -> Period:
    """The whole month, quarter or year that a day lies in."""
    day = found.end or found.start
    if over is None or over == "day" or day is None:
        return found
    first, last = {
        "year": (day.replace(month=1, day=1), day.replace(month=12, day=31)),
        "month": month(day.year, day.month),
        "quarter": quarter(day.year, (day.month + 2) // 3),
    }[over]
    made = Period(first, last)
    return replace(made, text=describe_period(made))


def _cells(matrix: Matrix | None, table: Table) -> tuple[int, ...]:
    """The columns of a matrix from 0."""
    if matrix is None:
        return ()
    first = table.columns[matrix.first] if matrix.first else 0
    last = table.columns[matrix.last] if matrix.last else table.width - 1
    return tuple(at for name, at in table.columns.items() if first <= at <= last and name not in matrix.but)


def _locator(row: int, seen: list[int]) -> str:
    """The cells of a row as a fragment of RFC 7111; the whole row if none was looked at."""
    return "cell=" + ";".join(f"{row},{at + 1}" for at in seen) if seen else f"row={row}"
