"""What a turn may lean on as JSON and back, so that a dialogue outlives the process. Unset fields are left out."""

from __future__ import annotations

from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from graph.contract import Json
from graph.model import EntityRef, Quantity
from qa.dialogue.context import Context
from qa.query import Link, Node, Option, Query, Span

FORM = 1  # of the JSON; another is not read
_CLASSES: dict[str, type[Any]] = {
    cls.__name__: cls for cls in (Context, EntityRef, Link, Node, Option, Quantity, Query, Span)
}
_KIND = "is"


def to_json(context: Context) -> Json:
    """The context with the number of its form."""
    return {"form": FORM, "context": _encode(context)}


def from_json(told: Any) -> Context | None:
    """The context; None for JSON of another form, or that no context makes."""
    if not isinstance(told, dict) or told.get("form") != FORM:
        return None
    try:
        found = _decode(told.get("context"))
    except (KeyError, TypeError, ValueError, InvalidOperation, RecursionError):
        return None
    return found if isinstance(found, Context) else None


def _encode(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        set_fields = {f.name: getattr(value, f.name) for f in fields(value) if getattr(value, f.name) != _default(f)}
        return {_KIND: type(value).__name__} | {name: _encode(one) for name, one in set_fields.items()}
    match value:
        case tuple():
            return [_encode(one) for one in value]
        case Decimal():
            return {_KIND: "number", "value": str(value)}
        case date():
            return {_KIND: "day", "value": value.isoformat()}
        case _:
            return value


def _default(field: Field[Any]) -> Any:
    return field.default if field.default is not MISSING else MISSING


def _decode(value: Any) -> Any:
    match value:
        case list():
            return tuple(_decode(one) for one in value)
        case {"is": "number", "value": str(text)}:
            return Decimal(text)
        case {"is": "day", "value": str(text)}:
            return date.fromisoformat(text)
        case dict():
            rest = {name: _decode(one) for name, one in value.items() if name != _KIND}
            return _CLASSES[value[_KIND]](**rest)
        case _:
            return value
