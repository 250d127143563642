"""The tables and the kinds of value in their columns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

Kind = Literal["text", "text?", "number?", "whole", "flag", "day?", "texts", "pairs"]
"""`?`: may be unknown (None). Numbers are decimals in full as text; texts are lists, pairs lists of (name, value)."""

Value = str | int | bool | date | tuple[str, ...] | tuple[tuple[str, str], ...] | None
Row = dict[str, Value]

TABLES: dict[str, dict[str, Kind]] = {
    "documents": {
        "document": "text",
        "title": "text",
        "source": "text",
        "published": "day?",
        "outlet": "text?",
        "author": "text?",
        "ingested": "text?",
        "sha256": "text",
        "notes": "texts",
        "entities": "whole",
        "claims": "whole",
        "passages": "whole",
        "computed": "text?",
        "text": "text",
    },
    "entities": {
        "document": "text",
        "entity": "text",
        "label": "text",
        "type": "text",
        "aliases": "texts",
        "identifiers": "pairs",
    },
    "claims": {
        "document": "text",
        "claim": "text",
        "subject": "text",
        "predicate": "text",
        "object": "text?",
        "object_text": "text",
        "low": "number?",
        "high": "number?",
        "unit": "text?",
        "approx": "flag",
        "equivalent": "text?",
        "basis": "text?",
        "basis_period": "text?",
        "of": "text?",
        "scope": "text?",
        "start": "day?",
        "end": "day?",
        "period": "text?",
        "modality": "text",
        "polarity": "flag",
        "attributed_to": "text?",
        "origins": "texts",
        "qualifiers": "pairs",
        "confidence": "number?",
        "derived": "flag",
        "extractor": "text",
        "reviewed": "text?",
        "reviewed_in": "text?",
        "reviewed_by": "text?",
        "reviewed_at": "text?",
        "reviewed_why": "text?",
        "unreliable": "flag",
    },
    "evidence": {
        "document": "text",
        "claim": "text",
        "start": "whole",
        "end": "whole",
        "quote": "text",
        "value_text": "text",
        "locator": "text",
    },
    "judgements": {
        "judgement": "text",
        "kind": "text",
        "target": "text",
        "behind": "texts",
        "value": "text",
        "before": "text",
        "by": "text",
        "at": "text",
        "why": "text",
        "number": "whole",
        "revoked_by": "text?",
        "revoked_at": "text?",
        "revoked_why": "text?",
    },
}
"""Table → column → kind. A row of `documents` counts its rows in the other tables, so that a cut table is noticed.

`computed` is the packed graph of a document before judgements corrected it; `value` and `before` are JSON.
"""

ADDED: dict[str, Row] = {"evidence": {"locator": ""}}
"""Table → column that exports of older versions do not have → what it would say."""

COUNTED = {"entities": "entities", "claims": "claims", "evidence": "passages"}
"""Table → the column of `documents` that counts its rows."""


def check_header(table: str, found: Iterable[str]) -> str | None:
    """What is wrong with the columns of a table, None if nothing."""
    names, wanted = list(found), TABLES[table]
    missing = [name for name in wanted if name not in names and name not in ADDED.get(table, {})]
    odd = [name for name in names if name not in wanted]
    if missing:
        return f"has no column {', '.join(missing)}"
    return f"has a column {', '.join(odd)} that this graph does not know" if odd else None
