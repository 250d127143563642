"""Reading claims for questions: patterns through SPARQL, claims by id, both remembered for one version of the store."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from graph.agreement.view import Agreement, agreement
from graph.errors import UnknownError
from graph.model import Claim, Document, EntityRef
from graph.namespaces import TG
from graph.store.protocol import Store
from graph.views.latest import last_published
from qa.lexicon import Lexicon
from qa.names import Names
from qa.sparql import Pattern, claim_id, select
from qa.words import lemmas

_REMEMBERED = 20_000


class Facts:
    """One version of the graph as questions see it; `store` is the look at it by the clocks."""

    def __init__(self, store: Store, *, as_of: date | None = None, known_at: datetime | None = None) -> None:
        self.store = store
        self.as_of = as_of
        self.known_at = known_at
        self.version = store.version()
        self._claims: dict[str, Claim] = {}
        self._rows: dict[Pattern, tuple[str, ...]] = {}
        self._stems: dict[str, frozenset[str]] = {}

    @cached_property
    def names(self) -> Names:
        """The names of the entities."""
        return Names(self.store.entities())

    @cached_property
    def documents(self) -> dict[str, Document]:
        """The documents by id, without their texts."""
        return {d.id: d for d in self.store.documents()}

    @cached_property
    def agreement(self) -> Agreement:
        """Who agrees with whom, and which sources are independent."""
        return agreement(self.store)

    @cached_property
    def speakers(self) -> dict[tuple[str, ...], str]:
        """Everybody whom some claim is attributed to, by the stems of the name."""
        rows = self.store.select(f"PREFIX tg: <{TG}>\nSELECT DISTINCT ?by WHERE {{ ?claim tg:attributedTo ?by }}").rows
        labels = sorted(row[0].value for row in rows if row[0] is not None)
        return {stems: label for label in labels if (stems := tuple(lemmas(label))) and label != label.lower()}

    @cached_property
    def today(self) -> date:
        """The day that “this quarter” counts from: the latest day any document was published."""
        days = [d.published or (d.ingested.date() if d.ingested else None) for d in self.documents.values()]
        return max((d for d in days if d), default=date(1970, 1, 1))

    def claims(self, pattern: Pattern) -> list[Claim]:
        """The claims of a pattern, in a stable order."""
        if pattern not in self._rows:
            rows = self.store.select(select(pattern)).rows
            if len(self._rows) >= _REMEMBERED:
                self._rows.clear()
            self._rows[pattern] = tuple(sorted({claim_id(row[0].value) for row in rows if row[0] is not None}))
        return [self.claim(i) for i in self._rows[pattern]]

    def claim(self, id: str) -> Claim:
        """One claim, remembered."""
        if id not in self._claims:
            if len(self._claims) >= _REMEMBERED:
                self._claims.clear()
            self._claims[id] = self.store.claim(id)
        return self._claims[id]

    def has(self, id: str) -> bool:
        """Whether the graph holds a claim."""
        try:
            self.claim(id)
        except UnknownError:
            return False
        return True

    def published(self, claim: Claim) -> date | None:
        """When the claim was last published."""
        return last_published(claim, self.documents)

    def field_stems(self, claim: Claim) -> frozenset[str]:
        """Stems of what the claim itself says: labels, scope, “of”, qualifiers, period."""
        parts = [claim.subject.label, claim.scope, claim.of]
        parts += [value for _, value in claim.qualifiers]
        parts += [claim.object.label] if isinstance(claim.object, EntityRef) else []
        parts += [claim.period.text] if claim.period else []
        return self._cached("f" + claim.id, parts)

    def speaker_stems(self, claim: Claim) -> frozenset[str]:
        """Stems of who says so."""
        return self._cached("s" + claim.id, [claim.attributed_to, *claim.origins])

    def quote_stems(self, claim: Claim) -> frozenset[str]:
        """Stems of the sentences that the claim stands in."""
        return self._cached("q" + claim.id, [e.quote for e in claim.evidence])

    def title_stems(self, claim: Claim) -> frozenset[str]:
        """Stems of the titles of the claim's documents."""
        return self._cached("t" + claim.id, [d.title for e in claim.evidence if (d := self.documents.get(e.document))])

    def _cached(self, key: str, parts: list[str | None]) -> frozenset[str]:
        if key not in self._stems:
            if len(self._stems) >= 3 * _REMEMBERED:
                self._stems.clear()
            self._stems[key] = frozenset(s for part in parts if part for s in lemmas(part))
        return self._stems[key]


class View:
    """Facts under the conditions of one question: from a confidence up, without unreliable sources unless asked.

    Records the SPARQL it ran, and the claims (ids) of unreliable sources that it left out.
    """

    def __init__(
        self, facts: Facts, lexicon: Lexicon, *, min_confidence: float | None = None, unreliable: bool = False
    ) -> None:
        self.facts = facts
        self.lexicon = lexicon
        self.min_confidence = min_confidence
        self.unreliable = unreliable
        self.queries: list[str] = []
        self.left_out: set[str] = set()

    def clear(self) -> None:
        """Forget what one reading of the question ran and left out."""
        self.queries.clear()
        self.left_out.clear()

    def claims(self, pattern: Pattern) -> list[Claim]:
        """The claims of the pattern that meet the question's conditions."""
        text = select(pattern)
        if text not in self.queries:
            self.queries.append(text)
        sure = [claim for claim in self.facts.claims(pattern) if self._sure(claim)]
        self.left_out.update(claim.id for claim in sure if not self._trusted(claim))
        return [claim for claim in sure if self._trusted(claim)]

    def aside(self, pattern: Pattern) -> list[Claim]:
        """The same, but nothing of it is recorded: what the claims of the answer are compared with."""
        return [claim for claim in self.facts.claims(pattern) if self._sure(claim) and self._trusted(claim)]

    def _sure(self, claim: Claim) -> bool:
        return self.min_confidence is None or claim.certainty >= Decimal(str(self.min_confidence))

    def _trusted(self, claim: Claim) -> bool:
        return self.unreliable or not claim.unreliable
