"""Values of literals as XML Schema reads them: whether one is of its datatype, and which of two is larger."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from graph.namespaces import XSD
from graph.rdf.terms import Node

Comparable = Decimal | date | str | bool

_ZONE = re.compile(r"(Z|[+-]\d\d:\d\d)$")
_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_INTEGER = re.compile(r"[+-]?\d+")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?")


@lru_cache(maxsize=4096)
def _number(text: str) -> Decimal:
    if _DECIMAL.fullmatch(text) is None:
        raise ValueError(text)
    return Decimal(text)


@lru_cache(maxsize=4096)
def _integer(text: str) -> Decimal:
    if _INTEGER.fullmatch(text) is None:
        raise ValueError(text)
    return Decimal(text)


@lru_cache(maxsize=4096)
def _day(text: str) -> date:
    plain = _ZONE.sub("", text)
    if _DATE.fullmatch(plain) is None:
        raise ValueError(text)
    return date.fromisoformat(plain)


def _instant(text: str) -> datetime:
    if _INSTANT.fullmatch(_ZONE.sub("", text)) is None:
        raise ValueError(text)
    return datetime.fromisoformat(text)


def _boolean(text: str) -> bool:
    return {"true": True, "1": True, "false": False, "0": False}[text]


_READ: dict[str, Callable[[str], Comparable]] = {
    XSD + "string": str,
    XSD + "decimal": _number,
    XSD + "integer": _integer,
    XSD + "boolean": _boolean,
    XSD + "date": _day,
    XSD + "dateTime": _instant,
}


def value_of(term: Node, datatype: str) -> Comparable | None:
    """The value of a literal of that datatype; None if the term is no well-formed literal of it."""
    if not isinstance(term, Literal) or term.datatype.value != datatype:
        return None
    try:
        return _READ[datatype](term.value)
    except (ValueError, KeyError):
        return None


def any_value(term: Node) -> Comparable | None:
    """The value of a literal of a known datatype, the IRI of a node; None for what cannot be compared."""
    if isinstance(term, Literal):
        datatype = term.datatype.value
        return value_of(term, datatype) if datatype in _READ else None
    return term.value if isinstance(term, NamedNode) else None


def in_order(least: Node, most: Node, *, strictly: bool) -> bool:
    """Whether one value is below the other (or, unless `strictly`, equal). False if they cannot be compared."""
    one, other = any_value(least), any_value(most)
    if one is None or other is None or type(one) is not type(other):
        return False
    return one < other if strictly else one <= other  # type: ignore[operator]
