"""Claims, documents and entities as the JSON of the contract (docs/claims.md), and back.

Numbers are written as plain decimals: 160000000000, 72.4; never 1.6e11 or 72.40000000000001.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from graph.identity import plain
from graph.model import Claim, Document, Entity, EntityRef, Evidence, Period, Quantity, Review, TextValue

if TYPE_CHECKING:
    from graph.agreement import Conflict, Origin, Side
    from graph.change.difference import Difference, Step
    from graph.change.watch import Watch

Json = dict[str, Any]


class _Number(float):
    """A float that prints as the decimal it was made from."""

    def __new__(cls, value: Decimal) -> _Number:
        made = super().__new__(cls, value)
        made.text = plain(value) or "0"
        return made

    text: str

    def __repr__(self) -> str:
        return self.text


def number(value: Decimal | None) -> int | float | None:
    """A JSON number that prints exactly as the decimal does; int where it is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else _Number(value)


def loads(text: str) -> Any:
    """The value of a JSON text, with numbers that `dumps` writes as they stood there."""
    return json.loads(text, parse_float=lambda digits: number(Decimal(digits)))


def dumps(value: Any, *, indent: int | None = None) -> str:
    """JSON text with exact decimals and readable non-ASCII letters."""
    return json.dumps(value, ensure_ascii=False, indent=indent)


def entity_ref(entity: EntityRef) -> Json:
    """An entity as a claim or an answer names it."""
    return {"id": entity.id, "label": entity.label, "type": entity.type}


def quantity(value: Quantity) -> Json:
    """An amount in base units, with the text's own conversion as `equivalent` if there is one."""
    out: Json = {
        "low": number(value.low),
        "high": number(value.high),
        "unit": value.unit,
        "approx": value.approx,
        "text": value.text,
    }
    if value.equivalent is not None:
        out["equivalent"] = quantity(value.equivalent)
    return out


def _object(value: EntityRef | Quantity | TextValue) -> Json:
    match value:
        case EntityRef():
            return entity_ref(value)
        case Quantity():
            return quantity(value)
        case TextValue():
            return {"text": value.text}


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _period(value: Period | None) -> Json | None:
    return {"start": _day(value.start), "end": _day(value.end), "text": value.text} if value else None


def evidence(item: Evidence) -> Json:
    """A passage by its document, character offsets and words; in a table, by its cells too."""
    out: Json = {"document": item.document, "start": item.start, "end": item.end, "quote": item.quote}
    return out | {"locator": item.locator} if item.locator else out


def claim(item: Claim) -> Json:
    """One claim in the shape of the contract."""
    out: Json = {
        "id": item.id,
        "subject": entity_ref(item.subject),
        "predicate": item.predicate,
        "object": _object(item.object),
        "basis": item.basis,
        "basis_period": item.basis_period,
        "of": item.of,
        "scope": item.scope,
        "period": _period(item.period),
        "modality": item.modality,
        "polarity": item.polarity,
        "attributed_to": item.attributed_to,
        "origins": list(item.origins),
        "qualifiers": dict(item.qualifiers),
        "confidence": number(item.confidence),
        "derived": item.derived,
        "evidence": [evidence(e) | ({"value_text": e.value_text} if e.value_text else {}) for e in item.evidence],
        "extractor": item.extractor,
    }
    if item.review is not None:
        out["review"] = review(item.review)
    return out | {"unreliable": True} if item.unreliable else out


def review(item: Review) -> Json:
    """What somebody judged of a claim."""
    return {
        "status": item.status,
        "judgement": item.judgement,
        "by": item.by,
        "at": item.at.isoformat(),
        "why": item.why,
    }


def sources(item: Claim, origins: Sequence[Origin]) -> Json:
    """How many documents a claim has, and how many of them are independent, as JSON beside its own fields."""
    return {"sources": {"documents": len({e.document for e in item.evidence}), "independent": len(origins)}}


def conflict(item: Conflict) -> Json:
    """Claims that cannot all hold, side by side."""
    return {
        "id": item.id,
        "kind": item.kind,
        "subject": entity_ref(item.subject),
        "predicate": item.predicate,
        "basis": item.basis,
        "basis_period": item.basis_period,
        "of": item.of,
        "scope": item.scope,
        "period": _period(item.period),
        "sides": [_side(side) for side in item.sides],
    }


