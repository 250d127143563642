"""What others read on the same specifications: quantulum3 on amounts, dateparser on dates.

rivals()   reader by table and name, of those that are installed; the others with the reason why not
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from importlib.util import find_spec
from typing import Any
from unittest.mock import patch

from api.evaluation.recognizers_dates import reference_of
from api.evaluation.recognizers_items import Found
from graph.contract import Json

QUANTULUM, DATEPARSER = "quantulum3", "dateparser"
Reader = Callable[[Json], list[Found]]


def missing(name: str) -> str | None:
    """Why a baseline cannot run; None if it can."""
    if find_spec(name) is not None:
        return None
    return f"baseline {name} not run: it is not installed; it comes with the dev dependency group"


def readers(name: str) -> Mapping[str, Reader]:
    """The tables on which a baseline is measured; call only where `missing` says nothing."""
    if name == QUANTULUM:
        return {"currency": _money, "percent": _percent, "number ranges": _ranges}
    return {"dates": _dates}


def _quantities(text: str) -> Iterator[Any]:
    from quantulum3 import classifier, parser  # takes seconds to load, and is there for development only

    with warnings.catch_warnings(), patch.object(classifier, "USE_CLF", False):
        warnings.simplefilter("ignore")
        yield from parser.parse(text)


def _bounds(quantity: Any) -> tuple[Decimal, Decimal]:
    middle, step = Decimal(str(quantity.value)), Decimal(str(quantity.uncertainty or 0))
    return (middle - step).normalize(), (middle + step).normalize()


def _money(row: Json) -> list[Found]:
    return [
        Found(q.span[0], q.span[1], (value, getattr(q.unit, "currency_code", None)))
        for q in _quantities(row["Input"])
        if q.unit.entity.name == "currency"
        for value in set(_bounds(q))
    ]


def _percent(row: Json) -> list[Found]:
    found = (q for q in _quantities(row["Input"]) if q.unit.name == "percentage")
    return [Found(q.span[0], q.span[1], value) for q in found for value in set(_bounds(q))]


def _ranges(row: Json) -> list[Found]:
    found = [Found(q.span[0], q.span[1], _bounds(q)) for q in _quantities(row["Input"])]
    return [f for f in found if row["Results"] or _wide(f.value)]


def _wide(value: object) -> bool:
    return isinstance(value, tuple) and value[0] != value[1]


def _dates(row: Json) -> list[Found]:
    from dateparser.search import search_dates

    reference = reference_of(row)
    settings = {"RELATIVE_BASE": datetime.combine(reference, datetime.min.time())} if reference else {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = search_dates(row["Input"], languages=["en"], settings=settings) or []
    out, at = [], 0
    for words, when in found:
        start = row["Input"].find(words, at)
        at = max(start, at)
        out.append(Found(at, at + len(words), (when.date(), when.date())))
    return out
