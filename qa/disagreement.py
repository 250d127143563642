"""What an answer must say of its sources: that others contradict them, or that all goes back to a single one."""

from __future__ import annotations

from dataclasses import replace

from graph.agreement.conflicts import opponents, opposed
from graph.agreement.pairs import Kind, opposition
from graph.model import Claim
from graph.vocabulary import vocabulary
from qa.facts import View
from qa.outcome import Outcome
from qa.sparql import Pattern

_COMPARED = 12  # claims of an answer; a long list is not taken apart
_SAID: dict[Kind, str] = {"estimates": "estimates differ", "opinions": "opinions differ"}
DISAGREE = "sources disagree"
ONE = "one source"


def against(view: View, claim: Claim) -> list[Claim]:
    """The claims of the graph that disagree with a claim, as far as the question allows them."""
    relation = vocabulary().relations.get(claim.predicate)
    sources = view.facts.agreement.sources
    if relation is not None and relation.exclusive:  # a chain of owners is wider than one matter
        return opponents(claim, view.aside(Pattern(predicates=(claim.predicate,))), sources)
    return opposed(claim, view.rivals(claim), sources)


def told(view: View, outcome: Outcome) -> Outcome:
    """The outcome with both sides wherever it draws on a claim that others contradict, and the caveat that is due."""
    if outcome.status not in ("answered", "partial") or not outcome.claims:
        return outcome
    claims: list[Claim] = []
    differing: list[str] = []
    there = {*outcome.claims}
    for claim in outcome.claims:
        claims.append(claim)
        for other in against(view, claim) if len(claims) <= _COMPARED else ():
            differing.append(_caveat(view, claim, other))
            if other not in there:
                there.add(other)
                claims.append(other)
    caveats = tuple(dict.fromkeys((*differing, *outcome.caveats)))
    if not {DISAGREE, ONE, *_SAID.values()} & {*caveats} and view.facts.agreement.alone(claims):
        caveats += (ONE,)
    return replace(outcome, claims=tuple(claims), caveats=caveats)


def _caveat(view: View, claim: Claim, other: Claim) -> str:
    kind = opposition(claim, other, view.facts.agreement.sources)
    return _SAID.get(kind, DISAGREE) if kind else DISAGREE
