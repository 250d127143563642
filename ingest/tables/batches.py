"""A table as documents with claims: one, or several parts of a long table, each whole by itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from graph.errors import SourceError
from graph.identity import document_id
from graph.locators import TABLES
from graph.model import Claim, Document, DocumentClaims, EntityRef, Evidence
from ingest.tables.files import PARTS
from ingest.tables.names import Names
from ingest.tables.records import Record
from ingest.tables.rows import Claims
from ingest.tables.table import Table
from ingest.tables.tally import Tally

EXTRACTOR = f"{TABLES}0.1.0"
PART_ROWS, PART_CLAIMS, PART_CHARACTERS = 5_000, 10_000, 1_000_000
LONGEST_ROW = 100_000


@dataclass(slots=True)
class _Part:
    """Rows of a table that go together, from `first` on; their evidence counts from the table's beginning still."""

    first: Record | None = None
    last: Record | None = None
    rows: int = 0
    claims: list[Claim] = field(default_factory=list)

    @property
    def full(self) -> bool:
        """Whether no further row should be added."""
        if self.first is None or self.last is None:
            return False
        long = self.last.after - self.first.start >= PART_CHARACTERS
        return long or self.rows >= PART_ROWS or len(self.claims) >= PART_CLAIMS


def batches(
    table: Table, names: Names, tally: Tally, *, now: datetime | None = None, strict: bool = False
) -> Iterator[DocumentClaims]:
    """The documents of a table. A table of up to 5,000 rows, 10,000 claims and a million characters is one.

    A longer one comes in parts: each has the header and some rows as its text. Raises SourceError if no row gives a
    claim; with `strict`, at the first fault.
    """
    parts = _parts(table, names, tally, strict)
    part = next(parts, None)
    given = 0
    while part is not None:
        following = next(parts, None)
        alone = following is None and not given
        if part.claims:
            given += 1
            yield _document(table, names, part, alone=alone, now=now)
        part = following
    if not given:
        why = tally.lines() or ("no template applies to any",)
        raise SourceError(f"{table.source}: none of {tally.rows:,} rows gives a claim; {why[0]}.")


def _parts(table: Table, names: Names, tally: Tally, strict: bool) -> Iterator[_Part]:
    source = Claims(table, names, tally, f"{EXTRACTOR}+{table.stamp}")
    part = _Part()
    for record in table.rows():
        if not record.cells:
            continue
        if part.full:
            yield part
            part = _Part()
        tally.rows += 1
        part.first, part.last, part.rows = part.first or record, record, part.rows + 1
        part.claims += _claims(table, source, tally, record)
        if strict and tally.faults:
            raise SourceError(f"{table.source}: {tally.lines()[0]}; nothing was taken in, as --strict asks.")
    yield part


def _claims(table: Table, source: Claims, tally: Tally, record: Record) -> list[Claim]:
    if len(record.cells) != table.width:
        tally.fault("ragged row", record.number, f"has {len(record.cells)} cells instead of {table.width}")
        return []
    if record.end - record.start > LONGEST_ROW:
        tally.fault("long row", record.number, f"has {record.end - record.start:,} characters; is a quote left open?")
        return []
    quote = table.text[record.start : record.end]
    return list(source.of(record, Evidence("", record.start, record.end, quote)))


def _document(table: Table, names: Names, part: _Part, *, alone: bool, now: datetime | None) -> DocumentClaims:
    origin = table.mapping.origin
    text, moved, source, title = table.text, 0, table.source, origin.title
    if not alone and part.first and part.last:
        text = table.text[: table.head] + table.text[part.first.start : part.last.after]
        moved = part.first.start - table.head
        source += f"{PARTS}{part.first.number}-{part.last.number}"
        title += f", rows {part.first.number:,}–{part.last.number:,}"
    known = document_id(source)
    claims = tuple(_moved(claim, known, moved) for claim in part.claims)
    refs = dict.fromkeys(ref.id for c in claims for ref in (c.subject, c.object) if isinstance(ref, EntityRef))
    said = (("url", origin.url), ("licence", origin.licence), ("mapping", table.mapping.name))
    document = Document(
        known,
        text,
        title,
        source,
        hashlib.sha256(text.encode()).hexdigest(),
        origin.published,
        origin.publisher,
        origin.author,
        now,
    )
    notes = tuple(f"{name}: {value}" for name, value in said if value)
    return DocumentClaims(document, tuple(names.entity(ref) for ref in refs), claims, notes)


def _moved(claim: Claim, document: str, by: int) -> Claim:
    (place,) = claim.evidence
    at = Evidence(document, place.start - by, place.end - by, place.quote, place.value_text, place.locator)
    return replace(claim, evidence=(at,))
