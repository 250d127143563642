"""A mapping as plain values; docs/tables.md explains each part."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from graph.model import Basis

Over = Literal["day", "month", "quarter", "year"]

COLUMN, CELL = "@column", "@cell"
"""In a template over a matrix: the header of the column that a cell stands in, and the cell."""


@dataclass(frozen=True, slots=True)
class Text:
    """What a cell says in words: of `columns` the first that is filled, or a constant text.

    `pattern` cuts its one group out, `split` cuts several values apart, `words` puts others in their place (None:
    the value is left out).
    """

    columns: tuple[str, ...] = ()
    constant: str | None = None
    pattern: re.Pattern[str] | None = None
    split: re.Pattern[str] | None = None
    words: dict[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Party:
    """An entity of a claim: its name, the types that it may have (the first is that of a new one), its identifiers.

    `kind` is a cell that says which of the types it has. `maker` names who makes a product, for names that begin with
    that.
    """

    name: Text
    types: tuple[str, ...]
    kind: Text | None = None
    ids: tuple[tuple[str, Text], ...] = ()
    maker: Text | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount. A bare number is one of `unit` after multiplication by `scale`; `words` say what words amount to."""

    columns: tuple[str, ...]
    unit: str
    scale: Decimal = Decimal(1)
    words: dict[str, str | None] = field(default_factory=dict)
    approx: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A period: what `start` names, widened to the whole month or year (`over`); or from `start` to `end`."""

    start: Text | None
    end: Text | None = None
    over: Over | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """What a column must say: one of `values`, none of `but`, `pattern` somewhere in it, anything or nothing at all."""

    column: str
    values: frozenset[str] | None = None
    but: frozenset[str] = frozenset()
    pattern: re.Pattern[str] | None = None
    filled: bool | None = None


@dataclass(frozen=True, slots=True)
class Matrix:
    """The columns whose cells are read one by one: from `first` to `last`, without `but`."""

    first: str | None = None
    last: str | None = None
    but: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Template:
    """What each row (each cell, with a `matrix`) claims: a relation to `object`, or a metric with its `amount`."""

    name: str
    predicate: str
    subject: Party
    object: Party | None
    amount: Amount | None
    where: tuple[Condition, ...] = ()
    matrix: Matrix | None = None
    basis: Basis | None = None
    basis_period: str | None = None
    of: Text | None = None
    scope: Text | None = None
    period: Span | None = None
    modality: Text = Text(constant="asserted")
    attributed_to: Text | None = None
    confidence: Decimal | None = None
    qualifiers: tuple[tuple[str, Text | Amount], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is read. `names` are the columns of a file without a header; `missing` are words for no value."""

    delimiter: str | None = None
    encoding: str | None = None
    names: tuple[str, ...] = ()
    skip: int = 0
    missing: frozenset[str] = frozenset()
    decimal: Literal[".", ","] = "."


@dataclass(frozen=True, slots=True)
class Join:
    """A second table: its row whose `key` equals the cell in `on` adds its columns, as `NAME.column`."""

    name: str
    file: str
    key: str
    on: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class Origin:
    """The source that the claims are from."""

    title: str
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    licence: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Mapping:
    """A whole mapping file: `name` is the file's, `digest` that of its text."""

    name: str
    digest: str
    origin: Origin
    reading: Reading
    joins: tuple[Join, ...]
    claims: tuple[Template, ...]
