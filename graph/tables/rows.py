"""A document with its claims as rows of the tables, and back: `batch(*rows of tables(b)) == b`."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

from graph.contract import dumps, loads
from graph.identity import plain
from graph.judgements.model import Judgement, Revocation
from graph.model import (
    Claim,
    Document,
    DocumentClaims,
    Entity,
    EntityRef,
    Evidence,
    Period,
    Quantity,
    Review,
    TextValue,
)
from graph.tables.columns import Row

Tables = dict[str, list[Row]]


def tables(batch: DocumentClaims, computed: str | None = None) -> Tables:
    """The rows of a document, by table; `computed` is its packed graph before corrections."""
    document = batch.document
    evidence = [_passage(claim, place) for claim in batch.claims for place in claim.evidence]
    first: Row = {
        "document": document.id,
        "title": document.title,
        "source": document.source,
        "published": document.published,
        "outlet": document.outlet,
        "author": document.author,
        "ingested": document.ingested.isoformat() if document.ingested else None,
        "sha256": document.sha256,
        "notes": batch.notes,
        "entities": len(batch.entities),
        "claims": len(batch.claims),
        "passages": len(evidence),
        "computed": computed,
        "text": document.text,
    }
    return {
        "documents": [first],
        "entities": [_entity(document.id, entity) for entity in batch.entities],
        "claims": [_claim(document.id, claim) for claim in batch.claims],
        "evidence": evidence,
    }


def batch(document: Row, entities: list[Row], claims: list[Row], evidence: list[Row]) -> DocumentClaims:
    """The document of these rows, without the marks of judgements.

    Raises ValueError for a claim that names an entity without a row, and the like.
    """
    named = {entity.id: entity for entity in map(_read_entity, entities)}
    places: dict[str, list[Evidence]] = {}
    for row in evidence:
        places.setdefault(_text(row["claim"]), []).append(_read_passage(row))
    found = tuple(_read_claim(row, named, places.pop(_text(row["claim"]), [])) for row in claims)
    if places:
        raise ValueError(f"evidence for claim {next(iter(places))}, which has no row in claims")
    return DocumentClaims(_read_document(document), tuple(named.values()), found, _texts(document["notes"]))


def _entity(document: str, entity: Entity) -> Row:
    return {
        "document": document,
        "entity": entity.id,
        "label": entity.label,
        "type": entity.type,
        "aliases": entity.aliases,
        "identifiers": entity.identifiers,
    }


def _passage(claim: Claim, place: Evidence) -> Row:
    return {
        "document": place.document,
        "claim": claim.id,
        "start": place.start,
        "end": place.end,
        "quote": place.quote,
        "value_text": place.value_text,
        "locator": place.locator,
    }


def _claim(document: str, claim: Claim) -> Row:
    period = claim.period
    return {
        "document": document,
        "claim": claim.id,
        "subject": claim.subject.id,
        "predicate": claim.predicate,
        "basis": claim.basis,
        "basis_period": claim.basis_period,
        "of": claim.of,
        "scope": claim.scope,
        "start": period.start if period else None,
        "end": period.end if period else None,
        "period": period.text if period else None,
        "modality": claim.modality,
        "polarity": claim.polarity,
        "attributed_to": claim.attributed_to,
        "origins": claim.origins,
        "qualifiers": claim.qualifiers,
        "confidence": plain(claim.confidence),
        "derived": claim.derived,
        "extractor": claim.extractor,
        "unreliable": claim.unreliable,
        **_review(claim.review),
        **_object(claim.object),
    }


def _review(review: Review | None) -> Row:
    if review is None:
        return dict.fromkeys(("reviewed", "reviewed_in", "reviewed_by", "reviewed_at", "reviewed_why"))
    at = review.at.isoformat()
    by = {"reviewed": review.status, "reviewed_in": review.judgement, "reviewed_by": review.by}
    return {**by, "reviewed_at": at, "reviewed_why": review.why}


def judgement_row(judgement: Judgement) -> Row:
    """A row of the table of judgements."""
    gone = judgement.revoked
    return {
        "judgement": judgement.id,
        "kind": judgement.kind,
        "target": judgement.target,
        "behind": judgement.behind,
        "value": dumps(judgement.value),
        "before": dumps(judgement.before),
        "by": judgement.by,
        "at": judgement.at.isoformat(),
        "why": judgement.why,
        "number": judgement.number,
        "revoked_by": gone.by if gone else None,
        "revoked_at": gone.at.isoformat() if gone else None,
        "revoked_why": gone.why if gone else None,
    }


def judgement(row: Row) -> Judgement:
    """The judgement of a row. Raises ValueError and the like for what is none."""
    gone = row["revoked_at"]
    return Judgement(
        id=_text(row["judgement"]),
        kind=cast(Any, row["kind"]),
        target=_text(row["target"]),
        by=_text(row["by"]),
        at=datetime.fromisoformat(_text(row["at"])),
        why=_text(row["why"]),
        behind=_texts(row["behind"]),
        value=loads(_text(row["value"])),
        before=loads(_text(row["before"])),
        number=cast(int, row["number"]),
        revoked=Revocation(_text(row["revoked_by"]), datetime.fromisoformat(_text(gone)), _text(row["revoked_why"]))
        if gone
        else None,
    )


def _object(value: EntityRef | Quantity | TextValue) -> Row:
    row: Row = dict.fromkeys(("object", "low", "high", "unit", "equivalent"))
    row |= {"object_text": "", "approx": False}
    match value:
        case EntityRef(id=id):
            row["object"] = id
        case TextValue(text=text):
            row["object_text"] = text
        case Quantity() as amount:
            row |= {"low": plain(amount.low), "high": plain(amount.high), "unit": amount.unit, "approx": amount.approx}
            row |= {"object_text": amount.text, "equivalent": _equivalent(amount.equivalent)}
    return row


def _equivalent(amount: Quantity | None) -> str | None:
    return json.dumps(_nested(amount), ensure_ascii=False) if amount else None


def _nested(amount: Quantity) -> dict[str, Any]:
    said = {"low": plain(amount.low), "high": plain(amount.high), "unit": amount.unit}
    further = {"equivalent": _nested(amount.equivalent)} if amount.equivalent else {}
    return {**said, "approx": amount.approx, "text": amount.text, **further}


def _read_document(row: Row) -> Document:
    ingested = row["ingested"]
    return Document(
        id=_text(row["document"]),
        text=_text(row["text"]),
        title=_text(row["title"]),
        source=_text(row["source"]),
        sha256=_text(row["sha256"]),
        published=cast("date | None", row["published"]),
        outlet=cast("str | None", row["outlet"]),
        author=cast("str | None", row["author"]),
        ingested=datetime.fromisoformat(_text(ingested)) if ingested else None,
    )


def _read_entity(row: Row) -> Entity:
    identifiers = cast("tuple[tuple[str, str], ...]", row["identifiers"])
    label, kind = _text(row["label"]), _text(row["type"])
    return Entity(_text(row["entity"]), label, kind, _texts(row["aliases"]), tuple(sorted(identifiers)))


def _read_passage(row: Row) -> Evidence:
    return Evidence(
        _text(row["document"]),
        cast(int, row["start"]),
        cast(int, row["end"]),
        _text(row["quote"]),
        _text(row["value_text"]),
        _text(row["locator"]),
    )


def _read_claim(row: Row, named: dict[str, Entity], places: list[Evidence]) -> Claim:
    period = row["period"]
    return Claim(
        id=_text(row["claim"]),
        subject=_ref(row, "subject", named),
        predicate=_text(row["predicate"]),
        object=_read_object(row, named),
        evidence=tuple(places),
        basis=cast(Any, row["basis"]),
        basis_period=cast("str | None", row["basis_period"]),
        of=cast("str | None", row["of"]),
        scope=cast("str | None", row["scope"]),
        period=None if period is None else Period(cast(Any, row["start"]), cast(Any, row["end"]), _text(period)),
        modality=cast(Any, row["modality"]),
        polarity=bool(row["polarity"]),
        attributed_to=cast("str | None", row["attributed_to"]),
        origins=_texts(row["origins"]),
        qualifiers=cast("tuple[tuple[str, str], ...]", row["qualifiers"]),
        confidence=Decimal(_text(row["confidence"])),
        derived=bool(row["derived"]),
        extractor=_text(row["extractor"]),
    )


def _ref(row: Row, column: str, named: dict[str, Entity]) -> EntityRef:
    entity = named.get(_text(row[column]))
    if entity is None:
        raise ValueError(f"claim {row['claim']} names {row[column]}, which has no row in entities")
    return entity.ref


def _read_object(row: Row, named: dict[str, Entity]) -> EntityRef | Quantity | TextValue:
    if row["object"] is not None:
        return _ref(row, "object", named)
    if row["unit"] is None:
        return TextValue(_text(row["object_text"]))
    equivalent = row["equivalent"]
    return Quantity(
        low=_number(row["low"]),
        high=_number(row["high"]),
        unit=_text(row["unit"]),
        approx=bool(row["approx"]),
        text=_text(row["object_text"]),
        equivalent=_read_nested(json.loads(_text(equivalent))) if equivalent else None,
    )


def _read_nested(said: dict[str, Any]) -> Quantity:
    further = said.get("equivalent")
    return Quantity(
        low=_number(said["low"]),
        high=_number(said["high"]),
        unit=_text(said["unit"]),
        approx=bool(said["approx"]),
        text=_text(said["text"]),
        equivalent=_read_nested(further) if further else None,
    )


def _number(value: object) -> Decimal | None:
    return None if value is None else Decimal(_text(value))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"a text was expected, not {value!r}")
    return value


def _texts(value: object) -> tuple[str, ...]:
    return cast("tuple[str, ...]", value)
