"""How many independent sources stand behind claims: copies of one text and a shared named origin count as one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from graph.agreement.copies import Copies, sign
from graph.agreement.sources import Sources
from graph.agreement.voices import named_origin
from graph.model import Claim, Document

if TYPE_CHECKING:
    from graph.agreement.signing import Signature

_MANY = 24


@dataclass(frozen=True, slots=True)
class Origin:
    """One independent source: a named source, an outlet, or a document (its id), and the documents it speaks in."""

    name: str
    documents: tuple[str, ...]


def origins(claims: Iterable[Claim], documents: Iterable[Document]) -> dict[str, tuple[Origin, ...]]:
    """The independent origins of each claim by its id. Copies are found among documents that come with their text."""
    sources = Sources(documents)
    copies = copies_of(sources.documents)
    return {claim.id: independent([claim], sources, copies) for claim in claims}


def independent(claims: Iterable[Claim], sources: Sources, copies: Copies) -> tuple[Origin, ...]:
    """The independent origins of several claims together, by name.

    A claim with a named source has that origin in all its documents; any other has the first publisher among the
    copies of each of its documents.
    """
    held: dict[str, set[str]] = {}
    unnamed: set[str] = set()
    for claim in claims:
        documents = {e.document for e in claim.evidence}
        named = named_origin(claim)
        if named:
            held.setdefault(named, set()).update(documents)
        else:
            unnamed |= documents
    for group in copies.groups(sorted(unnamed)):
        held.setdefault(_first_publisher(group, sources), set()).update(group)
    return tuple(Origin(name, tuple(sorted(held[name]))) for name in sorted(held))


def alone(claims: Collection[Claim], sources: Sources, copies: Copies) -> bool:
    """Whether `independent` finds one origin; texts are compared only where names and outlets do not tell.

    Of many documents the first few are compared: copies of one text are copies of each other.
    """
    names = [(claim, named_origin(claim)) for claim in claims]
    named = {name for _, name in names if name}
    unnamed = {e.document for claim, name in names if not name for e in claim.evidence}
    publishers = set(map(sources.publisher, unnamed))
    if len(named) > 1 or (named and publishers and not named & publishers):
        return False
    if len(publishers) <= 1:
        return True
    some = copies.groups(sorted(unnamed)[:_MANY]) if len(unnamed) > _MANY else []
    if len({_first_publisher(group, sources) for group in some}) > 1:
        return False
    return len(independent(claims, sources, copies)) == 1


def copies_of(documents: Mapping[str, Document]) -> Copies:
    """The copies among documents that come with their text."""

    def signature(document: str) -> Signature | None:
        held = documents.get(document)
        return sign(held.text) if held and held.text else None

    return Copies(signature)


def _first_publisher(group: list[str], sources: Sources) -> str:
    """The outlet of the copy that was published first, as far as outlets are known."""
    publishers = [(sources.published(document) or date.max, document) for document in group]
    ranked = [sources.publisher(document) for _, document in sorted(publishers)]
    return next((name for name in ranked if name not in group), ranked[0])
