"""Whether somebody stands behind a claim: says it, speaks for the firm that is meant, or publishes it."""

from __future__ import annotations

from graph.model import Claim
from qa.facts import View
from qa.mention import says
from qa.query import Node
from qa.sparql import Pattern
from qa.words import lemmas

OWN = frozenset(lemmas("management mgmt company itself guidance executives firm"))


def speaks_for(view: View, claim: Claim, party: Node) -> float:
    """How surely a claim is the party's word: 3 as attributed … 1 only by the document that it stands in, 0 not."""
    label = frozenset(lemmas(party.label))
    if claim.attributed_to:
        told = view.facts.speaker_stems(claim)
        if says(view, claim, party):
            return 3.0
        if (label & OWN and told & OWN) or claim.attributed_to in _people(view, party):
            return 2.5
        return 0.0 if party.ids or not label & told else 2.0
    if claim.subject.id in party.ids and (claim.modality == "projected" or label & OWN):
        return 2.0
    return 1.0 if _published_by(view, claim, label) else 0.0


def _people(view: View, party: Node) -> frozenset[str]:
    """Those who lead the party."""
    if not party.ids:
        return frozenset()
    return frozenset(c.subject.label for c in view.aside(Pattern(predicates=("leads",), objects=party.ids)))


def _published_by(view: View, claim: Claim, label: frozenset[str]) -> bool:
    """Whether the outlet, the author or the title of a document of the claim bears the party's name."""
    for item in claim.evidence:
        document = view.facts.documents.get(item.document)
        head = " ".join((document.outlet or "", document.author or "", document.title)) if document else ""
        if label and label <= {*lemmas(head)}:
            return True
    return False
