"""CSV for spreadsheets and data frames: one row a claim."""

from __future__ import annotations

import csv
import io
from typing import IO

from graph.export.scope import Scope
from graph.identity import plain
from graph.model import Claim, EntityRef, Quantity, TextValue
from graph.store.protocol import Store

COLUMNS = (
    *("claim", "subject", "subject_label", "subject_type", "predicate"),
    *("object", "object_label", "object_type", "object_text", "low", "high", "unit", "approx"),
    *("basis", "basis_period", "of", "scope", "qualifiers", "start", "end", "period"),
    *("modality", "polarity", "attributed_to", "confidence", "derived", "extractor"),
    *("reviewed", "unreliable"),
    *("passages", "documents", "document", "from", "to", "quote"),
)
"""`passages` and `documents` are counts; `document`, `from`, `to` and `quote` are those of the first passage."""


def write_csv(store: Store, stream: IO[bytes], scope: Scope) -> None:
    """RFC 4180 in UTF-8 with a header line; amounts as plain decimals, what is not known left empty."""
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    rows = csv.DictWriter(text, COLUMNS)
    rows.writeheader()
    for claim in scope.claims(store):
        rows.writerow(row(claim))
    text.flush()
    text.detach()


def row(claim: Claim) -> dict[str, object]:
    """A claim by the names of `COLUMNS`; what it does not say is None or left out."""
    first, period = claim.evidence[0], claim.period
    return {
        "claim": claim.id,
        "subject": claim.subject.id,
        "subject_label": claim.subject.label,
        "subject_type": claim.subject.type,
        "predicate": claim.predicate,
        "basis": claim.basis,
        "basis_period": claim.basis_period,
        "of": claim.of,
        "scope": claim.scope,
        "qualifiers": "; ".join(f"{name}={value}" for name, value in claim.qualifiers),
        "start": period and period.start,
        "end": period and period.end,
        "period": period and period.text,
        "modality": claim.modality,
        "polarity": _yes_no(claim.polarity),
        "attributed_to": claim.attributed_to,
        "confidence": plain(claim.confidence),
        "derived": _yes_no(claim.derived),
        "extractor": claim.extractor,
        "reviewed": claim.review and claim.review.status,
        "unreliable": _yes_no(claim.unreliable),
        "passages": len(claim.evidence),
        "documents": len({passage.document for passage in claim.evidence}),
        "document": first.document,
        "from": first.start,
        "to": first.end,
        "quote": first.quote,
        **_object(claim.object),
    }


def _object(value: EntityRef | Quantity | TextValue) -> dict[str, object]:
    match value:
        case EntityRef():
            return {"object": value.id, "object_label": value.label, "object_type": value.type}
        case Quantity():
            low, high = plain(value.low), plain(value.high)
            return {
                "low": low,
                "high": high,
                "unit": value.unit,
                "approx": _yes_no(value.approx),
                "object_text": value.text,
            }
        case TextValue():
            return {"object_text": value.text}


def _yes_no(value: bool) -> str:
    return "true" if value else "false"
