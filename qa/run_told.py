"""Executing the question what a source says: the claims that are attributed to it."""

from __future__ import annotations

from graph.model import Claim
from qa.facts import View
from qa.mention import mention, says
from qa.outcome import Outcome, unknown
from qa.query import Query
from qa.run_fact import hedges
from qa.sparql import Pattern
from qa.words import begun, lemmas

_NAMED = 0.7  # at least in the sentence


def run_told(view: View, query: Query) -> Outcome:
    """Everything that is attributed to the source and speaks of all that is named, what is about them first."""
    if query.speaker is None:
        return unknown("no source was named")
    ids = tuple(i for n in query.options for i in n.ids)
    pattern = Pattern(either=ids, predicates=query.metrics, attributed=True, saying=begun((query.speaker.label,)))
    near = [c for c in view.claims(pattern) if says(view, c, query.speaker)]
    held = [c for c in near if all(mention(view, c, n) > _NAMED for n in query.options) and _speaks_of(view, c, query)]
    if not held:
        whom = f" about {' and '.join(n.label for n in query.options)}" if query.options else " of that kind"
        return unknown(f"the graph has no claim{whom} that it attributes to {query.speaker.label}", trust=0.5)
    claims = tuple(sorted(held, key=lambda c: (c.subject.id not in ids, c.id)))
    return Outcome("answered", tuple(dict.fromkeys(c.subject for c in claims)), claims, caveats=hedges(claims))


def _speaks_of(view: View, claim: Claim, query: Query) -> bool:
    told = view.facts.field_stems(claim) | view.facts.quote_stems(claim)
    return all({*lemmas(word)} <= told for word in query.words)
