"""Claims from what the readers found: hedge and speaker added, one claim for one statement however often it is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from graph.catalogue import Catalogue
from graph.identity import claim_id
from graph.model import Claim, Document, DocumentClaims, EntityRef, Evidence, Modality, Quantity
from ingest.entities import catalogued
from ingest.firmness import FIRMNESS
from ingest.hedges import Hedged, hearsay, hedged, statement
from ingest.metrics.firsts import First
from ingest.metrics.measured import Measured
from ingest.metrics.owners import FLOWS
from ingest.parsed import Mention, Sentence
from ingest.plain import as_written
from ingest.quotations import in_quotes
from ingest.relations.found import Found
from ingest.speakers import Said, source_of

if TYPE_CHECKING:
    from spacy.tokens import Token

EXTRACTOR = "rules@0.1.0"
FROM_CATALOGUE = "catalogue@0.1.0"  # who makes a product that the sentence names, where the text takes it as known
_BACKGROUND = Hedged("asserted", True)  # what a sentence takes for granted, whatever it states
_SETTLED = ("asserted", "reported")
_SAYING: dict[str, Modality] = {"judged": "opinion", "foreseen": "projected"}


def _dated(modality: Modality, found: Measured, published: date | None) -> Modality:
    """A figure in a list of forecasts is one; the starting point of a forecast rise, in a period that
    is over, is not.
    """
    if modality == "asserted" and found.guided:
        return "projected"
    end = found.period.end if found.period else None
    over = end is not None and published is not None and end < published
    return "asserted" if modality == "projected" and over and found.amount.span.delta == "from" else modality


def _within(sentence: Sentence, trigger: Token, quoted: Said | None) -> Said | None:
    """The speaker of a quotation, if the statement stands in it."""
    return quoted if quoted is not None and in_quotes(sentence, trigger) else None


def _none(sentence: Sentence, mention: Mention) -> bool:
    """Whether a name stands with “no”, and not with “no longer” or “no less”."""
    before = sentence.doc[mention.first - 1].lower_ if mention.first > 0 else ""
    return before == "no" and mention.named


class ClaimBook:
    """Collects the claims of one document; `close()` gives them with the entities they name."""

    def __init__(self, document: Document, known: Catalogue) -> None:
        self._document = document
        self._known = known
        self._claims: dict[str, Claim] = {}
        self._names: dict[str, set[str]] = {}

    def relation(self, sentence: Sentence, found: Found, quoted: Said | None) -> None:
        """Add a relation read off a sentence."""
        evidence = self._evidence(sentence)
        claim = Claim("", found.subject, found.predicate, found.object, (evidence,), qualifiers=found.qualifiers)
        for ref, mention in zip((found.subject, found.object), found.mentions, strict=True):
            self._name(ref, mention.text if mention.named else None)
        said = _within(sentence, found.trigger, quoted)
        firmness, speaker = (_BACKGROUND, said) if found.presupposed else self._stance(sentence, found.trigger, said)
        if firmness.polarity and _none(sentence, found.mentions[1]):
            firmness = replace(firmness, polarity=False)  # “carries no HBM”
        if found.over and (firmness.modality not in _SETTLED or not firmness.polarity):
            return  # “will sell its stake”, “has not sold it”: it has it still
        self._add(claim, (replace(firmness, polarity=firmness.polarity and not found.over), speaker))

    def denial(self, sentence: Sentence, found: Found, speaker: Said) -> None:
        """Add that one of the two denies a relation that the sentence before tells."""
        claim = Claim("", found.subject, found.predicate, found.object, (self._evidence(sentence),))
        self._add(claim, (Hedged("asserted", False), speaker))

    def background(self, sentence: Sentence, found: Found) -> None:
        """Add what the catalogue knows of the two that a sentence names, unless the document says it itself."""
        pair = (found.subject.id, found.predicate, found.object.id)
        if any((c.subject.id, c.predicate, getattr(c.object, "id", None)) == pair for c in self._claims.values()):
            return
        claim = Claim("", found.subject, found.predicate, found.object, (self._evidence(sentence),))
        self._add(replace(claim, extractor=FROM_CATALOGUE), (_BACKGROUND, None))

    def metric(self, sentence: Sentence, found: Measured, quoted: Said | None) -> None:
        """Add a figure read off a sentence."""
        claim = Claim(
            "",
            found.subject,
            found.metric,
            found.quantity,
            (self._evidence(sentence, found.quantity),),
            basis=found.reading.basis,
            basis_period=found.reading.basis_period,
            of=found.reading.of,
            scope=found.scope,
            period=found.period,
        )
        said = _within(sentence, found.trigger, quoted)
        firmness, speaker = self._stance(sentence, found.trigger, said, figure=True)
        modality = _dated(firmness.modality, found, self._document.published)
        if modality == "opinion" and speaker is not None and speaker.entity == found.subject.id:
            modality = "projected" if found.metric in FLOWS else modality  # “Acme sees its profit at $3bn”
            if modality == "projected" and self._over(sentence, found):
                claim = replace(claim, period=None)  # what a firm foresees is of no time that is over
        self._add(claim, (replace(firmness, modality=modality), speaker))

    def _over(self, sentence: Sentence, found: Measured) -> bool:
        """Whether a figure has its time from other sentences, and that was over when the text was published."""
        end, published = found.period.end if found.period is not None else None, self._document.published
        own = any(w.span.period is found.period for w in sentence.periods)
        return end is not None and published is not None and end < published and not own

    def first(self, sentence: Sentence, found: First, quoted: Said | None) -> None:
        """Add an event without a number."""
        evidence = self._evidence(sentence)
        claim = Claim("", found.subject, found.metric, found.text, (evidence,), period=found.period)
        self._add(claim, self._stance(sentence, found.trigger, _within(sentence, found.trigger, quoted)))

    def close(self) -> DocumentClaims:
        """The document with its claims, and every entity that they name."""
        claims = tuple(self._claims.values())
        refs = {ref.id: ref for c in claims for ref in (c.subject, c.object) if isinstance(ref, EntityRef)}
        entities = (catalogued(ref, self._names.get(ref.id, ()), self._known) for ref in refs.values())
        return DocumentClaims(self._document, tuple(entities), claims)

    def _stance(
        self, sentence: Sentence, trigger: Token, quoted: Said | None, *, figure: bool = False
    ) -> tuple[Hedged, Said | None]:
        """Modality, polarity and speaker together: what a speaker thinks is an opinion, what is denied is not so."""
        firmness = hedged(trigger, as_subject=figure)
        said = source_of(sentence, trigger) or quoted
        modality = firmness.modality
        polarity = firmness.polarity
        if said is not None:
            if said.kind in _SAYING and modality in ("asserted", "reported"):
                modality = _SAYING[said.kind]
            if said.hearsay and modality == "asserted":
                modality = "reported"
        if modality == "asserted" and hearsay(statement(sentence, trigger)):
            modality = "reported"
        return Hedged(modality, polarity, firmness.words), said

    def _evidence(self, sentence: Sentence, quantity: Quantity | None = None) -> Evidence:
        quote = self._document.text[sentence.start : sentence.end]
        amount = as_written(quantity.text, quote) if quantity else ""
        return Evidence(self._document.id, sentence.start, sentence.end, quote, amount)

    def _add(self, claim: Claim, stance: tuple[Hedged, Said | None]) -> None:
        """Enter a claim with its firmness and speaker; one that says the same gets the new evidence."""
        firmness, said = stance
        claim = replace(
            claim,
            modality=firmness.modality,
            polarity=firmness.polarity,
            attributed_to=said.label or None if said else None,
            origins=said.origins if said else (),
            extractor=claim.extractor or EXTRACTOR,
            confidence=FIRMNESS[firmness.modality],
        )
        claim = replace(claim, id=claim_id(claim))
        self._name(claim.subject, None)
        known = self._claims.get(claim.id)
        if known is None:
            self._claims[claim.id] = claim
        elif claim.evidence[0] not in known.evidence:
            self._claims[claim.id] = replace(known, evidence=(*known.evidence, *claim.evidence))

    def _name(self, ref: EntityRef, surface: str | None) -> None:
        names = self._names.setdefault(ref.id, set())
        if surface and surface != ref.label:
            names.add(surface)
