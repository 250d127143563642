"""Edits of claims: the fields that may change, checked, and put into a claim."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, get_args

from graph import contract
from graph.contract import Json
from graph.errors import SettingsError
from graph.model import Basis, Claim, EntityRef, Modality, Quantity
from graph.vocabulary import vocabulary

Check = Callable[[Any], bool]


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _optional_text(value: Any) -> bool:
    return value is None or _text(value)


def _entity(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {"id", "label", "type"} and str(value["id"]).startswith("e:")


def _period(value: Any) -> bool:
    if value is None:
        return True
    try:
        days = [date.fromisoformat(value[name]) for name in ("start", "end") if value.get(name)]
    except (TypeError, ValueError, KeyError, AttributeError):
        return False
    return days == sorted(days) and value.keys() <= {"start", "end", "text"} and bool(days or value.get("text"))


def _object(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    if "unit" in value:
        bounds = [bound for name in ("low", "high") if (bound := _number(value.get(name))) is not None]
        return bounds == sorted(bounds) and bool(bounds) and _text(value["unit"])
    return _entity(value) or (value.keys() == {"text"} and _text(value["text"]))


def _number(value: Any) -> Decimal | None:
    try:
        return None if value is None else Decimal(str(value))
    except InvalidOperation:
        return None


def _qualifiers(value: Any) -> bool:
    return isinstance(value, dict) and all(_text(name) and isinstance(text, str) for name, text in value.items())


FIELDS: dict[str, tuple[Check, str]] = {
    "subject": (_entity, "an entity with id, label and type"),
    "predicate": (
        lambda value: value in vocabulary().relations or value in vocabulary().metrics,
        "a relation or metric of docs/vocabulary.md",
    ),
    "object": (_object, "an entity with id, label and type, an amount with unit and low or high, or a text"),
    "basis": (lambda value: value is None or value in get_args(Basis), "level, change, share or null"),
    "basis_period": (_optional_text, "a text or null"),
    "of": (_optional_text, "a text or null"),
    "scope": (_optional_text, "a text or null"),
    "period": (_period, "start and end as days in order, or a text, or null"),
    "modality": (lambda value: value in get_args(Modality), ", ".join(get_args(Modality))),
    "polarity": (lambda value: isinstance(value, bool), "true or false"),
    "attributed_to": (_optional_text, "a text or null"),
    "qualifiers": (_qualifiers, "an object of texts"),
}
"""Field of a claim's JSON → whether a value is one, and what it must be in words."""


def checked(fields: Json) -> Json:
    """The fields of an edit. Raises SettingsError for one that no claim has, or a value that it cannot have."""
    if not fields:
        raise SettingsError(f"an edit needs a field to change: {', '.join(FIELDS)}")
    for name, value in fields.items():
        if name not in FIELDS:
            raise SettingsError(f"“{name}” cannot be edited; the fields are {', '.join(FIELDS)}")
        check, wanted = FIELDS[name]
        if not check(value):
            raise SettingsError(f"{name} cannot be {contract.dumps(value)}; give {wanted}")
    return fields


def edited(claim: Claim, fields: Json) -> Claim:
    """The claim with the fields changed, still with its id. Raises SettingsError if the object does not suit the
    predicate any more.
    """
    if not fields:
        return claim
    row = contract.claim(claim) | fields
    made = contract.parse_claim(row)
    words = vocabulary()
    fits = {
        EntityRef: made.predicate not in words.metrics,
        Quantity: made.predicate not in words.relations,
    }.get(type(made.object), True)
    if not fits:
        wanted = "an amount" if made.predicate in words.metrics else "an entity"
        raise SettingsError(f"{made.predicate} takes {wanted}; change object and predicate together")
    return replace(made, review=claim.review, unreliable=claim.unreliable)
