"""The amount in a cell: a bare number in the mapping's unit, or what the grammar of amounts reads (“~$3B”, “<5%”)."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from graph.identity import plain
from graph.model import Quantity
from graph.text.quantities import find_quantities
from ingest.tables.model import Amount

_PLAIN = re.compile(r"[+\-−–]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+\-]?[0-9]{1,2})?")
_GROUPED = re.compile(r"[+\-−]?[0-9]{1,3}(?:[,\u00a0\u202f ’'][0-9]{3})+(?:\.[0-9]+)?")
_ACCOUNTED = re.compile(r"\((.+)\)")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_MARKS = str.maketrans(dict.fromkeys(",\xa0\u202f ’'"))
_SIGNS = str.maketrans("−–", "--")
LONGEST = 80
_MOST_DIGITS = 40


class NoAmountError(ValueError):
    """A cell that is no amount; its text says why."""


def amount(cell: str, spec: Amount, *, decimal: str = ".") -> Quantity:
    """The amount of a cell; a bare number has no `text`, for it says nothing without its unit. Raises NoAmountError."""
    word = spec.words.get(cell, cell)
    said = "" if word is None else word
    number = _number(said, decimal)
    found = Quantity(number, number, "") if number is not None else _worded(said, spec)
    scale = spec.scale if found.unit in ("", "count") else Decimal(1)
    low, high = (None if end is None else _checked(end * scale) for end in (found.low, found.high))
    text = "" if found.unit in ("", "count") else cell
    return replace(found, low=low, high=high, unit=spec.unit, approx=found.approx or spec.approx, text=text)


def written(found: Quantity) -> str:
    """An amount for a qualifier, which is a text: exact, and read back by the grammar of amounts."""
    low, high = plain(found.low), plain(found.high)
    if found.unit == "percent":
        return low or high or ""
    about = "about " if found.approx else ""
    if low == high:
        return f"{about}{found.unit} {low}"
    if high is None or low is None:
        return f"at {'most' if low is None else 'least'} {found.unit} {low or high}"
    return f"{about}{found.unit} {low} to {found.unit} {high}"


def _number(said: str, decimal: str) -> Decimal | None:
    """The number of a cell that is nothing else; “(5)” is −5, as accountants write it."""
    inner = _ACCOUNTED.fullmatch(said)
    bare = inner[1] if inner else said
    if decimal == ",":
        bare = bare.replace(".", "").replace(",", ".")
    if _GROUPED.fullmatch(bare):
        bare = bare.translate(_MARKS)
    if not _PLAIN.fullmatch(bare):
        return None
    try:
        number = Decimal(bare.translate(_SIGNS))
    except InvalidOperation:
        return None
    return -number if inner else number


def _worded(said: str, spec: Amount) -> Quantity:
    """What the grammar reads in a cell; a number without a unit is one of the mapping's unit."""
    if len(said) > LONGEST:
        raise NoAmountError("too long for an amount")
    for text in (said, f"{said}%" if spec.unit == "percent" else f"{said} units"):
        spans = find_quantities(text)
        if len(spans) == 1:
            break
    else:
        raise NoAmountError("is no number" if not spans else "has several numbers; cut one out with a pattern column")
    found, span = spans[0].quantity, spans[0]
    around = _BRACKETED.sub(" ", text[: span.start] + " " + said[span.end :])
    if any(letter.isdigit() for letter in around):
        raise NoAmountError("has more digits than one amount")
    if found.unit not in ("count", spec.unit):
        raise NoAmountError(f"is in {found.unit}, not {spec.unit}")
    if found.unit != spec.unit and any(letter.isalpha() for letter in around):
        raise NoAmountError(f"counts something else than {spec.unit}")
    return found


def _checked(number: Decimal) -> Decimal:
    if abs(number.adjusted()) > _MOST_DIGITS:
        raise NoAmountError("is larger or smaller than any amount")
    return Decimal(plain(number) or "0")
