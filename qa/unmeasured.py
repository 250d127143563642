"""Facts that a text tells without their amount: “its first annual profit”."""

from __future__ import annotations

from graph.model import Claim, TextValue
from graph.vocabulary import vocabulary
from qa.answer import Truth
from qa.facts import View
from qa.in_period import in_period
from qa.outcome import Outcome
from qa.query import Query
from qa.run_fact import hedges
from qa.sparql import Pattern
from qa.words import lemmas


def unmeasured(view: View, query: Query) -> list[Claim]:
    """The affirmed claims of the owner's metrics, in the period asked for, that give no amount."""
    if query.owner is None or not query.owner.named:
        return []
    held = view.claims(Pattern(subjects=query.owner.ids, predicates=query.metrics))
    held = [c for c in held if isinstance(c.object, TextValue) and c.affirmed and c.basis != "change"]
    span = query.period
    return [c for c in held if span is None or (c.period is not None and in_period(view, c, span) is not None)]


def sign_told(view: View, query: Query) -> Outcome | None:
    """Whether there was a profit (or, `lowest`, a loss), from a claim that says so without its amount."""
    for claim in unmeasured(view, query):
        assert isinstance(claim.object, TextValue)
        stems = {*lemmas(claim.object.text)}
        loss = bool({s for word in vocabulary().metrics[claim.predicate].losses for s in lemmas(word)[-1:]} & stems)
        truth = loss == query.lowest
        return Outcome("answered", (Truth(truth),), (claim,), "Yes" if truth else "No", hedges([claim]))
    return None
