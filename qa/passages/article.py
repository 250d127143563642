"""What the index keeps of one document: its passages, their terms, and the entities that each names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from graph.locators import of_table
from graph.model import Document, DocumentClaims, Entity, EntityRef
from graph.text.name_tokens import fold_name, is_cjk
from qa.passages.windows import terms, windows

_LONGEST_NAME = 12


@dataclass(frozen=True, slots=True)
class Article:
    """One state of a document. `bags` are the terms of each passage with those of the title, `links` (passage, entity
    id) pairs, `names` (folded name, entity id) pairs; passages count from 0.
    """

    document: Document
    spans: tuple[tuple[int, int], ...]
    bags: tuple[Counter[str], ...]
    links: frozenset[tuple[int, str]]
    names: frozenset[tuple[str, str]]

    @property
    def day(self) -> date | None:
        """When it was published (if unknown: taken in)."""
        document = self.document
        return document.published or (document.ingested.date() if document.ingested else None)


def article(batch: DocumentClaims) -> Article:
    """The article of a document with its claims; a table has no passages, for its rows are found by their claims."""
    if of_table(batch.claims):
        return Article(batch.document, (), (), frozenset(), frozenset())
    text, title = batch.document.text, Counter(terms(batch.document.title))
    spans = tuple(windows(text))
    names = frozenset((name, entity.id) for entity in batch.entities for name in _names(entity))
    links = frozenset([*_stated(batch, spans), *_mentioned(text, spans, names)])
    return Article(batch.document, spans, tuple(Counter(terms(text[a:b])) + title for a, b in spans), links, names)


def _stated(batch: DocumentClaims, spans: tuple[tuple[int, int], ...]) -> Iterator[tuple[int, str]]:
    """The sides of each claim, in the passages that its evidence touches."""
    for claim in batch.claims:
        sides = [side.id for side in (claim.subject, claim.object) if isinstance(side, EntityRef)]
        for item in claim.evidence:
            if item.document == batch.document.id:
                for at, (start, end) in enumerate(spans):
                    if item.start < end and start < item.end:
                        yield from ((at, side) for side in sides)


def _mentioned(
    text: str, spans: tuple[tuple[int, int], ...], names: frozenset[tuple[str, str]]
) -> Iterator[tuple[int, str]]:
    """The entities whose names stand in each passage as whole words."""
    for at, (start, end) in enumerate(spans):
        folded = f" {fold_name(text[start:end])} "
        for name, entity in names:
            if (name if is_cjk(name[0]) else f" {name} ") in folded:
                yield at, entity


def _names(entity: Entity) -> Iterator[str]:
    for name in (entity.label, *entity.aliases):
        folded = fold_name(name)
        if len(folded) > 1 and folded.count(" ") < _LONGEST_NAME:
            yield folded
