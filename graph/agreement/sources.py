"""What the documents say of the claims that stand on them: when a claim was first published, and whose word it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from graph.agreement.voices import named_origin, outlet
from graph.model import Claim, Document

_REMEMBERED = 20_000  # of claims, when they were first published: each is compared with all on its matter


class Sources:
    """The documents of a set of claims by id, with or without their texts."""

    def __init__(self, documents: Iterable[Document] | Mapping[str, Document]) -> None:
        self.documents: Mapping[str, Document] = (
            documents if isinstance(documents, Mapping) else {document.id: document for document in documents}
        )
        self._first: dict[Claim, date | None] = {}

    def first_said(self, claim: Claim) -> date | None:
        """The day a claim was first published (ingested, where a document has no date); None if no date is known."""
        if claim not in self._first:
            if len(self._first) >= _REMEMBERED:
                self._first.clear()
            days = [day for e in claim.evidence if (day := self.published(e.document))]
            self._first[claim] = min(days, default=None)
        return self._first[claim]

    def speakers(self, claim: Claim) -> frozenset[str]:
        """Whose word the claim is: its named source; without one the outlet of each document, or the document."""
        named = named_origin(claim)
        return frozenset([named]) if named else frozenset(map(self.publisher, _documents(claim)))

    def publisher(self, document: str) -> str:
        """The outlet of a document; its own id if none is known."""
        held = self.documents.get(document)
        return (outlet(held) if held else None) or document

    def corrects_itself(self, a: Claim, b: Claim) -> bool:
        """Whether one outlet alone says both, by the same word, on different days: the later is its correction."""
        ours, theirs = ({self.publisher(document) for document in _documents(claim)} for claim in (a, b))
        days = self.first_said(a), self.first_said(b)
        known = None not in days and days[0] != days[1]
        return known and len(ours) == 1 and ours == theirs and bool(self.speakers(a) & self.speakers(b))

    def published(self, document: str) -> date | None:
        """The day of a document: published, else ingested; None if it is not known."""
        held = self.documents.get(document)
        if held is None:
            return None
        return held.published or (held.ingested.date() if held.ingested else None)

    def one_voice_says_both(self, a: Claim, b: Claim) -> bool:
        """Whether the claims are told apart by no source: an author who states two values means two things by them.

        So it is where, beside the documents that state both in the same voice, one of the two has none.
        """
        if a.attributed_to != b.attributed_to:
            return False
        ours, theirs = _documents(a), _documents(b)
        return not (ours - theirs and theirs - ours)


def _documents(claim: Claim) -> frozenset[str]:
    return frozenset(e.document for e in claim.evidence)
