"""When two amounts, periods or scopes are the same, for scoring."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from decimal import Decimal
from typing import Any

from api.evaluation.labels import plain
from graph.contract import Json

_UNIT_NAMES = {
    "rmb": "cny", "yuan": "cny", "%": "percent", "pct": "percent", "ntd": "twd", "x": "times", "w": "watt",
}  # fmt: skip
_EPSILON = Decimal("1e-9")
_SCOPE_FILLERS = {"and", "of", "the", "process", "per"}

Bounds = tuple[str | None, str | None]


def unit_of(name: Any) -> str:
    """A unit's name for comparison: `RMB` and `CNY` are one."""
    text = str(name).casefold()
    return _UNIT_NAMES.get(text, text)


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _near(gold: Decimal | None, said: Decimal | None, tolerance: Decimal) -> bool:
    if gold is None or said is None:
        return gold is said
    return abs(gold - said) <= tolerance * abs(gold) + _EPSILON


def same_quantity(gold: Json, said: Any, tolerance: Any = 0) -> bool:
    """Both bounds within a relative tolerance, in the same unit; with `gold["abs"]` signs do not count."""
    if not isinstance(said, dict) or "unit" not in said or unit_of(gold["unit"]) != unit_of(said["unit"]):
        return False
    for bound in ("low", "high"):
        wanted, given = _decimal(gold[bound]), _decimal(said.get(bound))
        if gold.get("abs"):
            wanted, given = (None if v is None else abs(v) for v in (wanted, given))
        if not _near(wanted, given, Decimal(str(tolerance))):
            return False
    return True


def days_of(period: str | Json | None) -> Bounds | None:
    """First and last day of `2025`, `2025-Q3`, `2026-H1`, `2025-07` or {"start", "end"}; None where there is none.

    >>> days_of("2025-Q3"), days_of("2024-02")
    (('2025-07-01', '2025-09-30'), ('2024-02-01', '2024-02-29'))
    """
    if not period:
        return None
    if isinstance(period, dict):
        return (period["start"], period.get("end")) if period.get("start") else None
    year, _, part = period.partition("-")
    months = {"Q": 3, "H": 6}.get(part[:1])
    if not part:
        first, last = 1, 12
    elif months:
        last = months * int(part[1:])
        first = last - months + 1
    else:
        first = last = int(part)
    end = date(int(year), last, monthrange(int(year), last)[1])
    return date(int(year), first, 1).isoformat(), end.isoformat()


def same_scope(gold: str | None, said: str | None) -> bool:
    """Whether the scopes share a word that counts; where gold names none, a more precise claim is no fault."""
    if gold is None:
        return True
    return bool((set(plain(gold).split()) - _SCOPE_FILLERS) & set(plain(said).split()))
