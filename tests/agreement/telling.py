"""Short ways to make claims with the documents that state them, and to read what conflicts say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from graph.agreement import Conflict
from graph.identity import document_id
from graph.model import Claim, Document, EntityRef, Evidence, Quantity, TextValue

MARCH = date(2026, 3, 1)


def paper(name: str, day: date | None = MARCH, *, outlet: str | None = None, text: str = "") -> Document:
    """A document by a short name."""
    return Document(document_id(name), text, f"Title of {name}", name, "0" * 64, day, outlet)


def said(claim: Claim, *documents: Document) -> Claim:
    """The claim as these documents state it."""
    return replace(claim, evidence=tuple(Evidence(d.id, 0, 4, "said") for d in documents))


def shown(found: Iterable[Conflict]) -> list[tuple[str, list[str]]]:
    """Each conflict as its kind and its sides in words: `guidance $54 billion`, `actual not Arbor`."""
    return [(conflict.kind, [_side(s.standing, s.polarity, s.value) for s in conflict.sides]) for conflict in found]


def _side(standing: str, polarity: bool, value: EntityRef | Quantity | TextValue) -> str:
    said = value.label if isinstance(value, EntityRef) else value.text
    return f"{standing} {'' if polarity else 'not '}{said}"
