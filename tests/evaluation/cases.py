"""Small gold and claims in the shape of the contract, for the tests of scoring."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.evaluation.gold import GoldClaim, GoldEntity, Question
from graph.contract import Json
from graph.model import Document

TEXT = "Acme sells wafers to Borealis. Acme's sales were 5 billion dollars in 2025, Mr. Doe said.\nShare this\n"
SELLS = "Acme sells wafers to Borealis."
ENTITIES = [
    GoldEntity("Acme", ("Company",), ("Acme Corporation",), ()),
    GoldEntity("Borealis", ("Company", "Organization"), (), ()),
    GoldEntity("Daily Ledger", ("Organization",), (), ("01",)),
]


def document(text: str = TEXT) -> Document:
    return Document("d:1", text, "Title", "/texts/01-acme.txt", "0" * 16)


def relation(subject: str, predicate: str, object_: str, **fields: Any) -> GoldClaim:
    other = {"label": object_, "type": "Company"}
    return GoldClaim(subject, "Company", predicate, other, 0, "Acme", fields.pop("core", True), **fields)


def metric(subject: str, predicate: str, low: Any, high: Any, unit: str, **fields: Any) -> GoldClaim:
    amount = {"low": low, "high": high, "unit": unit, "approx": False}
    fields.setdefault("basis", "level")
    return GoldClaim(subject, "Company", predicate, amount, 1, "Acme", fields.pop("core", True), **fields)


def says(subject: str, predicate: str, object_: str, *, type_: str = "Company", **fields: Any) -> Json:
    """A claim about two companies."""
    return _claim(subject, predicate, {"id": f"e:{object_}", "label": object_, "type": type_}, fields)


def measures(subject: str, predicate: str, low: Any, high: Any, unit: str, **fields: Any) -> Json:
    """A claim about an amount."""
    amount = {"low": low, "high": high, "unit": unit, "approx": False, "text": ""}
    return _claim(subject, predicate, amount, {"basis": "level"} | fields)


def _claim(subject: str, predicate: str, object_: Json, fields: Mapping[str, Any]) -> Json:
    claim: Json = {
        "id": "c:1", "subject": {"id": f"e:{subject}", "label": subject, "type": "Company"}, "predicate": predicate,
        "object": object_, "basis": None, "scope": None, "period": None, "modality": "asserted", "polarity": True,
        "attributed_to": None, "evidence": [{"document": "d:1", "start": 0, "end": len(SELLS), "quote": SELLS}],
    }  # fmt: skip
    return claim | dict(fields)


def question(kind: str = "fact", **gold: Any) -> Question:
    expected = {"status": "answered", "entities": [], "quantity": None, "boolean": None} | gold
    return Question("q1", "Who?", None, kind, expected, ("01",))


def answer(*values: Json, status: str = "answered", said: str = "") -> Json:
    evidence = [{"source": "/texts/01-acme.txt", "start": 0, "end": len(SELLS), "quote": SELLS}]
    return {"status": status, "answer": said, "values": list(values), "evidence": evidence, "suggestions": []}


def named(label: str) -> Json:
    return {"entity": {"id": f"e:{label}", "label": label, "type": "Company"}}


def amount(low: Any, high: Any, unit: str) -> Json:
    return {"low": low, "high": high, "unit": unit, "approx": False}
