"""pandas frames of what the graph holds.

Amounts and confidences are `Decimal` objects, exact; days are `datetime64[s]` (whole range of the calendar), instants
`datetime64[us, UTC]`, texts `string`, truths `bool` or, where unknown, `boolean`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from graph.export.table import COLUMNS, row
from graph.model import Claim, Document, Entity, Quantity
from graph.store.history import instant

if TYPE_CHECKING:
    import pandas as pd

_DAY, _INSTANT = "datetime64[s]", "datetime64[us, UTC]"
_CLAIMS = {
    **dict.fromkeys(COLUMNS, "string"),
    **dict.fromkeys(("low", "high", "confidence", "qualifiers", "origins"), "object"),
    **dict.fromkeys(("start", "end", "published"), _DAY),
    **dict.fromkeys(("passages", "documents", "from", "to"), "int64"),
    "approx": "boolean",
    "polarity": "bool",
    "derived": "bool",
}
_ENTITIES = {"id": "string", "label": "string", "type": "string", "aliases": "object", "identifiers": "object"}
_ENTITIES |= {"claims": "int64"}
_DOCUMENTS = dict.fromkeys(("id", "title", "source", "outlet", "author", "sha256"), "string")
_DOCUMENTS |= {"published": _DAY, "ingested": _INSTANT}


def claims_frame(claims: Iterable[Claim], published: Mapping[str, date | None]) -> pd.DataFrame:
    """A row a claim: the columns of the CSV table, and `origins` and `published`, the earliest day of its documents."""
    return _frame([_claim(claim, published) for claim in claims], _CLAIMS)


def entities_frame(entities: Iterable[Entity]) -> pd.DataFrame:
    """A row an entity: `aliases` are lists, `identifiers` dicts."""
    rows = [
        {
            "id": each.id,
            "label": each.label,
            "type": each.type,
            "aliases": list(each.aliases),
            "identifiers": dict(each.identifiers),
            "claims": each.claims,
        }
        for each in entities
    ]
    return _frame(rows, _ENTITIES)


def documents_frame(documents: Iterable[Document]) -> pd.DataFrame:
    """A row a document, without its text."""
    rows = [{name: getattr(each, name) for name in _DOCUMENTS} | {"ingested": _utc(each)} for each in documents]
    return _frame(rows, _DOCUMENTS)


def _claim(claim: Claim, published: Mapping[str, date | None]) -> dict[str, Any]:
    amount = claim.object if isinstance(claim.object, Quantity) else None
    days = [day for place in claim.evidence if (day := published.get(place.document))]
    return row(claim) | {
        "low": amount.low if amount else None,
        "high": amount.high if amount else None,
        "approx": amount.approx if amount else None,
        "qualifiers": dict(claim.qualifiers),
        "origins": list(claim.origins),
        "polarity": claim.polarity,
        "derived": claim.derived,
        "confidence": claim.confidence,
        "published": min(days, default=None),
    }


def _frame(rows: list[dict[str, Any]], kinds: Mapping[str, str]) -> pd.DataFrame:
    import pandas as pd

    columns = {
        name: pd.Series([found.get(name) for found in rows], dtype="object").astype(kind)  # type: ignore[call-overload]
        for name, kind in kinds.items()
    }
    return pd.DataFrame(columns, columns=list(kinds))


def _utc(document: Document) -> datetime | None:
    return instant(document.ingested) if document.ingested else None
