"""What is the latest: the latest valid first, then the latest published. Nothing older is hidden by it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from graph.model import Claim, Document


class Recency(NamedTuple):
    """How recent a claim is; the larger, the later. `valid` is the last day of its period (unknown: of publication)."""

    valid: date
    published: date


def recency(claim: Claim, documents: Mapping[str, Document]) -> Recency:
    """The recency of a claim; what is not known at all is the earliest day there is."""
    published = last_published(claim, documents) or date.min
    return Recency(claim.period.end if claim.period and claim.period.end else published, published)


def last_published(claim: Claim, documents: Mapping[str, Document]) -> date | None:
    """The latest day on which a document of the claim was published, None if no day is known."""
    return max(_published(claim, documents), default=None)


def first_published(claim: Claim, documents: Mapping[str, Document]) -> date | None:
    """The earliest such day."""
    return min(_published(claim, documents), default=None)


def _published(claim: Claim, documents: Mapping[str, Document]) -> list[date]:
    made = (documents.get(item.document) for item in claim.evidence)
    return [document.published for document in made if document and document.published]
