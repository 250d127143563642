"""One row of a table as a template sees it: cells by the name of their column, those of joined tables too."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.tables.model import CELL, COLUMN, Amount, Join, Text

Looked = Mapping[str, Mapping[str, Mapping[str, str]]]
"""Joined table → key → column → cell."""


class View:
    """`cell` notes which columns are looked at, so that evidence can name them; `forget` begins anew."""

    def __init__(
        self, columns: Mapping[str, int], joins: Mapping[str, Join], looked: Looked, missing: frozenset[str]
    ) -> None:
        self._columns = columns
        self._joins, self._looked, self._missing = joins, looked, missing
        self._cells: list[str] = []
        self._at: int | None = None
        self._names = {at: name for name, at in columns.items()}
        self._seen: dict[int, None] = {}

    def enter(self, cells: list[str], at: int | None = None) -> None:
        """Look at another row; at one cell of it, in a matrix."""
        self._cells, self._at = cells, at

    def forget(self) -> None:
        """Forget which columns were looked at."""
        self._seen = {}

    @property
    def seen(self) -> list[int]:
        """The places of the columns looked at, from 0."""
        return sorted(self._seen)

    def cell(self, column: str) -> str:
        """What the column says in this row, without blanks around it; "" if it says nothing."""
        if column in (CELL, COLUMN):
            return self._of_matrix(column)
        at = self._columns.get(column)
        if at is not None:
            self._seen[at] = None
            return self._plain(self._cells[at])
        table, _, name = column.partition(".")
        key = self.cell(self._joins[table].on)
        return self._plain(self._looked[table].get(key, {}).get(name, "")) if key else ""

    def first(self, columns: tuple[str, ...]) -> tuple[str, str]:
        """The first of the columns that says something, and what; ("", "") if none does."""
        for column in columns:
            if said := self.cell(column):
                return column, said
        return "", ""

    def texts(self, spec: Text) -> list[str]:
        """The texts that a row gives, none if its cells are empty, do not fit the pattern or stand for nothing."""
        said = spec.constant if spec.constant is not None else self.first(spec.columns)[1]
        if said and spec.pattern is not None:
            fits = spec.pattern.search(said)
            said = (fits[1] or "").strip() if fits else ""
        parts = [part.strip() for part in spec.split.split(said)] if spec.split else [said]
        found = (spec.words.get(part, part) for part in parts)
        return [text for text in found if text]

    def text(self, spec: Text | None) -> str | None:
        """The one text that a row gives, None if none."""
        return next(iter(self.texts(spec)), None) if spec else None

    def amount(self, spec: Amount) -> tuple[str, str]:
        """The column and the cell that hold the amount; ("", "") if the cells are empty or stand for nothing."""
        column, said = self.first(spec.columns)
        return (column, said) if spec.words.get(said, said) is not None else ("", "")

    def _of_matrix(self, column: str) -> str:
        if self._at is None:
            return ""
        self._seen[self._at] = None
        return self._plain(self._cells[self._at] if column == CELL else self._names[self._at])

    def _plain(self, cell: str) -> str:
        plain = cell.strip()
        return "" if plain in self._missing else plain
