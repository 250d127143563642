"""Stems of what claims say, where and by whose word, remembered by claim."""

from __future__ import annotations

from collections.abc import Iterable

from graph.model import Claim, EntityRef
from graph.views.timeline import Sources as Documents
from qa.words import lemmas

_REMEMBERED = 60_000
_KINDS = ("f", "p", "s", "q", "t")  # fields, parts, speakers, quotes, titles


class Stems:
    """Stems of claims; `documents` are those that they stand in."""

    def __init__(self, documents: Documents) -> None:
        self.documents = documents
        self._stems: dict[tuple[str, str], frozenset[str]] = {}

    def forget_stems(self, claims: Iterable[str] | None = None) -> None:
        """Of these claims, or of all."""
        if claims is None:
            self._stems.clear()
            return
        for claim in claims:
            for kind in _KINDS:
                self._stems.pop((kind, claim), None)

    def field_stems(self, claim: Claim) -> frozenset[str]:
        """Stems of what the claim itself says: labels, scope, “of”, qualifiers, period."""
        parts = [claim.subject.label, claim.scope, claim.of]
        parts += [value for _, value in claim.qualifiers]
        parts += [claim.object.label] if isinstance(claim.object, EntityRef) else []
        parts += [claim.period.text] if claim.period else []
        return self._cached("f", claim.id, parts)

    def part_stems(self, claim: Claim) -> frozenset[str]:
        """Stems of what the claim says that its amount is of, the halves of hyphenated words apart."""
        parts = [claim.scope, claim.of, *(value for _, value in claim.qualifiers)]
        return self._cached("p", claim.id, [part.replace("-", " ") for part in parts if part])

    def speaker_stems(self, claim: Claim) -> frozenset[str]:
        """Stems of who says so."""
        return self._cached("s", claim.id, [claim.attributed_to, *claim.origins])

    def quote_stems(self, claim: Claim) -> frozenset[str]:
        """Stems of the sentences that the claim stands in."""
        return self._cached("q", claim.id, [e.quote for e in claim.evidence])

    def title_stems(self, claim: Claim) -> frozenset[str]:
        """Stems of the titles of the claim's documents."""
        return self._cached("t", claim.id, [d.title for e in claim.evidence if (d := self.documents.get(e.document))])

    def _cached(self, kind: str, claim: str, parts: list[str | None]) -> frozenset[str]:
        key = kind, claim
        if key not in self._stems:
            if len(self._stems) >= _REMEMBERED:
                self._stems.clear()
            stems = {s for part in parts if part for s in lemmas(part)}
            # “CoWoS-class” bears “CoWoS” out, as far as the claim's own fields go.
            led = {s.split("-")[0] for s in stems if "-" in s and not s[0].isdigit()} if kind == "f" else set()
            self._stems[key] = frozenset(stems | {s for s in led if len(s) > 3})
        return self._stems[key]
