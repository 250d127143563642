"""Small tables read by small mappings, for the tests beside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

from graph.catalogue import catalogue
from graph.model import Claim, DocumentClaims
from ingest.tables.batches import batches
from ingest.tables.mapping import read_mapping
from ingest.tables.names import Names
from ingest.tables.table import Table, open_table
from ingest.tables.tally import Tally

SHARES = """
source: {title: Shares, publisher: Veltrix Research, licence: CC BY 4.0, published: 2026-02-01}
claims:
  - subject: {name: firm, type: Company}
    predicate: marketShare
    amount: {column: share, unit: percent, words: {negligible: up to 2%}}
    scope: item
    qualifiers: {item: item}
"""


def table_of(
    text: str | bytes, mapping: str = SHARES, *, source: str = "shares.csv", folder: Path | None = None
) -> Table:
    data = text.encode() if isinstance(text, str) else text
    made = read_mapping(dedent(mapping), name="m.yaml")
    return open_table(data, source=source, mapping=made, folder=folder, limit=20_000_000)


def read(
    text: str | bytes,
    mapping: str = SHARES,
    *,
    source: str = "shares.csv",
    folder: Path | None = None,
    strict: bool = False,
) -> tuple[list[DocumentClaims], Tally]:
    tally = Tally()
    table = table_of(text, mapping, source=source, folder=folder)
    return list(batches(table, Names(catalogue()), tally, strict=strict)), tally


def claims(text: str | bytes, mapping: str = SHARES, **options: object) -> list[Claim]:
    made, _ = read(text, mapping, **options)  # type: ignore[arg-type]
    return [claim for batch in made for claim in batch.claims]


def quotes(made: list[DocumentClaims]) -> Iterator[tuple[str, str]]:
    """Each quote, and what the document's text has in its place."""
    for batch in made:
        for claim in batch.claims:
            for place in claim.evidence:
                yield place.quote, batch.document.text[place.start : place.end]