def _side(side: Side) -> Json:
    return {
        "standing": side.standing,
        "polarity": side.polarity,
        "object": _object(side.value),
        "claims": list(side.claims),
        "speakers": list(side.speakers),
        "sources": [
            {"document": s.document, "outlet": s.outlet, "title": s.title, "published": _day(s.published)}
            for s in side.sources
        ],
        "origins": [{"name": origin.name, "documents": list(origin.documents)} for origin in side.origins],
    }


def difference(item: Difference) -> Json:
    """What changed between two instants."""
    return {
        "since": item.since.isoformat(),
        "until": item.until.isoformat() if item.until else None,
        "new": [claim(one) for one in item.new],
        "changed": [_step(step) for step in item.changed],
        "gone": [claim(one) for one in item.gone],
        "confirmed": [_step(step) for step in item.confirmed],
        "denied": [_step(step) for step in item.denied],
    }


def _step(item: Step) -> Json:
    return {"before": claim(item.before), "after": claim(item.after), "fields": list(item.fields)}


def watch(item: Watch) -> Json:
    """A watch list."""
    return {
        "name": item.name,
        "about": item.about,
        "subject": item.subject,
        "object": item.object,
        "predicates": list(item.predicates),
    }


def document(item: Document, *, text: bool = False) -> Json:
    """A document's record; with its stored text if asked."""
    out: Json = {
        "id": item.id,
        "title": item.title,
        "source": item.source,
        "published": _day(item.published),
        "sha256": item.sha256,
        "outlet": item.outlet,
        "author": item.author,
        "ingested": item.ingested.isoformat() if item.ingested else None,
    }
    return out | {"characters": len(item.text), "text": item.text} if text else out


def entity(item: Entity) -> Json:
    """An entity with its names, identifiers and number of claims."""
    return {
        "id": item.id,
        "label": item.label,
        "type": item.type,
        "aliases": list(item.aliases),
        "identifiers": dict(item.identifiers),
        "claims": item.claims,
    }


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _parse_quantity(row: Json) -> Quantity:
    equivalent = row.get("equivalent")
    return Quantity(
        low=_decimal(row.get("low")),
        high=_decimal(row.get("high")),
        unit=row["unit"],
        approx=bool(row.get("approx")),
        text=row.get("text") or "",
        equivalent=_parse_quantity(equivalent) if equivalent else None,
    )


def _parse_object(row: Json) -> EntityRef | Quantity | TextValue:
    if "unit" in row:
        return _parse_quantity(row)
    if "type" in row:
        return EntityRef(row["id"], row["label"], row["type"])
    return TextValue(row["text"])


def _parse_day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def parse_claim(row: Json) -> Claim:
    """The inverse of `claim`: `parse_claim(claim(c)) == c`."""
    period = row.get("period")
    return Claim(
        id=row["id"],
        subject=EntityRef(**{k: row["subject"][k] for k in ("id", "label", "type")}),
        predicate=row["predicate"],
        object=_parse_object(row["object"]),
        evidence=tuple(
            Evidence(e["document"], e["start"], e["end"], e["quote"], e.get("value_text", ""), e.get("locator", ""))
            for e in row["evidence"]
        ),
        basis=row.get("basis"),
        basis_period=row.get("basis_period"),
        of=row.get("of"),
        scope=row.get("scope"),
        period=Period(_parse_day(period["start"]), _parse_day(period["end"]), period.get("text", ""))
        if period
        else None,
        modality=row.get("modality", "asserted"),
        polarity=row.get("polarity", True),
        attributed_to=row.get("attributed_to"),
        origins=tuple(row.get("origins", ())),
        qualifiers=tuple(sorted(row.get("qualifiers", {}).items())),
        confidence=_decimal(row.get("confidence")) or Decimal(1),
        derived=row.get("derived", False),
        extractor=row.get("extractor", ""),
        review=_parse_review(row.get("review")),
        unreliable=row.get("unreliable", False),
    )


def _parse_review(row: Json | None) -> Review | None:
    if row is None:
        return None
    return Review(row["status"], row["judgement"], row["by"], datetime.fromisoformat(row["at"]), row["why"])
