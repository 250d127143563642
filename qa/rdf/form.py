"""The typed form of a question on a foreign graph, between its words and SPARQL."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from qa.rdf.profile import Step

Op = Literal["=", "!=", "<", "<=", ">", ">=", "between", "contains", "starts", "ends", "exists"]
Function = Literal["", "count", "sum", "avg", "min", "max"]


@dataclass(frozen=True, slots=True)
class Thing:
    """A variable for nodes: of a class ("" for any), or one of the nodes that a name stands for."""

    cls: str = ""
    nodes: tuple[str, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class Attr:
    """The value that a property has at a thing, by the thing's number."""

    thing: int
    prop: str


Target = int | Attr


@dataclass(frozen=True, slots=True)
class Link:
    """Two things and the step from the first to the second."""

    source: int
    target: int
    step: Step


@dataclass(frozen=True, slots=True)
class Test:
    """A condition on a target. `values` are literals in N-Triples, plain numbers, or texts for `contains` and its
    like; several mean any of them. With `sub`, the value is the one of a form of its own. `year`: only the year of a
    date is compared.
    """

    target: Target
    op: Op
    values: tuple[str, ...] = ()
    sub: Form | None = None
    year: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """What must hold: things, links, tests; `absent` bodies must not be there. They share the numbers of things."""

    things: dict[int, Thing] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    tests: tuple[Test, ...] = ()
    absent: tuple[Body, ...] = ()
    either: tuple[tuple[Body, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer: a target, or a function over it; `plus` are further targets added to it."""

    target: Target
    function: Function = ""
    distinct: bool = False
    plus: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class Having:
    """A condition on a function of a group."""

    column: Column
    op: Op
    value: str


@dataclass(frozen=True, slots=True)
class Order:
    """What the rows are ordered by."""

    column: Column
    down: bool


@dataclass(frozen=True, slots=True)
class Form:
    """A question. `also` are further bodies that must give the same columns (both … and …)."""

    body: Body
    columns: tuple[Column, ...]
    group: tuple[Target, ...] = ()
    having: tuple[Having, ...] = ()
    order: tuple[Order, ...] = ()
    limit: int | None = None
    offset: int = 0
    boolean: bool = False
    also: tuple[Body, ...] = ()
    minus: tuple[Body, ...] = ()
    focus: int = 0
