"""Values made comparable: numbers by value, dates without time, IRIs by label or local name, text without case."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from urllib.parse import unquote

from api.evaluation.foreign.asked import Cell, GoldRow

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ]00:00(?::00(?:\.0+)?)?)?(?:Z|[+-]00:00)?")
_DIGITS = 6


def norm(value: object) -> str | None:
    """The one form in which equal values are equal text; None stays None.

    Whole numbers are exact; others are kept to six digits, so that an average is the same from SQL and SPARQL. Dates
    lose a midnight and a zero offset. Text loses case, quotes around it and double spaces.

    >>> norm(4), norm("4.0"), norm(66.48604651162791), norm("2019-06-01T00:00:00"), norm("  'JetBlue  Airways' ")
    ('4', '4', '66.486', '2019-06-01', 'jetblue airways')
    """
    if value is None:
        return None
    if isinstance(value, bool):
        return str(value).lower()
    text = " ".join(unicodedata.normalize("NFKC", str(value)).split())
    if _NUMBER.fullmatch(text):
        return _number(Decimal(text))
    if day := _MIDNIGHT.fullmatch(text):
        return day[1]
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "'\""
    return (text[1:-1] if quoted else text).casefold()


def _number(value: Decimal) -> str:
    if value == value.to_integral_value():
        return format(value.quantize(Decimal(1)) + 0, "f") if value.adjusted() < _LARGE else str(value.normalize())
    return format(Decimal(f"{value:.{_DIGITS - 1}e}").normalize(), "f")


_LARGE = 25


def cell(*forms: object) -> Cell:
    """A value with the forms that it may go by; those that are nothing fall away.

    >>> cell("Joe Sharp", None, "8.0")
    ('joe sharp', '8')
    """
    return tuple(dict.fromkeys(form for value in forms if (form := norm(value))))


def entity(iri: str, *labels: object) -> Cell:
    """An entity: its labels, its IRI, its local name, and the value of a key that ends the IRI (`…/singer_id=8`).

    >>> entity("http://x.org/singer/singer_id=8", "Joe Sharp")
    ('joe sharp', 'http://x.org/singer/singer_id=8', 'singer_id=8', '8', 'singer id=8')
    """
    name = local(iri)
    key = name.rpartition("=")[2] if name.count("=") == 1 else None
    return cell(*labels, iri, name, key, name.replace("_", " "))


def local(iri: str) -> str:
    """What follows the last # or / of an IRI, decoded.

    >>> local("http://x.org/song#ref-singer_id"), local("http://x.org/New%20York")
    ('ref-singer_id', 'New York')
    """
    tail = re.split(r"[#/]", iri.rstrip("#/"))[-1]
    return unquote(tail)


def gold_row(values: object) -> GoldRow:
    """A row as the files have it, normalised; a single value is a row of one."""
    return tuple(norm(value) for value in values) if isinstance(values, list | tuple) else (norm(values),)
